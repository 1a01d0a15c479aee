"""What a call log says happened, told through the same verbs that people use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from access.actor import System
from accounts.models import User
from triage import workflow
from triage.call_log import Call
from triage.models import Answer, Channel, Incident, ToldCaller
from triage.workflow import Contact, not_asked

NOT_IN_THE_LOG = "Not recorded in the call log"


@dataclass(frozen=True)
class Event:
    """One thing that happened to one call. `order` keeps a call's own events in order where their moments are equal."""

    at: datetime
    order: int
    call: Call
    does: Callable[[Incident, Call, User | System], Incident]


def events_of(call: Call) -> Iterator[Event]:
    """Create, dispatch, arrival; and the end only where there was no arrival.

    A dispatch logged after the arrival (or that end) says nothing about who was on the way, and is left out.
    """
    stop = call.attended_at or call.ended_at
    yield Event(call.reported_at, 0, call, _take)
    if call.resourced_at and (stop is None or call.resourced_at <= stop):
        yield Event(call.resourced_at, 1, call, _assign)
    if call.attended_at:
        yield Event(call.attended_at, 2, call, _attend)
    elif call.ended_at:
        yield Event(call.ended_at, 3, call, _end)


def _take(incident: Incident, call: Call, by: User | System) -> Incident:
    contact = Contact(
        channel=Channel.CALL_LOG.value,
        location=NOT_IN_THE_LOG,
        what_happened=call.category or NOT_IN_THE_LOG,
        category=call.category[:200],
        # A log that does not speak of a child does not say that there was none.
        child=(Answer.YES if call.child else Answer.NOT_KNOWN).value,
        log_reference=incident.log_reference,
        reported_at=call.reported_at,
    )
    thrive = not_asked(NOT_IN_THE_LOG)
    return workflow.take_call(incident, by=by, contact=contact, abuse=None, assessment=thrive, grade=call.grade)


def _assign(incident: Incident, call: Call, by: User | System) -> Incident:
    return workflow.assign(incident, by=by, unit=NOT_IN_THE_LOG)


def _attend(incident: Incident, call: Call, by: User | System) -> Incident:
    return workflow.attend(incident, by=by)


def _end(incident: Incident, call: Call, by: User | System) -> Incident:
    said = {"because": "Closed in the call log with no arrival", "caller_told": ToldCaller.NOT_REACHED.value}
    of_a_child = {"child_safe_because": NOT_IN_THE_LOG, "no_ppn_because": NOT_IN_THE_LOG}
    return workflow.end_without_attendance(incident, by=by, **of_a_child, **said)

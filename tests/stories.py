"""What happens in tests, in words: a call, a notice, somebody away, who has been told."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from access.actor import System, acting, signed
from access.time import now
from accounts.models import Absence, User
from ppn import workflow as ppn_workflow
from ppn.models import Ppn
from ppn.people import candidates, not_yet_identified
from ppn.workflow import Notice, SubjectFacts
from sla.engine import sweep
from sla.models import Clock, Notification
from triage import workflow as triage_workflow
from triage.models import Incident
from triage.workflow import Assessment, Contact

ANYA = SubjectFacts(
    part="child",
    name="Anya Example",
    seen="yes",
    spoken_to="yes",
    own_words="“I hid under the stairs.”",
    demeanour="Quiet, holding her brother's hand",
    home="Cold; a broken door",
)
CALM = Assessment(
    threat="A man shouting next door",
    harm="None seen",
    risk="May come back",
    investigation="A neighbour heard it",
    vulnerability="Not known",
    engagement="Caller will speak to us",
    before_we_arrive="He may come back",
    overall="medium",
)


HOUSES = count(12)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def a_notice(**said: Any) -> Notice:
    return Notice(
        **{
            "types": ["child_at_risk"],
            "child": "yes",
            "grade": "amber",
            "da_risk": "none",
            "narrative": "Called to a domestic. A girl of seven was under the stairs.",
            "first_known_at": now(),
            **said,
        }
    )


def submitted(by: User, subjects: list[SubjectFacts] | None = None, **said: Any) -> Ppn:
    """An officer submits a notice about Anya. Whoever may be on record already is the one they look most like."""
    ppn = ppn_workflow.submit(Ppn(), by=by, notice=a_notice(**said), subjects=subjects or [ANYA])
    with acting(System("test")):
        for subject in not_yet_identified(ppn):
            best = candidates(subject)[0].person
            ppn = ppn_workflow.say_who(ppn, by=System("test"), subject=subject, person=best)
    return ppn


def called_in(
    by: User,
    *,
    grade: str = "G2",
    child: str = "yes",
    reported_at: datetime | None = None,
    assessment: Assessment | None = None,
    **said: Any,
) -> Incident:
    """A call taker takes a call, each from another house."""
    what = "Shouting and a child crying" if child == "yes" else "Shouting next door"
    usual = {"channel": "999", "location": f"{next(HOUSES)} Example Street", "what_happened": what}
    contact = Contact(**{**usual, "child": child, "reported_at": reported_at, **said})
    about = {"contact": contact, "abuse": None, "assessment": assessment or CALM}
    return triage_workflow.take_call(Incident(), by=by, grade=grade, **about)


def regraded(
    incident: Incident,
    by: User,
    grade: str,
    because: str = "More is known",
    assessment: Assessment | None = None,
    caller_told: str = "yes",
) -> Incident:
    """A new grade with a new THRIVE, of which the caller knows."""
    about = {"assessment": assessment or CALM, "because": because, "caller_told": caller_told}
    return triage_workflow.regrade(incident, by=by, grade=grade, **about)


def ended(incident: Incident, by: User, because: str = "Resolved by telephone", **said: str) -> Incident:
    """Nobody attends; the child was seen by somebody else, and a reason is given why there is no notice."""
    safe = {"child_safe_because": "Seen by her nurse at noon", "no_ppn_because": "Notice of this morning covers it"}
    about = {**safe, "caller_told": "yes", **said}
    return triage_workflow.end_without_attendance(incident, by=by, because=because, **about)


def outcome_of(incident: Incident, by: User, **said: str) -> Incident:
    """What was found: each child seen, unless it says otherwise."""
    found = {"outcome": "Words given", "closing_category": "welfare", "child": "yes", "child_seen": "yes"}
    return triage_workflow.record_outcome(incident, by=by, **{**found, "child_not_seen_because": "", **said})


def away(person: User, *, days: float, cover: User) -> Absence:
    """Entered straight into the table, as an absence that begins now."""
    with signed(System("test")):
        return Absence.objects.create(
            person=person, starts=now(), ends=now() + timedelta(days=days), cover=cover, recorded_by=person
        )


def swept(clock: Any, by: timedelta) -> None:
    """Time passes, and the sweep runs once at the end of it."""
    clock.shift(by)
    sweep()


def told(record: UUID | None = None) -> list[str]:
    """Who has been told so far, in order of the levels."""
    rows = Notification.objects.order_by("escalation__due_at", "escalation__level", "pk")
    if record is not None:
        rows = rows.filter(escalation__clock__record=record)
    return [row.person.username for row in rows.select_related("person")]


def clock_of(record: Any, deadline: str) -> Clock:
    """The running clock, or the last one."""
    return Clock.objects.filter(record=record.pk, deadline=deadline).order_by("-stopped_at", "-pk").first()  # type: ignore[return-value]


def as_seen_by(who: User, record: Any) -> Any:
    with acting(who):
        return type(record).objects.get(pk=record.pk)

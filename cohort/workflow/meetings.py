"""The monthly multi-agency meeting of each authority. As soon as one is held, cancelled or first needed the next is
there, with its clock: so none can be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import next_reference
from cohort.models import CohortEntry, CohortMeeting, MeetingAttendee, MeetingDecision
from cohort.workflow.child import LONGSTOP
from partners.models import Agency
from strategy.codes import Group, Presence
from strategy.workflow import AttendeeFacts
from workflow.transitions import NotNow, must_say, transition

State = CohortMeeting.State
FURTHEST = timedelta(days=93)
"""Three months ahead: a date further away is a slip."""
HIDDEN = "whoever recorded the meeting may not see this child's records"


@dataclass(frozen=True)
class ChildDecision:
    """What was decided for one child, or why the child was not discussed."""

    entry: CohortEntry
    decided: str = ""
    not_discussed_because: str = ""


@transition(target=State.PLANNED.value, may=Can.KEEP_COHORT)
def plan_meeting(
    meeting: CohortMeeting,
    *,
    by: System,
    authority: Agency,
    counts_from: datetime,
    follows: CohortMeeting | None,
    planned_for: datetime | None,
) -> None:
    """A monthly meeting with this authority has to be held."""
    meeting.authority, meeting.reference = authority, next_reference("MTG")
    meeting.team = team_of(Role.MISSING_COORDINATOR)
    meeting.counts_from, meeting.follows, meeting.planned_for = counts_from, follows, planned_for


def ensure_meeting(authority: Agency) -> CohortMeeting:
    """The meeting of this authority that is still to be held: the one there is, or a new one that counts from now."""
    with acting(LONGSTOP):
        _lock(authority)
        found: CohortMeeting | None = CohortMeeting.objects.filter(authority=authority, state=State.PLANNED).first()
        if found:
            return found
        return plan_meeting(
            CohortMeeting(), by=LONGSTOP, authority=authority, counts_from=now(), follows=None, planned_for=None
        )


def _lock(authority: Agency) -> None:
    """Held until this is committed: two children taken in at once give one meeting, and a child taken in while the last
    meeting ends is not left without the next."""
    Agency.objects.select_for_update(no_key=True).get(pk=authority.pk)


def children_of(authority: Agency) -> list[CohortEntry]:
    """The children of this authority in the cohort, as far as the acting person may see."""
    rows = CohortEntry.objects.filter(authority=authority, state=CohortEntry.State.IN_COHORT)
    return list(rows.select_related("person", "lead").order_by("entered_at", "pk"))


@transition(source=State.PLANNED.value, may=Can.KEEP_COHORT)
def set_meeting_time(meeting: CohortMeeting, *, by: User, planned_for: datetime, because: str) -> None:
    """The meeting has a time, or another one. By when it must be held does not move with it."""
    if meeting.planned_for:
        must_say(because, "why it is moved")
    _must_be_to_come(planned_for)
    meeting.planned_for = planned_for


def _must_be_to_come(planned_for: datetime) -> None:
    if planned_for <= now():
        raise NotNow("That time has passed. If the meeting was held, record who was there and what was decided.")
    if planned_for > now() + FURTHEST:
        raise NotNow("That is too far away for a monthly meeting. Check the date.")


@transition(source=State.PLANNED.value, target=State.HELD.value, may=Can.KEEP_COHORT)
def hold_meeting(
    meeting: CohortMeeting,
    *,
    by: User,
    held_at: datetime,
    attendees: Sequence[AttendeeFacts],
    decisions: Sequence[ChildDecision],
    next_at: datetime | None,
) -> None:
    """The agencies have met: who was there, and what was decided for each child. The next meeting is there at once."""
    if not meeting.counts_from <= held_at <= now():
        raise NotNow("It was held after the last one, and not in the future. Check the date and time.")
    if next_at:
        _must_be_to_come(next_at)
    _must_name_everybody(attendees)
    meeting.held_at, meeting.recorded_at, meeting.recorded_by = held_at, now(), by
    MeetingAttendee.objects.bulk_create([MeetingAttendee(meeting=meeting, **vars(each)) for each in attendees])
    _decide(meeting, decisions)
    _next(meeting, State.HELD, counts_from=held_at, planned_for=next_at)


def _must_name_everybody(attendees: Sequence[AttendeeFacts]) -> None:
    if not any(each.presence == Presence.PRESENT for each in attendees):
        raise NotNow("Say who was there.")
    for each in attendees:
        for text, what in ((each.name, "the name"), (each.agency, "the agency"), (each.role, "the role")):
            must_say(text, f"{what} of everybody who was there or sent apologies")
        if each.group not in Group.values or each.presence not in Presence.values:
            raise NotNow(f"Say whom {each.name} speaks for, and whether they were there.")


def _decide(meeting: CohortMeeting, decisions: Sequence[ChildDecision]) -> None:
    """Every child of the authority has a decision. Of those whom the recorder may not see, it is said that they were
    not discussed: nobody else is told that they are there, and they are not dropped."""
    said = {each.entry.pk: each for each in decisions}
    if len(said) < len(decisions):
        raise NotNow("One child has two decisions.")
    seen = {child.pk: child for child in children_of(meeting.authority)}
    proposed = CohortEntry.objects.filter(pk__in=said, state=CohortEntry.State.PROPOSED).figures()
    if set(said) - set(seen) - set(proposed.values_list("pk", flat=True)):
        raise NotNow("A child has left, or another authority is responsible now: open the page again.")
    for each in [said.get(key) or ChildDecision(child) for key, child in seen.items()]:
        if bool(each.decided.strip()) == bool(each.not_discussed_because.strip()):
            raise NotNow(
                f"Say what was decided for {seen[each.entry.pk].person}, or why they were not discussed: one of them."
            )
    with acting(LONGSTOP, apart=True):
        hidden = [child for child in children_of(meeting.authority) if child.pk not in seen]
    rows = [*said.values(), *(ChildDecision(child, not_discussed_because=HIDDEN) for child in hidden)]
    MeetingDecision.objects.bulk_create(
        [
            MeetingDecision(
                meeting=meeting,
                entry_id=each.entry.pk,
                decided=each.decided.strip(),
                not_discussed_because=each.not_discussed_because.strip(),
            )
            for each in rows
            if each.decided.strip() or each.not_discussed_because.strip()
        ]
    )


@transition(source=State.PLANNED.value, target=State.CANCELLED.value, may=Can.DECIDE_COHORT)
def cancel_meeting(meeting: CohortMeeting, *, by: User, because: str) -> None:
    """The meeting is not held, and why. Where children of the authority are in the cohort another is there at once, and
    due when this one was."""
    must_say(because, "why the meeting is not held")
    meeting.cancelled_because = because.strip()
    _next(meeting, State.CANCELLED, counts_from=meeting.counts_from, planned_for=None)


def _next(meeting: CohortMeeting, state: State, *, counts_from: datetime, planned_for: datetime | None) -> None:
    """The meeting after this one, where a child of the authority is in the cohort or a time was set."""
    _lock(meeting.authority)
    with acting(LONGSTOP, apart=True):
        needed = bool(children_of(meeting.authority)) or planned_for is not None
    if needed:
        # An authority has one meeting to come: this one is past before the next is there.
        meeting.state = state.value
        meeting.save()
        plan_meeting(
            CohortMeeting(),
            by=LONGSTOP,
            authority=meeting.authority,
            counts_from=counts_from,
            follows=meeting,
            planned_for=planned_for,
        )

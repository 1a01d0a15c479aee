"""The meeting itself: when it will be, who was there, what was decided. Every question is answered, if only with "not
decided"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from access.roles import Can
from access.time import now
from accounts.models import User
from strategy.codes import (
    AGREED,
    CHOICES,
    QUORUM,
    Group,
    Investigation,
    Kind,
    Medical,
    Mode,
    Presence,
    Section47,
    State,
)
from strategy.lengths import CONFERENCE, LONGEST
from strategy.models import Attendee, Decision, StrategyMeeting
from workflow.transitions import NotNow, must_say, transition

BEFORE_IT_WAS_ASKED = timedelta(days=31)
"""A discussion may be held before anybody asks for it here, at night by telephone. Longer before is a slip."""


@dataclass(frozen=True)
class AttendeeFacts:
    """Somebody who was at the table, or sent apologies."""

    name: str
    agency: str
    role: str
    group: str
    presence: str = Presence.PRESENT.value


@dataclass(frozen=True)
class Decisions:
    """What the meeting decided, question by question. "Not decided" is an answer."""

    section_47: str
    investigation: str
    sees_child: str
    medical: str
    safety: str
    family_told: str
    other: str
    section_47_because: str
    medical_note: str = ""


@transition(source=State.ACCEPTED.value, target=State.PLANNED.value, may=Can.RECORD_STRATEGY_MEETING)
def plan(meeting: StrategyMeeting, *, by: User, planned_for: datetime, mode: str) -> None:
    """The meeting has a time."""
    _take_the_time(meeting, planned_for, mode)


@transition(source=State.PLANNED.value, may=Can.RECORD_STRATEGY_MEETING)
def plan_again(meeting: StrategyMeeting, *, by: User, planned_for: datetime, mode: str, because: str) -> None:
    """The meeting is moved. By when it must be held does not move with it."""
    must_say(because, "why it is moved")
    _take_the_time(meeting, planned_for, mode)


def _take_the_time(meeting: StrategyMeeting, planned_for: datetime, mode: str) -> None:
    _must_be_a_mode(mode)
    if planned_for <= now():
        raise NotNow("That time has passed. If the meeting was held, record who was there and what was decided.")
    longest, _ = LONGEST.in_force(now())
    if planned_for > now() + longest:
        raise NotNow("That is too far away for a strategy meeting. Check the date.")
    meeting.planned_for, meeting.mode = planned_for, mode


def _must_be_a_mode(mode: str) -> None:
    if mode not in Mode.values:
        raise NotNow("Say how it is held: in one room, by video or by telephone.")


@transition(source=AGREED, target=State.HELD.value, may=Can.RECORD_STRATEGY_MEETING)
def hold(
    meeting: StrategyMeeting,
    *,
    by: User,
    held_at: datetime,
    mode: str,
    attendees: Sequence[AttendeeFacts],
    no_quorum_because: str,
    decisions: Decisions,
    next_on: date | None,
) -> None:
    """The agencies have met: who was there, what was decided, who was missing."""
    _must_be_a_mode(mode)
    _must_have_been(meeting, held_at, next_on)
    _must_name_everybody(attendees)
    missing = without_quorum(attendees)
    if missing and not no_quorum_because.strip():
        names = " and ".join(str(each.label).lower() for each in missing)
        raise NotNow(f"The meeting was without {names}: say why it went on.")
    meeting.held_at, meeting.mode, meeting.next_on = held_at, mode, next_on
    meeting.absent = [each.value for each in missing]
    meeting.no_quorum_because = no_quorum_because.strip() if missing else ""
    Attendee.objects.bulk_create([Attendee(meeting=meeting, **vars(each)) for each in attendees])
    _decide(meeting, decisions)


def without_quorum(attendees: Sequence[AttendeeFacts]) -> list[Group]:
    """Who of social care, police and health was not there."""
    there = {each.group for each in attendees if each.presence == Presence.PRESENT}
    return [group for group in QUORUM if group.value not in there]


def _must_have_been(meeting: StrategyMeeting, held_at: datetime, next_on: date | None) -> None:
    if held_at > now():
        raise NotNow("It cannot have been held in the future. Check the date and time.")
    if held_at < meeting.requested_at - BEFORE_IT_WAS_ASKED:
        raise NotNow("It cannot have been held so long before it was asked for. Check the date.")
    if next_on and next_on < timezone.localdate(held_at):
        raise NotNow("The next discussion is after this one. Check the date.")
    if next_on and next_on > timezone.localdate(held_at + LONGEST.in_force(now())[0]):
        raise NotNow("The next discussion is too far away. Check the date.")


def _must_name_everybody(attendees: Sequence[AttendeeFacts]) -> None:
    if not any(each.presence == Presence.PRESENT for each in attendees):
        raise NotNow("Say who was there.")
    for each in attendees:
        for text, what in ((each.name, "the name"), (each.agency, "the agency"), (each.role, "the role")):
            must_say(text, f"{what} of everybody who was there or sent apologies")
        if each.group not in Group.values or each.presence not in Presence.values:
            raise NotNow(f"Say whom {each.name} speaks for, and whether they were there.")


def _decide(meeting: StrategyMeeting, decisions: Decisions) -> None:
    said = _every_question_answered(decisions)
    starts = decisions.section_47 == Section47.START
    if starts and (earlier := started_by(meeting.follows)):
        raise NotNow(f"The section 47 enquiry started with {earlier}: choose that it is under way already.")
    meeting.starts_section_47 = starts
    if starts and meeting.held_at:
        meeting.conference_due_at, _ = CONFERENCE.due(meeting.held_at, now())
    Decision.objects.bulk_create(
        [Decision(meeting=meeting, kind=kind, answer=answer, text=text) for kind, answer, text in said]
    )


def started_by(meeting: StrategyMeeting | None) -> StrategyMeeting | None:
    """The discussion of this line with which section 47 started, if any did. The conference counts from that one."""
    while meeting is not None:
        if meeting.starts_section_47:
            return meeting
        meeting = meeting.follows
    return None


QUESTIONS = {
    Kind.SECTION_47: "the reason for what was decided on section 47",
    Kind.SEES_CHILD: "who sees the child, and by when; “not decided” if nobody said",
    Kind.SAFETY: "the safety plan; “not decided” if there is none yet",
    Kind.FAMILY_TOLD: "what the family is told; “not decided” if nobody said",
    Kind.OTHER: "what else was decided; “nothing else” if that was all",
}


def _every_question_answered(decisions: Decisions) -> list[tuple[str, str, str]]:
    answers = {
        Kind.SECTION_47: (decisions.section_47, decisions.section_47_because),
        Kind.INVESTIGATION: (decisions.investigation, ""),
        Kind.SEES_CHILD: ("", decisions.sees_child),
        Kind.MEDICAL: (decisions.medical, decisions.medical_note),
        Kind.SAFETY: ("", decisions.safety),
        Kind.FAMILY_TOLD: ("", decisions.family_told),
        Kind.OTHER: ("", decisions.other),
    }
    for kind, (answer, text) in answers.items():
        if kind.value in CHOICES and answer not in CHOICES[kind.value].values:
            raise NotNow(f"{kind.label}: choose an answer. “Not decided” is one.")
        if kind in QUESTIONS:
            must_say(text, QUESTIONS[kind])
    return [(kind.value, answer, text.strip() or _label(kind, answer)) for kind, (answer, text) in answers.items()]


def _label(kind: Kind, answer: str) -> str:
    return str(CHOICES[kind.value](answer).label)


NOT_DECIDED = Decisions(
    section_47=Section47.NOT_DECIDED.value,
    section_47_because="Not decided",
    investigation=Investigation.NOT_DECIDED.value,
    sees_child="Not decided",
    medical=Medical.NOT_DECIDED.value,
    safety="Not decided",
    family_told="Not decided",
    other="Nothing else",
)
"""A meeting that decided nothing says so, question by question."""

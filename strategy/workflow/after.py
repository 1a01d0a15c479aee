"""After a strategy meeting: its minutes on the police system, the conference, and what must be done before it is
closed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from access.roles import Can
from access.time import now, today
from accounts.models import User
from documents.models import Attachment
from documents.models import State as Document
from sla.calendar import SATURDAY
from strategy.codes import WAS_HELD, State
from strategy.models import Action, Minutes, StrategyMeeting
from workflow.transitions import NotNow, must_say, transition

GONE = [Document.WITHDRAWN.value, Document.INFECTED.value]


@transition(source=WAS_HELD, target=State.MINUTED.value, may=Can.RECORD_STRATEGY_MEETING)
def record_minutes(meeting: StrategyMeeting, *, by: User, text: str, document: Attachment | None) -> None:
    """The minutes are on the police system: written here, or as a document."""
    if not text.strip() and document is None:
        raise NotNow("Write the minutes, or choose the document that has them. Add it to the meeting first.")
    if document is not None:
        _must_be_of(meeting, document)
    Minutes.objects.create(meeting=meeting, text=text.strip(), document=document, recorded_at=now(), recorded_by=by)
    meeting.minutes_recorded_at = meeting.minutes_recorded_at or now()


def _must_be_of(meeting: StrategyMeeting, document: Attachment) -> None:
    if (document.kind, document.record) != (meeting._meta.label_lower, meeting.pk):
        raise NotNow("This document belongs to another record. Add it to this meeting first.")
    if document.state in GONE:
        raise NotNow("This document was withdrawn or refused. Choose another, or write the minutes.")


def minutes_are_there(meeting: StrategyMeeting) -> bool:
    """Minutes that can still be read: a document that was withdrawn or had malware is none."""
    rows = Minutes.objects.filter(meeting=meeting)
    return (
        rows.exclude(text="").exists() or rows.filter(document__isnull=False).exclude(document__state__in=GONE).exists()
    )


@transition(source=WAS_HELD, may=Can.RECORD_STRATEGY_MEETING)
def set_conference(meeting: StrategyMeeting, *, by: User, on: date, late_because: str) -> None:
    """The initial child protection conference has a date. One that is too late is recorded, and stays late."""
    _must_owe_a_conference(meeting)
    if on.weekday() >= SATURDAY:
        raise NotNow("A conference is not held on a weekend. Check the date.")
    if meeting.held_at and on < timezone.localdate(meeting.held_at):
        raise NotNow("The conference is after the strategy meeting. Check the date.")
    meeting.conference_on, meeting.no_conference_because = on, ""
    meeting.conference_late_because = late_because.strip() if meeting.conference_is_late else ""
    if meeting.conference_is_late:
        must_say(late_because, "why the conference is later than the fifteenth working day")


@transition(source=WAS_HELD, may=Can.RECORD_STRATEGY_MEETING)
def no_conference(meeting: StrategyMeeting, *, by: User, because: str) -> None:
    """No conference is needed, and why."""
    _must_owe_a_conference(meeting)
    must_say(because, "why no conference is needed")
    meeting.no_conference_because = because.strip()
    meeting.conference_on, meeting.conference_late_because = None, ""


@transition(source=WAS_HELD, may=Can.RECORD_STRATEGY_MEETING)
def conference_was_held(meeting: StrategyMeeting, *, by: User, on: date) -> None:
    """The initial child protection conference was held."""
    _must_owe_a_conference(meeting)
    if meeting.held_at and not timezone.localdate(meeting.held_at) <= on <= today():
        raise NotNow("The conference was after the strategy meeting, and not in the future. Check the date.")
    if meeting.conference_on is None:
        meeting.conference_on, meeting.no_conference_because = on, ""
    meeting.conference_held_on = on


def _must_owe_a_conference(meeting: StrategyMeeting) -> None:
    if not meeting.starts_section_47:
        raise NotNow("No section 47 enquiry started with this meeting, so no conference counts from it.")
    if meeting.conference_held_on:
        raise NotNow("The conference has been held.")


def still_needed(meeting: StrategyMeeting) -> list[tuple[str, str]]:
    """What stands between a meeting that was held and its being closed: what, and why."""
    open_actions = Action.objects.filter(meeting=meeting, state=Action.State.OPEN).count()
    owes = meeting.starts_section_47
    follow_up = meeting.next_on and not StrategyMeeting.objects.filter(follows=meeting).exists()
    late = meeting.conference_is_late and not meeting.conference_held_on
    found = [
        (not minutes_are_there(meeting), "Minutes on the police system", "Nobody else can read what was decided"),
        (open_actions, f"{open_actions} open action{'' if open_actions == 1 else 's'} done", "Somebody still waits"),
        (
            owes and not meeting.conference_is_settled,
            "A date for the conference, or why none",
            "A section 47 enquiry started with this meeting",
        ),
        (late, "The late conference held", "It is later than the fifteenth working day"),
        (
            follow_up,
            "The next discussion asked for",
            f"It was fixed for {meeting.next_on:%-d %B %Y}" if follow_up else "",
        ),
    ]
    return [(label, why) for is_missing, label, why in found if is_missing]


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "no day"


@transition(source=State.MINUTED.value, target=State.CLOSED.value, may=Can.RECORD_STRATEGY_MEETING)
def close(meeting: StrategyMeeting, *, by: User) -> None:
    """Everything the meeting gave to do is done."""
    if needed := still_needed(meeting):
        raise NotNow(f"Not yet: {'; '.join(label[0].lower() + label[1:] for label, _ in needed)}.")

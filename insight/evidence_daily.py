"""Daily management meetings of the period: what was on their agenda, what was decided, who was to do what, what became
of it; and the minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from briefing.models import AgendaItem, Attendee, Meeting
from briefing.showing import Line, lines_of, reckonings_of
from insight.evidence import Span, section
from insight.evidence_tables import Holds, Journey, Table, columns

NOT_SAID = "Nobody was asked to do anything"


@section("daily-meetings", "Daily management meetings")
def counted(span: Span) -> Iterator[Table]:
    said = columns(
        "Meeting", "To be held", "Held", "State", "Chair", "Was there", "On the agenda", "Of them one child each",
        "Decided", "Not decided", "Settled by itself", "Minutes signed off", chair=Holds.STAFF,
    )  # fmt: skip
    rows = [_row(meeting) for meeting in _of_the_period(span)]
    yield Table(
        "sections/daily-meetings", "Daily management meetings", said, rows, Journey.LEADERSHIP, "By their hour."
    )


def _of_the_period(span: Span) -> list[Meeting]:
    rows = span.may_be_seen(
        "Daily management meetings of the period",
        lambda: Meeting.objects.filter(meets_at__gte=span.begins, meets_at__lt=span.ends),
    )
    return list(rows.select_related("chair").order_by("meets_at", "pk"))


def _row(meeting: Meeting) -> list[Any]:
    items = list(AgendaItem.objects.filter(meeting=meeting.pk))
    states = Counter(item.state for item in items)
    there = Attendee.objects.filter(meeting=meeting.pk, state=Attendee.State.THERE).figures().count()
    return [
        meeting.reference, meeting.meets_at, meeting.opened_at or "Not held", meeting.get_state_display(),
        str(meeting.chair or "Nobody yet"), there, len(items), sum(item.is_one_child for item in items),
        states[AgendaItem.State.DECIDED], states[AgendaItem.State.UNDECIDED], states[AgendaItem.State.SETTLED],
        meeting.signed_at or "Not signed off",
    ]  # fmt: skip


@section("daily-minutes", "Minutes of daily management meetings", lists_records=True)
def minutes(span: Span) -> Iterator[Table]:
    said = columns(
        "Meeting", "Part", "Number", "About", "What it is about", "State", "Who", "By when", "Said",
        what_it_is_about=Holds.WORDS, who=Holds.STAFF, said=Holds.WORDS,
    )  # fmt: skip
    rows = [row for meeting in _of_the_period(span) if meeting.opened_at for row in _minutes(meeting)]
    lead = (
        "What a record is about is said where whoever prepared this may see the record; any other stands as a "
        "restricted record, with its number on the agenda and its state."
    )
    yield Table("sections/daily-minutes", "Minutes of daily management meetings", said, rows, Journey.LEADERSHIP, lead)


def _minutes(meeting: Meeting) -> Iterator[list[Any]]:
    for each in meeting.attendees.filter(state=Attendee.State.THERE).select_related("person", "agency"):
        yield [meeting.reference, "Was there", "", each.post, "", "", str(each.person or each.agency), "", ""]
    for line in lines_of(meeting):
        yield from _line(meeting, line)
    for found in reckonings_of(meeting):
        whose = found.action.whose
        yield [meeting.reference, "An earlier action", "", found.action.reference, found.action.what,
               found.get_found_display(), whose, found.action.by_when, found.said]  # fmt: skip
    if meeting.notes:
        yield [meeting.reference, "What else was said", "", "", "", "", "", "", meeting.notes]


def _line(meeting: Meeting, line: Line) -> Iterator[list[Any]]:
    first = [meeting.reference, "On the agenda", line.number, line.reference or line.rule]
    state = line.item.get_state_display() if line.item else ""
    yield [*first, line.title, state, "", line.since or "", line.why]
    for decision in line.decisions:
        by = str(decision.by) if decision.by else "Taken over from the record of the child"
        yield [meeting.reference, "Decided", *first[2:], "", str(decision), by, decision.at, decision.in_words]
    for action in line.actions:
        yield [meeting.reference, "To be done", *first[2:], action.reference, action.get_state_display(),
               action.whose, action.by_when, action.what]  # fmt: skip

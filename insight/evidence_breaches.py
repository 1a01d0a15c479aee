"""Deadlines of the period: how many were met and missed, by how much, who was told, and when they said that they know;
and the lengths that were in force."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any

from django.apps import apps

from insight.evidence import Span, in_hours, section
from insight.evidence_chronology import Posts
from insight.evidence_tables import Holds, Journey, Table, columns
from sla.lengths import LENGTHS, NUMBERS
from sla.models import Clock, Escalation, Setting
from sla.policy import DEADLINES
from sla.work import level_in_words, promise_of

MOST = 5_000
"""Missed deadlines that are listed one by one; the figures count all of them."""


def _of_the_period(span: Span) -> list[Clock]:
    """Clocks that fell due in it. What a later version no longer knows is listed by its code."""
    return list(
        Clock.objects.filter(due_at__gte=span.begins, due_at__lt=span.ends).order_by("deadline", "due_at", "pk")
    )


def _late(clock: Clock, span: Span) -> timedelta:
    return min(clock.stopped_at or span.at, span.at) - clock.due_at


def _missed(clock: Clock, span: Span) -> bool:
    return _late(clock, span) > timedelta(0)


@section("deadlines", "Deadlines met and missed")
def counted(span: Span) -> Iterator[Table]:
    said = columns(
        "Code", "Promise", "Fell due", "Met", "Missed", "Of them still running", "Middle lateness (hours)",
        "Most late (hours)", "Levels raised", "People told", "Acknowledged", "Acknowledged within (middle, hours)",
    )  # fmt: skip
    by_code = defaultdict(list)
    for clock in _of_the_period(span):
        by_code[clock.deadline].append(clock)
    told = _told([clock.pk for clocks in by_code.values() for clock in clocks], span)
    rows = [_row(code, by_code[code], told, span) for code in sorted(by_code)]
    lead = (
        "Every deadline that fell due in the period, of every record. Still running: missed, and not done at the "
        "moment of the pack."
    )
    yield Table("sections/deadlines", "Deadlines met and missed", said, rows, Journey.LEADERSHIP, lead)


def _row(code: str, clocks: list[Clock], told: dict[Any, list[Escalation]], span: Span) -> list[Any]:
    late = [in_hours(_late(clock, span)) for clock in clocks if _missed(clock, span)]
    running = sum(1 for clock in clocks if _missed(clock, span) and not clock.stopped_at)
    levels = [level for clock in clocks for level in told.get(clock.pk, [])]
    notices = [(level, each) for level in levels for each in level.notifications.all()]
    known = [in_hours(each.acknowledged_at - level.raised_at) for level, each in notices if each.acknowledged_at]
    return [
        code, promise_of(code), len(clocks), len(clocks) - len(late), len(late), running,
        median(late) if late else "None missed", max(late) if late else "None missed",
        len(levels), len(notices), len(known), median(known) if known else "Nobody acknowledged",
    ]  # fmt: skip


def _told(clocks: list[int], span: Span) -> dict[Any, list[Escalation]]:
    found = defaultdict(list)
    levels = Escalation.objects.filter(clock__in=clocks, raised_at__lte=span.at).order_by("level")
    for level in levels.prefetch_related("notifications__person", "notifications__acknowledged_by"):
        found[level.clock_id].append(level)
    return found


@section("escalations", "Missed deadlines, and what escalation did", lists_records=True)
def listed(span: Span) -> Iterator[Table]:
    said = columns(
        "Code", "Promise", "Record", "Due", "Done", "Late (hours)", "Level", "Told at", "Told", "Their post then",
        "Acknowledged", told=Holds.STAFF,
    )  # fmt: skip
    missed = [clock for clock in _of_the_period(span) if _missed(clock, span)]
    seen = _seen(missed)
    shown = [clock for clock in missed if clock.record in seen]
    rows = list(_listed(shown[:MOST], span))
    lead = f"{len(missed)} deadlines were missed; {len(missed) - len(shown)} of them are of records that whoever "
    lead += "prepared this may not see, and are not listed."
    if len(shown) > MOST:
        lead += f" The first {MOST} are listed."
    yield Table("sections/escalations", "Missed deadlines, and what escalation did", said, rows, lead=lead)


def _seen(clocks: list[Clock]) -> set[Any]:
    """Keys of the records that whoever prepares may see."""
    by_kind = defaultdict(set)
    for clock in clocks:
        by_kind[clock.kind].add(clock.record)
    found = set()
    for kind, keys in by_kind.items():
        found |= set(apps.get_model(kind)._default_manager.filter(pk__in=keys).figures().values_list("pk", flat=True))
    return found


def _listed(clocks: list[Clock], span: Span) -> Iterator[list[Any]]:
    told, posts = _told([clock.pk for clock in clocks], span), Posts()
    for clock in clocks:
        first = [
            clock.deadline, promise_of(clock.deadline), clock.reference, clock.due_at,
            clock.stopped_at or "Not done", in_hours(_late(clock, span)),
        ]  # fmt: skip
        levels = [(level, each) for level in told.get(clock.pk, []) for each in level.notifications.all()]
        if not levels:
            yield [*first, "Nobody was told", "Nobody was told", "", "", ""]
        for level, each in levels:
            said, post = level_in_words(level, clock.deadline), posts.of(each.person_id, level.raised_at)
            known = each.acknowledged_at if each.acknowledged_at and each.acknowledged_at <= span.at else None
            yield [*first, said, level.raised_at, str(each.person), post, known or "Not acknowledged"]


@section("policies", "Lengths and numbers in force")
def in_force(span: Span) -> Iterator[Table]:
    said = columns(
        "What",
        "At the beginning",
        "At the moment of the pack",
        "Changed in the period",
        "Authority",
        "Source",
        "Used by",
    )
    used = Counter[str]()
    by_length = defaultdict(list)
    for code, deadline in DEADLINES.items():
        for each in deadline.all_lengths():
            by_length[each.name].append(code)
            used[each.name] += 1
    changed = Setting.objects.filter(starts__gte=span.begins, starts__lt=span.ends)
    times = Counter(setting.name for setting in changed)
    rows = [
        [
            name, length.in_words(length.in_force(span.begins)[0]), length.in_words(length.in_force(span.at)[0]),
            times[name], length.basis.value, _source(length), ", ".join(by_length[name]),
        ]
        for name, length in sorted(LENGTHS.items())
    ]  # fmt: skip
    rows += [
        [name, number.in_force(span.begins)[0], number.in_force(span.at)[0], times[name], number.basis.value,
         _source(number), ""]
        for name, number in sorted(NUMBERS.items())
    ]  # fmt: skip
    yield Table(
        "sections/policies", "Lengths and numbers in force", said, rows, lead="What the force had set, and since when."
    )


def _source(each: Any) -> str:
    return f"{each.source} (a default of this software)" if each.is_our_default else str(each.source)

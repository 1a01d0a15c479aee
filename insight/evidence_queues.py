"""The queues as they stood at the moment of the pack: how many waited, how long, how much of it concerned a child, what
was late, and a sample that anybody can draw again. The queues are those that people work (`insight.queues`)."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from django.db.models import Q

from access.actor import acting
from access.guarded import Guarded
from cases.drawing import sample
from cases.models import Case
from insight.backlog import AGES, rows_of, truth
from insight.backlog_flow import flow, waiting_since
from insight.evidence import Span, in_hours, section
from insight.evidence_chronology import named
from insight.evidence_kinds import COUNTS
from insight.evidence_tables import Holds, Journey, Table, columns
from insight.queues import ALL, Queue

ALIKE = "all"
NOTHING = "Nothing waited"


@section("queues", "Queues as they stood")
def counted(span: Span) -> Iterator[Table]:
    said = columns(
        "Queue", "Waiting", "Of them hidden from whoever prepared this", "A child concerned, or not known", "Overdue",
        "Oldest (hours)", "Middle age (hours)", *(label.capitalize() for label, _ in AGES),
        "Came in the period", "Finished in the period", "What the count of children rests on",
    )  # fmt: skip
    rows = [_row(queue, span) for queue in ALL]
    lead = "Every record is counted, also those that whoever prepared this may not see."
    yield Table("sections/queues", "Queues as they stood", said, rows, Journey.CONTACT, lead)


def _row(queue: Queue, span: Span) -> list[Any]:
    found = truth(queue, span.at)
    ages = sorted(in_hours(span.at - row.since) for row in rows_of(queue, span.at) if row.since)
    seen = queue.waiting().figures().count()  # type: ignore[attr-defined] # every queue is of guarded records
    oldest, middle = (ages[-1], median(ages)) if ages else (NOTHING, NOTHING)
    flowed = flow(queue, span.begins, span.ends)
    return [
        queue.name, found.total, found.total - seen, found.children, found.breached, oldest, middle,
        *(part.total for part in found.ages), flowed.arrived, flowed.done, found.child_words,
    ]  # fmt: skip


@section("queue-samples", "Records of each queue, drawn at random", lists_records=True)
def drawn(span: Span) -> Iterator[Table]:
    said = columns(
        "Queue", "Record", "State", "A child concerned, or not known", "In the queue since", "Waiting (hours)",
        "What it is about", what_it_is_about=Holds.WORDS,
    )  # fmt: skip
    rows = [row for queue in ALL for row in _sampled(queue, span)]
    lead = f"Up to {span.size} of each queue, drawn with the seed {span.seed} from those that are not restricted."
    yield Table("sections/queue-samples", "Records of each queue, drawn at random", said, rows, Journey.CONTACT, lead)


def _sampled(queue: Queue, span: Span) -> Iterator[list[Any]]:
    waiting: Any = queue.waiting().filter(unrestricted(queue.model))
    free = list(waiting.figures().values_list("pk", flat=True))
    chosen = sample(f"{span.seed} {queue.code}", [(str(each), ALIKE) for each in sorted(free)], span.size, [ALIKE])
    since = waiting_since(queue, span.at)
    with acting(COUNTS, apart=True):
        children = {row.pk for row in rows_of(queue, span.at) if row.sure or row.not_known}
    records = list(queue.waiting().filter(pk__in=chosen))
    for record in sorted(records, key=lambda each: (since.get(each.pk, span.at), str(each.pk))):
        began, about = since.get(record.pk), getattr(record, "title", "") or getattr(record, "what", "")
        yield [
            queue.name, named(record), record.get_state_display(), record.pk in children, began,
            in_hours(span.at - began) if began else None, str(about),
        ]  # fmt: skip


def unrestricted(model: type[Guarded]) -> Q:
    """Not restricted to named people, by the case that the record, or what it belongs to, is of."""
    condition = Q()
    for path in case_paths(model):
        condition &= Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__restricted": False})
    return condition


def case_paths(model: type[Guarded], deep: int = 2) -> list[str]:
    """Every way from a record to a case: its own, or that of what it belongs to, or of the person it is about."""
    paths = []
    for each in model._meta.fields:
        if not each.is_relation or each.related_model is None or each.name.endswith("_by"):
            continue
        if each.related_model is Case:
            paths.append(each.name)
        elif deep and isinstance(each.related_model, type) and issubclass(each.related_model, Guarded):
            paths += [f"{each.name}__{path}" for path in case_paths(each.related_model, deep - 1)]
    return paths

"""Parts of the agenda that are about children one by one: missing, late to be attended, not seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from briefing.agenda import PARTS, Found, Part
from briefing.lengths import ONE_BY_ONE
from govuk.times import between, length
from missing.codes import MISSING
from missing.models import Episode
from missing.rows import risk_in_words, warnings
from sla.models import Clock
from triage.backlog import CHILDREN
from triage.models import NOT_ATTENDED, Grade, Incident
from triage.rows import days_known, reassessment_overdue, with_rank, with_reassessment

HIGH_GRADES = [Grade.G1, Grade.G2]
LATE = Q(state__in=NOT_ATTENDED, attend_by__isnull=False) & ~CHILDREN["none"][1]


def missing_children(at: datetime) -> Iterator[Found]:
    """By risk as they are known; whoever has been gone longest first."""
    rows = Episode.objects.filter(state__in=MISSING).select_related("person", "case")
    for each in sorted(rows, key=lambda episode: episode.missing_since):
        why = ". ".join([risk_in_words(each), *warnings(each, at)])
        yield Found(each, str(each.person), why, "yes", each.missing_since, case=each.case_id, person=each.person_id)


def _late(at: datetime) -> QuerySet[Incident]:
    rows = Incident.objects.filter(LATE & (Q(attend_by__lt=at) | Q(reassessment_overdue(at))))
    ranked: QuerySet[Incident] = with_rank(with_reassessment(rows, at), at)
    return ranked.order_by("rank", "-share_gone", "pk")  # type: ignore[misc] # the share is of `with_rank`


def late_urgent(at: datetime) -> Iterator[Found]:
    yield from (_incident(each, at) for each in _late(at).filter(grade__in=HIGH_GRADES))


def late_others(at: datetime) -> Iterator[Found]:
    rows = _late(at).exclude(grade__in=HIGH_GRADES).order_by("reported_at", "pk")
    yield from (_incident(each, at) for each in rows)


def _incident(each: Any, at: datetime) -> Found:
    late = f"Late by {length(between(each.attend_by, at))}" if each.attend_by < at else "Not late yet"
    said = [f"{each.grade}. {late}", each.why_this_rank()]
    if each.reassess_now:
        said.insert(1, "The risk has not been re-assessed")
    return _of(each, ". ".join(said), each.reported_at)


def _of(each: Incident, why: str, since: datetime) -> Found:
    return Found(each, each.title, why, each.child_shown, since, case=each.case_id)


def _unseen(at: datetime, *, overdue: bool) -> Iterator[Found]:
    running = Clock.running().filter(deadline="K7", kind="triage.incident")
    running = running.filter(due_at__lt=at) if overdue else running.filter(due_at__gte=at)
    rows = Incident.objects.filter(pk__in=running.values("record")).order_by("reported_at", "pk")
    for each in rows:
        since = each.child_known_at or each.possible_child_at or each.reported_at
        yield _of(each, f"{days_known(each, at)}, and nobody has seen the child", since)


def unseen_overdue(at: datetime) -> Iterator[Found]:
    yield from sorted(_unseen(at, overdue=True), key=lambda found: found.since or at)


def unseen_others(at: datetime) -> Iterator[Found]:
    yield from _unseen(at, overdue=False)


PARTS += [
    Part(
        "missing",
        "Missing children",
        "Every child who is missing now, whatever the risk",
        "The chair, for each child: it is the daily decision of the child’s own record",
        missing_children,
        "missing",
        singly=True,
    ),
    Part(
        "late",
        "Late incidents, immediate or priority",
        "Graded immediate or priority, with a child or where nobody knows, and late, or the risk "
        "not re-assessed in time",
        "The chair, for each: who goes, or what is done for the child until somebody does",
        late_urgent,
        "board",
        "child",
        singly=True,
        most=ONE_BY_ONE,
    ),
    Part(
        "unseen",
        "Children not seen in time",
        "A child is known or possible, nobody has seen them, and the time to see them has passed",
        "The chair, for each: who sees the child, and when",
        unseen_overdue,
        "unseen",
        "overdue",
        singly=True,
        most=ONE_BY_ONE,
    ),
    Part(
        "late_others",
        "Other late incidents with a child, or where nobody knows",
        "Of another grade, and past the time to attend, or the risk not re-assessed in time",
        "The chair, for the queue: how it is brought down",
        late_others,
        "board",
        "child",
    ),
    Part(
        "unseen_others",
        "Children not seen yet, still in time",
        "A child is known or possible, nobody has seen them, and there is still time",
        "The chair, for the queue: whether there are people enough to see them in time",
        unseen_others,
        "unseen",
        "unseen",
    ),
]

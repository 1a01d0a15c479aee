"""What the scrutiny group may look at: notices, missing episodes and strategy meetings of a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from access.actor import System, acting
from accounts.models import User
from cases.models import Relationship, Residence
from cohort.codes import Risk
from missing.codes import State as EpisodeState
from missing.models import Episode
from ppn.codes import Grade
from ppn.models import Ppn
from sla.calendar import local
from strategy.models import StrategyMeeting
from workflow.models import Step

DRAWS = System("scrutiny group")
MONTHS_OF_A_QUARTER = 3
MOST_URGENT_FIRST = [
    f"Notice, {Grade.RED.label}",
    f"Missing, {Risk.HIGH.label}",
    "Strategy meeting",
    f"Notice, {Grade.AMBER.label}",
    f"Missing, {Risk.MEDIUM.label}",
    f"Missing, {Risk.NOT_KNOWN.label}",
    f"Notice, {Grade.GREEN.label}",
    f"Missing, {Risk.LOW.label}",
    f"Missing, {Risk.VERY_LOW.label}",
    f"Notice, {Grade.BLUE.label}",
]
"""Every stratum there is."""


@dataclass(frozen=True)
class Found:
    """One record that may be looked at."""

    record: Any
    stratum: str

    @property
    def kind(self) -> str:
        return str(self.record._meta.label_lower)


def quarter_before(day: date) -> date:
    """First day of the quarter before the one this day is in."""
    month = (day.month - 1) // MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1
    last = date(day.year, month, 1) - timedelta(days=1)
    return date(last.year, last.month - MONTHS_OF_A_QUARTER + 1, 1)


def end_of_quarter(first: date) -> date:
    """First day after the quarter that begins then."""
    month = first.month + MONTHS_OF_A_QUARTER
    return date(first.year + (month > 12), (month - 1) % 12 + 1, 1)


def population(first: date) -> list[Found]:
    """Everything of the quarter, except what only named people may see: that is added by the chair, who answers for
    it."""
    span = (local(first), local(end_of_quarter(first)))
    with acting(DRAWS, apart=True):
        found = [_found(each) for rows in _rows(*span) for each in rows.filter(case__restricted=False)]
    return sorted(found, key=lambda each: str(each.record.reference))


def _rows(start: datetime, end: datetime) -> list[Any]:
    return [
        Ppn.objects.filter(state="filed", submitted_at__gte=start, submitted_at__lt=end),
        Episode.objects.exclude(state=EpisodeState.IN_ERROR).filter(reported_at__gte=start, reported_at__lt=end),
        StrategyMeeting.objects.filter(held_at__gte=start, held_at__lt=end),
    ]


def _found(record: Any) -> Found:
    if isinstance(record, Ppn):
        return Found(record, f"Notice, {Grade(record.current_grade).label}")
    if isinstance(record, Episode):
        return Found(record, f"Missing, {Risk(record.risk).label}")
    return Found(record, "Strategy meeting")


def by_reference(reference: str) -> Found | None:
    """As whoever asks may see it."""
    for model in (Ppn, Episode, StrategyMeeting):
        if (record := model.objects.filter(reference__iexact=reference.strip()).first()) is not None:
            return _found(record)
    return None


MODELS: dict[str, Any] = {model._meta.label_lower: model for model in (Ppn, Episode, StrategyMeeting)}


def record_of(kind: str, key: Any) -> Any:
    """The record, as whoever asks may see it; None = they may not."""
    return MODELS[kind].objects.filter(pk=key).first()


def names_around(kind: str, key: Any) -> list[str]:
    """Everybody who is named in it or has worked on it. Read by Longstop, to keep them out of a text."""
    with acting(DRAWS, apart=True):
        record = MODELS[kind].objects.get(pk=key)
        staff = User.objects.filter(pk__in=Step.objects.filter(record=key, by__isnull=False).values("by"))
        return [*_named(record), *_close_to(_people(record)), *(str(each) for each in staff)]


def _named(record: Any) -> Iterator[str]:
    if isinstance(record, Ppn):
        yield from (each.name for each in record.subjects.all())
        yield str(record.submitted_by)
    elif isinstance(record, Episode):
        yield from (record.person.name, record.reporter)
    else:
        yield from (each.name for each in [*record.children.all(), *record.attendees.all()])


def _people(record: Any) -> list[Any]:
    """Keys of those on record whom it is about."""
    if isinstance(record, Episode):
        return [record.person_id]
    about = record.subjects if isinstance(record, Ppn) else record.children
    return [each.person_id for each in about.all() if each.person_id]


def _close_to(people: list[Any]) -> Iterator[str]:
    """Their family, and everybody who lives or lived where they do: they are told of without being named in it."""
    homes = Residence.objects.filter(person__in=people).figures().values("address")
    for lives in Residence.objects.filter(address__in=homes).select_related("person"):
        yield lives.person.name
    linked = Relationship.objects.filter(Q(person__in=people) | Q(other__in=people))
    for each in linked.select_related("person", "other"):
        yield from (each.person.name, each.other.name)

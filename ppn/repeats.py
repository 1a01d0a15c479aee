"""How often there were notices about the same child, household or person posing a risk: the pattern that a single
notice does not show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from cases.records import years_before
from ppn import household
from ppn.models import Ppn, Subject


@dataclass(frozen=True)
class Repeat:
    """Counts include the notice itself. Months are calendar months; a notice so many months old to the day counts."""

    CHILD = "child"
    HOUSEHOLD = "household"
    RISK = "person posing a risk"

    kind: str
    about: str
    key: str
    in_three_months: int
    in_a_year: int

    @property
    def is_one(self) -> bool:
        return self.in_a_year < 2


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; where that month is shorter, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def notices_about(ppn: Ppn, *kinds: str) -> list[Repeat]:
    """One row for each child, the household, and each person posing a risk, up to the moment of this notice."""
    wanted = kinds or (Repeat.CHILD, Repeat.HOUSEHOLD, Repeat.RISK)
    found: list[Repeat] = []
    subjects = list(Subject.objects.filter(ppn=ppn, person__isnull=False).select_related("person").order_by("name"))
    for subject in subjects:
        kind = {Subject.Part.CHILD: Repeat.CHILD, Subject.Part.POSES_RISK: Repeat.RISK}.get(Subject.Part(subject.part))
        if kind in wanted and kind and subject.person:
            found.append(_counted(ppn, kind, subject.name, str(subject.person.same_as_id), [subject.person.same_as_id]))
    if Repeat.HOUSEHOLD in wanted:
        found += _of_household(ppn, found)
    return found


def _of_household(ppn: Ppn, alone: Iterable[Repeat]) -> Iterator[Repeat]:
    """Only where it says more than its children do one by one."""
    children = household.roots_of(ppn, Subject.Part.CHILD.value)
    everybody = children | set(household.people_living_with(children))
    if len(everybody) < 2:
        return
    key = "household " + min(str(root) for root in children)
    counted = _counted(ppn, Repeat.HOUSEHOLD, "the household", key, everybody)
    most = max((each.in_a_year for each in alone if each.kind == Repeat.CHILD), default=0)
    if counted.in_a_year > most:
        yield counted


def _counted(ppn: Ppn, kind: str, about: str, key: str, roots: Iterable[UUID]) -> Repeat:
    day = timezone.localdate(ppn.submitted_at)
    rows = Subject.objects.filter(person__same_as__in=list(roots), ppn__submitted_at__date__gte=years_before(day, 1))
    part = Subject.Part.POSES_RISK if kind == Repeat.RISK else Subject.Part.CHILD
    rows = rows.filter(part=part, ppn__submitted_at__lte=ppn.submitted_at).exclude(ppn=ppn).figures()
    when = dict(rows.values_list("ppn", "ppn__submitted_at"))
    quarter = months_before(day, 3)
    recent = sum(timezone.localdate(at) >= quarter for at in when.values())
    return Repeat(kind, about, key, recent + 1, len(when) + 1)

"""How often each theme was found, in which quarter and by whom; and which were found twice with nothing done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from quality.codes import Source
from quality.learning_lengths import FOUND_TWICE_WITHIN
from quality.models import LearningAction, Theme, ThemeNote
from quality.quarters import Quarter, last_quarters

QUARTERS = 4
GOES_ON = [LearningAction.State.OPEN.value, LearningAction.State.DONE.value]
"""Somebody is at it, or its re-test is owed."""


@dataclass
class Count:
    """One theme: how often it was found, this quarter first, and what is done about it."""

    theme: Theme
    quarters: list[int] = field(default_factory=lambda: [0] * QUARTERS)
    sources: Counter[str] = field(default_factory=Counter)
    going_on: int = 0
    twice_at: datetime | None = None

    @property
    def by_source(self) -> list[tuple[str, int]]:
        """Over all the quarters that are shown."""
        return [(str(Source(source).label), many) for source, many in self.sources.most_common()]


def counts(at: datetime) -> list[Count]:
    """Every theme that is used, or was found in the last quarters: the most often found this quarter first."""
    quarters = last_quarters(at, QUARTERS)
    notes = ThemeNote.objects.filter(found_at__gte=quarters[-1].starts, found_at__lte=at)
    found: dict[UUID, list[tuple[datetime, str]]] = defaultdict(list)
    for theme, moment, source in notes.figures().values_list("theme", "found_at", "source"):
        found[theme].append((moment, source))
    going_on = Counter(LearningAction.objects.filter(state__in=GOES_ON).figures().values_list("theme", flat=True))
    twice = found_twice(at)
    rows = [
        _count(theme, found[theme.pk], quarters, going_on[theme.pk], twice.get(theme.pk))
        for theme in Theme.objects.order_by("name")
        if theme.state == Theme.State.IN_USE or found[theme.pk]
    ]
    return sorted(rows, key=lambda row: (*(-many for many in row.quarters), row.theme.name))


def _count(
    theme: Theme, found: Iterable[tuple[datetime, str]], quarters: list[Quarter], going_on: int, twice: datetime | None
) -> Count:
    row = Count(theme, going_on=going_on, twice_at=twice)
    for moment, source in found:
        row.quarters[quarters.index(Quarter.of(moment))] += 1
        row.sources[source] += 1
    return row


def found_twice(
    at: datetime, theme: Theme | None = None, *, ended: LearningAction | None = None
) -> dict[UUID, datetime]:
    """Themes that were found twice since anything was done about them, and are not being worked on: since the second
    time. What was found before the last action was done is answered by it. `ended`: an action that ends just now."""
    within, _ = FOUND_TWICE_WITHIN.in_force(at)
    notes = ThemeNote.objects.filter(found_at__gte=Quarter.of(at).moved(1 - within).starts, found_at__lte=at)
    notes = notes.filter(theme__state=Theme.State.IN_USE)
    actions = LearningAction.objects.exclude(state=LearningAction.State.NOT_NEEDED)
    if theme is not None:
        notes, actions = notes.filter(theme=theme), actions.filter(theme=theme)
    going_on = Q(state__in=GOES_ON) & ~Q(pk=ended.pk if ended else None)
    over = actions.filter(~going_on, done_at__isnull=False).order_by("done_at")
    answered: dict[UUID, datetime] = dict(over.figures().values_list("theme", "done_at"))
    worked_on = set(actions.filter(going_on).figures().values_list("theme", flat=True))
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for key, moment in notes.order_by("found_at").figures().values_list("theme", "found_at"):
        if key not in worked_on and (key not in answered or moment > answered[key]):
            found[key].append(moment)
    return {key: moments[1] for key, moments in found.items() if len(moments) > 1}

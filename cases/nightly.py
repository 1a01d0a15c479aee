"""Every night: compare every record with every other, so that nothing depends on who was looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from uuid import UUID

from access.actor import System, acting
from access.time import now
from cases.indexing import described
from cases.models import Match, Person
from cases.workflow import matches
from matching.described import Described
from matching.joined import joined
from matching.nightly import pairs
from matching.register import Register
from matching.score import Comparison, compare
from sla.models import Heartbeat

COMPARED = "comparison"
NIGHT = System("nightly comparison of people")
BATCH = 2_000
Pair = tuple[UUID, UUID]


def compare_everybody() -> int:
    """Suggest every two records that are likely one person and that nobody has looked at. Returns how many were new.

    Raises LinkageNotInstalled where the library it needs is not there.
    """
    with acting(NIGHT):
        everybody = dict(_everybody())
        register = Register.of(everybody.values())
        found = pairs(everybody.items(), among=register)
        likely = {(pair.one, pair.other): pair.comparison for pair in found}
        likely |= _by_way_of_others(everybody, likely, register)
        new = sum(_suggested(pair, comparison) for pair, comparison in _new(likely))
        Heartbeat.objects.update_or_create(name=COMPARED, defaults={"at": now()})
    return new


def last_compared() -> datetime | None:
    """When the night last got to its end; None = never."""
    return Heartbeat.objects.filter(name=COMPARED).values_list("at", flat=True).first()


def _by_way_of_others(
    everybody: dict[UUID, Described], likely: dict[Pair, Comparison], register: Register
) -> dict[Pair, Comparison]:
    """Two records that say too little of each other, and are both likely a third that says more."""

    def compared(one: UUID, other: UUID) -> Comparison:
        return compare(everybody[one], everybody[other], among=register)

    weighed = [(*pair, comparison.weight) for pair, comparison in likely.items()]
    found = {}
    for group in joined(weighed, compared):
        for one, other in combinations(group, 2):
            if (one, other) not in likely and (other, one) not in likely:
                direct = compared(one, other)
                reasons = (*direct.reasons_for, "Both are likely the same as a third record")
                found[one, other] = replace(direct, reasons_for=reasons)
    return found


def _new(likely: dict[Pair, Comparison]) -> Iterator[tuple[Pair, Comparison]]:
    """Those that are not one person already and that nobody has looked at."""
    people = {key for pair in likely for key in pair}
    stands_for = dict(Person.objects.filter(pk__in=people).figures().values_list("pk", "same_as"))
    known = set(Match.objects.filter(one__in=people).figures().values_list("one", "other"))
    for (one, other), comparison in likely.items():
        if stands_for[one] != stands_for[other] and (min(one, other), max(one, other)) not in known:
            yield (one, other), comparison


def _suggested(pair: Pair, comparison: Comparison) -> bool:
    matches.suggest(Match(), by=NIGHT, pair=pair, found=Match.Found.NIGHTLY.value, comparison=comparison)
    return True


def _everybody() -> Iterator[tuple[UUID, Described]]:
    keys = list(Person.objects.order_by("pk").figures().values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield from described(keys[start : start + BATCH]).items()

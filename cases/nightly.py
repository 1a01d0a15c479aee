"""Every night: compare every record with every other, so that nothing depends on who was looked for."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from access.actor import System, acting
from cases.indexing import described
from cases.models import Match, Person
from cases.workflow import matches
from matching.described import Described
from matching.nightly import pairs

NIGHT = System("nightly comparison of people")
BATCH = 2_000


def compare_everybody() -> int:
    """Suggest every two records that are likely one person and that nobody has looked at. Returns how many were new.

    Raises LinkageNotInstalled where the library it needs is not there.
    """
    with acting(NIGHT):
        roots = dict(Person.objects.figures().values_list("pk", "same_as"))
        new = 0
        for pair in pairs(_everybody()):
            if roots[pair.one] != roots[pair.other] and not _looked_at(pair.one, pair.other):
                matches.suggest(
                    Match(),
                    by=NIGHT,
                    pair=(pair.one, pair.other),
                    found=Match.Found.NIGHTLY.value,
                    comparison=pair.comparison,
                )
                new += 1
    return new


def _everybody() -> Iterator[tuple[UUID, Described]]:
    keys = list(Person.objects.order_by("pk").figures().values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield from described(keys[start : start + BATCH]).items()


def _looked_at(one: UUID, other: UUID) -> bool:
    first, second = sorted([one, other])
    return bool(Match.objects.filter(Q(one=first, other=second)).figures().exists())

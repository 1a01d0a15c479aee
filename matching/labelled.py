"""How well the matching does on a file of which it is known who is who. It learns nothing from the file."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from time import monotonic
from typing import Any

from matching.candidates import InMemory, candidates
from matching.described import Described, Home, Written
from matching.joined import joined
from matching.register import Register
from matching.score import LIKELY, compare

COLUMNS = ("record", "cluster", "first_name", "surname", "date_of_birth", "address", "postcode")
DATES = ("%Y-%m-%d", "%Y%m%d", "%d/%m/%Y")
PROGRESS_EVERY = 5_000

Pair = tuple[int, int]
"""Two records by their place in the file, the earlier first."""


class ColumnsMissing(ValueError):
    """The file does not say what is needed."""


@dataclass
class People:
    """What the file says: of each record the person it is truly of, and what is written there."""

    clusters: list[str] = field(default_factory=list)
    described: list[Described] = field(default_factory=list)
    dates_not_read: int = 0


def evaluate(path: Path | str, *, progress: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Look each record up among all others, as it would be looked up live, and count what that finds.

    `likely` counts the pairs graded likely and those that are one person once these are joined, as they are live;
    `likely_directly` counts without the latter. `candidates` counts pairs of which one is in the other's list.
    """
    begun = monotonic()
    people = read(path)
    among = Register.of(people.described)
    progress(f"{len(people.described)} records, {people.dates_not_read} dates of birth cannot be read")
    found = _look_each_up(people.described, among, progress)
    together = _joined(people.described, found.likely, among)
    return {
        "records": len(people.described),
        "pairs": _pairs_within(Counter(people.clusters).values()),
        "likely": _figures(people.clusters, together | found.likely.keys()),
        "likely_directly": _figures(people.clusters, found.likely.keys()),
        "candidates": {
            **_figures(people.clusters, found.shown),
            "per_record": round(found.listed / max(len(people.described), 1), 2),
        },
        "dates_not_read": people.dates_not_read,
        "seconds": round(monotonic() - begun, 1),
    }


# Reading


def read(path: Path | str) -> People:
    """Raises ColumnsMissing. A date that cannot be read counts as not known."""
    people = People()
    with Path(path).open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.reader(file)
        header = [name.strip().lower() for name in next(rows, [])]
        if missing := [name for name in COLUMNS if name not in header]:
            raise ColumnsMissing(f"The first line of the file has no column {', '.join(missing)}.")
        for row in rows:
            if any(row):
                _add(people, dict(zip(header, (value.strip() for value in row), strict=False)))
    return people


def _add(people: People, row: dict[str, str]) -> None:
    def value(name: str) -> str:
        return row.get(name, "")

    born_on = read_date(value("date_of_birth"))
    people.dates_not_read += bool(value("date_of_birth")) and not born_on
    people.clusters.append(value("cluster") or f"nobody else: {value('record')} {len(people.clusters)}")
    address = ", ".join(filter(None, (value("address"), value("city"), value("town"))))
    people.described.append(
        Described(
            names=(Written(value("first_name"), value("surname")),),
            born_on=born_on,
            sex={"f": "female", "m": "male"}.get(value("sex").lower(), value("sex").lower()),
            addresses=(Home(address, value("postcode")),),
            phones=(value("phone"),),
            emails=(value("email"),),
            nhs_number=value("nhs_number"),
        )
    )


def read_date(text: str) -> date | None:
    for form in DATES:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()
    return None


# Looking up


@dataclass
class _Found:
    shown: set[Pair] = field(default_factory=set)
    listed: int = 0
    likely: dict[Pair, float] = field(default_factory=dict)


def _look_each_up(people: Sequence[Described], among: Register, progress: Callable[[str], None]) -> _Found:
    index, found = InMemory(enumerate(people)), _Found()
    for who, described in enumerate(people):
        for candidate in candidates(described, index, but_not=[who], among=among):
            pair = (min(who, candidate.who), max(who, candidate.who))
            found.shown.add(pair)
            found.listed += 1
            if candidate.comparison.grade == LIKELY:
                found.likely[pair] = candidate.comparison.weight
        if (who + 1) % PROGRESS_EVERY == 0:
            progress(f"{who + 1} of {len(people)} looked up")
    return found


def _joined(people: Sequence[Described], likely: dict[Pair, float], among: Register) -> set[Pair]:
    groups = joined(
        ((*pair, weight) for pair, weight in likely.items()),
        lambda one, other: compare(people[one], people[other], among=among),
    )
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


# Counting


def _pairs_within(sizes: Collection[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _figures(clusters: Sequence[str], pairs: Collection[Pair]) -> dict[str, float]:
    """Of the pairs found, how many are true; of the true pairs, how many are found. Nothing found is nothing wrong."""
    right = sum(clusters[one] == clusters[other] for one, other in pairs)
    true = _pairs_within(Counter(clusters).values())
    return {
        "precision": round(right / len(pairs), 4) if pairs else 1.0,
        "recall": round(right / true, 4) if true else 1.0,
    }

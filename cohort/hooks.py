"""What apps above tell of the children of the cohort: their missing episodes, and what else joins them.

Each source is called as the acting person and must give only what that person may see. Children are named by the key
of the record that stands for them (`Person.same_as`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID


@dataclass(frozen=True)
class EpisodeLine:
    """One time a child was missing, as agendas, packs and pages here show it."""

    when: datetime
    ended: datetime | None  # None = still missing
    root: UUID
    reference: str
    url: str
    risk: str  # in words
    found_where: str  # in words; "" = not known, or not found yet
    words: str


@dataclass(frozen=True)
class Link:
    """Something that joins a child with a place, an adult or another child."""

    root: UUID
    kind: Literal["person", "place", "child"]
    key: str  # the same thing has the same key, whichever child it is joined with
    label: str
    url: str
    why: str
    when: datetime | None  # None = not known


Episodes = Callable[[Collection[UUID], datetime, datetime], Iterable[EpisodeLine]]
Links = Callable[[Collection[UUID]], Iterable[Link]]

EPISODES: list[Episodes] = []
LINKS: list[Links] = []


def episodes_of(roots: Collection[UUID], since: datetime, until: datetime) -> dict[UUID, list[EpisodeLine]]:
    """The episodes of these children that began in that time, newest first, by child."""
    found: dict[UUID, list[EpisodeLine]] = {root: [] for root in roots}
    for source in EPISODES:
        for line in source(roots, since, until):
            found.setdefault(line.root, []).append(line)
    for lines in found.values():
        lines.sort(key=lambda line: line.when, reverse=True)
    return found

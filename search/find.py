"""Finding people by whatever somebody knows of them: one box, and a date of birth or an age if there is one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from access.time import now
from search import born
from search.candidates import candidates
from search.looking import look_for
from search.question import Parts, read
from search.score import scored

MOST_HITS = 200
TO_SCORE = 60  # beyond those that are handed out: the last word on their order is not the database's


@dataclass(frozen=True)
class Question:
    """What is known of somebody. `text` may hold a date of birth and an age as well."""

    text: str
    born_on: date | None = None
    age: int | None = None


@dataclass(frozen=True)
class Hit:
    """A record that may be meant. Who may see it is for its own manager to say."""

    key: UUID
    kind: str
    score: float
    because: list[str]


def find(asked: Question, limit: int = 20) -> list[Hit]:
    """The records that fit best, the best first. Three statements at most, however common the name."""
    limit = max(0, min(limit, MOST_HITS))
    looked_for = look_for(_parts(asked))
    found = candidates(looked_for.wanted(), most=limit + TO_SCORE)
    outright = looked_for.meant_outright(found)
    hits = [Hit(each.key, each.kind, *scored(looked_for, outright, each)) for each in found]
    return sorted((hit for hit in hits if hit.score), key=lambda hit: (-hit.score, hit.key))[:limit]


def _parts(asked: Question) -> Parts:
    today = localdate(now())
    parts = read(asked.text, today)
    births = (*parts.births, *([born.on(asked.born_on)] if asked.born_on else []))
    known_age = asked.age is not None and 0 <= asked.age <= born.OLDEST
    ages = (*parts.ages, *([born.aged(asked.age, today)] if known_age and asked.age is not None else []))
    return replace(parts, births=births, ages=ages)

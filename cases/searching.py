"""A search for a person: what was asked, why, and what the person who asks may see of what was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from access.actor import signed
from access.time import now
from access.time import today as local_day
from accounts.models import User
from cases.indexing import PERSON
from cases.meet import flags_of
from cases.models import Flag, Person, Residence, SearchMade
from search.find import Hit, Question, find
from workflow.transitions import must_say

OVERFETCHED = 200
"""How many hits are read, so that those the person may not see leave no gap."""
SHOWN = 20


@dataclass(frozen=True)
class Result:
    """One line of the results."""

    key: UUID
    title: str
    url: str
    reference: str
    born: str
    lines: Sequence[str] = ()
    because: Sequence[str] = ()
    flags: Sequence[Flag] = ()


Loader = Callable[[Collection[UUID]], dict[UUID, Result]]
ELSEWHERE: dict[str, Loader] = {}
"""Kinds of records of apps above in which people are named, and how to load them through their guard."""


def search(asked: Question, *, by: User, purpose: str, about: str) -> tuple[SearchMade, list[Result]]:
    """Who it may be, best first, of those that `by` may see. Each search is kept, with its purpose and what it found.

    Raises NotNow where the purpose is not said.
    """
    must_say(about, "what the search is for: the incident, notice or reason")
    with signed(by):
        results = _load(find(asked, limit=OVERFETCHED))
        made = SearchMade.objects.create(
            by=by,
            at=now(),
            purpose=purpose,
            about=about,
            length=len(asked.text),
            found=[result.key for result in results],
        )
    return made, results


def _load(hits: Sequence[Hit]) -> list[Result]:
    """One line for each person the acting person may see: where several records are one person, the best of them."""
    keys = [hit.key for hit in hits if hit.kind == PERSON]
    roots = dict(Person.objects.filter(pk__in=keys).figures().values_list("pk", "same_as"))
    shown: list[Hit] = []
    people: set[UUID] = set()
    for hit in hits:
        if hit.kind == PERSON and (hit.key not in roots or roots[hit.key] in people):
            continue
        people |= {roots[hit.key]} if hit.kind == PERSON else set()
        shown.append(hit)
    shown = shown[: SHOWN * 2]  # a notice that may not be seen leaves no gap either
    loaded = _people([hit.key for hit in shown if hit.kind == PERSON])
    for kind, load in ELSEWHERE.items():
        loaded |= load([hit.key for hit in shown if hit.kind == kind])
    lines = [_with_reasons(loaded[hit.key], hit) for hit in shown if hit.key in loaded]
    return lines[:SHOWN]


def _with_reasons(result: Result, hit: Hit) -> Result:
    return Result(**{**vars(result), "because": hit.because})


def _people(keys: Sequence[UUID]) -> dict[UUID, Result]:
    """Each with the homes and flags of every record of the person."""
    today = local_day()
    found = Person.objects.in_bulk(keys[:SHOWN])
    roots = {person.same_as_id for person in found.values()}
    homes, flags = _homes(roots), flags_of(roots)
    return {
        key: Result(
            key=key,
            title=person.name,
            url=person.get_absolute_url(),
            reference=person.reference,
            born=born_in_words(person, today),
            lines=homes.get(person.same_as_id, []),
            flags=flags.get(person.same_as_id, []),
        )
        for key, person in found.items()
    }


def _homes(roots: Collection[UUID]) -> dict[UUID, list[str]]:
    """Where each of these people lives now."""
    now_at = Residence.objects.filter(person__same_as__in=roots, withdrawn_at=None, ends=None)
    found: dict[UUID, list[str]] = {}
    for home in now_at.select_related("address", "person"):
        lines = found.setdefault(home.person.same_as_id, [])
        if str(home.address) not in lines:
            lines.append(str(home.address))
    return found


def born_in_words(person: Person, today: date) -> str:
    """ "Born 27 March 2014, age 12", "Age about 7 (estimated)" or "Date of birth not known"."""
    if born := person.born_on:
        return f"Born {born:%-d %B %Y}, age {person.age_in_words(today)}"
    return f"Age {person.age_in_words(today)}" if person.born_to else "Date of birth not known"

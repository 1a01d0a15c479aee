"""A search for a person: what was asked, why, and what the person who asks may see of what was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from access.actor import signed
from access.time import now
from accounts.models import User
from cases.indexing import PERSON
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


def again(made: SearchMade) -> list[Result]:
    """The results of an earlier search, as far as they may still be seen."""
    return _load([Hit(key=key, kind=kind, score=0, because=[]) for key in made.found for kind in (PERSON, *ELSEWHERE)])


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
    today = now().date()
    found = Person.objects.in_bulk(keys[:SHOWN])
    homes = _by_person(
        Residence.objects.filter(person__in=found, withdrawn_at=None, ends=None).select_related("address")
    )
    flags = _by_person(Flag.objects.filter(person__in=found, withdrawn_at=None))
    return {
        key: Result(
            key=key,
            title=person.name,
            url=person.get_absolute_url(),
            reference=person.reference,
            born=born_in_words(person, today),
            lines=[str(home.address) for home in homes.get(key, [])],
            flags=[flag for flag in flags.get(key, []) if flag.holds_on(today)],
        )
        for key, person in found.items()
    }


def _by_person(facts: Iterable[Flag] | Iterable[Residence]) -> dict[UUID, list]:
    found: dict[UUID, list] = {}
    for fact in facts:
        found.setdefault(fact.person_id, []).append(fact)
    return found


def born_in_words(person: Person, today: date) -> str:
    """ "Born 27 March 2014, age 12", "Age about 7 (estimated)" or "Date of birth not known"."""
    if born := person.born_on:
        return f"Born {born:%-d %B %Y}, age {person.age_in_words(today)}"
    return f"Age {person.age_in_words(today)}" if person.born_to else "Date of birth not known"

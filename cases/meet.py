"""Have we met? Who on record may be the person that somebody is writing down, with what speaks for it and against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from access.actor import System, acting
from access.time import today as local_day
from cases.indexing import described, numbers
from cases.models import Flag, Person
from matching.described import Described
from matching.register import A_FORCE, Register
from matching.score import LIKELY, Comparison, compare

ESTIMATE = "SELECT reltuples::bigint FROM pg_class WHERE oid = 'cases_person'::regclass"
MOST = 200
"""How many records that share a key are compared; those that share most come first."""
SHOWN = 8


@dataclass(frozen=True)
class Met:
    """Somebody on record who may be the one, and why."""

    person: Person
    comparison: Comparison
    flags: tuple[str, ...] = ()


def have_we_met(said: Described, *, but_not: Collection[UUID] = ()) -> list[Met]:
    """The best candidates among the people that the acting person may see, one for each person, best first."""
    return have_we_met_each([said], but_not=but_not)[0]


def have_we_met_each(said: Sequence[Described], *, but_not: Collection[UUID] = ()) -> list[list[Met]]:
    """The same for several people at once, such as everybody a notice is about, in as many statements as for one."""
    found = described(_sharing_a_key(said, but_not))
    if not found:
        return [[] for _ in said]
    roots = dict(Person.objects.filter(pk__in=found).figures().values_list("pk", "same_as"))
    register = among()
    best = [_best(each, found, roots, register) for each in said]
    people = Person.objects.in_bulk({key for each in best for key in each})
    flags = _flags(people)
    return [[Met(people[key], comparison, flags[key]) for key, comparison in each.items()] for each in best]


def among() -> Register:
    """Among how many people somebody is looked for: the more they are, the more must agree. As PostgreSQL last counted;
    before it has, as many as a force may have."""
    with connection.cursor() as cursor:
        cursor.execute(ESTIMATE)
        people = cursor.fetchone()[0]
    return Register(people) if people > 0 else A_FORCE


def _flags(people: Mapping[UUID, Person]) -> Mapping[UUID, tuple[str, ...]]:
    """What everybody must know of them, in words: a risk, a plan, on whichever record of theirs it stands."""
    flags = flags_of({person.same_as_id for person in people.values()})
    return {key: tuple(str(flag) for flag in flags.get(person.same_as_id, [])) for key, person in people.items()}


def flags_of(roots: Collection[UUID]) -> dict[UUID, list[Flag]]:
    """What holds today of each of these people (keys of `same_as`)."""
    found: dict[UUID, list[Flag]] = {}
    today = local_day()
    rows = Flag.objects.filter(person__same_as__in=roots, withdrawn_at=None).select_related("person") if roots else ()
    for flag in rows:
        if flag.holds_on(today):
            found.setdefault(flag.person.same_as_id, []).append(flag)
    return found


def _best(
    said: Described, found: Mapping[UUID, Described], roots: Mapping[UUID, UUID], register: Register
) -> dict[UUID, Comparison]:
    """The records to show, each the best of its person."""
    compared = {key: compare(said, other, among=register) for key, other in found.items()}
    graded = sorted((key for key in compared if compared[key].grade), key=lambda key: -compared[key].weight)
    shown: dict[UUID, UUID] = {}
    for key in graded:
        shown.setdefault(roots[key], key)
    return {key: compared[key] for key in list(shown.values())[:SHOWN]}


def _sharing_a_key(said: Sequence[Described], but_not: Collection[UUID]) -> list[UUID]:
    keys = sorted({number for each in said for number in numbers(each)})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM cases_matchkeys WHERE keys && %(keys)s AND person_id <> ALL(%(not)s::uuid[]) "
            "ORDER BY (SELECT count(*) FROM unnest(keys) AS key WHERE key = ANY(%(keys)s)) DESC LIMIT %(most)s",
            {"keys": keys, "not": list(but_not), "most": MOST * len(said)},
        )
        return [key for (key,) in cursor.fetchall()]


def likely_duplicates(new: Mapping[UUID, Described], unlike: Iterable[UUID] = ()) -> Iterator[tuple[UUID, Met]]:
    """Records just made that are likely the same as an earlier one, whoever may see that one. Those made together are
    different people: somebody has just named them side by side."""
    with acting(System("have we met?")):
        found = have_we_met_each(list(new.values()), but_not=[*new, *unlike])
    for key, met in zip(new, found, strict=True):
        yield from ((key, each) for each in met if each.comparison.grade == LIKELY)

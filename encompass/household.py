"""Children who live where it happened and were not there: each is told of to a school of their own.

Read as Longstop itself, over everybody's records: a child is not left out because the officer may not see the case in
which the child's home is written down. A notice about such a child belongs to that case, and only the people who may
see the case see the notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from access.actor import System, acting
from access.time import today
from cases.models import Case, Person, Relationship, Residence
from cases.picture import REVERSED
from govuk.fields import YesNoNotKnown as Answer

READS = System("Operation Encompass: who lives there")
SAME_ADDRESS = "Lives at the same address"
FAMILY = [
    kind.value
    for kind in Relationship.Kind
    if kind not in (Relationship.Kind.FRIEND, Relationship.Kind.PROFESSIONAL, Relationship.Kind.POSES_RISK)
]


@dataclass(frozen=True)
class LivesThere:
    """A child of the household, what they are to the people of the notice, and the restricted case that knows it."""

    person: Person
    words: str
    relation_known: bool
    case: Case | None


def other_children(people: Sequence[Person]) -> list[LivesThere]:
    """Children who live now where one of these people lives now, without these people themselves."""
    if not people:
        return []
    with acting(READS):
        roots = {person.same_as_id for person in people}
        day = today()
        here = Residence.objects.filter(Residence.current_on(day), person__same_as__in=roots).figures()
        addresses = set(here.values_list("address", flat=True))
        rows = Residence.objects.filter(Residence.current_on(day), address__in=addresses)
        rows = rows.exclude(person__same_as__in=roots).select_related("person", "case").order_by("recorded_at")
        homes: dict[UUID, list[Residence]] = {}
        for row in rows:
            homes.setdefault(row.person.same_as_id, []).append(row)
        children = [found for found in homes.values() if _is_child(found, day)]
        links = _links(roots | {found[0].person.same_as_id for found in children} | _adults(homes))
        return [_found(found, people, links) for found in children]


def _is_child(homes: Sequence[Residence], day: object) -> bool:
    """Known to be a child: where nobody knows, an adult of the household is not made one."""
    return any(home.person.child_on(day) == Answer.YES for home in homes)  # type: ignore[arg-type]


def _adults(homes: dict[UUID, list[Residence]]) -> set[UUID]:
    return set(homes)


def _links(roots: Iterable[UUID]) -> list[Relationship]:
    """Family ties among everybody there."""
    keys = list(roots)
    ties = Relationship.objects.filter(kind__in=FAMILY, withdrawn_at=None, ends=None, person__same_as__in=keys)
    return list(ties.filter(other__same_as__in=keys).select_related("person", "other"))


def _found(homes: Sequence[Residence], people: Sequence[Person], links: Sequence[Relationship]) -> LivesThere:
    child = homes[0].person
    words = _words(child, people, links)
    secret = all(home.case is not None and home.case.restricted for home in homes)
    said = f"{SAME_ADDRESS}; {words}" if words else f"{SAME_ADDRESS}; nobody has said how related"
    return LivesThere(child, said[:300], bool(words), homes[0].case if secret else None)


def _words(child: Person, people: Sequence[Person], links: Sequence[Relationship]) -> str:
    """What the child is to one of these people, or that one adult of the house is family to both."""
    roots = {person.same_as_id: person for person in people}
    for tie in links:
        one, other = tie.person.same_as_id, tie.other.same_as_id
        if one == child.same_as_id and other in roots:
            return f"{tie.get_kind_display()} of {tie.other}"
        if other == child.same_as_id and one in roots:
            return f"{REVERSED.get(Relationship.Kind(tie.kind), 'family of')} {tie.person}"
    family = {root: _kin(root, links) for root in (child.same_as_id, *roots)}
    shared = any(family[child.same_as_id] & family[root] for root in roots)
    return "the same adult is family to both" if shared else ""


def _kin(root: UUID, links: Sequence[Relationship]) -> set[UUID]:
    kin = {tie.other.same_as_id for tie in links if tie.person.same_as_id == root}
    return kin | {tie.person.same_as_id for tie in links if tie.other.same_as_id == root}

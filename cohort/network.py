"""Which children of the cohort are joined by which places, adults and other children. What joins several comes first:
whoever harms one child may harm the next, and one place may explain five episodes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import cos, pi, sin
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from cases.models import Person, Phone, Relationship, Residence, Sighting
from cohort.hooks import LINKS, Link
from cohort.models import CohortEntry
from partners.models import Agency

WIDTH, HEIGHT = 760, 560
MOST = 18
"""More than these cannot be read in a drawing; the table has them all."""
KIND_WORDS = {"person": "Person", "place": "Place", "child": "Child in the cohort"}


@dataclass(frozen=True)
class Joined:
    """One child, and why they are joined with something."""

    entry: CohortEntry
    words: Sequence[str]


@dataclass
class Thing:
    """A place, an adult or another child, and the children it joins."""

    kind: str
    key: str
    label: str
    url: str
    why: dict[UUID, list[str]] = field(default_factory=dict)
    joined: Sequence[Joined] = ()

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind]

    @property
    def how_many(self) -> int:
        """Children it joins; another child counts as one of them."""
        return len(self.why) + (self.kind == "child")


@dataclass(frozen=True)
class Network:
    children: Sequence[CohortEntry]
    things: Sequence[Thing]

    @property
    def shared(self) -> list[Thing]:
        return [each for each in self.things if each.how_many > 1]

    @property
    def alone(self) -> list[CohortEntry]:
        """Children whom nothing on record joins with anything: nobody is left out of the page."""
        joined = {each.entry.pk for thing in self.things for each in thing.joined}
        others = {thing.key for thing in self.things if thing.kind == "child"}
        return [each for each in self.children if each.pk not in joined and str(each.person.same_as_id) not in others]


def network_of(authority: Agency | None = None) -> Network:
    """Everything that joins the children in the cohort, as far as the acting person may see. A fixed number of
    statements, besides those of the apps above."""
    rows = CohortEntry.objects.filter(state=CohortEntry.State.IN_COHORT).select_related("person", "authority")
    if authority:
        rows = rows.filter(authority=authority)
    children = {entry.person.same_as_id: entry for entry in rows.order_by("entered_at", "pk")}
    return Network(list(children.values()), _things(children, _links(set(children))))


def _things(children: dict[UUID, CohortEntry], links: Iterable[Link]) -> list[Thing]:
    found: dict[tuple[str, str], Thing] = {}
    for link in links:
        if link.root not in children or link.key == str(link.root):
            continue
        kind, key = link.kind, link.key
        other = children.get(UUID(key)) if kind in ("child", "person") and _is_key(key) else None
        kind = "child" if other else kind
        url = other.get_absolute_url() if other else link.url
        thing = found.setdefault((kind, key), Thing(kind, key, link.label, url))
        words = f"{link.why}, {timezone.localdate(link.when):%-d %B %Y}" if link.when else link.why
        said = thing.why.setdefault(link.root, [])
        if words not in said:
            said.append(words)
    for thing in found.values():
        thing.joined = [Joined(children[root], words) for root, words in thing.why.items()]
    return sorted(_each_pair_once(found.values()), key=lambda each: (-each.how_many, each.kind, each.label, each.key))


def _each_pair_once(things: Iterable[Thing]) -> Iterator[Thing]:
    """That Poppy is joined with Anya is said once, and not again the other way round."""
    seen: set[tuple[str, str]] = set()
    for thing in things:
        if thing.kind == "child":
            pairs = {root: (min(str(root), thing.key), max(str(root), thing.key)) for root in thing.why}
            again = {root for root, pair in pairs.items() if pair in seen}
            seen |= set(pairs.values())
            thing.why = {root: words for root, words in thing.why.items() if root not in again}
            thing.joined = [each for each in thing.joined if each.entry.person.same_as_id not in again]
        if thing.why:
            yield thing


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _links(roots: Collection[UUID]) -> Iterator[Link]:
    if not roots:
        return
    yield from _relationships(roots)
    yield from _sightings(roots)
    yield from _homes(roots)
    yield from _phones(roots)
    for source in LINKS:
        yield from source(roots)


def _to_person(root: UUID, other: Person, why: str, when: datetime | None) -> Link:
    return Link(root, "person", str(other.same_as_id), other.name, other.get_absolute_url(), why, when)


def _relationships(roots: Collection[UUID]) -> Iterator[Link]:
    rows = Relationship.objects.filter(
        Q(person__same_as__in=roots) | Q(other__same_as__in=roots), withdrawn_at=None
    ).select_related("person", "other")
    for row in rows.order_by("recorded_at", "pk"):
        why = f"{row.person.name} is the {row.get_kind_display()} of {row.other.name}"
        why = f"{why}, until {row.ends:%-d %B %Y}" if row.ends else why
        if row.person.same_as_id in roots:
            yield _to_person(row.person.same_as_id, row.other, why, None)
        if row.other.same_as_id in roots:
            yield _to_person(row.other.same_as_id, row.person, why, None)


def _sightings(roots: Collection[UUID]) -> Iterator[Link]:
    rows = Sighting.objects.filter(
        Q(person__same_as__in=roots) | Q(company__same_as__in=roots), withdrawn_at=None
    ).select_related("person", "company", "address")
    for row in rows.order_by("seen_at", "pk"):
        child, company, place = row.person, row.company, row.address
        if child.same_as_id in roots:
            if company:
                yield _to_person(child.same_as_id, company, "Seen together", row.seen_at)
            if place:
                yield Link(
                    child.same_as_id, "place", str(place.pk), str(place), place.get_absolute_url(), "Seen there",
                    row.seen_at,
                )  # fmt: skip
        if company and company.same_as_id in roots:
            yield _to_person(company.same_as_id, child, "Seen together", row.seen_at)


def _homes(roots: Collection[UUID]) -> Iterator[Link]:
    rows = Residence.objects.filter(person__same_as__in=roots, withdrawn_at=None).select_related("person", "address")
    for row in rows.order_by("recorded_at", "pk"):
        why = f"Lived there until {row.ends:%-d %B %Y}" if row.ends else "Lives there"
        place = row.address
        yield Link(
            row.person.same_as_id, "place", str(place.pk), str(place), place.get_absolute_url(), why, None
        )  # fmt: skip


def _phones(roots: Collection[UUID]) -> Iterator[Link]:
    """Whoever else has the number of a child."""
    own = Phone.objects.filter(person__same_as__in=roots, withdrawn_at=None, plain__gt="").select_related("person")
    numbers: dict[str, set[UUID]] = {}
    for row in own.order_by("recorded_at", "pk"):
        numbers.setdefault(row.plain, set()).add(row.person.same_as_id)
    others = Phone.objects.filter(plain__in=list(numbers), withdrawn_at=None).select_related("person")
    for row in others.order_by("recorded_at", "pk"):
        for root in numbers[row.plain] - {row.person.same_as_id}:
            yield _to_person(root, row.person, f"Both have the number {row.number}", None)


@dataclass(frozen=True)
class Node:
    label: str
    x: int
    y: int
    kind: str


@dataclass(frozen=True)
class Edge:
    x: int
    y: int
    to_x: int
    to_y: int


@dataclass(frozen=True)
class Drawing:
    """What joins two or more children, and those children. The table has the same, and the rest."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT


def draw(network: Network) -> Drawing | None:
    """None where nothing joins two children."""
    edges: list[tuple[str, str]] = []
    named: dict[str, tuple[str, str]] = {}  # key -> label, kind
    left_out = 0
    for thing in network.shared:
        ends = {f"child {root}": joined.entry.person.name for root, joined in zip(thing.why, thing.joined, strict=True)}
        own = f"child {thing.key}" if thing.kind == "child" else f"{thing.kind} {thing.key}"
        new = {own, *ends} - set(named)
        if len(named) + len(new) > MOST:
            left_out += 1
            continue
        named |= {key: (name, "child") for key, name in ends.items()} | {own: (thing.label, thing.kind)}
        edges += [(key, own) for key in ends]
    if not edges:
        return None
    places = {key: _place(number, len(named)) for number, key in enumerate(named)}
    nodes = [Node(_short(label), *places[key], kind) for key, (label, kind) in named.items()]
    return Drawing(nodes, [Edge(*places[one], *places[other]) for one, other in edges], left_out)


def _place(number: int, of: int) -> tuple[int, int]:
    """On an ellipse, beginning above."""
    angle = 2 * pi * number / of - pi / 2
    return round(WIDTH / 2 + cos(angle) * (WIDTH / 2 - 100)), round(HEIGHT / 2 + sin(angle) * (HEIGHT / 2 - 30))


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"

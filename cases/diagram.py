"""Who is linked with whom, as a drawing. The page has the same as a table, for those who cannot see a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin
from uuid import UUID

from cases.meet import flags_of
from cases.models import Person
from cases.picture import Seen
from govuk.fields import YesNoNotKnown as Answer

WIDTH, HEIGHT = 720, 400
MOST = 12
"""More than these cannot be read in a drawing; the table has them all."""


@dataclass(frozen=True)
class Node:
    """One person in the drawing; the first is the one it is about."""

    name: str
    url: str
    x: int
    y: int
    child: bool
    risk: bool
    middle: bool = False


@dataclass(frozen=True)
class Line:
    """A link between the person in the middle and another."""

    x: int
    y: int
    words: str
    at_x: int
    at_y: int


@dataclass(frozen=True)
class Diagram:
    nodes: Sequence[Node]
    lines: Sequence[Line]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def middle(self) -> Node:
        return self.nodes[0]


def draw(seen: Seen, today: date) -> Diagram | None:
    """The person in the middle, everybody they are linked with around; None where there is nobody."""
    around: dict[UUID, tuple[Person, list[str]]] = {}
    for link in seen.links():
        if not link.fact.withdrawn_at:
            around.setdefault(link.other.pk, (link.other, []))[1].append(link.words)
    for home in seen.household(today):
        around.setdefault(home.person.pk, (home.person, []))[1].append("Lives with")
    if not around:
        return None
    shown = list(around.values())[:MOST]
    at_risk = _at_risk([seen.person, *(person for person, _ in shown)])
    places = [_place(number, len(shown)) for number in range(len(shown))]
    middle = _node(seen.person, WIDTH // 2, HEIGHT // 2, today, {seen.person.pk} & at_risk, middle=True)
    nodes = [
        _node(person, x, y, today, {person.pk} & at_risk) for (person, _), (x, y) in zip(shown, places, strict=True)
    ]
    lines = [_line(x, y, words) for (_, words), (x, y) in zip(shown, places, strict=True)]
    return Diagram([middle, *nodes], lines, left_out=len(around) - len(shown))


def _at_risk(people: Sequence[Person]) -> set[UUID]:
    """Those of them who pose a risk, whichever record of theirs says so."""
    flags = flags_of({person.same_as_id for person in people})
    risks = {root for root, known in flags.items() if any(flag.is_a_risk for flag in known)}
    return {person.pk for person in people if person.same_as_id in risks}


def _place(number: int, of: int) -> tuple[int, int]:
    """On an ellipse, beginning above."""
    angle = 2 * pi * number / of - pi / 2
    return round(WIDTH / 2 + cos(angle) * (WIDTH / 2 - 100)), round(HEIGHT / 2 + sin(angle) * (HEIGHT / 2 - 36))


def _node(person: Person, x: int, y: int, today: date, risk: set[UUID], *, middle: bool = False) -> Node:
    name = person.name if len(person.name) <= 24 else f"{person.name[:23]}…"
    child = person.child_on(today) != Answer.NO
    return Node(name, person.get_absolute_url(), x, y, child, bool(risk), middle)


def _line(x: int, y: int, words: Sequence[str]) -> Line:
    """Its words stand two thirds of the way out, where lines are apart."""
    return Line(
        x=x,
        y=y,
        words=", ".join(dict.fromkeys(words)),
        at_x=round(WIDTH / 2 + (x - WIDTH / 2) * 0.55),
        at_y=round(HEIGHT / 2 + (y - HEIGHT / 2) * 0.55),
    )

"""What is written of an investigation into online abuse of the demo: who lives there, which account, which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from demo.invented import Household, Person, household, postcode
from demo.scene import Scene
from demo.town import council_of
from demo.writing import texts
from online.codes import CHECKS, Kirat
from online.workflow.kirat import KiratFacts
from partners.models import Agency

WORDS: dict[str, Any] = texts("online")
AGES = (1, 15)
IN_ORDER = ["991", "992", "993", "994"]
"""The councils, in the order of the social care of each (`demo/agencies.py`)."""


@dataclass(frozen=True)
class Told:
    """One home and one account, and every line about them."""

    scene: Scene
    family: Household
    children: Sequence[Person]
    suspect: str
    address: str
    postcode: str
    user: str
    ip: str
    count: int
    worker: str
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def partner(self) -> str:
        return self.family.parent.name

    @property
    def council(self) -> Agency:
        """Children's social care of the authority in which they live."""
        every: list[Agency] = self.scene.agencies[Agency.Kind.SOCIAL_CARE.value]
        return every[IN_ORDER.index(council_of(self.family.town))]

    @property
    def who_there(self) -> str:
        return f"{self.worker}, {self.council}"

    def words(self, **more: Any) -> dict[str, Any]:
        names = [each.forename for each in self.children]
        ages = [f"{each.forename}, {each.age or 'under 1'}" for each in self.children]
        return {
            **self.family.words(),
            "children": _and(names if len(names) > 2 else ages),
            "suspect": self.suspect,
            "partner": self.partner,
            "address": self.address,
            "user": self.user,
            "ip": self.ip,
            "count": self.count,
            "worker": self.worker,
            **self.said,
            **more,
        }

    def line(self, *where: str, **more: Any) -> str:
        """The next line of this deck, filled in; a text that is no deck is itself."""
        found: Any = WORDS
        for name in where:
            found = found[name]
        if isinstance(found, str):
            return found.format_map(self.words(**more))
        return self.scene.writer.line(found, self.words(**more))


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names) or "any child"
    return f"{', '.join(names[:-1])} and {names[-1]}"


class Names:
    """Homes and accounts of which there is one each."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self._taken = scene, set[str]()

    def told(self, children: int, platform: str = "", **known: str) -> Told:
        """`known`: what is known already, for example where somebody who is managed lives."""
        scene, rng = self.scene, self.scene.rng
        family = household(rng, scene.today, AGES)
        young = self._children(family, children)
        taken = {family.parent.forename, family.elder.forename, *(each.forename for each in young)}
        father = f"{rng.choice([name for name in texts('names')['he'] if name not in taken])} {family.other.surname}"
        return Told(
            scene=scene,
            family=family,
            children=young,
            suspect=known.get("suspect", father),
            address=known.get("address") or self._home(family),
            postcode=known.get("postcode") or postcode(family.town, family.street),
            user=self._account(),
            ip=f"203.0.113.{len(self._taken) % 250 + 1}",
            count=rng.randint(6, 420),
            worker=str(rng.choice(WORDS["workers"])),
            said={"platform": platform or rng.choice(WORDS["platforms"])},
        )

    def _children(self, family: Household, number: int) -> list[Person]:
        """So many of one family; nobody in a family is called like somebody else in it."""
        found = list(family.children[:number])
        taken = {family.parent.forename, family.elder.forename, *(each.forename for each in found)}
        while len(found) < number:
            more = household(self.scene.rng, self.scene.today, AGES).children[0]
            if more.forename not in taken:
                taken.add(more.forename)
                found.append(replace(more, surname=family.children[0].surname))
        return found

    def _home(self, family: Household) -> str:
        rng = self.scene.rng
        return self._once(lambda: f"{rng.randint(3, 148)}{rng.choice('BCDE')} {family.street}, {family.town}")

    def _account(self) -> str:
        rng = self.scene.rng
        return self._once(
            lambda: f"{rng.choice(WORDS['adjectives'])}.{rng.choice(WORDS['animals'])}.{rng.randint(11, 98)}"
        )

    def _once(self, make: Any) -> str:
        found = str(make())
        while found in self._taken:
            found = str(make())
        self._taken.add(found)
        return found


def checks(told: Told) -> dict[str, str]:
    """What each system said of one occupant."""
    return {system: told.line("research", "checked") for system in CHECKS}


def level_facts(told: Told, level: str, because: str, *, post: str = "") -> KiratFacts:
    """As a researcher writes it down. In one of ten the researcher sets more than the tool gave."""
    higher = level in (Kirat.HIGH, Kirat.MEDIUM) and told.scene.writer.chance(0.1)
    tool = {Kirat.HIGH.value: Kirat.MEDIUM.value, Kirat.MEDIUM.value: Kirat.LOW.value}[level] if higher else level
    access = "access_work" if post else "access_child" if told.children else "access_none"
    return KiratFacts(
        level=level,
        tool_level=tool,
        version="Version 3",
        previous_behaviour=told.line("level", "previous"),
        access_to_children=told.line("level", access, post=post),
        current_behaviour=told.line("level", "current"),
        other_factors=told.line("level", "other"),
        because=because,
        override_because="The tool does not know of the messages; they make it more" if higher else "",
    )

"""What is said of a missing child of the demo, with the gaps filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cases.records import Details, Home
from demo.invented import Household, school
from demo.scene import Scene
from demo.writing import texts
from missing.codes import ASKED_ON_THE_CALL, BY_HAND, Question
from missing.workflow import Child, Looked, Said
from places.models import School


@dataclass(frozen=True)
class Told:
    """Lines about one child of one household."""

    scene: Scene
    household: Household
    words: dict[str, Any]

    def line(self, kind: str) -> str:
        return self.scene.writer.line(texts("missing")[kind], self.words)

    def pair(self, kind: str) -> tuple[str, str]:
        code, text = self.scene.rng.choice(texts("missing")[kind])
        return code, str(text).format(**self.words)

    def child(self) -> Child:
        """The first child of the household, whom nobody has met."""
        child = self.household.children[0]
        sex = "female" if child.is_female else "male"
        taught = School.objects.filter(name=school(child.age, self.household.town)).first()
        details = Details(child.forename, child.surname, born_on=child.born_on, sex=sex, school=taught)
        return Child(None, details, Home(self.household.address, self.household.postcode))

    @property
    def source(self) -> str:
        return f"{self.household.parent.name}, {self.household.phone}"


def words_of(scene: Scene, household: Household) -> Told:
    words = household.words()
    her = str(words["her"])
    female = words["she"] == "she"
    more = {"Her": her.capitalize(), "herself": "herself" if female else "himself", "hers": "hers" if female else "his"}
    return Told(scene, household, {**words, **more, "his": words["his"], "her": "her" if female else "his"})


def asked(told: Told, *, everything: bool = False, **yes: str) -> list[Said]:
    """The questions of the call, or all of them. `yes`: question -> what was said to it."""
    rng = told.scene.rng
    found = []
    for question in Question if everything else ASKED_ON_THE_CALL:
        if question.value in yes:
            found.append(Said(question.value, "yes", told.source, yes[question.value]))
        else:
            found.append(Said(question.value, rng.choices(["no", "not_known"], [70, 30])[0], told.source))
    return found


def looked(told: Told) -> list[Looked]:
    """Every system that somebody looks in; now and then one is down."""
    rng = told.scene.rng
    return [
        Looked(place.value, "could_not", "The system is down; tried again each hour")
        if rng.random() < 0.04
        else Looked(place.value, "nothing")
        for place in BY_HAND
    ]

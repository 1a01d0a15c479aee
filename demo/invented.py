"""Invented families in invented places. No name here is taken from a person, and no town is on a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from demo.writing import texts

TOWNS: list[str] = texts("names")["towns"]
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
A_YEAR = timedelta(days=365.25)


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    forename: str
    surname: str
    is_female: bool
    born_on: date
    age: int

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"


@dataclass(frozen=True)
class Household:
    """The people at one address that is nowhere."""

    children: Sequence[Person]
    parent: Person
    other: Person
    elder: Person
    town: str
    street: str
    number: int

    @property
    def address(self) -> str:
        return f"{self.number} {self.street}, {self.town}"

    @property
    def postcode(self) -> str:
        return postcode(self.town, self.street)

    @property
    def phone(self) -> str:
        """From the numbers kept free for drama: they ring nowhere."""
        return f"07700 900{(self.number * 37 + len(self.parent.name)) % 1000:03d}"

    def told_about(self, child: Person) -> Household:
        """The same household, with this child spoken of first."""
        return replace(self, children=[child, *(other for other in self.children if other != child)])

    def words(self) -> dict[str, str | int]:
        """What the parts of a text call them."""
        adults = {"parent": self.parent.name, "other": self.other.name, "elder": self.elder.name, "phone": self.phone}
        place = {"town": self.town, "street": self.street, "address": self.address}
        return {**adults, **place, **(_child_in_words(self.children[0], self.town) if self.children else {})}


def _child_in_words(child: Person, town: str) -> dict[str, str | int]:
    she, her, his = ("she", "her", "her") if child.is_female else ("he", "him", "his")
    return {
        "child": child.forename,
        "age": _age_in_words(child.age),
        "years": child.age,
        "she": she,
        "She": she.capitalize(),
        "her": her,
        "his": his,
        "His": his.capitalize(),
        "school": school(child.age, town),
    }


def _age_in_words(age: int) -> str:
    return "under a year old" if age == 0 else f"aged {age}"


def postcode(town: str, street: str) -> str:
    """Each street has its own, in an area that no post office has."""
    streets = texts("names")["streets"]
    return f"ZV{TOWNS.index(town) + 1} {1 + streets.index(street) // 10}A{LETTERS[streets.index(street) % 10]}"


def school(age: int, town: str) -> str:
    if age < 4:
        return f"{town} Nursery"
    return f"{town} Primary" if age < 11 else f"{town} Academy"


def household(rng: Random, today: date, ages: tuple[int, int] | None) -> Household:
    """A family with one to three children, the first of them in this range of ages; None = no child there."""
    names = texts("names")
    surname = rng.choice(names["surnames"])
    children = [_person(rng, today, surname, rng.randint(*ages))] if ages else []
    for _ in range(rng.choices([0, 1, 2], [55, 32, 13])[0] if ages else 0):
        children.append(_person(rng, today, surname, rng.randint(0, 16), unlike=children))
    return Household(
        children=children,
        parent=_person(rng, today, surname, rng.randint(24, 46), unlike=children),
        other=_person(rng, today, rng.choice(names["surnames"]), rng.randint(22, 50), unlike=children),
        elder=_person(rng, today, rng.choice(names["surnames"]), rng.randint(61, 88), unlike=children),
        town=rng.choice(names["towns"]),
        street=rng.choice(names["streets"]),
        number=rng.randint(2, 148),
    )


def _person(rng: Random, today: date, surname: str, age: int, unlike: Sequence[Person] = ()) -> Person:
    is_female = rng.random() < 0.5
    taken = {person.forename for person in unlike}
    forename = rng.choice([name for name in texts("names")["she" if is_female else "he"] if name not in taken])
    born_on = today - age * A_YEAR - timedelta(days=rng.randint(8, 350))
    return Person(forename, surname, is_female, born_on, age)

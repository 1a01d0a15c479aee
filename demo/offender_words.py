"""What is written of a managed offender of the demo, with chance of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from cases.records import Details, Home
from demo.invented import A_YEAR, postcode
from demo.scene import Scene
from demo.writing import texts
from offenders.codes import Factor, FactorRating, Risk
from offenders.workflow.assessments import AssessmentFacts, FactorFacts
from offenders.workflow.visits import VisitFacts

WORDS: dict[str, Any] = texts("offenders")


@dataclass(frozen=True)
class Somebody:
    """An adult who does not exist, and where they live, which is nowhere."""

    details: Details
    home: Home

    @property
    def name(self) -> str:
        return f"{self.details.given_names} {self.details.family_name}"


def somebody(scene: Scene) -> Somebody:
    rng, names = scene.rng, texts("names")
    is_female = rng.random() < 0.02
    town, street = rng.choice(names["towns"]), rng.choice(names["streets"])
    details = Details(
        rng.choice(names["she" if is_female else "he"]),
        rng.choice(names["surnames"]),
        born_on=scene.today - rng.randint(20, 82) * A_YEAR - timedelta(days=rng.randint(8, 350)),
        sex="female" if is_female else "male",
    )
    return Somebody(
        details, Home(f"Flat {rng.randint(1, 30)}, {rng.randint(150, 900)} {street}, {town}", postcode(town, street))
    )


def one_of(rng: Random, kind: str) -> str:
    return str(rng.choice(WORDS[kind]))


def visit_facts(rng: Random, address: str, officers: tuple[str, str], next_on: date) -> VisitFacts:
    """As an officer writes it down. One in twenty-five is made by one officer, one in seven is announced."""
    alone, seen_children = rng.random() < 0.04, rng.random() < 0.05
    return VisitFacts(
        purpose="routine",
        address=address,
        officer_one=officers[0],
        officer_two="" if alone else officers[1],
        single_crew_because="The second officer was called away to an arrest" if alone else "",
        observations=one_of(rng, "observations"),
        seen="yes",
        devices=one_of(rng, "devices"),
        household=one_of(rng, "household"),
        disclosure=one_of(rng, "disclosed"),
        announced="yes" if rng.random() < 0.14 else "no",
        children_seen="yes" if seen_children else "no",
        children="A boy of about six, who played on the floor and did not look up" if seen_children else "",
        next_visit_on=next_on,
        compliance=rng.choices(["complies", "in_part", "does_not"], [80, 15, 5])[0],
    )


def assessment_facts(rng: Random, risk: str, why_now: str) -> AssessmentFacts:
    worse = {Risk.VERY_HIGH: 0.8, Risk.HIGH: 0.6, Risk.MEDIUM: 0.4, Risk.LOW: 0.2}[Risk(risk)]
    factors = []
    for factor in Factor.values:
        rating = (
            FactorRating.PRESENT if rng.random() < worse else rng.choice([FactorRating.PARTLY, FactorRating.ABSENT])
        )
        factors.append(FactorFacts(factor, rating.value, one_of(rng, "evidence"), rng.random() < worse / 3))
    return AssessmentFacts("arms", why_now, factors, "OSP/C medium", risk, one_of(rng, "overall"))

"""Who is on record: people who pose a risk, families, and two records that may be one person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from cases.models import Flag, HowKnown, Match, Person, Relationship
from cases.records import Details, Home, Source
from cases.workflow import matches, people
from demo.chronicle import Event, when
from demo.scene import Scene
from matching.score import LIKELY
from ppn import workflow
from ppn.models import Ppn, Subject
from ppn.people import candidates, not_yet_identified
from ppn.triggers import BY_HAND

VISOR = Source(HowKnown.RECORD.value, "ViSOR, as the hub last wrote it")
SEEN_AT_VISIT = Source(HowKnown.SEEN.value, "Monitoring visit")
SOCIAL_CARE = Source(HowKnown.PARTNER.value, "Vale Council children's social care")
SCHOOL = Source(HowKnown.PARTNER.value, "Port Ravel Primary")
ON_THE_REGISTER = [
    ("Desmond", "Garmere", date(1957, 4, 2), "4 Withybed Lane, Port Ravel", date(2016, 5, 9)),
    ("Lionel", "Thrupfold", date(1979, 11, 23), "", date(2021, 2, 1)),
    ("Gerrard", "Hollowick", date(1968, 8, 14), "88 Kilnfield Road, Port Ravel", date(2018, 10, 3)),
    ("Piers", "Ashenlow", date(1990, 1, 30), "2B Ropewalk Court, Port Ravel", date(2024, 6, 17)),
]
THE_OAKWICKS = Home("17 Saltern Row, Port Ravel")


def events(scene: Scene) -> Iterator[Event]:
    long_ago = scene.ago(days=12)
    register = {name: Person() for _, name, *_ in ON_THE_REGISTER}
    ines = scene.people["ines"]
    for given, name, born, address, since in ON_THE_REGISTER:
        home = Home(address) if address else None
        yield when(long_ago, _recorded, register[name], ines, Details(given, name, born_on=born), home, VISOR)
        risk = {"kind": Flag.Kind.RSO.value, "starts": since, "ends": None, "source": VISOR}
        yield when(long_ago + timedelta(minutes=1), people.mark_risk, register[name], by=ines, **risk)
    yield from a_man_moves_in(scene, register["Thrupfold"])
    yield from two_records_of_one_boy(scene)


def _recorded(person: Person, by: User, details: Details, home: Home | None, source: Source) -> None:
    people.record_person(person, by=by, details=details, home=home, source=source)


def a_man_moves_in(scene: Scene, lionel: Person) -> Iterator[Event]:
    """A visit finds that he lives with a mother and her two children. Nobody was looking for children."""
    tamsin, juno, arlo = Person(), Person(), Person()
    cora, at = scene.people["cora"], scene.ago(days=11.5)
    household = [
        (tamsin, Details("Tamsin", "Oakwick", born_on=date(scene.today.year - 33, 3, 8), sex="female")),
        (juno, Details("Juno", "Oakwick", born_on=date(scene.today.year - 8, 2, 19), sex="female")),
        (arlo, Details("Arlo", "Oakwick", age=5, sex="male")),
    ]
    for person, details in household:
        yield when(at, _recorded, person, cora, details, THE_OAKWICKS, SOCIAL_CARE)
    for child in (juno, arlo):
        mother = {"kind": Relationship.Kind.PARENT.value, "other": child, "starts": None, "source": SCHOOL}
        yield when(at + timedelta(minutes=5), people.add_relationship, tamsin, by=cora, **mother)
    plan = {"kind": Flag.Kind.IN_NEED.value, "starts": scene.today - timedelta(days=70), "ends": None}
    yield when(at + timedelta(minutes=6), people.add_plan, juno, by=cora, source=SOCIAL_CARE, **plan)
    moved: dict[str, Any] = {"home": THE_OAKWICKS, "source": SEEN_AT_VISIT}
    yield when(scene.ago(minutes=75), people.add_home, lionel, by=scene.people["olly"], **moved)


def two_records_of_one_boy(scene: Scene) -> Iterator[Event]:
    """Written down twice in a year, spelt differently; Cole has proposed that they are one."""
    first, second, born = Person(), Person(), date(scene.today.year - 13, 9, 30)
    cora, home = scene.people["cora"], Home("51 Curlew Close, Port Ravel")
    yield when(scene.ago(days=11.4), _recorded, first, cora, Details("Mikael", "Sedgefold", born_on=born), home, SCHOOL)
    yield when(
        scene.ago(days=3), _recorded, second, cora, Details("Michael", "Sedgefold", born_on=born), home, SOCIAL_CARE
    )
    yield when(scene.ago(days=2), _proposed, first, scene.people["cole"])


def _proposed(person: Person, by: User) -> None:
    """Where the comparison has seen it by itself."""
    found = Match.objects.filter(one=person) | Match.objects.filter(other=person)
    if match := found.filter(state=Match.State.SUGGESTED).first():
        matches.propose(match, by=by, because="Same school, same mother; she spells it both ways")


def assessed(ppn: Ppn, *, by: User, **facts: Any) -> None:
    """A review: first who everybody is, then the assessment."""
    for subject in not_yet_identified(ppn):
        likely = _likely(ppn, subject)
        workflow.say_who(ppn, by=by, subject=subject, person=likely)
    workflow.assess(ppn, by=by, **{"asked": dict.fromkeys(BY_HAND, "no"), **facts})


def _likely(ppn: Ppn, subject: Subject) -> Person | None:
    """Who they look most like, and who is nobody else of this notice."""
    others = Subject.objects.filter(ppn=ppn, person__isnull=False).figures().values_list("person__same_as", flat=True)
    taken = set(others)
    likely = (met.person for met in candidates(subject) if met.comparison.grade == LIKELY)
    return next((person for person in likely if person.same_as_id not in taken), None)

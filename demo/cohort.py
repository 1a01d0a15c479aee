"""The cohort of the missing team: 174 children, their plans, and a meeting for each authority each month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from access.actor import System, acting
from cases.models import HowKnown, Person, Relationship
from cases.records import Details, Source
from cases.workflow.people import add_relationship, record_person
from cohort import workflow
from cohort.codes import Exploitation, Notice, Tool
from cohort.models import CohortEntry, CohortMeeting, PhilomenaForm, RiskPlan, TriggerPlan
from cohort.workflow import ChildDecision, FormFacts, PlanFacts, TriggerFacts
from demo.chronicle import Event, when
from demo.invented import household
from demo.known import SOCIAL_CARE
from demo.missing_words import Told, words_of
from demo.scene import Scene
from demo.town import council_of
from demo.writing import texts
from partners.models import Agency
from strategy.workflow import AttendeeFacts

DEMO = System("demo")
BEGAN = timedelta(days=53)
"""Ago. Nothing of it falls due before the time that the demo tells of."""
SINCE = timedelta(days=26)
WITH_A_TRIGGER_PLAN, WITH_A_FORM, IN_DATE = 0.62, 0.35, 0.78
TOLD = Source(HowKnown.SAID_BY_OTHER.value, "A support worker")
NAMED = [("Jarrow", "Pellmoor"), ("Kit", "Underlow"), ("Corin", "Greyfold")]
LEADS = ("maya", "missing1", "missing2")
KINDS = [
    [Exploitation.CSE],
    [Exploitation.CCE],
    [Exploitation.CCE, Exploitation.COUNTY_LINES],
    [Exploitation.CSE, Exploitation.CCE],
    [Exploitation.NONE_KNOWN],
]


@dataclass
class Kept:
    """One child of the cohort."""

    told: Told
    authority: Agency
    person: Person = field(default_factory=Person)
    entry: CohortEntry = field(default_factory=CohortEntry)
    trigger_plan: TriggerPlan = field(default_factory=TriggerPlan)
    planned: bool = False
    """Whether there is a trigger plan."""


def events(scene: Scene, kept: list[Kept]) -> Iterator[Event]:
    """Everybody in `kept`, taken in one after the other; then the plans and the meetings. `kept` is filled here."""
    kept.extend(_child(scene) for _ in range(scene.figures.cohort))
    for number, child in enumerate(kept):
        yield from _taken_in(scene, child, scene.now - BEGAN + timedelta(minutes=7 * number))
    yield from _know_each_other(scene, kept)
    for authority in dict.fromkeys(child.authority for child in kept):
        yield from _meetings(scene, authority)
    yield from _proposed(scene)


def _child(scene: Scene) -> Kept:
    home = household(scene.rng, scene.today, (12, 17))
    councils = scene.agencies[Agency.Kind.SOCIAL_CARE.value]
    authority = next(each for each in councils if council_of(home.town) in each.authorities)
    return Kept(words_of(scene, home), authority)


def _taken_in(scene: Scene, child: Kept, at: datetime) -> Iterator[Event]:
    rng, milo = scene.rng, scene.people["milo"]
    lead = scene.people[rng.choice(LEADS)]
    because = child.told.line("cohort_because")
    yield when(at, _recorded, scene, child)
    yield when(at + timedelta(minutes=1), _put_forward, child, lead, because)
    tool = rng.choice([Tool.CERAF, Tool.SERAF, Tool.NONE])
    facts: dict[str, Any] = {
        "because": because,
        "exploitation": [each.value for each in rng.choice(KINDS)],
        "tool": tool.value,
        "tool_score": "" if tool == Tool.NONE else rng.choice(["Significant", "Moderate", "Mild"]),
        "authority": child.authority,
        "lead": lead,
    }
    yield when(at + timedelta(minutes=3), workflow.take_in, child.entry, by=milo, **facts)
    yield when(at + timedelta(minutes=20), _planned, child, lead)
    if rng.random() < IN_DATE:
        yield when(scene.ago(days=rng.uniform(1, 29)), _planned, child, lead)
    if rng.random() < WITH_A_TRIGGER_PLAN:
        said, child.planned = _trigger_facts(scene, child), True
        about = {"by": lead, "person": child.person, "said": said}
        yield when(at + timedelta(minutes=30), workflow.write_trigger_plan, child.trigger_plan, **about)
    if rng.random() < WITH_A_FORM:
        yield when(at + timedelta(minutes=40), _form_came, child, lead, at)


def _recorded(scene: Scene, child: Kept) -> None:
    known = child.told.child()
    by = scene.people["maya"]
    record_person(child.person, by=by, details=known.details, home=known.home, source=SOCIAL_CARE)


def _put_forward(child: Kept, by: Any, because: str) -> None:
    workflow.propose(child.entry, by=by, person=child.person, because=because, evidence=[], authority=child.authority)


def _planned(child: Kept, by: Any) -> None:
    with acting(DEMO):
        plan = RiskPlan.objects.get(entry=child.entry.pk, state=RiskPlan.State.CURRENT)
    said = PlanFacts(
        risks=child.told.line("risks"),
        disruption=child.told.line("disruption"),
        notice=child.told.scene.rng.choice(list(Notice)).value,
        works=child.told.line("works"),
    )
    workflow.update_risk_plan(plan, by=by, said=said)


def _trigger_facts(scene: Scene, child: Kept) -> TriggerFacts:
    actions = list(dict.fromkeys(child.told.line("first") for _ in range(3)))
    return TriggerFacts(
        first_actions=actions,
        likely_places=child.told.line("places"),
        likely_people=child.told.line("associates"),
        phones=child.told.household.phone,
        risk_floor=scene.rng.choice(["not_known", "medium", "high"]),
    )


def _form_came(child: Kept, by: Any, at: datetime) -> None:
    said = FormFacts(
        description="Slight, brown hair to the shoulders, a grey coat",
        owner="The home where the child lives",
        friends=child.told.line("associates"),
        places=child.told.line("places"),
    )
    workflow.receive_form(
        PhilomenaForm(), by=by, person=child.person, said=said, received_from="The home", received_at=at
    )


def _meetings(scene: Scene, authority: Agency) -> Iterator[Event]:
    """Held within the month; but for the island, whose meeting was put off and then forgotten."""
    if "Merrow" not in authority.name:
        yield when(scene.now - SINCE, _held, scene, authority)


def _held(scene: Scene, authority: Agency) -> None:
    by = scene.people["milo"]
    with acting(DEMO):
        meeting = CohortMeeting.objects.get(authority=authority, state=CohortMeeting.State.PLANNED)
        children = workflow.children_of(authority)
    lines = texts("missing")["meeting"]
    decisions = [ChildDecision(child, scene.writer.line(lines, {})) for child in children]
    there = [
        AttendeeFacts("Milo Missing-Sergeant", "Police", "Missing team sergeant", "police"),
        AttendeeFacts("Hollis Marchfold", authority.name, "Team manager", "social_care"),
        AttendeeFacts("Imre Dunlow", "School nursing", "Named nurse", "health"),
    ]
    at = scene.now - SINCE
    workflow.hold_meeting(
        meeting, by=by, held_at=at, attendees=there, decisions=decisions, next_at=at + timedelta(days=29)
    )


def _know_each_other(scene: Scene, kept: list[Kept]) -> Iterator[Event]:
    """Friends among the children, and three adults whom several of them name."""
    maya, at = scene.people["maya"], scene.ago(days=20)
    facts: dict[str, Any] = {"kind": Relationship.Kind.FRIEND.value, "starts": None, "source": TOLD}
    for one, other in zip(kept[0::9], kept[3::9], strict=False):
        yield when(at, _are_friends, maya, one.person, other.person, facts)
    for number, (given, family) in enumerate(NAMED):
        adult = Person()
        yield when(at, _adult, scene, adult, Details(given, family, age=24 + number, sex="male"))
        for child in kept[number + 1 :: 40][:4]:
            yield when(at + timedelta(minutes=9), _are_friends, maya, child.person, adult, facts)


def _are_friends(by: Any, one: Person, other: Person, facts: dict[str, Any]) -> None:
    add_relationship(one, by=by, other=other, **facts)


def _adult(scene: Scene, adult: Person, details: Details) -> None:
    record_person(adult, by=scene.people["maya"], details=details, home=None, source=TOLD)


def _proposed(scene: Scene) -> Iterator[Event]:
    """Four more who wait for the sergeant's decision, one of them too long."""
    for days in (9, 2, 1.2, 0.3):
        child = _child(scene)
        at = scene.ago(days=days)
        yield when(at, _recorded, scene, child)
        yield when(
            at + timedelta(minutes=5), _put_forward, child, scene.people["maya"], child.told.line("cohort_because")
        )

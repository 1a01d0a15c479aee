"""Managed offenders: 2,346 registered, 784 others, and 993 pieces of work that wait for sergeants who are on leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from access.actor import signed
from access.time import now
from accounts.models import Absence, User
from accounts.workflow import go_away
from cases.models import Flag, HowKnown, Person
from cases.records import Source, live_at, new_people
from cases.workflow.people import newly_known
from demo.chronicle import Event, when
from demo.offender_staff import STAFF
from demo.offender_words import WORDS, Somebody, assessment_facts, one_of, somebody, visit_facts
from demo.scene import Scene
from offenders.codes import Category, Risk
from offenders.models import Assessment, ManagementPlan, Nominal, OffenderVisit, PlanTask
from offenders.workflow.assessments import begin_assessment, submit_assessment, write_assessment
from offenders.workflow.plan_tasks import add_task
from offenders.workflow.plans import PlanFacts, begin_plan, pillars_in_use, submit_plan, write_plan
from offenders.workflow.registrations import Held, NominalFacts, RequirementFacts, take_over
from offenders.workflow.visits import record_visit

TAKEN_OVER = timedelta(days=23, hours=20)
"""Ago. Whom the old system held was taken over then, with the days it held."""
SINCE = 24  # days: nobody of them was visited or assessed after that but by what is told here
RISKS = {Risk.VERY_HIGH: 2, Risk.HIGH: 18, Risk.MEDIUM: 30, Risk.LOW: 50}
"""Per cent (BBC and PA on the NPCC, 29 June 2017)."""
TARIFF = {Risk.VERY_HIGH: 31, Risk.HIGH: 92, Risk.MEDIUM: 183, Risk.LOW: 366}
OVERDUE = 0.08
"""Share of visits that are overdue. Ours: Avon and Somerset had 217 of about 1,600, then 12% (inspections)."""
DISPOSALS = {"months_30": (45, 40), "months_6_30": (35, 9), "other": (15, 4), "caution": (5, 1)}
"""Code -> how many in a hundred, and since how many years at most. Ours."""
VISOR = Source(HowKnown.RECORD.value, "ViSOR")
REVIEW_DAYS = {"1": 340, "2": 105, "3": 50}


@dataclass
class Managed:
    """One managed person of the demo."""

    who: Somebody
    risk: Risk
    manager: User
    is_registered: bool
    visor_ref: str
    nominal: Nominal = field(default_factory=Nominal)

    @property
    def home(self) -> str:
        return self.who.home.address


def managers(scene: Scene) -> list[User]:
    names = ["omar", "olga", *(player.username for player in STAFF if player.username.startswith("manager"))]
    return [scene.people[name] for name in names]


REGISTERED_ELSEWHERE = 2
"""Those whose registration, or wait for a sentence, is a story."""
STORIES = 8
"""So many of the managed people have a story of their own (`offender_stories.py`): nothing else happens to them."""


def with_a_story(managed: Sequence[Managed]) -> list[Managed]:
    """Registered offenders of Omar and Olga, as far as they have enough."""
    theirs = [each for each in managed if each.is_registered and each.manager.username in ("omar", "olga")]
    return (theirs if len(theirs) >= STORIES else [each for each in managed if each.is_registered])[-STORIES:]


def events(scene: Scene, managed: list[Managed]) -> Iterator[Event]:
    """Everybody in `managed`, and what waits. `managed` is filled here."""
    everybody = managers(scene)
    registered = max(scene.figures.registered - REGISTERED_ELSEWHERE, 1)
    others = scene.figures.other_nominals
    for number in range(registered + others):
        risk = scene.rng.choices(list(RISKS), list(RISKS.values()))[0]
        manager = everybody[number % len(everybody)]
        managed.append(Managed(somebody(scene), risk, manager, number < registered, _visor_ref(number)))
    for number, manager in enumerate(everybody):
        theirs = [each for each in managed if each.manager == manager]
        at = scene.now - TAKEN_OVER + timedelta(minutes=number)
        yield when(at, take_them_over, scene, theirs)
    yield from _sergeants_are_away(scene)
    yield from _to_approve(scene, managed)


def _visor_ref(number: int) -> str:
    """No two are alike: 3,571 and ten million have no divisor in common."""
    return f"{20 + number % 7}/{number * 3571 % 10_000_000:07d}"


def take_them_over(scene: Scene, theirs: list[Managed]) -> None:
    hana = scene.people["hana"]
    for each, person in zip(theirs, _on_record(hana, theirs), strict=True):
        facts, held = _facts(scene, each), _held(scene, each)
        each.nominal = take_over(each.nominal, by=hana, person=person, facts=facts, held=held)


def _on_record(by: User, theirs: list[Managed]) -> list[Person]:
    """All at once, with the mark of risk on each: one by one it takes five times as long."""
    source = VISOR.told_to(by)
    with signed(by):
        people = new_people([each.who.details for each in theirs])
        live_at([(person, each.who.home) for person, each in zip(people, theirs, strict=True)], source)
        kinds = [Flag.Kind.RSO if each.is_registered else Flag.Kind.POSES_RISK for each in theirs]
        marks = zip(people, kinds, strict=True)
        Flag.objects.bulk_create(Flag(person=person, kind=kind.value, **source.facts()) for person, kind in marks)
        newly_known(people, are_new=True)
    return people


def _facts(scene: Scene, each: Managed) -> NominalFacts:
    rng = scene.rng
    level = rng.choices(["1", "2", "3"], [9950, 48, 2])[0]
    return NominalFacts(
        managed_as="rso" if each.is_registered else rng.choice(["violent", "other_sexual", "other_dangerous"]),
        manager=each.manager,
        external_system="ViSOR",
        external_ref=each.visor_ref,
        category=Category.ONE.value if each.is_registered else Category.TWO.value,
        level=level,
        lead_agency=rng.choices(["police", "probation"], [70, 30])[0],
        warnings=one_of(rng, "warnings") if rng.random() < 0.12 else "",
        requirements=[_requirement(scene)] if each.is_registered else [],
    )


def _requirement(scene: Scene) -> RequirementFacts:
    rng = scene.rng
    code = rng.choices(list(DISPOSALS), [share for share, _ in DISPOSALS.values()])[0]
    ago = timedelta(days=rng.randint(400, 365 * DISPOSALS[code][1]) if DISPOSALS[code][1] > 1 else rng.randint(60, 500))
    return RequirementFacts(
        offence=one_of(rng, "offences"), disposal=code, relevant_on=scene.today - ago, under_18=rng.random() < 0.02
    )


def _held(scene: Scene, each: Managed) -> Held:
    """What the old record says. A visit that is overdue was last made longer ago than the tariff of the risk."""
    rng, days = scene.rng, TARIFF[each.risk]
    late = rng.randint(2, 60) if rng.random() < OVERDUE else 0
    visited = days + late if late else rng.randint(SINCE, max(SINCE, days - 1))
    assessed = rng.randint(366, 420) if rng.random() < 0.05 else rng.randint(SINCE, 364)
    today = scene.today
    return Held(
        last_notified_on=today - timedelta(days=rng.randint(SINCE + 1, 362)) if each.is_registered else None,
        first_visited_on=today - timedelta(days=visited + rng.randint(0, 30)),
        last_visited_on=today - timedelta(days=visited),
        assessed_on=today - timedelta(days=assessed),
        risk=each.risk.value,
        reviewed_on=today - timedelta(days=rng.randint(SINCE, REVIEW_DAYS["3"])),
    )


def _sergeants_are_away(scene: Scene) -> Iterator[Event]:
    """Two of the four are on leave since twelve days. Somebody covers for each, as always."""
    for name, cover in (("stella", "seb"), ("offendersgt1", "offendersgt2")):
        about = {"kind": Absence.Kind.LEAVE.value, "starts": scene.ago(days=12), "ends": scene.ago(days=-4)}
        person = scene.people[name]
        yield when(scene.ago(days=15), go_away, person, by=person, cover=scene.people[cover], **about)


def _to_approve(scene: Scene, managed: list[Managed]) -> Iterator[Event]:
    figures, told = scene.figures, with_a_story(managed)
    others = [each for each in managed if each not in told] or managed
    for work, number in (
        (_visited, figures.visits_to_approve),
        (_assessed, figures.assessments_to_approve),
        (_planned, figures.plans_to_approve),
    ):
        for each in scene.rng.sample(others, min(number, len(others))):
            yield when(_some_time(scene), work, scene, each)


def _some_time(scene: Scene) -> datetime:
    """Rather lately than long ago: what waits is what nobody has looked at since."""
    return scene.ago(days=min(23, abs(scene.rng.gauss(0, 11)) + 0.2), hours=scene.rng.uniform(0, 6))


def _visited(scene: Scene, each: Managed) -> None:
    other = scene.rng.choice([person for person in managers(scene) if person != each.manager])
    officers = (str(each.manager), str(other))
    at = now() - timedelta(hours=scene.rng.uniform(1, 9))
    found = visit_facts(scene.rng, each.home, officers, at.date() + timedelta(days=TARIFF[each.risk] - 3))
    record_visit(OffenderVisit(), by=each.manager, nominal=each.nominal, visited_at=at, found=found)


def _assessed(scene: Scene, each: Managed) -> None:
    by, why = each.manager, "Yearly"
    assessment = begin_assessment(Assessment(), by=by, nominal=each.nominal, tool="arms", why_now=why)
    assessment = write_assessment(assessment, by=by, said=assessment_facts(scene.rng, each.risk.value, why))
    submit_assessment(assessment, by=by)


def _planned(scene: Scene, each: Managed) -> None:
    by, rng = each.manager, scene.rng
    plan = begin_plan(ManagementPlan(), by=by, nominal=each.nominal)
    gaps = {"name": each.who.name, "home": each.home}
    for pillar in pillars_in_use():
        what = str(rng.choice(WORDS["plan"][pillar.code])).format(**gaps)
        due = now() + timedelta(days=rng.randint(20, 80))
        add_task(PlanTask(), by=by, plan=plan, pillar=pillar, what=what, owner=str(by), due_at=due)
    said = PlanFacts(
        assessment=None,
        contingency=f"If {each.who.name} is not at {each.home} twice running: sergeant the same day, wanted the next",
        licence_conditions="None",
        interval_days=TARIFF[each.risk] - (rng.randint(0, 20) if each.risk != Risk.VERY_HIGH else 0),
        interval_because="As often as the tariff asks, a little more often while he is without work",
        not_applicable={},
    )
    submit_plan(write_plan(plan, by=by, said=said), by=by)

"""The six recommendations of an inspection, each with its figures: one met, one to be signed off, one that stays
red."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from access.actor import acting
from access.time import today
from accounts.models import User
from demo.chronicle import Event, when
from demo.online_case import DEMO
from demo.scene import Scene
from quality.models import ImprovementAction, Recommendation
from quality.workflow import improvement as steps
from quality.workflow.improvement_actions import close_action, give_recommendation_action, say_done
from quality.workflow.improvement_snapshots import comment_on_month, keep_month

REPORT = "National child protection inspection"
PUBLISHED, TAKEN_DOWN = 76, 74
"""Days ago."""
MONTHS_KEPT = (41, 10)


@dataclass(frozen=True)
class Told:
    """One recommendation, who answers for it, and how it goes."""

    number: str
    title: str
    text: str
    timescale: str
    sro: str
    measures: list[str]
    rag: str
    said: str
    evidence: list[str] = field(default_factory=list)
    actions: list[tuple[str, str, int]] = field(default_factory=list)
    """What, by whom, and within how many days of when it was asked for."""


TOLD = [
    Told(
        "1",
        "Calls that wait, and calls dealt with by phone",
        "Look at once at how the contact centre, the control room and the resolution team work: risk is assessed again "
        "and again while attendance is delayed, and only what is fit for it is dealt with by phone.",
        "immediately",
        "carl",
        ["late_children_not_reassessed"],
        "red",
        "More calls come in than units can go to. Nobody has looked again in time at a third of the late ones.",
        actions=[("Give each shift one person who does nothing but look again at late incidents", "fin", 30)],
    ),
    Told(
        "2",
        "What children say is written down",
        "Within three months, see to it that what children fear and want is asked for and recorded, with how they "
        "behave and how they are.",
        "three_months",
        "chidi",
        ["children_spoken_to"],
        "green",
        "Officers have the prompts in the notice itself.",
        evidence=["Sample of 40 notices: the child’s own words in 31"],
    ),
    Told(
        "3",
        "Information is shared early",
        "Within six months, look with the partner agencies at how notices are assessed and shared: those who decide "
        "are trained for it, and what is relevant is shared at the first opportunity.",
        "six_months",
        "chidi",
        ["notices_waiting", "notices_reviewed_in_a_day", "triggers_undecided", "schools_told_in_time"],
        "amber",
        "Training is done. Notices still wait for days.",
        evidence=["Training record of the MASH: 24 of 26 have taken the course"],
        actions=[("Ask social care for a second person in the MASH on Mondays", "ines", 60)],
    ),
    Told(
        "4",
        "Missing children are looked for by their risk",
        "Within three months, answer every missing child as the risk to that child asks for.",
        "three_months",
        "sue",
        ["medium_risk_without_breach", "return_interviews_in_time"],
        "amber",
        "High risk is answered at once; at medium risk hours go by at night.",
        actions=[("Say at each handover at night who looks for whom", "rashid", 80)],
    ),
    Told(
        "5",
        "Children abused online are found and kept safe sooner",
        "Within three months, do better with the abuse of children online: why children share images, intelligence to "
        "find offenders, assessment of risk, and sharing with partner agencies as soon as a child is known.",
        "three_months",
        "sue",
        ["kirat_in_time", "strategy_before_enforcement"],
        "green",
        "No enforcement for two months without a discussion first.",
        evidence=["List of enforcement of two months, each with its strategy discussion"],
    ),
    Told(
        "6",
        "Offenders in the community are managed",
        "Look at once at how registered sex offenders are managed, so that the risk they are is managed well.",
        "immediately",
        "imran",
        ["approvals_open"],
        "green",
        "A supervisor covers every day.",
        evidence=["Cover board of the last two months: no day without a supervisor"],
        actions=[("Name who approves while a supervisor is away", "stella", 20)],
    ),
]
READY, CONFIRMED = "5", "6"


def events(scene: Scene) -> Iterator[Event]:
    """Everything of recommendations."""
    for place, each in enumerate(TOLD):
        yield from _told(scene, each, timedelta(minutes=20 * place))
    for days in MONTHS_KEPT:
        yield when(scene.ago(days=days), keep_month)
    yield when(scene.ago(days=39), _explain, scene.people["carl"])


def _told(scene: Scene, told: Told, later: timedelta) -> Iterator[Event]:
    people, record = scene.people, Recommendation()
    sro, greta, quinn, alma = people[told.sro], people["greta"], people["quinn"], people["alma"]

    def at(days: float, verb: Any, by: User, **facts: Any) -> Event:
        return when(scene.ago(days=days) + later, _does, record, verb, by=by, **facts)

    published = scene.today - timedelta(days=PUBLISHED)
    about = {name: getattr(told, name) for name in ("number", "title", "text", "timescale", "measures")}
    said = {**about, "kind": "recommendation", "published_on": published, "source": f"{REPORT}, {published:%Y}"}
    yield when(scene.ago(days=TAKEN_DOWN) + later, steps.add_recommendation, record, by=greta, **said)
    yield at(72, steps.name_sro, greta, sro=sro)
    yield at(71, steps.take_up, sro)
    yield at(66, steps.rate, sro, rag=told.rag, said=told.said)
    for what, whose, within in told.actions:
        yield from _asked_for(scene, record, later, (sro, people[whose], quinn), what, within)
    yield at(50, _plan, greta)
    for what in told.evidence:
        yield at(30, _evidence, sro, what=what)
    if told.number in (READY, CONFIRMED):
        yield at(6, steps.propose_met, sro, said=told.said)
    if told.number == CONFIRMED:
        yield at(3, steps.confirm_met, alma, said="Read the evidence, and asked two supervisors")


def _does(record: Recommendation, verb: Any, **facts: Any) -> None:
    with acting(DEMO):
        fresh = Recommendation.objects.get(pk=record.pk)
    verb(fresh, **facts)


def _plan(record: Recommendation, *, by: User) -> None:
    steps.record_plan(record, by=by, plan_ref=f"Improvement plan, part {record.number}", plan_sent_on=today())


def _evidence(record: Recommendation, *, by: User, what: str) -> None:
    steps.add_evidence(record, by=by, what=what, where_it_is="Governance folder, evidence", dated_on=today())


def _asked_for(
    scene: Scene, record: Recommendation, later: timedelta, who: tuple[User, User, User], what: str, within: int
) -> Iterator[Event]:
    """One that was asked for within three weeks is done, and closed by somebody else."""
    sro, owner, quinn = who
    action = ImprovementAction()

    def give() -> None:
        due = today() + timedelta(days=within)
        about = {"recommendation": Recommendation.objects.get(pk=record.pk), "what": what, "due_on": due}
        give_recommendation_action(action, by=sro, owner=owner, **about)

    def done() -> None:
        said = say_done(ImprovementAction.objects.get(pk=action.pk), person=owner, said="Done, and on the board")
        close_action(said, by=quinn, said="Seen on the board")

    yield Event(scene.ago(days=62) + later, give)
    if within < 21:
        yield Event(scene.ago(days=44) + later, done)


def _explain(by: User) -> None:
    """The first red month has been explained; the second waits for it."""
    with acting(DEMO):
        for month in Recommendation.objects.get(number="1").snapshots.all():
            comment_on_month(month, by=by, comment="Demand rose by a tenth, and two supervisors are away for long.")

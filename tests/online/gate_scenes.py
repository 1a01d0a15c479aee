"""Children whom an online case concerns, the gate and enforcement: in tests, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from access.actor import System, acting
from access.time import now, today
from accounts.models import User
from cases.models import Person
from online.models import Enforcement, GateOverride, KiratAssessment, LinkedChild, OnlineCase
from online.workflow.children import CareSaid, care_decided
from online.workflow.enforcing import override_gate, plan_enforcement
from online.workflow.kirat import assess, ratify
from ppn.models import Ppn
from ppn.origins import origin_of
from ppn.workflow import SubjectFacts, submit
from strategy.models import StrategyMeeting
from strategy.workflow import About, Child
from tests.households import on_record
from tests.online.scenes import (
    as_it_is,
    assessed,
    check_of,
    child_of,
    level,
    level_of,
    plan,
    with_a_child,
)
from tests.stories import a_notice
from tests.strategy.meetings import agreed, held

TEST = System("test")


def maisie(case: OnlineCase) -> LinkedChild:
    """The child of the case that was linked first."""
    with acting(TEST):
        found: LinkedChild = LinkedChild.objects.filter(online_case=case).order_by("known_at", "reference").first()
    return found


def a_girl(by: User, name: str = "Maisie Pell") -> Person:
    return on_record(by, name, born=date(today().year - 2, 1, 5))


def notice_from(child: LinkedChild, by: User, **said: Any) -> Ppn:
    """As the form fills it in from the child."""
    with acting(by):
        begun = origin_of(child.pk)
        assert begun is not None
        about = {**begun.notice, "first_known_at": begun.first_known_at, "arises_from": child.pk, **said}
        voice = {"not_spoken_to_because": "Two years old; Iris sees her tomorrow"}
        subjects = [SubjectFacts(**{**each, **(voice if each["part"] == "child" else {})}) for each in begun.subjects]
        return submit(Ppn(), by=by, notice=a_notice(**about), subjects=subjects)


def discussed(child: LinkedChild, sam: User, **said: Any) -> StrategyMeeting:
    """The agencies discuss the child, asked for from its notice."""
    child = as_it_is(child)
    with acting(TEST):
        ppn = child.ppn
        about = About(Ppn._meta.label_lower, ppn.pk, ppn.reference, ppn.case) if ppn else None
    return held(agreed(sam, children=[Child(child.named, child.person)], about=about), sam, **said)


def about_the_case(case: OnlineCase, sam: User, name: str = "Not known") -> StrategyMeeting:
    """The agencies discuss the case, with nobody known by name."""
    about = About(OnlineCase._meta.label_lower, case.pk, case.reference, case.case)
    return held(agreed(sam, children=[Child(name)], about=about), sam)


def open_gate(people: dict[str, User], kirat: str = "medium") -> OnlineCase:
    """A child, a notice and a discussion: a sergeant can plan."""
    case = with_a_child(people["rory"], people["dina"], kirat)
    notice_from(maisie(case), people["rory"])
    discussed(maisie(case), people["sam"])
    found: OnlineCase = as_it_is(case)
    return found


def planned_behind(people: dict[str, User], **said: Any) -> Enforcement:
    case = open_gate(people)
    return plan_enforcement(Enforcement(), by=people["dina"], case=case, facts=plan(**said))


def overridden(case: OnlineCase, delia: User, because: str = "He is with her now") -> GateOverride:
    return override_gate(GateOverride(), by=delia, case=as_it_is(case), because=because)


def very_high(case: OnlineCase, people: dict[str, User], *, agreed: bool = True) -> OnlineCase:
    """KIRAT is run again: very high."""
    assess(
        KiratAssessment(),
        by=people["rory"],
        case=as_it_is(case),
        facts=level("very_high", because="He works at a club"),
    )
    if agreed:
        ratify(level_of(case), by=people["dina"], said="Agreed")
    found: OnlineCase = as_it_is(case)
    return found


def care_said(**said: Any) -> CareSaid:
    usual = {"outcome": "s47", "said": "He has moved out", "who": "Sol Worker, Vale Council", "at": now()}
    return CareSaid(**{**usual, **said})


def settled(child: LinkedChild, by: User, **said: Any) -> LinkedChild:
    return care_decided(as_it_is(child), by=by, said=care_said(**said))


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """One of each record that a page here is about, made through its verbs."""
    rory, dina, delia = people["rory"], people["dina"], people["delia"]
    waits = assessed(rory)
    ratify(level_of(waits), by=dina, said="Agreed")
    child = child_of(waits, rory, person=a_girl(rory))
    override = overridden(waits, delia)
    enforcement = plan_enforcement(Enforcement(), by=dina, case=as_it_is(waits), facts=plan(), override=override)
    return {
        "childrencheck": check_of(waits),
        "linkedchild": child,
        "gateoverride": override,
        "enforcement": enforcement,
    }

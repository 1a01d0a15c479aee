"""Investigations into online abuse of the tests, at each step of their life. All invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from access.actor import System, acting
from access.time import now
from accounts.models import User
from online.codes import CHECKS
from online.models import (
    CandidateAddress,
    ChildrenCheck,
    Enforcement,
    KiratAssessment,
    LinkedChild,
    Occupant,
    OnlineCase,
)
from online.workflow.cases import ReferralFacts, Said, register, triage
from online.workflow.checks import children_found, no_child_found
from online.workflow.children import ChildFacts, learn_of_child
from online.workflow.enforcing import PlanFacts, carry_out, plan_enforcement
from online.workflow.kirat import KiratFacts, assess, ratify
from online.workflow.research import (
    AddressFacts,
    OccupantFacts,
    add_candidate,
    add_occupant,
    attribute,
    check_occupant,
)
from workflow.transitions import NotNow

TEST = System("test")


def received(by: User, **said: Any) -> OnlineCase:
    """A referral of the National Crime Agency, received now."""
    facts: dict[str, Any] = {
        "sender": "nca",
        "sender_named": "Referrals bureau",
        "sender_ref": "",
        "received_at": now(),
        "what": "Twelve indecent images uploaded to a chat service from this address.",
        "said": [Said("ip", "203.0.113.7", now() - timedelta(days=3))],
        **said,
    }
    return register(OnlineCase(), by=by, facts=ReferralFacts(**facts))


def triaged(by: User, **said: Any) -> OnlineCase:
    return triage(
        received(by, **said),
        by=by,
        immediate_risk="not_known",
        immediate_because="Nothing says who has contact with children",
        duplicates_looked_for="IP address and username: nothing",
    )


def candidate_of(case: OnlineCase, by: User, written: str = "4 Larch Rise, Vale", **said: Any) -> CandidateAddress:
    facts = {"postcode": "VL1 4LR", "confidence": "likely", "how": "The provider names this subscriber", **said}
    return add_candidate(CandidateAddress(), by=by, case=case, facts=AddressFacts(written=written, **facts))


def attributed(by: User, **said: Any) -> OnlineCase:
    """Attributed to one address. Nobody has said yet who lives there."""
    case = triaged(by, **said)
    attribute(candidate_of(case, by), by=by, because="The subscriber lives there")
    return as_it_is(case)


def address_of(case: OnlineCase) -> CandidateAddress:
    with acting(TEST):
        found = CandidateAddress.objects.filter(online_case=case, state="attributed").first()
    return _there(found)


def lives_there(case: OnlineCase, by: User, name: str = "Graham Pell", **said: Any) -> Occupant:
    """An adult who does not work with children, checked in every system."""
    facts = {
        "age": "adult",
        "is_suspect": "yes",
        "works_with_children": "no",
        "works_how": "Employer checked: a warehouse",
        **said,
    }
    occupant = add_occupant(Occupant(), by=by, at=address_of(case), facts=OccupantFacts(name_said=name, **facts))
    for system in CHECKS:
        check_occupant(occupant, by=by, system=system, result="Nothing", at=now())
    return occupant


def level(level: str = "medium", **said: Any) -> KiratFacts:
    facts = {
        "level": level,
        "tool_level": level,
        "version": "3",
        "previous_behaviour": "Nothing known",
        "access_to_children": "Not known yet",
        "current_behaviour": "Uploads within the last month",
        "other_factors": "None known",
        "because": "First assessment",
        **said,
    }
    return KiratFacts(**facts)


def assessed(by: User, kirat: str = "medium", **said: Any) -> OnlineCase:
    """Attributed, one adult there who has been checked, and a level set. No sergeant has ratified it yet."""
    case = attributed(by, **said)
    lives_there(case, by)
    assess(KiratAssessment(), by=by, case=case, facts=level(kirat))
    return as_it_is(case)


def level_of(case: OnlineCase) -> KiratAssessment:
    with acting(TEST):
        found = KiratAssessment.objects.filter(online_case=case).order_by("-assessed_at", "-reference").first()
    return _there(found)


def check_of(case: OnlineCase) -> ChildrenCheck:
    with acting(TEST):
        found = ChildrenCheck.objects.filter(online_case=case).order_by("asked_at").first()
    return _there(found)


def _there(found: Any) -> Any:
    """Nobody can decide on what is not there: a life in any order meets that, and goes on."""
    if found is None:
        raise NotNow("Nothing is there")
    return found


def without_a_child(by: User, sergeant: User, kirat: str = "medium", **said: Any) -> OnlineCase:
    """A level ratified, and no child found: the gate is open."""
    case = assessed(by, kirat, **said)
    ratify(level_of(case), by=sergeant, said="Agreed")
    no_child_found(check_of(case), by=by, sources="Records, social care, schools", result="No child on record there")
    return as_it_is(case)


def child_of(case: OnlineCase, by: User, name: str = "Maisie Pell", **said: Any) -> LinkedChild:
    facts = {"how": "lives_there", "what": "Born to the household", "known_at": now(), **said}
    return learn_of_child(LinkedChild(), by=by, case=case, facts=ChildFacts(name_said=name, **facts))


def with_a_child(by: User, sergeant: User, kirat: str = "medium", **said: Any) -> OnlineCase:
    """A level ratified and a child of two found: the gate is shut until there is a notice and a discussion."""
    case = assessed(by, kirat, **said)
    ratify(level_of(case), by=sergeant, said="Agreed")
    child_of(case, by)
    children_found(check_of(case), by=by, sources="Records, social care", result="A girl of two")
    return as_it_is(case)


def plan(**said: Any) -> PlanFacts:
    facts = {
        "kind": "warrant",
        "planned_for": now() + timedelta(days=1),
        "briefing": "Four officers at seven; nobody is known to be violent",
        "child_plan": "No child",
        "welfare_plan": "Samaritans leaflet, custody nurse, call the next morning",
        **said,
    }
    return PlanFacts(**facts)


def planned(by: User, sergeant: User, kirat: str = "medium", **said: Any) -> Enforcement:
    """No child there; a warrant is planned for tomorrow."""
    case = without_a_child(by, sergeant, kirat, **said)
    return plan_enforcement(Enforcement(), by=sergeant, case=case, facts=plan())


def executed(by: User, sergeant: User, officer: User, **said: Any) -> OnlineCase:
    """A warrant was carried out: one device seized."""
    enforcement = planned(by, sergeant, **said)
    carry_out(enforcement, by=officer, done_at=now(), result="One man arrested", children_seen="no", devices=1)
    return as_it_is(enforcement.online_case)


def as_it_is(record: Any) -> Any:
    """The record as it stands in the database now."""
    with acting(TEST):
        return type(record).objects.get(pk=record.pk)

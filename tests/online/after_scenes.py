"""Suspects, bail, safety plans, the designated officer and devices of the tests. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from access.actor import acting, signed
from access.time import now
from accounts.models import User
from online.models import Bail, Device, LadoReferral, Occupant, OnlineCase, SafetyPlan, Suspect
from online.workflow import bail, devices, lado, suspects
from online.workflow.bail import BailFacts, Conditions
from online.workflow.cases import seen_elsewhere
from online.workflow.devices import DeviceFacts
from online.workflow.lado import LadoSaid
from online.workflow.safety_plans import SafetyFacts, file_plan
from online.workflow.suspects import SuspectFacts, suspect_named
from partners.disclose import Grounds
from partners.models import Agency
from tests.online.scenes import TEST, as_it_is, child_of, executed, lives_there
from tests.partners.scenes import an_agency

GROUNDS = Grounds("public_task", "She works with children every day", "no_risk", "He would know who was told")
CONDITIONS = Conditions(
    contact="None with anybody under 18 but in the presence of a social worker",
    address="To live at 9 Beck Lane and sleep there; not to go to 4 Larch Rise",
    devices="No device that reaches the internet but one telephone, shown to officers when asked",
)
PLAN = SafetyFacts(
    plan="He lives with his brother. Maisie stays with her mother, who lets nobody in; a social worker rings daily",
    agreed_with="Her mother and Sol Worker, Vale Council",
)


def searched(people: dict[str, Any], **said: Any) -> OnlineCase:
    """A warrant was carried out: one device seized. Rory researches it, and Iris investigates it."""
    case = executed(people["rory"], people["dina"], people["iris"], **said)
    with signed(TEST):
        OnlineCase.objects.filter(pk=case.pk).update(investigator=people["iris"])
    return as_it_is(case)  # type: ignore[no-any-return]


def with_a_linked_child(people: dict[str, Any], **said: Any) -> OnlineCase:
    """The same, and a child became known during the search."""
    case = searched(people, **said)
    child_of(case, people["rory"])
    return as_it_is(case)  # type: ignore[no-any-return]


def suspect_in(case: OnlineCase, by: User, name: str = "Graham Pell", **said: Any) -> Suspect:
    facts = SuspectFacts(**{"name_said": name, "suspected_at": now(), **said})
    return suspect_named(Suspect(), by=by, case=case, facts=facts)


def arrested_in(case: OnlineCase, by: User, name: str = "Graham Pell", at: datetime | None = None) -> Suspect:
    suspect = suspect_in(case, by, name, suspected_at=at or now())
    return suspects.arrested(suspect, by=by, at=at or now())


def bail_facts(**said: Any) -> BailFacts:
    """Until two months from now."""
    usual = {
        "released_at": now(),
        "expires_at": now() + timedelta(days=60),
        "custody_officer": "Custody sergeant Una Vellmarsh",
        "conditions": CONDITIONS,
    }
    return BailFacts(**{**usual, **said})


def bail_of(suspect: Suspect, by: User, **said: Any) -> Bail:
    """On bail with conditions, and where it is said so with the safety plan, or why not yet."""
    more = {name: said.pop(name) for name in ("plan", "why_no_plan") if name in said}
    usual = {"why_no_plan": "Social care writes it tonight"} if "plan" not in more else {}
    return bail.bailed(Bail(), by=by, suspect=suspect, facts=bail_facts(**said), **{**usual, **more})


def on_bail(people: dict[str, Any], **said: Any) -> Bail:
    """A child is linked; the suspect is arrested and bailed."""
    return bail_of(arrested_in(with_a_linked_child(people), people["iris"]), people["iris"], **said)


def plan_of(suspect: Suspect) -> SafetyPlan:
    with acting(TEST):
        found: SafetyPlan = SafetyPlan.objects.filter(suspect=suspect).latest("needed_since")
        return found


def filed(plan: SafetyPlan, by: User) -> SafetyPlan:
    return file_plan(as_it_is(plan), by=by, facts=PLAN)


def works_at_a_nursery(case: OnlineCase, by: User, name: str = "Carol Pell") -> Occupant:
    said = {"works_with_children": "yes", "post": "Nursery nurse", "employer": "Vale Nursery", "is_suspect": "no"}
    return lives_there(case, by, name, **said)


def referral_of(occupant: Occupant) -> LadoReferral:
    with acting(TEST):
        found: LadoReferral = LadoReferral.objects.filter(occupant=occupant).latest("known_at")
        return found


def the_lado() -> Agency:
    with acting(TEST):
        found = Agency.objects.filter(name="Vale designated officer").first()
    return found or an_agency("Vale designated officer", "allegations")


def referred(
    referral: LadoReferral, by: User, said: str = "An adult at an address works at Vale Nursery"
) -> LadoReferral:
    return lado.refer_to_lado(as_it_is(referral), by=by, agency=the_lado(), said=said, grounds=GROUNDS)


def lado_said(**said: Any) -> LadoSaid:
    usual = {
        "reply": "A meeting was held; she does not work while it is looked into",
        "who": "Lena Officer",
        "at": now(),
        "transfer_of_risk": "Suspended",
    }
    return LadoSaid(**{**usual, **said})


def device_in(case: OnlineCase, by: User, exhibit: str = "IRI/1", at: datetime | None = None) -> Device:
    facts = DeviceFacts(exhibit=exhibit, what="Laptop, black", seized_at=at or now())
    return devices.device_seized(Device(), by=by, case=case, facts=facts)


def examined(device: Device, by: User) -> Device:
    return devices.device_examined(as_it_is(device), by=by, at=now(), said="Forty images of category A")


def finished(case: OnlineCase, people: dict[str, Any]) -> OnlineCase:
    """Everything that the search left to do is done, but for the suspect: one device, and a number in the system."""
    iris = people["iris"]
    seen_elsewhere(as_it_is(case), by=people["rory"], system="Niche", ref="44260001", at=now())
    devices.nothing_to_upload(examined(device_in(case, iris), iris), by=iris, because="No image of a child")
    return as_it_is(case)  # type: ignore[no-any-return]


def of_each(people: dict[str, Any]) -> dict[str, Any]:
    """One of each record that a page here is about, made through its verbs."""
    iris, case = people["iris"], with_a_linked_child(people)
    suspect = arrested_in(case, iris, "Gordon Pell")
    given = bail_of(suspect, iris)
    return {
        "suspect": as_it_is(suspect),
        "bail": given,
        "safetyplan": plan_of(suspect),
        "ladoreferral": referral_of(works_at_a_nursery(case, people["rory"])),
        "device": device_in(case, iris),
    }

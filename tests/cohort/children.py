"""Children of the cohort in tests, in words: proposed, taken in, planned for, met about."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from access.actor import System, acting
from access.time import now
from accounts.models import User
from cases.models import Person
from cohort import workflow
from cohort.models import CohortEntry, CohortMeeting, PhilomenaForm, PlanStep, RiskPlan, TriggerPlan
from cohort.workflow import ChildDecision, FormFacts, PlanFacts, TriggerFacts
from partners.models import Agency
from strategy.workflow import AttendeeFacts
from tests.households import on_record
from tests.strategy.meetings import the_council

WORDS = PlanFacts(
    risks="Older men give her lifts and vapes",
    disruption="A notice to Desmond Example; his car is stopped where it is seen",
    notice="given",
    works="She talks to her youth worker in the evening",
)
FIRST = TriggerFacts(
    first_actions=["Ring Kelly Example on 07700 900461", "Look at the skate park", "Ask British Transport Police"],
    likely_places="The skate park; the bus station",
    likely_people="Kelly Example, 15",
    phones="07700 900462",
    risk_floor="high",
)
FORM = FormFacts(description="Five foot two, red hair", owner="Oak House", features="A scar on the left hand")
TABLE = [
    AttendeeFacts("Milo Missing-Sergeant", "Police", "Missing team sergeant", "police"),
    AttendeeFacts("Sol Worker", "Vale Council", "Team manager", "social_care"),
]


def a_child(by: User, name: str = "Poppy Example", **known: Any) -> Person:
    return on_record(by, name, **{"born": date(2011, 5, 4), **known})


def proposed(by: Any, person: Person, *, evidence: Any = (), authority: Agency | None = None) -> CohortEntry:
    because = "Missing three times since Christmas, each time from Oak House"
    about = {"person": person, "because": because, "evidence": list(evidence), "authority": authority}
    return workflow.propose(CohortEntry(), by=by, **about)


def taken_in(entry: CohortEntry, by: User, *, lead: User | None = None, **said: Any) -> CohortEntry:
    usual = {
        "because": "Found twice with the same adult",
        "exploitation": ["cse", "county_lines"],
        "tool": "ceraf",
        "tool_score": "High",
        "authority": the_council(),
        "lead": lead or by,
    }
    return workflow.take_in(entry, by=by, **{**usual, **said})


def in_cohort(maya: User, milo: User, name: str = "Poppy Example", **said: Any) -> CohortEntry:
    """Proposed by the co-ordinator, taken in by the sergeant."""
    return taken_in(proposed(maya, a_child(maya, name)), milo, lead=maya, **said)


def plan_of(entry: CohortEntry) -> RiskPlan:
    with acting(System("test")):
        found: RiskPlan = RiskPlan.objects.filter(entry=entry).latest("started_at")
        return found


def meeting_of(authority: Agency) -> CohortMeeting:
    """The one that is still to be held."""
    with acting(System("test")):
        found: CohortMeeting = CohortMeeting.objects.get(authority=authority, state="planned")
        return found


def updated(entry: CohortEntry, by: User, words: PlanFacts = WORDS) -> RiskPlan:
    return workflow.update_risk_plan(plan_of(entry), by=by, said=words)


def given(entry: CohortEntry, by: User, *, due_at: datetime | None = None, **said: Any) -> PlanStep:
    usual = {"what": "Visit her at school", "owner": by, "agency": None, "name_there": "", "meeting": None}
    when = due_at or now() + timedelta(days=7)
    return workflow.add_step(PlanStep(), by=by, plan=plan_of(entry), due_at=when, **{**usual, **said})


def trigger_plan(by: User, person: Person, said: TriggerFacts = FIRST) -> TriggerPlan:
    return workflow.write_trigger_plan(TriggerPlan(), by=by, person=person, said=said)


def form(by: User, person: Person, said: FormFacts = FORM, *, at: datetime | None = None) -> PhilomenaForm:
    about = {"received_from": "Olive Keeper, Oak House", "received_at": at or now()}
    return workflow.receive_form(PhilomenaForm(), by=by, person=person, said=said, **about)


def met(meeting: CohortMeeting, by: User, *, said: dict[Any, str] | None = None, **facts: Any) -> CohortMeeting:
    """Held, with the same decision for every child unless `said` has another."""
    with acting(System("test")):
        children = workflow.children_of(meeting.authority)
    words = said or {}
    decisions = [ChildDecision(child, words.get(child.pk, "Visits go on each week")) for child in children]
    usual = {"held_at": now(), "attendees": TABLE, "decisions": decisions, "next_at": None}
    return workflow.hold_meeting(meeting, by=by, **{**usual, **facts})


def as_it_is(record: Any) -> Any:
    with acting(System("test")):
        return type(record).objects.get(pk=record.pk)


def of_each(maya: User, milo: User) -> dict[str, Any]:
    """One of each record that a page here is about."""
    entry = in_cohort(maya, milo, "Willow Example")
    return {
        "entry": entry,
        "riskplan": updated(entry, maya),
        "planstep": given(entry, maya),
        "triggerplan": trigger_plan(maya, entry.person),
        "philomena": form(maya, entry.person),
        "cohortmeeting": meeting_of(entry.authority),
    }

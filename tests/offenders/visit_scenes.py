"""What an offender manager writes, in tests: a visit, an assessment, a plan. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from access.actor import System, acting
from access.time import now
from accounts.models import User
from offenders.codes import Factor
from offenders.models import (
    Approval,
    Assessment,
    ManagementPlan,
    Nominal,
    OffenderVisit,
    Pillar,
    PlanTask,
)
from offenders.workflow import approvals, assessments, plan_tasks, plans, visits
from offenders.workflow.assessments import AssessmentFacts, FactorFacts
from offenders.workflow.plans import PlanFacts
from offenders.workflow.visits import VisitFacts
from tests.offenders.scenes import managed

TEST = System("test")
TASKS = {
    "supervision": "Ask Desmond each month whom he met at the angling club, and ring the club secretary",
    "monitoring": "Look through his telephone and the tablet in the kitchen at each visit",
    "interventions": "His probation officer books the horizon course before Easter",
    "victim_safety": "Tell Hazel’s mother when he moves; she has the number of the victim liaison officer",
}


def anew(record: Any) -> Any:
    with acting(TEST):
        return type(record).objects.get(pk=record.pk)


def what_was_found(**said: Any) -> VisitFacts:
    return VisitFacts(
        **{
            "purpose": "first",
            "address": "9 Example Row",
            "officer_one": "Omar Offender-Manager",
            "officer_two": "Olga Offender-Manager",
            "announced": "no",
            "seen": "yes",
            "devices": "Telephone and tablet looked through, nothing found",
            "household": "Nobody else",
            "children_seen": "no",
            "disclosure": "His sister knows",
            "compliance": "complies",
            "observations": "He has left the angling club and is at home more",
            "next_visit_on": localdate(now()) + timedelta(days=20),
            **said,
        }
    )


def visited(nominal: Nominal, by: User, at: datetime | None = None, **said: Any) -> OffenderVisit:
    """Somebody was there; a supervisor has to approve it."""
    about = {"nominal": anew(nominal), "visited_at": at or now(), "found": what_was_found(**said)}
    return visits.record_visit(OffenderVisit(), by=by, **about)


def planned_visit(nominal: Nominal, by: User, at: datetime | None = None) -> OffenderVisit:
    about = {"planned_for": at or now() + timedelta(days=2), "address": "9 Example Row", "purpose": "first"}
    return visits.plan_visit(OffenderVisit(), by=by, nominal=anew(nominal), **about)


def tried_in_vain(nominal: Nominal, by: User, at: datetime | None = None) -> Nominal:
    said = {"officers": "Omar and Olga", "what_happened": "Nobody answered the door, curtains drawn"}
    return visits.not_seen(anew(nominal), by=by, tried_at=at or now(), **said)


def factors(*priorities: str, but_not: str = "") -> list[FactorFacts]:
    return [
        FactorFacts(code, "partly", f"Seen at the visit: {code}", code in priorities)
        for code in Factor.values
        if code != but_not
    ]


def all_of_it(overall: str = "medium", **said: Any) -> AssessmentFacts:
    about = {"tool": "arms", "why_now": "First", "factors": factors("opportunity"), "static_scores": "RM2000: low"}
    return AssessmentFacts(**{**about, "overall": overall, "overall_because": "He has little to do all day", **said})


def assessed_by(nominal: Nominal, by: User, overall: str = "medium", **said: Any) -> Assessment:
    """An assessment that was written and sent."""
    about = {"nominal": anew(nominal), "tool": "arms", "why_now": "First"}
    draft = assessments.begin_assessment(Assessment(), by=by, **about)
    written = assessments.write_assessment(draft, by=by, said=all_of_it(overall, **said))
    return assessments.submit_assessment(written, by=by)


def pillar(code: str) -> Pillar:
    return Pillar.objects.get(pk=code)


def what_a_plan_says(nominal: Nominal, **said: Any) -> PlanFacts:
    with acting(TEST):
        assessment = plans.newest_assessment(nominal)
    return PlanFacts(
        **{
            "assessment": assessment,
            "contingency": "If he is seen near the school, ring the duty sergeant and visit the same day",
            "licence_conditions": "None",
            "interval_days": 60,
            "interval_because": "He drank again in spring",
            "not_applicable": {},
            **said,
        }
    )


def task(plan: ManagementPlan, by: User, code: str = "supervision", what: str = "", days: float = 20) -> PlanTask:
    about = {"what": what or TASKS[code], "owner": "Omar Offender-Manager", "due_at": now() + timedelta(days=days)}
    return plan_tasks.add_task(PlanTask(), by=by, plan=anew(plan), pillar=pillar(code), **about)


def plan_drafted(nominal: Nominal, by: User, **said: Any) -> ManagementPlan:
    """A plan that says everything, not sent yet."""
    plan = plans.begin_plan(ManagementPlan(), by=by, nominal=anew(nominal))
    for code in TASKS:
        task(plan, by, code)
    return plans.write_plan(plan, by=by, said=what_a_plan_says(nominal, **said))


def plan_sent(nominal: Nominal, by: User, **said: Any) -> ManagementPlan:
    return plans.submit_plan(plan_drafted(nominal, by, **said), by=by)


def approval_of(record: Any) -> Approval:
    with acting(TEST):
        return Approval.objects.get(record=record.pk, state="waiting")


def approved(record: Any, by: User) -> Any:
    approvals.approve(approval_of(record), by=by)
    return anew(record)


def returned(record: Any, by: User, because: str = "Say who was in the kitchen") -> Any:
    approvals.send_back(approval_of(record), by=by, because=because)
    return anew(record)


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """One record for each address of this part, made through its verbs."""
    omar, stella = people["omar"], people["stella"]
    nominal = managed(stella, omar)
    approved(assessed_by(nominal, omar), stella)
    plan = plan_drafted(nominal, omar)
    return {
        "offendervisit": planned_visit(nominal, omar),
        "assessment": assessments.begin_assessment(
            Assessment(), by=omar, nominal=anew(nominal), tool="arms", why_now="Yearly"
        ),
        "managementplan": plan,
        "plantask": task(plan, omar, what="Walk past the angling club on two Saturdays in May"),
    }

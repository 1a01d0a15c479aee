"""A child was reported missing: everything that is kept of them is looked at again soon."""

from __future__ import annotations

from datetime import datetime

from access.actor import System, acting, signed
from cases.models import Person
from cohort.models import PhilomenaForm, RiskPlan, TriggerPlan
from cohort.workflow.philomena import form_episode
from cohort.workflow.risk_plans import risk_plan_episode
from cohort.workflow.trigger_plans import trigger_plan_episode

REPORTED = System("a child was reported missing")


def went_missing(person: Person, *, reference: str, at: datetime) -> None:
    """Called in the transaction of a missing report, once for each. The risk management plan, the trigger plan and the
    Philomena form of the child, if there are any, are due within two working days of `at`: the moment of the report,
    never of its recording. A due time only comes nearer. Longstop does it: whoever takes the report need not see them.
    """
    with acting(REPORTED, apart=True), signed(REPORTED):
        same = person.same_as_id
        for risk_plan in list(RiskPlan.objects.filter(entry__person__same_as=same, state=RiskPlan.State.CURRENT)):
            risk_plan_episode(risk_plan, by=REPORTED, reference=reference, at=at)
        for plan in list(TriggerPlan.objects.filter(person__same_as=same, state=TriggerPlan.State.CURRENT)):
            trigger_plan_episode(plan, by=REPORTED, reference=reference, at=at)
        for form in list(PhilomenaForm.objects.filter(person__same_as=same, state=PhilomenaForm.State.CURRENT)):
            form_episode(form, by=REPORTED, reference=reference, at=at)

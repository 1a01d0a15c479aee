"""Risk management plans and their steps."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from access.actor import NotYours
from access.roles import Can, who_may
from access.time import now
from access.views import RecordPage
from accounts.duty import people_answered_for
from cohort import workflow
from cohort.forms import plans as forms
from cohort.models import PlanStep, RiskPlan
from cohort.rows import PLAN_KINDS, STEP_KINDS, last_update
from cohort.views.entry import child_of, clocks_of_all, timeline_of_all
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for


class PlanPage(RecordPage):
    """One risk management plan, what it said before, and its steps."""

    may = Can.SEE_COHORT
    template_name = "cohort/plan.html"

    def get_queryset(self) -> QuerySet[RiskPlan]:
        return RiskPlan.objects.select_related("entry__person", "team", "updated_by", "ended_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        plan: RiskPlan = self.object
        steps = list(plan.steps.select_related("owner", "agency", "ended_by").order_by("due_at", "reference"))
        user: Any = self.request.user
        actions = actions_for(plan, user, [(workflow.update_risk_plan, "Update the plan", "riskplan-update")])
        if plan.state == RiskPlan.State.CURRENT:
            why_not = "" if user.can(Can.KEEP_COHORT) else f"for a {who_may(Can.KEEP_COHORT)}"
            actions.append(
                {"label": "Give somebody a step", "url": f"{plan.get_absolute_url()}step/", "why_not": why_not}
            )
        return super().get_context_data(
            now=now(),
            heading=f"Risk management plan for {plan.entry.person}",
            reference=f"{plan.reference}, {plan.entry.reference}",
            child=child_of(plan.entry.person),
            grade=None,
            state=RiskPlan.State(plan.state).label,
            state_kind=PLAN_KINDS[plan.state],
            plan=plan,
            plan_said=last_update(plan),
            steps=steps,
            versions=list(plan.versions.select_related("written_by").order_by("-written_at", "pk"))[1:],
            actions=actions,
            clocks=clocks_of_all([plan, *steps]),
            missing=[],
            missing_step="",
            timeline=timeline_of_all([plan, *steps]),
            **context,
        )


class OfAPlan(TransitionPage):
    model = RiskPlan

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.record.entry.person}, {self.record.reference}"}


class UpdatePlan(OfAPlan):
    transition = workflow.update_risk_plan
    form_class = forms.PlanForm
    title = "Update the risk management plan"
    button = "Save the plan"
    lead = "What it said before is kept. It is due again a month from now."

    def get_initial(self) -> dict[str, Any]:
        plan: RiskPlan = self.record
        if not plan.is_written:
            return {}
        return {name: getattr(plan, name) for name in ("risks", "disruption", "notice", "works")}


class GiveStep(CreatePage):
    """Somebody gets something to do for a child."""

    transition = workflow.add_step
    model = PlanStep
    form_class = forms.StepForm
    title = "Give somebody a step"

    @cached_property
    def plan(self) -> RiskPlan:
        """The plan it belongs to; a hidden one is a 404."""
        found: RiskPlan = get_object_or_404(RiskPlan.objects.select_related("entry__person"), pk=self.kwargs["pk"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.plan = self.plan
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.plan.entry.person}, {self.plan.reference}"}

    def cancel_url(self) -> str:
        return self.plan.get_absolute_url()


class StepPage(RecordPage):
    """One step, for whoever has it and for those who see the cohort."""

    may = None
    template_name = "cohort/step.html"

    def get_queryset(self) -> QuerySet[PlanStep]:
        return PlanStep.objects.select_related("plan__entry__person", "meeting", "owner", "agency", "ended_by")

    def get_object(self, queryset: Any = None) -> PlanStep:
        step: PlanStep = super().get_object(queryset)
        user: Any = self.request.user
        if not user.can(Can.SEE_COHORT) and step.owner_id not in people_answered_for(user):
            raise NotYours(f"You may not {Can.SEE_COHORT.label}.")
        return step

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        step: PlanStep = self.object
        return super().get_context_data(
            now=now(),
            heading=step.what if len(step.what) <= 100 else f"{step.what[:99]}…",
            reference=step.reference,
            child=child_of(step.plan.entry.person),
            grade=None,
            state=PlanStep.State(step.state).label,
            state_kind=STEP_KINDS[step.state],
            may_see_plan=self.request.user.can(Can.SEE_COHORT),  # type: ignore[union-attr]
            actions=actions_for(step, self.request.user, STEP_ACTIONS),
            clocks=clocks_of(step),
            missing=[],
            missing_step="",
            timeline=timeline_of(step),
            **context,
        )


STEP_ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.step_done, "It is done", "planstep-done"),
    (workflow.step_not_needed, "No longer needed", "planstep-not-needed"),
]


class OfAStep(TransitionPage):
    model = PlanStep


class StepDone(OfAStep):
    transition = workflow.step_done
    form_class = forms.HowForm
    title = "It is done"


class StepNotNeeded(OfAStep):
    transition = workflow.step_not_needed
    form_class = forms.NotNeededForm
    title = "No longer needed"
    lead = "You answer for that: say why."

"""The pages of assessments, risk management plans, and tasks of a plan."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from access.roles import Can, who_may
from access.time import now, today
from access.views import RecordPage
from offenders.codes import Risk
from offenders.forms import visit_judging as forms
from offenders.models import Assessment, ManagementPlan, PlanTask, Written
from offenders.plan_text import pillars_of, text_of
from offenders.quality import quality_of
from offenders.views.visit_pages import OfNominal, waiting_approval
from offenders.visit_rows import KINDS, TASK_KINDS
from offenders.workflow import assessments, plan_tasks, plans
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

FOUND = 302
ASSESSMENT_ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (assessments.write_assessment, "Go on writing", "assessment-write"),
    (assessments.submit_assessment, "Send for approval", "assessment-submit"),
    (assessments.discard_assessment, "Discard the draft", "assessment-discard"),
]
PLAN_ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (plans.write_plan, "Go on writing", "managementplan-write"),
    (plans.submit_plan, "Send for approval", "managementplan-submit"),
    (plans.discard_plan, "Discard the draft", "managementplan-discard"),
]
TASK_ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (plan_tasks.task_done, "It is done", "plantask-done"),
    (plan_tasks.task_not_needed, "No longer needed", "plantask-not-needed"),
]


def returned(record: Any) -> list[str]:
    return [f"Returned: {record.returned_because.rstrip('.')}"] if record.state == Written.RETURNED else []


class AssessmentPage(RecordPage):
    """One assessment: each factor with its evidence, and the level it comes to."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/assessment.html"

    def get_queryset(self) -> QuerySet[Assessment]:
        return Assessment.objects.select_related("nominal__person", "author", "approved_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        assessment: Assessment = self.object
        being_written = assessment.state in assessments.BEING_WRITTEN
        return super().get_context_data(
            now=now(),
            heading=f"Assessment of {assessment.nominal.person}",
            reference=assessment.reference,
            child="",
            grade=Risk(assessment.overall).label if assessment.overall != Risk.NOT_ASSESSED else None,
            state=Written(assessment.state).label,
            state_kind=KINDS[assessment.state],
            warnings=returned(assessment),
            actions=actions_for(assessment, self.request.user, ASSESSMENT_ACTIONS),
            factors=assessments.factors_of(assessment),
            approval=waiting_approval(assessment),
            clocks=clocks_of(assessment),
            missing=[
                {"label": each, "done": False, "why": "", "url": reverse("assessment-write", args=[assessment.pk])}
                for each in assessments.missing_from(assessment)
            ]
            if being_written
            else [],
            missing_step="send it for approval",
            timeline=timeline_of(assessment),
            **context,
        )


class BeginAssessment(OfNominal):
    transition = assessments.begin_assessment
    model = Assessment
    form_class = forms.BeginAssessmentForm
    template_name = "offenders/assessment_begin.html"
    title = "Begin an assessment"
    button = "Begin"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        fits_not = assessments.arms_does_not_fit(self.nominal, today())
        return {**super().get_context_data(**context), "fits_not": fits_not}

    def get_initial(self) -> dict[str, Any]:
        nominal = self.nominal
        why = "Yearly" if nominal.assessed_at else "First"
        tool = "judgement" if assessments.arms_does_not_fit(nominal, today()) else "arms"
        return {"why_now": (nominal.reassess_because or why)[:300], "tool": tool}


class OfWritten(TransitionPage):
    """A step of something that is written and approved."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        record = self.record
        return {
            **super().get_context_data(**context),
            "nominal": record.nominal,
            "reference": f"{record.nominal.person}, {record.reference}",
            "returned": record.returned_because,
        }


class WriteAssessment(OfWritten):
    transition = assessments.write_assessment
    model = Assessment
    form_class = forms.AssessmentForm
    template_name = "offenders/assessment_write.html"
    title = "Assessment"
    button = "Save"
    lead = "You can save it as far as it is. Of each factor say what you know, and from where."

    def get_initial(self) -> dict[str, Any]:
        return forms.typed_before(self.record, self.record.factors.all())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        fits_not = assessments.arms_does_not_fit(self.record.nominal, today())
        return {**super().get_context_data(**context), "fits_not": fits_not}


class SubmitAssessment(OfWritten):
    transition = assessments.submit_assessment
    model = Assessment
    title = "Send the assessment for approval"
    button = "Send for approval"
    lead = "A supervisor who did not write it reads it. Until it is approved the risk stays as it is."


class DiscardAssessment(OfWritten):
    transition = assessments.discard_assessment
    model = Assessment
    form_class = forms.DiscardForm
    title = "Discard the draft"


class PlanPage(RecordPage):
    """One risk management plan, its tasks under their pillars, and how good it is."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/plan.html"

    def get_queryset(self) -> QuerySet[ManagementPlan]:
        return ManagementPlan.objects.select_related("nominal__person", "assessment", "author", "approved_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        plan: ManagementPlan = self.object
        text = text_of(plan)
        return super().get_context_data(
            now=now(),
            heading=f"Risk management plan for {plan.nominal.person}",
            reference=plan.reference,
            child="",
            grade=None,
            state=Written(plan.state).label,
            state_kind=KINDS[plan.state],
            warnings=returned(plan),
            actions=self._actions(plan),
            pillars=pillars_of(plan, text),
            quality=quality_of(text),
            longer=plans.is_longer_than_tariff(plan),
            approval=waiting_approval(plan),
            clocks=clocks_of(plan),
            missing=[],
            missing_step="",
            timeline=timeline_of(plan),
            **context,
        )

    def _actions(self, plan: ManagementPlan) -> list[dict[str, str]]:
        user: Any = self.request.user
        found = actions_for(plan, user, PLAN_ACTIONS)
        if plan.state in plan_tasks.NEEDS_TASKS:
            why_not = "" if user.can(Can.MANAGE_OFFENDERS) else f"for a {who_may(Can.MANAGE_OFFENDERS)}"
            url = reverse("managementplan-task", args=[plan.pk])
            found.insert(1, {"label": "Add a task", "url": url, "why_not": why_not})
        return found


class BeginPlan(OfNominal):
    transition = plans.begin_plan
    model = ManagementPlan
    form_class = forms.BeginPlanForm
    title = "Begin a risk management plan"
    button = "Begin"
    lead = "It takes over what the plan before says, and every task that is still open."


class WritePlan(OfWritten):
    transition = plans.write_plan
    model = ManagementPlan
    form_class = forms.PlanForm
    title = "Risk management plan"
    button = "Save"
    lead = "You can save it as far as it is. Tasks are added on the page of the plan."

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.offer(self.record, plans.pillars_in_use())
        return form

    def get_initial(self) -> dict[str, Any]:
        names = ("assessment", "contingency", "licence_conditions", "interval_days", "interval_because")
        return {name: getattr(self.record, name) for name in names}


class SubmitPlan(OfWritten):
    transition = plans.submit_plan
    model = ManagementPlan
    template_name = "offenders/plan_submit.html"
    title = "Send the plan for approval"
    button = "Send for approval"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**context),
            "quality": quality_of(text_of(self.record)),
            "longer": plans.is_longer_than_tariff(self.record),
        }


class DiscardPlan(OfWritten):
    transition = plans.discard_plan
    model = ManagementPlan
    form_class = forms.DiscardForm
    title = "Discard the draft"
    lead = "Its own tasks go with it. What the plan before left open stays."


class AddTask(CreatePage):
    """Somebody gets something to do under one pillar."""

    transition = plan_tasks.add_task
    model = PlanTask
    form_class = forms.TaskForm
    title = "Add a task"
    button = "Add the task"

    @cached_property
    def plan(self) -> ManagementPlan:
        rows = ManagementPlan.objects.select_related("nominal__person")
        found: ManagementPlan = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.offer(self.plan, plans.pillars_in_use())
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.plan.nominal.person}, {self.plan.reference}"}

    def form_valid(self, form: Any) -> HttpResponse:
        """Back to the plan: there is more to say under its pillars."""
        answer = super().form_valid(form)
        return redirect(self.plan) if answer.status_code == FOUND else answer

    def cancel_url(self) -> str:
        return self.plan.get_absolute_url()


class TaskPage(RecordPage):
    """One task of a plan."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/plan_task.html"

    def get_queryset(self) -> QuerySet[PlanTask]:
        return PlanTask.objects.select_related("nominal__person", "plan", "pillar", "ended_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        task: PlanTask = self.object
        return super().get_context_data(
            now=now(),
            heading=task.what if len(task.what) <= 100 else f"{task.what[:99]}…",
            reference=task.reference,
            child="",
            grade=None,
            state=PlanTask.State(task.state).label,
            state_kind=TASK_KINDS[task.state],
            actions=actions_for(task, self.request.user, TASK_ACTIONS),
            clocks=clocks_of(task),
            missing=[],
            missing_step="",
            timeline=timeline_of(task),
            **context,
        )


class OfATask(TransitionPage):
    model = PlanTask

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        task = self.record
        return {**super().get_context_data(**context), "reference": f"{task.nominal.person}, {task.reference}"}


class TaskDone(OfATask):
    transition = plan_tasks.task_done
    form_class = forms.TaskDoneForm
    title = "It is done"


class TaskNotNeeded(OfATask):
    transition = plan_tasks.task_not_needed
    form_class = forms.TaskNotNeededForm
    title = "No longer needed"
    lead = "You answer for that: say why."

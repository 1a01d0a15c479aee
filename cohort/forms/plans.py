"""What is asked of a risk management plan and of its steps."""

from __future__ import annotations

from typing import Any

from django import forms

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from cohort.codes import Notice
from cohort.models import CohortMeeting, RiskPlan
from cohort.workflow import PlanFacts
from govuk.fields import MomentField
from partners.models import Agency
from strategy.forms.asking import area
from workflow.views import TransitionForm


class PlanForm(TransitionForm):
    risks = forms.CharField(label="What puts the child at risk?", widget=area(5))
    disruption = forms.CharField(
        label="What is done about those who harm the child?",
        widget=area(5),
        help_text="Write “nobody known” if that is so",
    )
    notice = forms.ChoiceField(
        label="Was a Child Abduction Warning Notice given?", choices=Notice.choices, widget=forms.RadioSelect
    )
    works = forms.CharField(
        label="What works with the child?", widget=area(4), help_text="Write “not known yet” if nobody knows"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"said"}

    def facts(self) -> dict[str, Any]:
        return {"said": PlanFacts(**self.cleaned_data)}


class StepForm(TransitionForm):
    what = forms.CharField(label="What is to be done?", widget=area(3))
    owner = forms.ModelChoiceField(label="Who in the police does it?", queryset=User.objects.none(), required=False)
    agency = forms.ModelChoiceField(
        label="Or which agency?",
        queryset=Agency.objects.filter(closed_at=None).order_by("kind", "name"),
        required=False,
    )
    name_there = forms.CharField(label="Who at the agency?", max_length=200, required=False)
    due_at = MomentField(label="By when?")

    plan: RiskPlan | None = None
    meeting: CohortMeeting | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = who_may_do(Can.SEE_MISSING)  # type: ignore[attr-defined]

    @classmethod
    def gives(cls) -> set[str]:
        return {"plan", "meeting", "what", "owner", "agency", "name_there", "due_at"}

    def clean(self) -> Any:
        said = super().clean() or {}
        if not self.errors and bool(said.get("owner")) == bool(said.get("agency")):
            self.add_error("owner", "Say who does it: somebody here, or somebody at one agency")
        if said.get("agency") and not said.get("name_there"):
            self.add_error("name_there", "Say who at the agency does it")
        return said

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "plan": self.plan, "meeting": self.meeting}


class MeetingStepForm(StepForm):
    """A step that a meeting gave: for one of the children it spoke of."""

    child = forms.ModelChoiceField(label="For which child?", queryset=RiskPlan.objects.none())
    field_order = ["child", "what", "owner", "agency", "name_there", "due_at"]

    def offer(self, meeting: CohortMeeting) -> None:
        self.meeting = meeting
        plans = RiskPlan.objects.filter(state=RiskPlan.State.CURRENT, entry__decisions__meeting=meeting)
        field = self.fields["child"]
        field.queryset = plans.select_related("entry__person").order_by("entry__person__family_name", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = lambda plan: f"{plan.entry.person}, {plan.entry.reference}"  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        plan = said.pop("child")
        return {**said, "plan": plan, "meeting": self.meeting}


class HowForm(TransitionForm):
    how = forms.CharField(label="How was it done?", widget=area(3))


class NotNeededForm(TransitionForm):
    because = forms.CharField(label="Why need it not be done any more?", widget=area(3))

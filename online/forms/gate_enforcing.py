"""What is asked when enforcement is planned, carried out or called off, and of going without the gate."""

from __future__ import annotations

from typing import Any

from django import forms

from govuk.fields import MomentField, YesNoNotKnownField
from online.codes import EnforcementKind
from online.forms.gate_fields import CaseField
from online.workflow.enforcing import DoneFacts, PlanFacts, unused_override
from strategy.forms.asking import area
from workflow.views import TransitionForm


class PlanForm(TransitionForm):
    case = CaseField(label="Which case?")
    kind = forms.ChoiceField(label="What is planned?", choices=EnforcementKind.choices, widget=forms.RadioSelect)
    voluntary_because = forms.CharField(
        label="If it is voluntary attendance: why is nobody arrested?",
        widget=area(3),
        required=False,
        help_text="No bail conditions protect a child afterwards",
    )
    planned_for = MomentField(label="For when?")
    briefing = forms.CharField(label="Who goes, and what must they know?", widget=area(5))
    child_plan = forms.CharField(
        label="Who sees each child, and who stays with them?", widget=area(4), help_text="“No child” is an answer"
    )
    social_worker = forms.CharField(
        label="Who of social care comes?", max_length=200, required=False, help_text="Empty means nobody"
    )
    welfare_plan = forms.CharField(
        label="What is done about the risk of suicide of the suspect?",
        widget=area(4),
        help_text="Before, in custody and in the days after",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"case", "facts", "override"}

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        case = said.pop("case")
        return {"case": case, "facts": PlanFacts(**said), "override": unused_override(case)}


class CarryOutForm(TransitionForm):
    """Filled in at the door or in the car."""

    done_at = MomentField(label="When was it?", offer_now=True)
    result = forms.CharField(
        label="What came of it?", widget=area(5), help_text="Who was arrested or spoken to, what was found and seized"
    )
    children_seen = YesNoNotKnownField(
        label="Was each child there seen?", hints={"no": "Or no child was there: say so above"}
    )
    devices = forms.IntegerField(
        label="How many devices were seized?",
        required=False,
        min_value=0,
        max_value=9999,
        help_text="Empty = not known",
    )
    although = forms.CharField(
        label="If the gate was shut: why was it carried out all the same?",
        widget=area(3),
        required=False,
        help_text="A strategy discussion is then owed within hours",
    )


class UnplannedForm(CarryOutForm):
    """What happened and nobody had planned here."""

    field_order = ("case", "kind", "done_at", "result", "children_seen", "child_plan", "welfare_plan")

    case = CaseField(label="Which case?")
    kind = forms.ChoiceField(label="What happened?", choices=EnforcementKind.choices, widget=forms.RadioSelect)
    child_plan = forms.CharField(
        label="Who looks after each child now?", widget=area(3), help_text="“No child” is an answer"
    )
    welfare_plan = forms.CharField(label="What is done about the risk of suicide of the suspect?", widget=area(3))

    @classmethod
    def gives(cls) -> set[str]:
        return {"case", "kind", "child_plan", "welfare_plan", "said"}

    def facts(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        about = {name: typed.pop(name) for name in ("case", "kind", "child_plan", "welfare_plan")}
        return {**about, "said": DoneFacts(**typed)}


class CallOffForm(TransitionForm):
    because = forms.CharField(
        label="Why is it called off?", widget=area(3), help_text="By when to act does not move: plan something else"
    )


class OverrideForm(TransitionForm):
    case = CaseField(label="Which case?")
    because = forms.CharField(
        label="Why can it not wait?", widget=area(5), help_text="For example, that a child is being abused now"
    )

"""What is asked of an assessment, a risk management plan, and a task of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django import forms

from govuk.fields import MomentField
from govuk.widgets import Radios
from offenders.codes import PROTECTIVE, Factor, FactorRating, Risk, Tool
from offenders.forms.visit_forms import OfNominalForm
from offenders.models import AssessedFactor, Assessment, ManagementPlan, Pillar
from offenders.workflow.assessments import AssessmentFacts, FactorFacts
from offenders.workflow.plans import PlanFacts
from strategy.forms.asking import area
from workflow.views import TransitionForm


def _tool() -> forms.ChoiceField:
    return forms.ChoiceField(label="With which tool do you assess?", choices=Tool.choices, widget=forms.RadioSelect)


class BeginAssessmentForm(OfNominalForm):
    tool = _tool()
    why_now = forms.CharField(
        label="Why are they assessed now?", max_length=300, help_text="First, yearly, or what happened"
    )


class FactorBoxes(NamedTuple):
    """The boxes of one factor, as the page draws them."""

    code: str
    label: str
    protects: bool
    rating: Any
    evidence: Any
    priority: Any


class AssessmentForm(TransitionForm):
    """An assessment as far as it is written. Nothing but the tool and the reason is demanded of a draft."""

    tool = _tool()
    why_now = forms.CharField(label="Why are they assessed now?", max_length=300)
    static_scores = forms.CharField(
        label="Static scores", max_length=200, required=False, help_text="For example RM2000 or OSP. Empty means none"
    )
    overall = forms.ChoiceField(
        label="Which level does it come to?", choices=Risk.choices, widget=forms.RadioSelect, required=False
    )
    overall_because = forms.CharField(label="Why that level?", widget=area(4), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in Factor.choices:
            self.fields[f"rating_{code}"] = forms.ChoiceField(
                label=f"{label}: is it there?",
                choices=FactorRating.choices,
                widget=Radios(inline=True),
                required=False,
            )
            self.fields[f"evidence_{code}"] = forms.CharField(
                label=f"{label}: evidence", widget=area(3), required=False, help_text="“Not known” is an answer"
            )
            self.fields[f"priority_{code}"] = forms.BooleanField(
                label=f"{label}: the plan must do something about it", required=False
            )

    @classmethod
    def gives(cls) -> set[str]:
        return {"said"}

    def factor_boxes(self) -> Iterator[FactorBoxes]:
        for code, label in Factor.choices:
            boxes = [self[f"{part}_{code}"] for part in ("rating", "evidence", "priority")]
            yield FactorBoxes(code, str(label), code in PROTECTIVE, *boxes)

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        factors = [
            FactorFacts(code, said[f"rating_{code}"], said[f"evidence_{code}"], said[f"priority_{code}"])
            for code in Factor.values
        ]
        return {
            "said": AssessmentFacts(
                tool=said["tool"],
                why_now=said["why_now"],
                factors=factors,
                static_scores=said["static_scores"],
                overall=said["overall"] or Risk.NOT_ASSESSED.value,
                overall_because=said["overall_because"],
            )
        }


def typed_before(assessment: Assessment, factors: Iterable[AssessedFactor]) -> dict[str, Any]:
    """What the draft says, for the boxes."""
    names = ("tool", "why_now", "static_scores", "overall", "overall_because")
    initial: dict[str, Any] = {name: getattr(assessment, name) for name in names}
    for each in factors:
        initial[f"rating_{each.factor}"], initial[f"evidence_{each.factor}"] = each.rating, each.evidence
        initial[f"priority_{each.factor}"] = each.is_priority
    return initial


class DiscardForm(TransitionForm):
    because = forms.CharField(label="Why is the draft not needed?", widget=area(2))


class BeginPlanForm(OfNominalForm):
    """Nothing is asked: the draft takes over what the plan before says."""


class PlanForm(TransitionForm):
    """The plan beside its tasks. `offer` adds a box for each pillar, and the assessments it may answer."""

    assessment = forms.ModelChoiceField(
        label="Which assessment does it answer?",
        queryset=Assessment.objects.none(),
        required=False,
        empty_label="None yet",
    )
    contingency = forms.CharField(
        label="What happens if the plan fails?", widget=area(4), required=False, help_text="Who does what, and how soon"
    )
    licence_conditions = forms.CharField(
        label="All licence conditions", widget=area(3), required=False, help_text="“None” is an answer"
    )
    interval_days = forms.IntegerField(
        label="At most how many days between visits?", required=False, min_value=1, max_value=3650
    )
    interval_because = forms.CharField(label="Why as often as that?", widget=area(2), required=False)

    pillars: Sequence[Pillar] = ()

    @classmethod
    def gives(cls) -> set[str]:
        return {"said"}

    def offer(self, plan: ManagementPlan, pillars: Sequence[Pillar]) -> None:
        self.pillars = pillars
        field: Any = self.fields["assessment"]
        field.queryset = Assessment.objects.filter(nominal=plan.nominal, state__in=["approved", "submitted"])
        field.label_from_instance = lambda each: f"{each.reference}, {each.get_overall_display()}"
        for pillar in pillars:
            self.fields[f"not_{pillar.code}"] = forms.CharField(
                label=f"{pillar.heading}: if nothing is done, why?",
                widget=area(2),
                required=False,
                help_text="Empty if there is a task under it",
                initial=plan.not_applicable.get(pillar.code, ""),
            )

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("assessment", "contingency", "licence_conditions", "interval_days", "interval_because")
        why_not = {pillar.code: said[f"not_{pillar.code}"] for pillar in self.pillars}
        return {"said": PlanFacts(**{name: said[name] for name in names}, not_applicable=why_not)}


class TaskForm(TransitionForm):
    pillar = forms.ModelChoiceField(
        label="Under which pillar?", queryset=Pillar.objects.none(), empty_label="Choose one"
    )
    what = forms.CharField(
        label="What is to be done?",
        widget=area(3),
        help_text="For this person, in words that fit nobody else",
    )
    owner = forms.CharField(label="Who does it?", max_length=200, help_text="Name and agency")
    due_at = MomentField(label="By when?")

    plan: ManagementPlan | None = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"plan", *cls.base_fields}

    def offer(self, plan: ManagementPlan, pillars: Sequence[Pillar]) -> None:
        self.plan = plan
        field: Any = self.fields["pillar"]
        field.queryset = Pillar.objects.filter(pk__in=[pillar.pk for pillar in pillars]).order_by("position")

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "plan": self.plan}


class TaskDoneForm(TransitionForm):
    how = forms.CharField(label="How was it done?", widget=area(3))


class TaskNotNeededForm(TransitionForm):
    because = forms.CharField(label="Why is it not needed any more?", widget=area(3))

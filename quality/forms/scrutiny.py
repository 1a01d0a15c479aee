"""What is asked of a meeting of the scrutiny group, of its papers and findings."""

from __future__ import annotations

from typing import Any

from django import forms

from access.time import now, today
from govuk.fields import DateField, MomentField, YesNoNotKnownField
from partners.models import Agency, AgencyPerson
from quality.codes import Grade
from quality.forms.fields import OfForm, StaffChoice
from quality.improvement_lengths import ACTION
from quality.models import ImprovementAction, Theme
from strategy.forms.asking import area
from workflow.views import TransitionForm

NAMES_NOBODY = "Nobody’s name and no address: “child 1”, “parent 1”, staff by their post"


class PlanForm(TransitionForm):
    meets_at = MomentField(label="When does the group meet?")
    place = forms.CharField(label="Where?", max_length=200, required=False, help_text="Empty means not known yet")


class CallOffForm(TransitionForm):
    because = forms.CharField(label="Why is it called off?", widget=area(3))
    meets_at = MomentField(label="When does it meet instead?")


class HeldForm(TransitionForm):
    held_at = MomentField(label="When did it meet?", offer_now=True)
    who_was_there = forms.CharField(label="Who was there?", widget=area(4), help_text="With their agency or post")


class ReportForm(TransitionForm):
    report = forms.CharField(label="Report", widget=area(20), help_text=NAMES_NOBODY)


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why?", widget=area(3))


class MemberForm(OfForm):
    of = "meeting"
    of_an_agency = forms.ModelChoiceField(
        AgencyPerson.objects.none(), label="Somebody of a partner agency", required=False, empty_label="Nobody"
    )
    of_the_force = StaffChoice(label="Or somebody of the force", required=False, empty_label="Nobody")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        let_in = AgencyPerson.objects.filter(ended_at=None, agency__closed_at=None).select_related("user", "agency")
        self.fields["of_an_agency"].queryset = let_in.order_by("agency__name", "user__last_name")  # type: ignore[attr-defined]

    @classmethod
    def gives(cls) -> set[str]:
        return {"person", "meeting"}

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if bool(facts.get("of_an_agency")) == bool(facts.get("of_the_force")):
            self.add_error("of_an_agency", "Choose one person, of an agency or of the force")
        return facts

    def facts(self) -> dict[str, Any]:
        outside = self.cleaned_data["of_an_agency"]
        return {"person": outside.user if outside else self.cleaned_data["of_the_force"], "meeting": self.owner}


class CaseForm(OfForm):
    of = "meeting"
    reference = forms.CharField(
        label="Which notice, missing episode or strategy meeting?",
        max_length=40,
        help_text="Its reference, for example PPN-000012",
    )
    because = forms.CharField(label="Why is the group to look at it?", widget=area(3))
    every_member_may = forms.CharField(
        label="Only named people may see it? Then why may every member?",
        widget=area(3),
        required=False,
        help_text="Empty where the case is not restricted",
    )


class PrepareForm(TransitionForm):
    text = forms.CharField(label="What happened, in order", widget=area(16), help_text=NAMES_NOBODY)
    child_seen = YesNoNotKnownField(label="Was each child seen?")
    child_spoken_to = YesNoNotKnownField(label="Was each child spoken to?")
    child_observed = YesNoNotKnownField(label="Was each child’s behaviour observed?")
    how_recorded = forms.CharField(label="How is it recorded?", widget=area(4), help_text="“Not known” is an answer")


class FindingForm(TransitionForm):
    grade = forms.ChoiceField(label="Grade", choices=Grade.choices, widget=forms.RadioSelect)
    was_good = forms.CharField(label="What was good?", widget=area(4), help_text="“Nothing” is an answer")
    to_learn = forms.CharField(label="What is there to learn?", widget=area(4), help_text=NAMES_NOBODY)
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label="Which themes is it about?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["themes"].queryset = Theme.objects.filter(state=Theme.State.IN_USE).order_by("name")  # type: ignore[attr-defined]


class GroupActionForm(OfForm):
    of = "paper"
    what = forms.CharField(label="What has to be done?", widget=area(3), help_text=NAMES_NOBODY)
    owner_kind = forms.ChoiceField(
        label="Whose is it?", choices=ImprovementAction.OwnerKind.choices, widget=forms.RadioSelect
    )
    owner = StaffChoice(
        label="Who does it, if it is not a partner agency’s?", required=False, empty_label="A partner agency does it"
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Which agency, if it is one’s?", required=False, empty_label="None"
    )
    due_on = DateField(label="By when?")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = Agency.objects.filter(closed_at=None).order_by("name")  # type: ignore[attr-defined]
        self.fields["due_on"].initial = today() + ACTION.in_force(now())[0]

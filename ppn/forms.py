"""What a notice asks for, at each of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from cases.forms import PersonField, who_field
from cases.meet import Met
from govuk.fields import DateField, MomentField, YesNoNotKnownField
from partners.disclose import Grounds
from partners.models import Agency, Basis, Informed
from ppn.models import DomesticAbuseRisk, Grade, StrategyDecision, Subject, Type
from ppn.workflow import Notice, SubjectFacts
from workflow.views import TransitionForm

SYSTEMS = [
    "Force records (RMS)",
    "Police National Database",
    "Police National Computer",
    "ViSOR",
    "Missing persons",
    "Earlier PPNs for the household",
    "Children's social care (flag as last confirmed)",
]


class SubjectForm(forms.Form):
    """One person the notice is about."""

    part = forms.ChoiceField(label="Who is this?", choices=Subject.Part.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Name", max_length=200, help_text="Write “not known” if nobody knows it")
    born_on = DateField(
        label="Date of birth", required=False, help_text="For example, 27 3 2014. Empty means not known"
    )
    address = forms.CharField(
        label="Where do they live?",
        max_length=300,
        required=False,
        help_text="Empty means not known. Never a refuge or another protected address",
    )
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    seen = YesNoNotKnownField(label="Did you see them?")
    spoken_to = YesNoNotKnownField(label="Did you speak to them, away from anyone they may fear?")
    own_words = forms.CharField(
        label="What they said, in their own words", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    not_spoken_to_because = forms.CharField(
        label="If not spoken to: why, who will, and by when",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    demeanour = forms.CharField(
        label="How they were",
        help_text="Where were they when you arrived? How did they react to the person caring for them?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    home = forms.CharField(
        label="The home, and who lives there or comes and goes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def facts(self) -> SubjectFacts:
        return SubjectFacts(**self.cleaned_data)


class SubjectFormSet(forms.BaseFormSet):
    item_name = "Person"


MOST_PEOPLE = 20
Subjects = forms.formset_factory(
    SubjectForm, formset=SubjectFormSet, extra=0, min_num=1, max_num=MOST_PEOPLE, validate_min=True, validate_max=True
)


class SubmitForm(TransitionForm):
    """A new notice. One page: it can be sent with gaps that say they are gaps."""

    types = forms.MultipleChoiceField(
        label="What is it about?", choices=Type.choices, widget=forms.CheckboxSelectMultiple
    )
    child = YesNoNotKnownField(
        label="Is a child involved?",
        hints={
            "not_known": "It is treated as yes until somebody knows",
            "yes": "Seen, heard, living there or mentioned",
        },
    )
    grade = forms.ChoiceField(label="Your grade", choices=Grade.choices, widget=forms.RadioSelect)
    da_risk = forms.ChoiceField(
        label="Domestic abuse risk (DASH or DARA)", choices=DomesticAbuseRisk.choices, widget=forms.RadioSelect
    )
    narrative = forms.CharField(
        label="What happened",
        help_text="What you saw and heard, injuries, who has the child now, what police did. "
        "Use people's own words in quotes.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    first_known_at = MomentField(
        label="When did police first know?", help_text="The first call or contact, not when you arrived"
    )

    arises_from = None
    subjects: Any = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"notice", "subjects"}

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.subjects.is_valid()])

    def facts(self) -> dict[str, Any]:
        return {
            "notice": Notice(**self.cleaned_data, arises_from=self.arises_from),
            "subjects": [form.facts() for form in self.subjects if form.cleaned_data],
        }


class PutBackForm(TransitionForm):
    because = forms.CharField(label="Why does it go back to the queue?", max_length=300)


class FoundAChildForm(TransitionForm):
    how_we_know = forms.CharField(
        label="How do we know?", help_text="The system or person that says so", max_length=300
    )


class SayWhoForm(TransitionForm):
    """Somebody the notice names: one of those they may be, somebody else on record, or somebody new."""

    OTHER = "other"

    who = forms.ChoiceField(widget=forms.RadioSelect)
    other = PersonField(label="If somebody else on record: who?", required=False)

    @classmethod
    def gives(cls) -> set[str]:
        return {"subject", "person"}

    def choose_from(self, candidates: Sequence[Met]) -> None:
        self.fields["who"] = who_field(candidates, more=[(self.OTHER, "Somebody else on record")])
        self.candidates = {str(met.person.pk): met.person for met in candidates}

    def clean(self) -> Any:
        said = super().clean() or {}
        if said.get("who") == self.OTHER and not said.get("other") and "other" not in self.errors:
            self.add_error("other", "Give their reference")
        return said

    def facts(self) -> dict[str, Any]:
        who = self.cleaned_data["who"]
        return {"person": self.cleaned_data["other"] if who == self.OTHER else self.candidates.get(who)}


class AssessForm(TransitionForm):
    """The secondary risk assessment."""

    systems_checked = forms.MultipleChoiceField(
        label="Systems checked", choices=[(name, name) for name in SYSTEMS], widget=forms.CheckboxSelectMultiple
    )
    assessment = forms.CharField(
        label="Your assessment",
        help_text="What the research adds, and what it means for each child",
        widget=forms.Textarea,
    )
    grade = forms.ChoiceField(label="Your grade", choices=Grade.choices, widget=forms.RadioSelect)
    because = forms.CharField(
        label="If it differs from the officer's grade: why", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "systems_checked": "; ".join(self.cleaned_data["systems_checked"])}


class ShareForm(TransitionForm):
    """What goes to whom, and why it may."""

    agencies = forms.ModelMultipleChoiceField(
        label="Share with", queryset=Agency.objects.order_by("kind", "name"), widget=forms.CheckboxSelectMultiple
    )
    summary = forms.CharField(
        label="What they are told",
        help_text="Kept as you write it, with the children's names and own words. No refuge address, "
        "no other people's data.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    basis = forms.ChoiceField(label="Lawful basis", choices=Basis.choices, widget=forms.RadioSelect)
    why_needed = forms.CharField(label="Why they need it", widget=forms.Textarea(attrs={"rows": 2}))
    informed = forms.ChoiceField(
        label="Has the family been told that we share?", choices=Informed.choices, widget=forms.RadioSelect
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"agencies", "summary", "grounds"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        grounds = Grounds(basis=said["basis"], why_needed=said["why_needed"], informed=said["informed"])
        return {"agencies": list(said["agencies"]), "summary": said["summary"], "grounds": grounds}


class FileForm(TransitionForm):
    strategy_meeting = forms.ChoiceField(
        label="Is a strategy meeting needed?", choices=StrategyDecision.choices, widget=forms.RadioSelect
    )
    because = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 4}))

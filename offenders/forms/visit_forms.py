"""What is asked of a visit: when it is planned, when nobody was seen, and what was found."""

from __future__ import annotations

from typing import Any

from django import forms

from govuk.fields import DateField, MomentField, YesNoNotKnownField
from govuk.fields import YesNoNotKnown as Answer
from offenders.codes import Compliance, Seen
from offenders.models import Nominal, OffenderVisit
from offenders.workflow.visits import VisitFacts
from strategy.forms.asking import area
from workflow.views import TransitionForm


class OfNominalForm(TransitionForm):
    """A form about somebody whom the page knows already: the page sets `nominal`."""

    nominal: Nominal | None = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"nominal", *cls.base_fields}

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "nominal": self.nominal}


def _purpose() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="What is the visit for?", choices=OffenderVisit.Purpose.choices, widget=forms.RadioSelect
    )


class PlanVisitForm(OfNominalForm):
    planned_for = MomentField(label="When will you go?", help_text="Vary the days and times")
    address = forms.CharField(label="Where?", max_length=300)
    purpose = _purpose()


class PlanAgainForm(TransitionForm):
    planned_for = MomentField(label="When will you go instead?")
    because = forms.CharField(label="Why is it moved?", widget=area(2))


class CancelForm(TransitionForm):
    because = forms.CharField(label="Why is the visit not made?", widget=area(3))


class AttemptFields(TransitionForm):
    tried_at = MomentField(label="When were you there?", offer_now=True)
    officers = forms.CharField(label="Who went?", max_length=300, help_text="Both names")
    what_happened = forms.CharField(
        label="What happened?",
        widget=area(4),
        help_text="Who answered, whether somebody was at home, children you saw or heard",
    )


class NotSeenForm(AttemptFields):
    pass


class FailedForm(AttemptFields):
    planned_for = MomentField(label="When will you go again?")


class FoundFields(TransitionForm):
    """What whoever went there found. Every question has an answer; “not known” is one."""

    purpose = _purpose()
    address = forms.CharField(label="Where were you?", max_length=300)
    officer_one = forms.CharField(label="First officer", max_length=200)
    officer_two = forms.CharField(
        label="Second officer", max_length=200, required=False, help_text="Empty if one officer went alone"
    )
    single_crew_because = forms.CharField(label="If one officer went alone: why?", widget=area(2), required=False)
    announced = YesNoNotKnownField(label="Did they know that you would come?")
    seen = forms.ChoiceField(
        label="Did you see the offender?",
        choices=Seen.choices,
        widget=forms.RadioSelect,
        help_text="If not, record a failed visit: somebody then tries again soon",
    )
    household = forms.CharField(
        label="Who else was there?", widget=area(3), help_text="Adults and children. “Nobody else” is an answer"
    )
    children_seen = YesNoNotKnownField(label="Did you see a child?")
    children = forms.CharField(
        label="If so: each child, how they were, what they said",
        widget=area(5),
        required=False,
        help_text="In the child’s own words, in quotation marks. What were they doing, and with whom?",
    )
    devices = forms.CharField(
        label="Which devices did you check?",
        widget=area(3),
        help_text="And what you found. “None checked” is an answer",
    )
    disclosure = forms.CharField(
        label="Who knows of the offence?",
        widget=area(2),
        help_text="And whether somebody has to be told. “Not known” is an answer",
    )
    compliance = forms.ChoiceField(label="Do they comply?", choices=Compliance.choices, widget=forms.RadioSelect)
    observations = forms.CharField(label="What did you find?", widget=area(6))
    next_visit_on = DateField(label="When is the next visit?")

    def clean(self) -> Any:
        said = super().clean() or {}
        if said.get("seen") == Seen.NO:
            self.add_error("seen", "Record a failed visit if nobody saw the offender: the link is above")
        if said.get("children_seen") == Answer.YES and not said.get("children", "").strip():
            self.add_error("children", "Say of each child how they were and what they said")
        one, two = said.get("officer_one", ""), said.get("officer_two", "")
        if not two.strip() and not said.get("single_crew_because", "").strip():
            self.add_error("officer_two", "Name the second officer, or say below why one officer went alone")
        elif one and one.casefold() == two.casefold():
            self.add_error("officer_two", "Name the second officer: the first is named already")
        return said

    @classmethod
    def gives(cls) -> set[str]:
        return {"found"}

    def found(self) -> VisitFacts:
        names = set(VisitFacts.__dataclass_fields__)
        return VisitFacts(**{name: said for name, said in self.cleaned_data.items() if name in names})

    def facts(self) -> dict[str, Any]:
        return {"found": self.found()}


class AmendForm(FoundFields):
    """What was found, said better. When it was stays as it was recorded."""


class RecordPlannedForm(FoundFields):
    visited_at = MomentField(label="When were you there?", offer_now=True)
    field_order = ["visited_at"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"visited_at", "found"}

    def facts(self) -> dict[str, Any]:
        return {"visited_at": self.cleaned_data["visited_at"], "found": self.found()}


class RecordForm(RecordPlannedForm):
    nominal: Nominal | None = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"nominal", "visited_at", "found"}

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "nominal": self.nominal}

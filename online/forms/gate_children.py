"""What is asked of a child whom a case concerns, and of looking for children at an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from cases.forms import PersonField
from govuk.fields import MomentField
from offenders.forms.watch_fields import NoticeField
from online.codes import CareOutcome
from online.forms.gate_fields import CaseField, MeetingField, SchoolField
from online.models import LinkedChild
from online.workflow.children import CareSaid, ChildFacts
from strategy.forms.asking import area
from workflow.views import TransitionForm

SOURCES = "For example our records, social care, the school, health, neighbours. “None found” is nothing without it"


class ChildForm(TransitionForm):
    case = CaseField(label="Which case?")
    name_said = forms.CharField(
        label="Who is the child?", max_length=200, help_text="The name as you were told. “Not known” is an answer"
    )
    person = PersonField(
        label="Is the child on record?",
        required=False,
        help_text="Their reference, for example PER-001234. Empty means that you do not know",
    )
    age_said = forms.CharField(
        label="How old?", max_length=40, required=False, help_text="As you were told. Empty means not known"
    )
    how = forms.ChoiceField(
        label="How does the case concern the child?", choices=LinkedChild.How.choices, widget=forms.RadioSelect
    )
    what = forms.CharField(label="How do we know?", widget=area(4), help_text="What was seen or said, and by whom")
    known_at = MomentField(
        label="When did the first of us know of the child?", offer_now=True, help_text="The notice is due from then"
    )
    school = SchoolField(label="School or nursery", required=False, help_text="Number or name. Empty means not known")
    authority_said = forms.CharField(
        label="Local authority", max_length=120, required=False, help_text="Empty means not known"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"case", "facts"}

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"case": said.pop("case"), "facts": ChildFacts(**said)}


class NoneFoundForm(TransitionForm):
    sources = forms.CharField(label="Where did you look?", widget=area(4), help_text=SOURCES)
    result = forms.CharField(label="What did each say?", widget=area(4))


class FoundForm(TransitionForm):
    sources = forms.CharField(label="Where did you look?", widget=area(4), help_text=SOURCES)
    result = forms.CharField(
        label="What did you find?", widget=area(4), help_text="Each child has to be recorded with the case first"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"sources", "result", "children"}

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "children": ()}


class LookAgainForm(TransitionForm):
    because = forms.CharField(label="Why does somebody have to look again?", widget=area(3))


class NotConcernedForm(TransitionForm):
    """Whom it is about stands in the address of the page, which says so in `about`."""

    because = forms.CharField(label="Why does the case not concern them?", widget=area(4))
    about: Mapping[str, Any] = {}

    @classmethod
    def gives(cls) -> set[str]:
        return {"person", "occupant", "because"}

    def facts(self) -> dict[str, Any]:
        return {**self.about, **self.cleaned_data}


class CoveredByNoticeForm(TransitionForm):
    notice = NoticeField(label="Which notice?")
    because = forms.CharField(label="How does it cover this child and this case?", widget=area(3))


class CoveredByDiscussionForm(TransitionForm):
    meeting = MeetingField(label="Which strategy discussion?")
    because = forms.CharField(label="How was it about this child and this case?", widget=area(3))


class SocialWorkerForm(TransitionForm):
    who = forms.CharField(
        label="Whom did you speak with?", max_length=200, help_text="The social worker's name and authority"
    )
    said = forms.CharField(label="What did they say?", widget=area(4))
    at = MomentField(label="When?", offer_now=True)


class SeenForm(TransitionForm):
    at = MomentField(label="When did an officer see the child?", offer_now=True)
    said = forms.CharField(
        label="How was the child, and what did they say?",
        widget=area(5),
        help_text="In the child's own words. “Said nothing” is an answer",
    )


class DecisionForm(TransitionForm):
    outcome = forms.ChoiceField(
        label="What did social care decide?", choices=CareOutcome.choices, widget=forms.RadioSelect
    )
    said = forms.CharField(
        label="In their words, and how is the child protected now?",
        widget=area(4),
        help_text="“Not known” is an answer",
    )
    who = forms.CharField(label="Who told you, and of which authority?", max_length=200)
    at = MomentField(label="When did they decide?", offer_now=True)

    @classmethod
    def gives(cls) -> set[str]:
        return {"said"}

    def facts(self) -> dict[str, Any]:
        return {"said": CareSaid(**self.cleaned_data)}


class NoChildForm(TransitionForm):
    because = forms.CharField(label="Why does the case not concern this child?", widget=area(4))

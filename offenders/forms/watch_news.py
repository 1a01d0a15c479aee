"""What is asked of new information about an offender, and of a child they are in contact with."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms import PersonField
from govuk.fields import MomentField
from govuk.widgets import Radios
from offenders.codes import CareDecision, ContactKind
from offenders.forms.watch_fields import NominalField, NoticeField, VisitField
from offenders.workflow.contacts import CareSaid, ContactFacts
from strategy.forms.asking import area
from workflow.views import TransitionForm

YES_OR_NO = [("yes", "Yes"), ("no", "No")]


class NewsForm(TransitionForm):
    nominal = NominalField(label="Which offender?")
    what = forms.CharField(label="What is known now?", widget=area(5))
    source = forms.CharField(label="Where does it come from?", max_length=200, help_text="A person, a report, a log")
    received_at = MomentField(label="When did the first of us know it?", offer_now=True)


class AssessNewsForm(TransitionForm):
    means = forms.CharField(label="What does it mean for the risk, and what is done?", widget=area(5))
    reassess = forms.ChoiceField(
        label="Is the risk assessed anew?",
        choices=YES_OR_NO,
        widget=Radios(hints={"yes": "A new ARMS assessment is due within its time"}, inline=False),
    )


class ContactForm(TransitionForm):
    """Filled in at the door or in the car. What is not known is said to be so."""

    nominal = NominalField(label="Which offender?")
    child_said = forms.CharField(
        label="Who is the child?",
        max_length=200,
        help_text="Name and age, as you were told. “Not known” is an answer",
    )
    child = PersonField(
        label="Is the child on record?",
        required=False,
        help_text="Their reference, for example PER-001234. Empty means that you do not know",
    )
    relation = forms.CharField(
        label="How do the child and the offender know each other?",
        max_length=200,
        help_text="For example, grandchild. “Not known” is an answer",
    )
    kind = forms.ChoiceField(label="What kind of contact is it?", choices=ContactKind.choices, widget=forms.RadioSelect)
    what = forms.CharField(
        label="What is known of it?",
        widget=area(4),
        help_text="How often, where, who else is there. How the child was, and what they said",
    )
    discovered_at = MomentField(label="When did the first of us know?", offer_now=True)
    visit = VisitField(required=False)

    @classmethod
    def gives(cls) -> set[str]:
        return {"nominal", "facts", "visit"}

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        about = {"nominal": said.pop("nominal"), "visit": said.pop("visit")}
        return {**about, "facts": ContactFacts(**said)}


class CoveredForm(TransitionForm):
    notice = NoticeField(label="Which notice?")
    because = forms.CharField(label="How does that notice cover this contact?", widget=area(3))


class ChaseForm(TransitionForm):
    said = forms.CharField(label="Whom did you ask, and what did they say?", widget=area(4))


class HeadForm(TransitionForm):
    whom = forms.CharField(label="Who is the head of service?", max_length=200)
    said = forms.CharField(label="What did they say?", widget=area(4))


class CareForm(TransitionForm):
    decision = forms.ChoiceField(
        label="What did social care decide?", choices=CareDecision.choices, widget=forms.RadioSelect
    )
    decided_at = MomentField(label="When did they decide?", offer_now=True)
    who = forms.CharField(label="Who told you, and of which authority?", max_length=200)
    protects = forms.CharField(
        label="How is the child protected now?", widget=area(4), help_text="As they say. “Not known” is an answer"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"said"}

    def facts(self) -> dict[str, Any]:
        return {"said": CareSaid(**self.cleaned_data)}


class PlanForm(TransitionForm):
    effect = forms.CharField(
        label="What does it change in the plan for the offender?",
        widget=area(5),
        help_text="“Nothing, because …” is an answer",
    )


class NoContactForm(TransitionForm):
    because = forms.CharField(label="Why was there no contact?", widget=area(4))

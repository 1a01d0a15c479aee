"""What is asked when somebody has looked at a referral, links it, sees it elsewhere, or another force is to take it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from govuk.fields import MomentField, YesNoNotKnownField
from online.models import OnlineCase
from strategy.forms.asking import area
from workflow.views import TransitionForm


class CaseField(forms.CharField):
    """Another case, by its reference."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, "help_text": "Its reference, for example OSC-000031", **options})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip()
        found = OnlineCase.objects.filter(reference__iexact=typed).first()
        if found is None:
            raise ValidationError("No case has this reference")
        return found


class TriageForm(TransitionForm):
    immediate_risk = YesNoNotKnownField(
        label="Is a child at risk now?", hints={"not_known": "It counts as yes until somebody knows"}
    )
    immediate_because = forms.CharField(label="What makes you say so?", widget=area(3))
    duplicates_looked_for = forms.CharField(
        label="Where did you look for the same referral, and what did you find?",
        widget=area(3),
        help_text="Longstop shows below what it has found. Elsewhere you have to look yourself",
    )


class LinkForm(TransitionForm):
    to = CaseField(label="Which case is it part of?")
    because = forms.CharField(label="Why are the two one case?", widget=area(3))


class ApartForm(TransitionForm):
    other = CaseField(label="Which case is it not?")
    because = forms.CharField(label="Why are the two not one case?", widget=area(3))


class SeenForm(TransitionForm):
    system = forms.CharField(label="In which system?", max_length=40, help_text="Niche, or what stands in its place")
    ref = forms.CharField(label="Occurrence number there", max_length=40)
    at = MomentField(label="Since when can it be seen there?", offer_now=True)


class CorrectSeenForm(SeenForm):
    because = forms.CharField(label="What was wrong?", widget=area(2))


class Whose(forms.ModelChoiceField):
    """Somebody who may do an act, asked anew each time the form is shown. Empty = nobody by name."""

    def __init__(self, act: Can, **options: Any) -> None:
        self.act = act
        super().__init__(User.objects.none(), required=False, empty_label="Whoever of the team is there", **options)

    def offer(self) -> None:
        self.queryset = who_may_do(self.act)


class AllocateForm(TransitionForm):
    researcher = Whose(Can.RESEARCH_ONLINE, label="Who researches it?")
    investigator = Whose(Can.INVESTIGATE_ONLINE, label="Who is the officer in the case?")
    because = forms.CharField(label="Why do they get it?", widget=area(2))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, Whose):
                field.offer()


class OfferForm(TransitionForm):
    force = forms.CharField(label="Which force is asked?", max_length=120)
    because = forms.CharField(label="Why is it theirs?", widget=area(3))

    online_case: Any = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"case", "force", "because"}

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "case": self.online_case}


class AcceptedForm(TransitionForm):
    answered_by_name = forms.CharField(label="Who there has accepted it?", max_length=200, help_text="Name and post")
    their_ref = forms.CharField(label="What is their number for it?", max_length=80)
    answer = forms.CharField(label="What else did they say?", widget=area(2), required=False)


class RefusedForm(TransitionForm):
    answered_by_name = forms.CharField(label="Who there has refused it?", max_length=200, help_text="Name and post")
    answer = forms.CharField(label="Why do they refuse it?", widget=area(3))

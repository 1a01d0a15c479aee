"""What is asked about shifts."""

from __future__ import annotations

from django import forms

from accounts.models import Absence, Team, User
from govuk.fields import DateField, MomentField
from insight.staffing_shifts import Shift
from workflow.views import TransitionForm

AREA = {"rows": 3}


class PlanForm(TransitionForm):
    team = forms.ModelChoiceField(Team.objects.order_by("name"), label="Which team?")
    person = forms.ModelChoiceField(
        User.objects.filter(is_active=True, is_outside=False).order_by("last_name", "first_name"), label="Who?"
    )
    day = DateField(label="On which day does the shift begin?")
    shift = forms.ChoiceField(label="Which shift?", choices=Shift.choices, widget=forms.RadioSelect)


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why?", widget=forms.Textarea(attrs=AREA))


class IsHereForm(TransitionForm):
    because = forms.CharField(label="How do you know that they are here?", widget=forms.Textarea(attrs=AREA))


class AbsentForm(TransitionForm):
    kind = forms.ChoiceField(label="Why are they not here?", choices=Absence.Kind.choices, widget=forms.RadioSelect)
    ends = MomentField(label="Back on duty")
    cover = forms.ModelChoiceField(
        User.objects.filter(is_active=True, is_outside=False).order_by("last_name", "first_name"),
        label="Who covers?",
        help_text="From now on everything they answer for goes to this person",
    )
    because = forms.CharField(
        label="What was said", required=False, widget=forms.Textarea(attrs=AREA), help_text="Nothing about an illness"
    )

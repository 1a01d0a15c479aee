"""What is asked of a run of KIRAT, of a sergeant who decides on it, and of whoever knows something new."""

from __future__ import annotations

from django import forms

from govuk.fields import MomentField
from online.codes import Kirat
from online.forms.begun import BegunForm
from online.workflow.kirat import KiratFacts
from online.workflow.news import NewsFacts
from strategy.forms.asking import area
from workflow.views import TransitionForm


class KiratForm(BegunForm):
    """The four headings of the tool, and what it gave. Its own questions stay in the tool."""

    made = KiratFacts

    version = forms.CharField(label="Which version of the tool?", max_length=40)
    previous_behaviour = forms.CharField(
        label="1. Previous behaviour", widget=area(3), help_text="“Nothing known” is an answer"
    )
    access_to_children = forms.CharField(
        label="2. Access to children", widget=area(3), help_text="At home, at work, online. “Not known” is an answer"
    )
    current_behaviour = forms.CharField(label="3. Current behaviour", widget=area(3))
    other_factors = forms.CharField(label="4. Other factors", widget=area(3), help_text="“None known” is an answer")
    tool_level = forms.ChoiceField(
        label="Which level did the tool give?", choices=Kirat.choices, widget=forms.RadioSelect
    )
    level = forms.ChoiceField(
        label="Which level do you set?",
        choices=Kirat.choices,
        widget=forms.RadioSelect,
        help_text="A sergeant ratifies it",
    )
    override_because = forms.CharField(label="If you set another: why?", required=False, widget=area(2))
    because = forms.CharField(
        label="Why was it run?", widget=area(2), help_text="The first time, or what is new since the last time"
    )


class RatifyForm(TransitionForm):
    said = forms.CharField(label="What do you say to it?", required=False, widget=area(2), help_text="May stay empty")


class ReturnForm(TransitionForm):
    said = forms.CharField(
        label="What has to be looked at again, and why?", widget=area(4), help_text="KIRAT is run again within its time"
    )


class NewsForm(BegunForm):
    made = NewsFacts

    what = forms.CharField(
        label="What is known now?", widget=area(4), help_text="Words only: no image is stored here, ever"
    )
    source = forms.CharField(label="Who or what says so?", max_length=200)
    received_at = MomentField(label="When did the first of us know it?", offer_now=True)

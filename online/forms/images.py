"""What is asked about a child whose image was shared: at a doorstep, at a desk, in the specialist team. None of it asks
what the child did wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import Team, User
from cases.forms import PersonField
from govuk.fields import MomentField, YesNoNotKnownField
from govuk.widgets import Radios
from online.codes import Handler, Outcome, Sender
from online.image_filters import teams
from online.models import WIDER_RISK, OnlineCase
from online.workflow.shared_images import Guidance, ImageFacts, Risk, Seen
from places.models import School
from ppn.models import Ppn
from strategy.forms.asking import area
from workflow.views import TransitionForm

WORDS = "Words only: no image, and no description that shows more than is needed"


class ReportForm(TransitionForm):
    """Whoever hears of it first: a call taker, an officer at the door. What is not known is said to be so."""

    what = forms.CharField(label="What were you told?", widget=area(4), help_text=WORDS)
    reported_at = MomentField(label="When was the first of us told?", offer_now=True)
    child_said = forms.CharField(
        label="Whose image is it?", max_length=200, help_text="Name, as you were told. “Not known” is an answer"
    )
    child_age = forms.CharField(
        label="How old is the child?", max_length=40, required=False, help_text="Empty means not known"
    )
    child = PersonField(
        label="Is the child on record?",
        required=False,
        help_text="Their reference, for example PER-001234. Empty means that you do not know",
    )
    school_said = forms.CharField(
        label="Which school do they go to?", max_length=200, required=False, help_text="Empty means not known"
    )
    school_urn = forms.CharField(
        label="School (URN)",
        max_length=10,
        required=False,
        help_text="The number in the list of schools, if you have it",
    )
    recipient_age = forms.CharField(
        label="How old is whoever received it?", max_length=40, required=False, help_text="Empty means not known"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"facts", "arises_from", "from_reference", "case"}

    def clean_school_urn(self) -> School | None:
        urn = self.cleaned_data["school_urn"].strip()
        school = School.objects.filter(urn=urn).first() if urn else None
        if urn and school is None:
            raise ValidationError("No school has this URN: leave it empty and write the name above")
        return school

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"facts": ImageFacts(school=said.pop("school_urn"), **said)}


class RiskForm(TransitionForm):
    coercion = YesNoNotKnownField(label=WIDER_RISK["coercion"])
    threat = YesNoNotKnownField(label=WIDER_RISK["threat"])
    payment = YesNoNotKnownField(label=WIDER_RISK["payment"])
    adult = YesNoNotKnownField(label=WIDER_RISK["adult"])
    circulation = YesNoNotKnownField(label=WIDER_RISK["circulation"])
    said = forms.CharField(
        label="Who said so, and what did they say?",
        widget=area(4),
        help_text="The child's own words in quotation marks. Ask the child only what is needed now",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"answers", "said"}

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"said": said.pop("said"), "answers": Risk(**said)}


class GuidanceForm(TransitionForm):
    how = forms.CharField(label="How is it to be dealt with, and by whom?", widget=area(4))
    questions = forms.CharField(label="Which questions are to be asked?", widget=area(4))
    viewing = forms.CharField(
        label="Is anything to be viewed, and by whom?",
        widget=area(2),
        help_text="Nobody views more than is needed, and nothing is copied to a phone or into Longstop",
    )
    devices = forms.CharField(
        label="What is to be done about devices and accounts?",
        widget=area(3),
        help_text="Seized, kept by the family, taken down through Report Remove",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"guidance"}

    def facts(self) -> dict[str, Any]:
        return {"guidance": Guidance(**self.cleaned_data)}


def officers() -> Any:
    """Those who go to people, to choose from."""
    found = who_may_do(Can.ATTEND) | who_may_do(Can.INVESTIGATE_ONLINE)
    return found.filter(pk__in=who_may_do(Can.REPORT_SHARED_IMAGES).values("pk")).distinct()


class AllocateForm(TransitionForm):
    handler = forms.ChoiceField(
        label="Who deals with it?",
        choices=Handler.choices,
        widget=Radios(
            hints={"specialist": "Always, where a question of wider risk was answered yes or not known"}, inline=False
        ),
    )
    to_team = forms.ModelChoiceField(
        label="Which team?",
        queryset=Team.objects.none(),
        required=False,
        empty_label="The specialist team",
        help_text="Needed for everybody but the specialist team",
    )
    officer = forms.ModelChoiceField(
        label="Which officer?",
        queryset=User.objects.none(),
        required=False,
        empty_label="Whoever their sergeant chooses",
        help_text="Somebody of that team",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_team"].queryset = teams(None)  # type: ignore[attr-defined]
        self.fields["officer"].queryset = officers()  # type: ignore[attr-defined]


class SeenForm(TransitionForm):
    """Filled in at the door or in the car, on a phone."""

    seen_at = MomentField(label="When did you see the child?", offer_now=True)
    where = forms.CharField(label="Where?", max_length=200)
    with_whom = forms.CharField(
        label="Who was with the child?", max_length=200, help_text="“Nobody” is an answer. Ask the child whom they want"
    )
    own_words = forms.CharField(
        label="What did the child say, in their own words?",
        widget=area(5),
        help_text="That they could not share anything yet is an answer",
    )
    demeanour = forms.CharField(label="How was the child?", widget=area(2))
    wants = forms.CharField(
        label="What does the child want to happen?", widget=area(2), help_text="“Not known” is an answer"
    )
    devices = forms.CharField(
        label="What was done about devices, accounts and taking it down?",
        widget=area(3),
        help_text="Exhibit numbers, Report Remove. “Nothing yet” is an answer",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"seen"}

    def facts(self) -> dict[str, Any]:
        return {"seen": Seen(**self.cleaned_data)}


class NoticeField(forms.CharField):
    """A notice that was submitted, by its reference."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = Ppn.objects.filter(reference__iexact=typed.strip()).first()
        if found is None:
            raise ValidationError("There is no notice with this reference")
        return found


class CoveredForm(TransitionForm):
    notice = NoticeField(label="Which notice?", max_length=20, help_text="Its reference, for example PPN-001234")
    because = forms.CharField(label="How does that notice cover what was reported here?", widget=area(3))


class InvestigationField(forms.CharField):
    """An investigation on the register, by its reference."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = OnlineCase.objects.filter(reference__iexact=typed.strip()).first()
        if found is None:
            raise ValidationError("There is no investigation with this reference")
        return found


class LinkForm(TransitionForm):
    online_case = InvestigationField(
        label="Which investigation?", max_length=20, help_text="Its reference, for example OSC-001234"
    )


class InvestigateForm(TransitionForm):
    """A new investigation, as old as the report it comes from."""

    sender = forms.ChoiceField(
        label="Who told us?",
        choices=[each for each in Sender.choices if each[0] in ("public", "school", "other_force", "other")],
        widget=forms.RadioSelect,
    )
    sender_named = forms.CharField(
        label="Who exactly?", max_length=200, required=False, help_text="Empty means not known"
    )
    what = forms.CharField(label="What is to be investigated?", widget=area(5), help_text=WORDS)

    @classmethod
    def gives(cls) -> set[str]:
        return {"online_case"}


class ResolveForm(TransitionForm):
    outcome = forms.ChoiceField(label="Which outcome?", choices=Outcome.choices, widget=forms.RadioSelect)
    said = forms.CharField(
        label="What was done for the child, and why this outcome?",
        widget=area(5),
        help_text="Whether the images were taken down, who supports the child now, what the school knows",
    )
    no_ppn_because = forms.CharField(
        label="If no notice was submitted: why is none needed?", widget=area(2), required=False
    )
    although = forms.CharField(
        label="For outcome 21 or 22 where the child was pressed, threatened or paid, or an adult is involved: why?",
        widget=area(3),
        required=False,
        help_text="Only for the specialist sergeant",
    )


class ErrorForm(TransitionForm):
    because = forms.CharField(label="How do you know that no image of a child was shared?", widget=area(4))


class AgainForm(TransitionForm):
    because = forms.CharField(label="What is new?", widget=area(4))

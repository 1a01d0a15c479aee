"""What is asked of a referral: who sends it, since when we have it, what they say, and what is known of the account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.fields import MomentField
from govuk.widgets import LongText
from online import moments
from online.codes import Channel, Data, Sender
from online.referral_files import LARGEST, LIMIT
from online.referrals import LONGEST_SAID, LONGEST_WHAT, ReferralFacts, Said
from strategy.forms.asking import area
from workflow.views import TransitionForm

MOST_IDENTIFIERS = 40
TIME = "From the log, to the second: 27/03/2026 14:05:30. Add Z or an offset where the log is not in our time"


class IdentifierFields(forms.Form):
    """One thing that is known. Log times are text, because seconds decide whose address it was."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[("", "Choose one"), *Data.choices],
        error_messages={"required": "Choose what this identifier is"},
    )
    value = forms.CharField(
        label="What does it read?",
        max_length=LONGEST_SAID,
        error_messages={"required": "Write what this identifier reads"},
    )
    seen_from = forms.CharField(label="Log time", max_length=40, required=False, help_text=TIME)
    seen_to = forms.CharField(label="Until", max_length=40, required=False)

    def clean_seen_from(self) -> datetime | None:
        return _read(self.cleaned_data["seen_from"])

    def clean_seen_to(self) -> datetime | None:
        return _read(self.cleaned_data["seen_to"])


def _read(text: str) -> datetime | None:
    try:
        return moments.read(text) if text.strip() else None
    except moments.NoMoment as refusal:
        raise ValidationError(str(refusal)) from None


class IdentifierRow(IdentifierFields):
    """A row without a value and a kind is nothing."""

    def has_changed(self) -> bool:
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("value", "kind", "seen_from"))


class Rows(forms.BaseFormSet):
    item_name = "Identifier"

    def found(self) -> tuple[Said, ...]:
        return tuple(Said(**form.cleaned_data) for form in self.forms if form.cleaned_data)


IdentifierRows = forms.formset_factory(
    IdentifierRow, formset=Rows, extra=3, max_num=MOST_IDENTIFIERS, validate_max=True
)


def _number(letter: str, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"Images of category {letter}", required=False, min_value=0, max_value=9_999_999, **options
    )


class ReferralForm(TransitionForm):
    """`identifiers` is the formset of what is known of the account, set by the page."""

    sender = forms.ChoiceField(label="Who sends it?", choices=Sender.choices, widget=forms.RadioSelect)
    sender_named = forms.CharField(
        label="Which force, school or person?", max_length=200, required=False, help_text="Empty means not known"
    )
    sender_ref = forms.CharField(
        label="Their number for it", max_length=80, required=False, help_text="Empty means that they gave none"
    )
    received_at = MomentField(
        label="When did it reach the force?",
        offer_now=True,
        help_text="Wherever in the force. Every clock counts from then",
    )
    uploaded_at = MomentField(
        label="When were the images uploaded, or when did it happen?", required=False, help_text="Empty means not known"
    )
    what = forms.CharField(
        label="What do they say?",
        max_length=LONGEST_WHAT,
        widget=LongText(attrs={"rows": 6}),
        help_text="In words and numbers. No image is kept here, ever",
    )
    category_a = _number("A", help_text="Empty means not known")
    category_b = _number("B")
    category_c = _number("C")

    identifiers: Any = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"facts", "channel"}

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.identifiers.is_valid()])

    def referral(self) -> ReferralFacts:
        return ReferralFacts(**self.cleaned_data, said=self.identifiers.found())

    def facts(self) -> dict[str, Any]:
        return {"facts": self.referral(), "channel": Channel.TYPED.value}


class TypedRowForm(ReferralForm):
    @classmethod
    def gives(cls) -> set[str]:
        return {"facts"}

    def facts(self) -> dict[str, Any]:
        return {"facts": self.referral()}


class AgainForm(ReferralForm):
    """The same referral, or more of it, has come again."""

    @classmethod
    def gives(cls) -> set[str]:
        return {"facts", "channel", "sent_by"}

    def facts(self) -> dict[str, Any]:
        return {"facts": self.referral(), "channel": Channel.TYPED.value, "sent_by": ""}


class IdentifierForm(IdentifierFields, TransitionForm):
    @classmethod
    def gives(cls) -> set[str]:
        return {"said"}

    def facts(self) -> dict[str, Any]:
        return {"said": Said(**self.cleaned_data)}


class FileForm(TransitionForm):
    file = forms.FileField(label="The file, as CSV", widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.txt"}))
    received_at = MomentField(
        label="When did the file reach the force?",
        offer_now=True,
        help_text="A row that says itself when it was received counts from then",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"name", "content", "received_at"}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(f"The file is too large: {LIMIT}. Send it in parts")
        return file

    def facts(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"name": file.name, "content": file.read(), "received_at": self.cleaned_data["received_at"]}


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why?", widget=area(3))

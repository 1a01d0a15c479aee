"""What a supervisor says of what waits for them."""

from __future__ import annotations

from typing import Any

from django import forms

from govuk.widgets import Checkboxes
from offenders.forms.watch_fields import NominalField
from offenders.models import Approval
from strategy.forms.asking import area
from workflow.views import TransitionForm


class SendBackForm(TransitionForm):
    because = forms.CharField(
        label="What is missing or wrong?",
        widget=area(5),
        help_text="Its author reads this. Say what would have to stand there for you to approve it",
    )


class TakeBackForm(TransitionForm):
    because = forms.CharField(label="Why do you take it back?", widget=area(3))


class _Waiting(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_what_display()}: {obj.nominal.person.name} ({obj.reference}), by {obj.submitted_by}"


class TogetherForm(forms.Form):
    """Several at once: only those that this supervisor has opened are offered."""

    approvals = _Waiting(
        label="Which of those that you have read do you approve?",
        queryset=Approval.objects.none(),
        widget=Checkboxes(),
        error_messages={
            "required": "Choose at least one",
            "invalid_choice": "One of them no longer waits, or you may not see it",
        },
    )

    def __init__(self, offered: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approvals"].queryset = offered  # type: ignore[attr-defined]


class ProposeForm(TransitionForm):
    nominal = NominalField(label="Which offender?")
    because = forms.CharField(
        label="Why need they not be visited?",
        widget=area(5),
        help_text="What you know beyond the criteria, and who of the other agencies agrees",
    )


class AgainForm(TransitionForm):
    because = forms.CharField(label="Why need they not be visited?", widget=area(5))


class DropForm(TransitionForm):
    because = forms.CharField(label="Why is it not proposed any more?", widget=area(3))

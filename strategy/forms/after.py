"""What is asked after a meeting: actions, minutes, the conference."""

from __future__ import annotations

from typing import Any

from django import forms

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from documents.models import Attachment
from govuk.fields import DateField, MomentField
from partners.models import Agency
from strategy.forms.asking import area
from strategy.models import StrategyMeeting
from strategy.workflow.after import GONE
from workflow.views import TransitionForm


class GiveActionForm(TransitionForm):
    what = forms.CharField(label="What is to be done?", widget=area(3))
    owner = forms.ModelChoiceField(label="Who in the police does it?", queryset=User.objects.none(), required=False)
    agency = forms.ModelChoiceField(
        label="Or which agency?",
        queryset=Agency.objects.filter(closed_at=None).order_by("kind", "name"),
        required=False,
    )
    name_there = forms.CharField(label="Who at the agency?", max_length=200, required=False)
    due_at = MomentField(label="By when?")

    meeting: StrategyMeeting

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = who_may_do(Can.SEE_PPNS)  # type: ignore[attr-defined]

    @classmethod
    def gives(cls) -> set[str]:
        return {"meeting", "what", "owner", "agency", "name_there", "due_at"}

    def clean(self) -> Any:
        said = super().clean() or {}
        if not self.errors and bool(said.get("owner")) == bool(said.get("agency")):
            self.add_error("owner", "Say who does it: somebody here, or somebody at one agency")
        if said.get("agency") and not said.get("name_there"):
            self.add_error("name_there", "Say who at the agency does it")
        return said

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "meeting": self.meeting}


class HowForm(TransitionForm):
    how = forms.CharField(label="How was it done?", widget=area(3))


class NotNeededForm(TransitionForm):
    because = forms.CharField(label="Why need it not be done any more?", widget=area(3))


class MinutesForm(TransitionForm):
    text = forms.CharField(
        label="The minutes",
        required=False,
        widget=area(14),
        help_text="What was said, what each agency knew, what was decided and why",
    )
    document = forms.ModelChoiceField(
        label="Or the document that has them",
        queryset=Attachment.objects.none(),
        required=False,
        empty_label="No document",
        help_text="Only documents that were added to this meeting",
    )

    def offer(self, meeting: StrategyMeeting) -> None:
        """Documents of this meeting that can still be read."""
        there = Attachment.objects.filter(kind=meeting._meta.label_lower, record=meeting.pk)
        self.fields["document"].queryset = there.exclude(state__in=GONE).order_by("-added_at")  # type: ignore[attr-defined]

    def clean(self) -> Any:
        said = super().clean() or {}
        if not self.errors and not said.get("text") and not said.get("document"):
            self.add_error("text", "Write the minutes, or choose the document that has them")
        return said


class LeaveOutForm(TransitionForm):
    because = forms.CharField(label="Why are these not the minutes?", widget=area(3))


class ConferenceForm(TransitionForm):
    on = DateField(label="When is the conference?", help_text="For example, 27 3 2026. Never on a weekend")
    late_because = forms.CharField(
        label="If it is later than the fifteenth working day: why?", required=False, widget=area(3)
    )


class ConferenceHeldForm(TransitionForm):
    on = DateField(label="When was it held?", help_text="For example, 27 3 2026")

"""What is asked about themes, learning actions and re-tests."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from accounts.models import User
from quality.codes import Source
from quality.models import LearningAction, Theme
from quality.workflow.learning import AskedBy, Next
from strategy.forms.asking import area
from workflow.views import TransitionForm


class StaffField(forms.ModelChoiceField):
    """Somebody who works for the police here."""

    def __init__(self, **options: Any) -> None:
        staff = User.objects.filter(is_active=True, is_outside=False)
        super().__init__(staff.order_by("last_name", "first_name"), **options)


class ThemeField(forms.ModelChoiceField):
    """A theme that is used."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Theme.objects.filter(state=Theme.State.IN_USE).order_by("name"), **options)


class AddThemeForm(TransitionForm):
    name = forms.CharField(label="What is the theme called?", max_length=80)
    means = forms.CharField(
        label="What belongs under it?", widget=area(3), help_text="So that two reviewers mean the same. Name nobody"
    )


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why?", widget=area(3))


class OpenActionForm(TransitionForm):
    """Where a scrutiny or a recommendation asks for it, the address says which: nobody types it again."""

    theme = ThemeField(label="Because of which theme?")
    what = forms.CharField(label="What is to change?", widget=area(3), help_text="Name nobody")
    owner = StaffField(label="Who has it?", help_text="They are told on their home page")
    source = forms.ChoiceField(choices=[("", ""), *Source.choices], required=False, widget=forms.HiddenInput)
    record = forms.UUIDField(required=False, widget=forms.HiddenInput)
    found_in = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @classmethod
    def gives(cls) -> set[str]:
        return {"theme", "what", "owner", "asked_by"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {name: said[name] for name in ("theme", "what", "owner")} | {"asked_by": self._asked_by()}

    def _asked_by(self) -> AskedBy | None:
        record: UUID | None = self.cleaned_data["record"]
        source, found_in = self.cleaned_data["source"], self.cleaned_data["found_in"]
        return AskedBy(Source(source), record, found_in) if record and source and found_in else None


class PassForm(TransitionForm):
    owner = StaffField(label="Who has it from now on?")
    because = forms.CharField(label="Why?", widget=area(3))


class DoneForm(TransitionForm):
    evidence = forms.CharField(
        label="What shows that it is done?", widget=area(4), help_text="Where it can be seen. Name nobody"
    )


class DrawForm(TransitionForm):
    """Asks nothing: the page says which action is tested again."""

    action: LearningAction

    @classmethod
    def gives(cls) -> set[str]:
        return {"action"}

    def facts(self) -> dict[str, Any]:
        return {"action": self.action}


HELD = [("yes", "Yes, it held"), ("no", "No, it did not hold")]


class JudgeForm(TransitionForm):
    looked_at = forms.IntegerField(label="How many records were looked at?", min_value=1, max_value=999)
    found = forms.IntegerField(label="In how many of them was the theme found again?", min_value=0, max_value=999)
    result = forms.CharField(label="What does the new sample show?", widget=area(4), help_text="Name nobody")
    held = forms.ChoiceField(label="Did it hold?", choices=HELD, widget=forms.RadioSelect)
    next_what = forms.CharField(
        label="If it did not hold: what is to change now?", required=False, widget=area(3), help_text="Name nobody"
    )
    next_owner = StaffField(label="If it did not hold: who has it?", required=False)

    @classmethod
    def gives(cls) -> set[str]:
        return {"looked_at", "found", "held", "result", "follows"}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("held") == "no":
            for name, missing in (("next_what", "Say what is to change now"), ("next_owner", "Choose who has it")):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        return said

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "looked_at": said["looked_at"],
            "found": said["found"],
            "held": said["held"] == "yes",
            "result": said["result"],
            "follows": Next(said["next_what"], said["next_owner"]),
        }

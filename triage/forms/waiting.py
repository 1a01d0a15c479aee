"""While an incident waits: contact with the caller, the force incident manager, whose it is, who deals with it."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

from django import forms

from access.roles import Can
from access.time import now
from accounts.duty import who_may_do
from accounts.models import User
from govuk.fields import YesNoNotKnownField
from triage.forms.thrive import line
from triage.models import Category, Destination, ResourceDecision, Result
from triage.suitability import QUESTIONS, Suitability
from workflow.views import TransitionForm


class PersonOfOurs(forms.ModelChoiceField):
    """A member of staff who may do something, chosen by name."""

    def __init__(self, act: Can, **options: Any) -> None:
        super().__init__(queryset=User.objects.none(), empty_label="Choose somebody", widget=forms.Select, **options)
        self.act = act

    def offer(self) -> None:
        """The people there are now; asked for each form, since posts change."""
        self.queryset = who_may_do(self.act)

    def label_from_instance(self, person: Any) -> str:
        return str(person)


class ChoosesSomebody(TransitionForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, PersonOfOurs):
                field.offer()


class ContactForm(TransitionForm):
    route = forms.CharField(label="How did you try to reach them?", max_length=100, help_text="Only a safe way")
    result = forms.ChoiceField(label="What came of it?", choices=Result.choices, widget=forms.RadioSelect)
    said = line("What they said: has anything changed? What were they told?", "Or why they cannot be reached")


class AskFimForm(TransitionForm):
    because = line("What do you ask of the force incident manager?", required=True)


class ResourcesForm(TransitionForm):
    """A decision that stands for some time, and then has to be made again."""

    STANDS = [("30", "30 minutes"), ("60", "1 hour"), ("120", "2 hours"), ("240", "4 hours")]

    decision = forms.ChoiceField(label="What is decided?", choices=ResourceDecision.choices, widget=forms.RadioSelect)
    because = line("Why, and who has been told", required=True)
    until = forms.ChoiceField(
        label="How long does it stand?",
        choices=STANDS,
        widget=forms.RadioSelect,
        help_text="If police are not there by then, it is put to you again",
    )

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**said, "until": now() + timedelta(minutes=int(said["until"]))}


class HandOverForm(ChoosesSomebody):
    to = PersonOfOurs(Can.HAND_OVER, label="To whom?")
    note = line("What they must know", "Empty means that the record says it all")


class GiveForm(ChoosesSomebody):
    to = PersonOfOurs(Can.HAND_OVER, label="To whom?")


class AcceptForm(ChoosesSomebody):
    owner = PersonOfOurs(Can.HAND_OVER, label="Who takes it on?")


class SuitabilityFields(forms.Form):
    """The questions on suitability; each is answered."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words in QUESTIONS.items():
            self.fields[name] = YesNoNotKnownField(label=words)
        self.order_fields([*QUESTIONS, *self.base_fields])


class AllocateForm(SuitabilityFields, TransitionForm):
    destination = forms.ChoiceField(
        label="Who deals with it?",
        choices=Destination.choices,
        widget=forms.RadioSelect,
        help_text="To send somebody now, change the grade instead",
    )
    because = line("Why?", required=True)

    @classmethod
    def gives(cls) -> set[str]:
        return {"destination", "because", "suitability"}

    def facts(self) -> dict[str, Any]:
        answers = {field.name: self.cleaned_data[field.name] for field in fields(Suitability)}
        said = {name: self.cleaned_data[name] for name in ("destination", "because")}
        return {**said, "suitability": Suitability(**answers)}


class NoteForm(TransitionForm):
    note = line("How is it to be dealt with, and by whom?", required=True, rows=4)


class ResolveForm(TransitionForm):
    outcome = line("What was done, and what was the caller told", required=True, rows=4)
    closing_category = forms.ChoiceField(label="Category as it is now", choices=Category.choices, widget=forms.Select)
    child_safe_because = line("If a child is, or may be, involved and was not heard: how the child is known to be safe")
    no_ppn_because = line("If a child is, or may be, involved and there is no PPN: why not")

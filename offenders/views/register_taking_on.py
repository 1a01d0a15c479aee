"""The pages on which somebody is taken on."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from cases.models import Person
from offenders.forms import register_people as forms
from offenders.models import Nominal
from offenders.workflow import registrations
from workflow.views import CreatePage


class TakingOn(CreatePage):
    """The address may say whom: ?person=PER-001234, as the page of a person has it."""

    model = Nominal

    @cached_property
    def person(self) -> Person | None:
        asked = self.request.GET.get("person", "")
        return get_object_or_404(Person.objects.all(), reference=asked) if asked else None

    def get_initial(self) -> dict[str, Any]:
        return {"person": self.person.reference} if self.person else {}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.person}, {self.person.reference}" if self.person else ""}

    def cancel_url(self) -> str:
        return self.person.get_absolute_url() if self.person else reverse("offenders")


class Register(TakingOn):
    transition = registrations.register
    form_class = forms.RegisterForm
    title = "Register a sex offender"
    button = "Register"
    lead = "They must notify within three days that begin with the relevant date. Somebody new is put on record first."


class TakeOn(TakingOn):
    transition = registrations.take_on
    form_class = forms.TakeOnForm
    title = "Manage somebody who is not registered"
    button = "Take on"


class BeforeSentence(TakingOn):
    transition = registrations.register_before_sentence
    form_class = forms.BeforeSentenceForm
    title = "Manage somebody before sentence"
    button = "Take on"
    lead = "They are visited before they are sentenced. Record the sentence when the court has decided."


class TakeOver(TakingOn):
    transition = registrations.take_over
    form_class = forms.TakeOverForm
    title = "Take over somebody who was managed before Longstop"
    button = "Take over"
    lead = "Every clock counts from these days, and may be overdue at once."

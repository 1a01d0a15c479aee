"""Pages on which somebody writes down what was learned of a person."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property

from access.time import today as local_day
from cases import forms, models
from cases.meet import have_we_met
from cases.models import Known, Person, ProtectedAddress, Residence
from cases.models.person import age
from cases.workflow import people as verbs
from workflow.transitions import NotNow
from workflow.views import CreatePage, TransitionPage, as_typed


class Meeting(TransitionPage):
    """A form about somebody who may be on record already: before a new record is made, it asks whether it is one of
    these. Choosing somebody keeps what was typed of their home."""

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.request.method == "POST" and form.is_valid():
            candidates = have_we_met(form.described())
            if candidates:
                form.meet(candidates)
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if request.POST.get("who", forms.NEW) != forms.NEW and "who" not in form.fields and form.is_valid():
            form.add_error(None, "Nobody is like that any more. Save again to put somebody new on record.")
            form.data = form.data.copy()
            form.data.pop("who")
        if form.is_bound and "who" in form.fields and "who" not in request.POST:
            form.full_clean()
            return self.render_to_response(self.get_context_data(form=as_typed(form)))
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    @staticmethod
    def chosen(form: Any) -> Person | None:
        """Somebody on record; None = somebody new."""
        who = form.cleaned_data.get("who", forms.NEW)
        return None if who == forms.NEW else Person.objects.get(pk=who)


class RecordPerson(Meeting, CreatePage):
    transition = verbs.record_person
    model = Person
    form_class = forms.MeetForm
    title = "Put a person on record"
    button = "Save"
    lead = "Everything may stay empty but a name: the page then says “not known”."

    def form_valid(self, form: Any) -> HttpResponse:
        person = self.chosen(form)
        if person is None:
            return super().form_valid(form)
        facts = form.facts()
        try:
            if facts["home"]:
                verbs.add_home(person, by=self.request.user, home=facts["home"], source=facts["source"])  # type: ignore[arg-type]
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.info(self.request, "This is their record. Correct it if you know better.")
        return redirect(person)


class PersonStep(TransitionPage):
    model = Person


class Correct(PersonStep):
    transition = verbs.correct
    form_class = forms.CorrectForm
    title = "Correct what we know"

    def get_initial(self) -> dict[str, Any]:
        names = [name for name in forms.DetailsFields.base_fields if name not in ("age", "school_urn")]
        known = {name: getattr(self.record, name) for name in names}
        if self.record.born_to and not self.record.born_on:
            known["age"] = age(self.record.born_to, local_day())
        return {**known, "school_urn": self.record.school.urn if self.record.school else ""}


class AddName(PersonStep):
    transition = verbs.add_name
    form_class = forms.NameForm
    title = "Another name"


class AddHome(PersonStep):
    transition = verbs.add_home
    form_class = forms.HomeForm
    title = "Where they live"
    lead = "A refuge, or a placement that nobody may find, does not belong here: record it as a protected address."


class AddRelationship(PersonStep):
    transition = verbs.add_relationship
    form_class = forms.RelationshipForm
    title = "A relationship"


class AddSighting(PersonStep):
    transition = verbs.add_sighting
    form_class = forms.SightingForm
    title = "A sighting"


class AddPhone(PersonStep):
    transition = verbs.add_phone
    form_class = forms.PhoneForm
    title = "A telephone number"


class AddReference(PersonStep):
    transition = verbs.add_reference
    form_class = forms.ReferenceForm
    title = "A number in another system"


class AddPlan(PersonStep):
    transition = verbs.add_plan
    form_class = forms.PlanForm
    title = "A plan for the child"
    lead = "As the local authority last confirmed it."


class MarkRisk(PersonStep):
    transition = verbs.mark_risk
    form_class = forms.RiskForm
    title = "A risk to children"
    lead = "Every child our records link with them is put to a MASH sergeant at once."


class Protect(PersonStep):
    transition = verbs.protect_address
    form_class = forms.ProtectForm
    title = "A protected address"
    lead = "It is kept apart. No search, household or notice shows it, and whoever looks at it says why."


class DeclareConflict(PersonStep):
    transition = verbs.declare_conflict
    form_class = forms.ConflictForm
    title = "Keep this person from a member of staff"
    lead = "They themselves, their family, or somebody they may harm. To that member of staff it is as if nobody like "
    lead += "this were on record, and nobody tells them."


class MovedOut(PersonStep):
    transition = verbs.moved_out
    form_class = forms.MovedOutForm
    title = "They have moved out"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        home = get_object_or_404(
            Residence.objects.filter(person__same_as=self.record.same_as_id), pk=self.kwargs["home"]
        )
        return with_facts(form, home=home)


class FactStep(PersonStep):
    """A page about one fact of a person, which its address names."""

    @cached_property
    def fact(self) -> Known:
        """The fact, about this person, of a kind that is one."""
        try:
            model = apps.get_model("cases", self.kwargs["kind"])
        except LookupError as error:
            raise Http404 from error
        if not issubclass(model, Known):
            raise Http404
        fact: Known = get_object_or_404(model.objects.all(), pk=self.kwargs["fact"])
        people = {getattr(fact, f"{field}_id") for field in fact.about}
        if not Person.objects.filter(pk__in=people, same_as=self.record.same_as_id).figures().exists():
            raise Http404
        return fact

    def get_form(self, form_class: Any = None) -> Any:
        return with_facts(super().get_form(form_class), fact=self.fact)


class Withdraw(FactStep):
    transition = verbs.withdraw
    form_class = forms.WithdrawForm
    title = "This was a mistake"
    button = "Withdraw it"
    lead = "It stays to be read, struck out, with your reason."


class NoLonger(FactStep):
    transition = verbs.no_longer
    form_class = forms.NoLongerForm
    title = "It has ended"

    @cached_property
    def fact(self) -> Known:
        if self.kwargs["kind"] not in ("relationship", "flag"):
            raise Http404
        return super().fact


def with_facts(form: Any, **more: Any) -> Any:
    """The form, giving the transition a record that the address names."""
    given = form.facts
    form.facts = lambda: {**given(), **more}
    return form


class Reveal(PersonStep):
    """Say why; the answer to that shows the address, once. Whoever wants to see it again says why again."""

    transition = verbs.reveal
    form_class = forms.BecauseForm
    title = "Show the protected address"
    button = "Show it"
    lead = "Who looked, when and why stays on record."

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        return render(self.request, "cases/protected.html", self._shown()) if answer.status_code == 302 else answer

    def _shown(self) -> dict[str, Any]:
        places = ProtectedAddress.objects.filter(person__same_as=self.record.same_as_id, ended_at=None)
        looked = models.Reveal.objects.filter(of__person__same_as=self.record.same_as_id).order_by("-at")
        return {
            "record": self.record,
            "heading": "Protected address",
            "places": list(places),
            "looked": list(looked.select_related("by")),
        }

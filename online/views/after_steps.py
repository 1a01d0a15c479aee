"""Each step of what follows enforcement, from the arrest to the end of the case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from documents.models import Attachment
from documents.models import State as PaperState
from online.bail_law import NoSuchBail
from online.forms import after as forms
from online.models import Bail, Device, LadoReferral, Occupant, OnlineCase, SafetyPlan, Suspect
from online.workflow import bail, closing, devices, lado, safety_plans, suspects
from online.workflow.bail import law_says, next_rules, until_at_most
from partners.content import in_words
from workflow.views import CreatePage, TransitionPage


class Step(TransitionPage):
    def whom(self) -> str:
        return str(self.record.online_case)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "reference": f"{self.whom()}, {self.record.reference}"}


class OfSuspect(Step):
    model = Suspect

    def whom(self) -> str:
        return str(self.record.name_said)


class OfBail(Step):
    model = Bail

    def whom(self) -> str:
        return str(self.record.suspect.name_said)


class OfPlan(Step):
    model = SafetyPlan

    def whom(self) -> str:
        return str(self.record.suspect.name_said)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if hasattr(form, "papers"):
            kind = OnlineCase._meta.label_lower
            rows = Attachment.objects.filter(kind=kind, record=self.record.online_case_id)
            form.papers(rows.exclude(state=PaperState.WITHDRAWN).order_by("-added_at", "pk"))
        return form


class OfLado(Step):
    model = LadoReferral

    def whom(self) -> str:
        return str(self.record.occupant.name_said)


class OfDevice(Step):
    model = Device

    def whom(self) -> str:
        return str(self.record.exhibit)


class OfCase(TransitionPage):
    model = OnlineCase
    owed: ClassVar[Any] = None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        owed = type(self).owed
        return super().get_context_data(owed=owed(self.record) if owed else [], **context)


class InCase(CreatePage):
    """Something new in a case; a hidden one is a 404."""

    @cached_property
    def case(self) -> OnlineCase:
        return get_object_or_404(OnlineCase.objects.all(), pk=self.kwargs["pk"])

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.about(self.case)
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "reference": str(self.case)}

    def cancel_url(self) -> str:
        return self.case.get_absolute_url()


class NameSuspect(InCase):
    transition = suspects.suspect_named
    model = Suspect
    form_class = forms.SuspectForm
    title = "Name a suspect"

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("occupant", "")
        found = Occupant.objects.filter(online_case=self.case, reference=asked).select_related("person").first()
        if found is None:
            return {}
        return {"occupant": found, "name_said": found.name_said, "person": found.person and found.person.reference}


class SeizeDevice(InCase):
    transition = devices.device_seized
    model = Device
    form_class = forms.DeviceForm
    title = "Record a seized device"
    lead = "An exhibit number and what it is. Never what is on it."


class Arrested(OfSuspect):
    transition = suspects.arrested
    form_class = forms.ArrestedForm
    title = "Record the arrest"
    lead = "Next you record bail, charge or release: within a day."


class Volunteer(OfSuspect):
    transition = suspects.interviewed_as_volunteer
    form_class = forms.VolunteerForm
    title = "Interviewed as a volunteer"


class SuspectIs(OfSuspect):
    transition = suspects.suspect_is
    form_class = forms.SuspectIsForm
    title = "Say who it is on record"


class Released(OfSuspect):
    transition = suspects.released_under_investigation
    form_class = forms.ReleaseForm
    title = "Released under investigation"
    lead = "No conditions follow, and bail ends. Where a child is linked a sergeant answers for it."


class Charged(OfSuspect):
    transition = suspects.suspect_charged
    form_class = forms.ChargeForm
    title = "Charged or summonsed"
    lead = "Bail by police ends with it."


class NoFurtherAction(OfSuspect):
    transition = suspects.no_further_action
    form_class = forms.NfaForm
    title = "No further action"
    lead = "Bail ends with it."


class Died(OfSuspect):
    transition = suspects.suspect_died
    form_class = forms.DiedForm
    title = "The suspect has died"


class Reviewed(OfSuspect):
    transition = suspects.suspect_reviewed
    form_class = forms.ReviewedForm
    title = "Record a review"


class GiveBail(CreatePage):
    """Bail of one suspect, with each condition and the plan."""

    transition = bail.bailed
    model = Bail
    form_class = forms.BailForm
    title = "Record bail and its conditions"
    button = "Record bail"

    @cached_property
    def suspect(self) -> Suspect:
        return get_object_or_404(Suspect.objects.select_related("online_case"), pk=self.kwargs["pk"])

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.suspect = self.suspect
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        said = f"{self.suspect.name_said}, {self.suspect.reference}"
        return {**super().get_context_data(**context), "reference": said, "lead": self._lead()}

    def _lead(self) -> str:
        if self.suspect.arrested_at is None:
            return "The arrest has to be recorded first."
        try:
            return law_says(self.suspect)
        except NoSuchBail as refusal:
            return str(refusal)

    def cancel_url(self) -> str:
        return self.suspect.get_absolute_url()


class Extend(OfBail):
    transition = bail.bail_extended
    form_class = forms.ExtendForm
    title = "Extend bail"
    lead = "Before it runs out, by the next authority that the Act names."

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["rule"].choices = [
            (rule.code, f"{rule.in_words()}: until {self._last_day(rule)} at the latest")
            for rule in next_rules(self.record)
        ]
        return form

    def _last_day(self, rule: Any) -> str:
        at_most = until_at_most(rule, self.record.suspect, self.record.expires_at)
        return f"{timezone.localdate(at_most - timedelta(microseconds=1)):%-d %B %Y}"


class Vary(OfBail):
    transition = bail.conditions_varied
    form_class = forms.VaryForm
    title = "Vary the conditions"

    def get_initial(self) -> dict[str, Any]:
        record = self.record
        return {"contact": record.about_contact, "address": record.about_address, "devices": record.about_devices}


class CourtAsked(OfBail):
    transition = bail.court_asked
    form_class = forms.CourtAskedForm
    title = "A court has been asked"
    lead = "Until it decides bail goes on (PACE s.47ZJ(3))."


class CourtRefused(OfBail):
    transition = bail.court_refused
    form_class = forms.Said
    title = "The court has refused"


class Breach(OfBail):
    transition = bail.bail_breached
    form_class = forms.BreachForm
    title = "Record a breach"
    lead = "A sergeant is told at once and says what follows."


class BreachDecided(OfBail):
    transition = bail.breach_decided
    form_class = forms.BreachDecidedForm
    title = "Decide on the breach"


class Lapse(OfBail):
    transition = bail.lapse_answered
    form_class = forms.LapseForm
    title = "Answer for it that bail ran out"


class FilePlan(OfPlan):
    transition = safety_plans.file_plan
    form_class = forms.PlanForm
    title = "File the safety plan"
    button = "File it"


class ChangePlan(OfPlan):
    transition = safety_plans.change_plan
    form_class = forms.ChangePlanForm
    title = "Change the safety plan"

    def get_initial(self) -> dict[str, Any]:
        record = self.record
        return {"plan": record.plan, "agreed_with": record.agreed_with, "document": record.document}


class PlanNotNeeded(OfPlan):
    transition = safety_plans.plan_not_needed
    form_class = forms.Because
    title = "No safety plan is needed"
    lead = "You answer for that: say why."


class Refer(OfLado):
    transition = lado.refer_to_lado
    form_class = forms.ReferForm
    title = "Tell the designated officer"
    button = "Send it now"
    lead = "They get what you write here and whom to ring, and nothing else of the case."


class Chase(OfLado):
    transition = lado.chase_lado
    form_class = forms.ChaseForm
    title = "Ask for the answer again"


class LadoAnswer(OfLado):
    transition = lado.lado_answered
    form_class = forms.LadoAnswerForm
    title = "Record the answer"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        sent = in_words(lado.content_of(self.record)) if self.record.agency_id else []
        return {**super().get_context_data(**context), "content": sent}


class LadoNotNeeded(OfLado):
    transition = lado.lado_not_needed
    form_class = forms.Because
    title = "The designated officer is not told"
    lead = "You answer for that: say why."


class Examined(OfDevice):
    transition = devices.device_examined
    form_class = forms.ExaminedForm
    title = "Record the examination"
    lead = "From now on the children on it wait to be found."


class Uploaded(OfDevice):
    transition = devices.device_uploaded
    form_class = forms.UploadedForm
    title = "Record the upload"


class Nothing(OfDevice):
    transition = devices.nothing_to_upload
    form_class = forms.Because
    title = "There is nothing to upload"


class Returned(OfDevice):
    transition = devices.device_returned
    form_class = forms.Because
    title = "Returned without examination"


class Safe(OfCase):
    transition = closing.safeguarding_complete
    form_class = forms.SafeForm
    template_name = "online/after_closing.html"
    title = "Safeguarding is complete"
    owed = staticmethod(closing.not_safe_because)


class Close(OfCase):
    transition = closing.close_case
    form_class = forms.CloseForm
    template_name = "online/after_closing.html"
    title = "Close the case"
    owed = staticmethod(closing.open_obligations)


class Reopen(OfCase):
    transition = closing.reopen_case
    form_class = forms.ReopenForm
    title = "Open the case again"
    lead = "It is as old as it ever was."


class Review(OfCase):
    transition = closing.case_reviewed
    form_class = forms.ReviewForm
    template_name = "online/after_closing.html"
    title = "Review what is still open"
    owed = staticmethod(closing.open_obligations)

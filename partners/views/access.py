"""Who of our partners is let in: their systems and their people; and cutting them off, from their next request on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from accounts.tokens import client_id_of
from partners import forms
from partners.let_in import let_in
from partners.models import Agency, AgencyAccount, AgencyPerson, Look
from partners.views.keeping import KeepingForm
from partners.workflow import access

MANY = 50
"""Looks that the page of an agency shows."""
USUAL_DAYS = 180
"""What the form begins with; whoever lets a system in says how long."""
ONCE = "Give the agency both by a way that you trust. The secret is shown once: whoever loses it needs a new one."


class LetIn(GuardedPage):
    """Every agency of which somebody is let in, or was; and those of which nobody is."""

    may = Can.KEEP_AGENCY_ACCESS

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = let_in(now())
        known = Agency.objects.filter(closed_at=None).exclude(pk__in=[each.agency.pk for each in rows])
        context = {"now": now(), "rows": rows, "others": list(known.order_by("kind", "name"))}
        return render(request, "partners/let_in.html", context)


class AgencyAccessPage(GuardedPage):
    """Of one agency its systems and people, where it is called, what they looked at last; and cutting all of it off."""

    may = Can.KEEP_AGENCY_ACCESS

    @cached_property
    def agency(self) -> Agency:
        return get_object_or_404(Agency, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(forms.CutOffForm())

    def show(self, form: forms.CutOffForm, status: int = 200) -> HttpResponse:
        looks = Look.objects.filter(agency=self.agency).select_related("disclosure__agency").order_by("-last_at", "pk")
        context = {
            "now": now(),
            "agency": self.agency,
            "row": let_in(now(), [self.agency])[0],
            "looks": list(looks[:MANY]),
            "form": form,
        }
        return render(self.request, "partners/agency_access.html", context, status=status)


class CutOffAgency(AgencyAccessPage):
    """Everything and everybody of an agency, in one step."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect("agency-access", pk=pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = forms.CutOffForm(request.POST)
        if not form.is_valid():
            return self.show(form, 422)
        done = access.cut_off_agency(self.agency, by=request.user, because=form.cleaned_data["because"])  # type: ignore[arg-type]
        messages.success(request, f"{self.agency} is cut off: {done} of its systems and people are let in no more.")
        return redirect("agency-access", pk=pk)


class AccessForm(KeepingForm):
    """A step about those of one agency who are let in. It leads back to the page about them."""

    may = Can.KEEP_AGENCY_ACCESS

    @cached_property
    def agency(self) -> Agency:
        return get_object_or_404(Agency, pk=self.kwargs["pk"])

    @property
    def reference(self) -> str:  # type: ignore[override] # whose it is
        return str(self.agency)

    def back_to(self) -> str:
        return reverse("agency-access", args=[self.agency.pk])

    def shown_once(self, heading: str, lead: str, facts: list[tuple[str, str]]) -> HttpResponse:
        """The page with a secret: it is on no other ever."""
        context = {"now": now(), "agency": self.agency, "heading": heading, "lead": lead, "facts": facts}
        answer = render(self.request, "partners/shown_once.html", context)
        answer["Cache-Control"] = "no-store"
        return answer


class LetSystemIn(AccessForm):
    heading = "Let a system in"
    lead = "It gets what this agency was sent, and nothing else. Its secret is shown once, on the next page."
    button = "Let it in"

    def form(self, data: Any = None) -> Any:
        acts = [act.value for act in access.ACTS]
        return forms.SystemForm(data, initial={"acts": acts, "lasts": USUAL_DAYS})

    def saved(self, form: Any) -> HttpResponse:
        of_agency, secret = access.let_system_in(self.agency, by=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        return self.shown_once(f"{of_agency} is let in", ONCE, _credentials(of_agency, secret))


class OfSystem(AccessForm):
    """A step of one system that is on record."""

    @cached_property
    def of_agency(self) -> AgencyAccount:
        known = AgencyAccount.objects.select_related("account", "agency").filter(account__cut_off_at=None)
        return get_object_or_404(known, pk=self.kwargs["pk"])

    @cached_property
    def agency(self) -> Agency:
        return self.of_agency.agency


class RenewSystem(OfSystem):
    heading = "A new secret"
    button = "Make a new secret"

    def form(self, data: Any = None) -> Any:
        self.lead = f"The secret that {self.of_agency} has now opens nothing from that moment on."
        return forms.LastsForm(data, initial={"lasts": USUAL_DAYS})

    def saved(self, form: Any) -> HttpResponse:
        secret = access.renew_system(self.of_agency, by=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        return self.shown_once(f"{self.of_agency} has a new secret", ONCE, _credentials(self.of_agency, secret))


class CutOffSystem(OfSystem):
    heading = "Cut a system off"
    button = "Cut it off now"

    def form(self, data: Any = None) -> Any:
        self.lead = f"{self.of_agency} is refused from its next request on, for good. What it said stays on record."
        return forms.CutOffForm(data)

    def save(self, form: Any) -> str:
        access.cut_off_system(self.of_agency, by=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        return f"{self.of_agency} is cut off."


class LetPersonIn(AccessForm):
    heading = "Let somebody in"
    lead = "They see what their agency was sent, and answer for it. They see nothing else."
    button = "Let them in"

    def form(self, data: Any = None) -> Any:
        return forms.PersonForm(data)

    def saved(self, form: Any) -> HttpResponse:
        person, password = access.let_person_in(self.agency, by=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        told = "Tell them their password by telephone, not in the mail that names the address. It is shown once."
        known = [("User name", person.user.username), ("Password", password)]
        return self.shown_once(f"{person.user} is let in", told, known)


class LetPersonGo(AccessForm):
    heading = "Let somebody in no more"
    button = "Let them in no more"

    @cached_property
    def person(self) -> AgencyPerson:
        known = AgencyPerson.objects.select_related("user", "agency").filter(ended_at=None)
        return get_object_or_404(known, pk=self.kwargs["pk"])

    @cached_property
    def agency(self) -> Agency:
        return self.person.agency

    def form(self, data: Any = None) -> Any:
        self.lead = f"{self.person.user} sees nothing from the next page on. What they answered stays on record."
        return forms.CutOffForm(data)

    def save(self, form: Any) -> str:
        access.let_person_go(self.person, by=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        return f"{self.person.user} is let in no more."


def _credentials(of_agency: AgencyAccount, secret: str) -> list[tuple[str, str]]:
    return [("Name (client_id)", client_id_of(of_agency.account)), ("Secret (client_secret)", secret)]

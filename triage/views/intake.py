"""Taking a call. What we know of the address and the number is on the page before a grade can be saved."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from access.actor import NotYours
from access.roles import Can
from access.time import now
from access.views import GuardedPage
from cases.history import known_already
from cases.markers import MarkerShown, markers_for
from cases.places import known_in
from triage import workflow
from triage.forms import intake
from triage.models import Incident
from triage.workflow.calls import earlier_contacts
from workflow.transitions import NotNow
from workflow.views import CreatePage, as_typed


class Known:
    """What we know of where a call is from: warnings, earlier contacts, the household's history."""

    def __init__(self, location: str, number: str) -> None:
        address = known_in(location) if location.strip() else None
        self.markers: list[MarkerShown] = markers_for(address=address, numbers=[number] if number.strip() else [])
        self.earlier = earlier_contacts(location, address, number)
        self.known = known_already([], address=address, but_not=Incident().pk) if address else {}
        self.asked = bool(location.strip() or number.strip())

    @property
    def anything(self) -> bool:
        return bool(self.markers or self.earlier or self.known.get("history"))

    @property
    def mark(self) -> str:
        """What was shown, in short: a page that shows the same carries the same mark."""
        shown = [*(f"{each.kind}{each.about}" for each in self.markers), *(str(each.pk) for each in self.earlier)]
        return hashlib.sha256("|".join(shown).encode()).hexdigest()[:16] if self.anything else ""

    def context(self) -> dict[str, Any]:
        return {**self.known, "markers": self.markers, "earlier": self.earlier, "asked": self.asked, "mark": self.mark}


class WhatWeKnow(GuardedPage):
    """The part of the page that shows it, asked for as soon as a place or a number has been typed."""

    may = Can.TAKE_CALL

    def get(self, request: HttpRequest) -> HttpResponse:
        known = Known(request.GET.get("location", "")[:300], request.GET.get("caller_number", "")[:40])
        return render(request, "triage/known.html", {**known.context(), "now": now()})


class TakeCall(CreatePage):
    """Intake in full."""

    transition = workflow.take_call
    model = Incident
    form_class: Any = intake.TakeCallForm
    template_name = "triage/take_call.html"
    title = "Take a call"
    button = "Save and grade"
    short = False

    def get_initial(self) -> dict[str, Any]:
        return {"channel": self.request.GET.get("channel", "")}

    def form_valid(self, form: Any) -> HttpResponse:
        """What there is to know is shown first, once, with everything that was typed and the grade to be looked at."""
        known = self.known(form)
        if known.anything and self.request.POST.get("seen") != known.mark:
            return self.render_to_response(self.get_context_data(form=as_typed(form), look=True), status=422)
        try:
            incident = self.transition(self.record, by=self.request.user, **form.facts())  # type: ignore[arg-type]
        except (NotNow, NotYours) as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect(incident)

    def known(self, form: Any) -> Known:
        return Known(str(form["location"].value() or ""), str(form["caller_number"].value() or ""))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        known = self.known(context["form"]).context() if self.request.method == "POST" else {"asked": False, "mark": ""}
        return {**context, **known, "short": self.short}


class TakeShortCall(TakeCall):
    """A child is calling, or nobody speaks."""

    form_class = intake.ShortCallForm
    title = "A child is calling, or nobody speaks"
    short = True

    def get_initial(self) -> dict[str, Any]:
        return {"channel": self.request.GET.get("channel", "999"), "child": "not_known", "grade": "G1"}

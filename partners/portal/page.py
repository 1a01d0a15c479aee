"""What every page for an agency stands on: only for somebody who is let in now, and only what their agency was sent.

Reads go through `Disclosure.objects`, `Delivery.objects` and the like as whoever is signed in. No foreign key and no
`select_related` leads from one guarded record to another here: they pass by need-to-know.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property

from access.actor import NotYours
from access.roles import Can
from access.time import now
from access.views import GuardedPage
from partners.actor import person_of
from partners.models import AgencyPerson, Delivery, Disclosure, Purpose
from partners.replaced import what_replaced

AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")
"""Headers in which browsers say that they fetch a page before anybody asked for it."""


class PortalPage(GuardedPage):
    """A page for somebody who is let in for an agency."""

    may = Can.USE_PORTAL

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Of another agency, run out and unknown are the same 404, whatever is asked of it. What was corrected or taken
        back says so in place of it."""
        if is_fetched_ahead(request):
            return HttpResponse(status=503)  # the browser asks again when somebody opens it
        self._must_be_let_in()
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            newer = what_replaced(self.person.agency_id, kwargs["pk"]) if "pk" in kwargs else None
            if newer is None:
                raise
            return self._gone(newer)

    def _must_be_let_in(self) -> None:
        """Asked before anything else, of every request. Whoever works for the police is refused by `may`."""
        if self.request.user.is_outside and self.person is None:  # type: ignore[union-attr]
            raise NotYours("You are not let in for an agency any more.")

    @cached_property
    def person(self) -> AgencyPerson:
        """Who they are there. None only until `dispatch` has asked."""
        return person_of(self.request.user)  # type: ignore[arg-type,return-value]

    @cached_property
    def sent(self) -> Disclosure:
        """What the page is about, as it left the police."""
        found: Disclosure = get_object_or_404(Disclosure.objects.all(), pk=self.kwargs["pk"])
        return found

    @cached_property
    def delivery(self) -> Delivery:
        """What the page is about, on its way."""
        found: Delivery = get_object_or_404(Delivery.objects.filter(disclosure=self.sent.pk))
        return found

    def typed(self) -> list[tuple[str, str]]:
        """Questions and what was typed, where a form was sent."""
        return []

    def _gone(self, newer: Disclosure) -> HttpResponse:
        """Nothing of what it said is shown; what somebody has typed about it meanwhile is."""
        is_taken_back = newer.purpose == Purpose.WITHDRAWAL
        context = {"now": now(), "newer": newer, "is_taken_back": is_taken_back, "typed": self.typed()}
        return render(self.request, "portal/gone.html", context, status=410)


def is_fetched_ahead(request: HttpRequest) -> bool:
    """Before anybody has asked to see it: shown then, it would have been read without anybody knowing of it."""
    return any("prefetch" in request.headers.get(name, "").lower() for name in AHEAD)

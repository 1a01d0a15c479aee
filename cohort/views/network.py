"""The network: what joins the children of the cohort, drawn and as a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from cohort.filters import MeetingFilter
from cohort.models import CohortMeeting
from cohort.network import draw, network_of


class NetworkPage(GuardedPage):
    """Children of the cohort, and the places and adults that join them. What joins several children comes first."""

    may = Can.SEE_COHORT

    def get(self, request: HttpRequest) -> HttpResponse:
        form = MeetingFilter(request.GET, queryset=CohortMeeting.objects.none()).form
        authority = form.cleaned_data.get("authority") if form.is_valid() else None
        network = network_of(authority)
        context = {
            "heading": "What joins the children of the cohort",
            "network": network,
            "drawing": draw(network),
            "filter_form": form,
            "authority": authority,
            "now": now(),
        }
        return render(request, "cohort/network.html", context)

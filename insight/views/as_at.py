"""Any queue, any board, any record as it stood at a moment that has passed."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import InternalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import FormView

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from history.replay import NotYet, as_it_stood
from insight.as_at_form import AsAtForm
from insight.looking_back import MOMENT, NotThen, PageThen, address_then, links_stay_at, page_at


class AsAt(GuardedPage, FormView):
    """Which page, and at what moment."""

    may = Can.REPLAY
    form_class = AsAtForm
    template_name = "insight/as_at.html"

    def get_initial(self) -> dict[str, Any]:
        return {"address": self.request.GET.get("page", "")}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(heading="As it stood", submit_label="Show it", **context)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "acts": self.request.user.acts()}  # type: ignore[union-attr]

    def form_valid(self, form: Any) -> HttpResponse:
        return redirect(address_then(form.address_chosen(), form.cleaned_data["moment"]))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PageAsAt(GuardedPage):
    """One page as it stood. What it shows is written in the ledger as it is of any page."""

    may = Can.REPLAY
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, moment: str, address: str) -> HttpResponseBase:
        present = reverse("home") + address
        asked_for = f"{present}?{request.META.get('QUERY_STRING', '')}".rstrip("?")
        try:
            at = datetime.strptime(moment, MOMENT).replace(tzinfo=UTC)
            return self._shown(request, page_at(present), at, asked_for)
        except NotThen as refusal:
            return _only_now(request, str(refusal), asked_for, 404)
        except NotYet as refusal:
            return _only_now(request, str(refusal), asked_for, 422)
        except ValueError:
            return _only_now(request, "The address names no moment.", asked_for, 404)
        except InternalError as refusal:
            if "read-only" not in str(refusal):
                raise
            return _only_now(request, "Whoever opens that page leaves a note on the record.", asked_for, 422)

    def _shown(self, request: HttpRequest, page: PageThen, at: datetime, asked_for: str) -> HttpResponseBase:
        request.user.acts()  # type: ignore[union-attr] # asked today, and kept for the replay
        asked = copy.copy(request)
        asked.shown_as_at = asked_for  # type: ignore[attr-defined] # for `config.page`: where the page stands now
        with links_stay_at(at), as_it_stood(at):
            answer = page.view.as_view()(asked, **page.arguments)
            rendering = getattr(answer, "render", None)
            answer = rendering() if rendering else answer
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            raise NotThen("A file is made of what is known now.")  # it would not say of when it is
        return answer


def _only_now(request: HttpRequest, why: str, address: str, status: int) -> HttpResponse:
    """The address is offered as a link only if it stays on this site."""
    safe = address if not urlsplit(address).netloc and not address.startswith("//") else reverse("home")
    return render(request, "insight/only_now.html", {"why": why, "present": safe, "now": now()}, status=status)

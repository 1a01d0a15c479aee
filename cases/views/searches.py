"""Looking for a person. What is typed goes by POST: no name stands in an address, a history or a log."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.generic import FormView

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from cases import forms
from cases.searching import search


class Search(GuardedPage, FormView):
    """Who it may be, best first. The purpose is asked once and kept for the next search of this session."""

    may = Can.SEE_PEOPLE
    form_class = forms.SearchForm
    template_name = "cases/search.html"

    def get_initial(self) -> dict[str, Any]:
        return dict(self.request.session.get("search_purpose", {}))

    def form_valid(self, form: Any) -> HttpResponse:
        purpose, about = form.cleaned_data["purpose"], form.cleaned_data["about"]
        self.request.session["search_purpose"] = {"purpose": purpose, "about": about}
        made, results = search(form.question(), by=self.request.user, purpose=purpose, about=about)  # type: ignore[arg-type]
        return render(self.request, self.template_name, self.get_context_data(form=form, results=results, made=made))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        may_record = self.request.user.can(Can.RECORD_PEOPLE)  # type: ignore[union-attr]
        found = {"results": None, "made": None, **context}
        return super().get_context_data(heading="Find a person", now=now(), may_record=may_record, **found)

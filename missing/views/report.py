"""Reporting a child missing, in two pages: who it is, then everything else with what we know of them in view."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from cases.forms import NEW
from cases.history import known_already
from cases.markers import markers_beside
from cases.meet import have_we_met
from cases.models import HowKnown, Person, Residence
from cases.records import Source
from cases.workflow.people import record_person
from cohort.known import known_before
from missing import workflow
from missing.codes import MISSING, State
from missing.forms import report as forms
from missing.models import Episode
from missing.showing import last_interview_of
from missing.workflow import Child
from ppn.origins import Origin, origin_of
from workflow.transitions import NotNow
from workflow.views import CreatePage, as_typed

HISTORY = 5


class Who(GuardedPage, FormView):
    """Who is missing? Whoever is on record already is found again, and what we know of them is on the next page."""

    may = Can.REPORT_MISSING
    form_class = forms.WhoForm
    template_name = "missing/who.html"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.request.method == "POST" and form.is_valid() and (met := have_we_met(form.described())):
            form.meet(met)
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if form.is_bound and "who" in form.fields and "who" not in request.POST:
            form.full_clean()
            return self.render_to_response(self.get_context_data(form=as_typed(form)))
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            person = self._chosen(form)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        asked = {"from": self.request.GET["from"]} if self.request.GET.get("from") else {}
        where = reverse("missing-report", args=[person.pk])
        return redirect(f"{where}?{urlencode(asked)}" if asked else where)

    def _chosen(self, form: Any) -> Person:
        who = form.cleaned_data.get("who", NEW)
        if who != NEW:
            return Person.objects.get(pk=who)
        source = Source(HowKnown.SAID_BY_OTHER.value, "Whoever reports them missing")
        by: Any = self.request.user
        return record_person(Person(), by=by, details=form.details(), home=form.home(), source=source)

    def form_invalid(self, form: django_forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading="Who is missing?",
            lead="A name is enough to begin. If they are on record you are asked whether it is them.",
            submit_label="Go on",
            cancel_url=reverse("missing"),
            now=now(),
            **context,
        )


class Report(CreatePage):
    """The report itself. Before anybody grades the risk they see what we know of the child."""

    transition = workflow.report
    model = Episode
    form_class = forms.ReportForm
    template_name = "missing/report.html"
    button = "Save the report"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.can(self.may) and (there := self._missing_already()):  # type: ignore[union-attr,arg-type]
            return redirect(there)
        return super().dispatch(request, *args, **kwargs)

    def _missing_already(self) -> Episode | None:
        """A second call about a child who is missing leads to the report there is."""
        rows = Episode.objects.filter(person__same_as=self.child.same_as_id, state__in=MISSING)
        there: Episode | None = rows.exclude(pk=self._key()).order_by("reported_at").first()
        return there

    @cached_property
    def child(self) -> Person:
        found: Person = get_object_or_404(Person.objects.all(), pk=self.kwargs["person"])
        return found

    @cached_property
    def origin(self) -> tuple[UUID, Origin] | None:
        """The incident it is raised from, if any; one that the person may not see is not there."""
        try:
            key = UUID(self.request.GET.get("from", ""))
        except ValueError:
            return None
        origin = origin_of(key)
        return (key, origin) if origin else None

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        given = form.facts

        def facts() -> dict[str, Any]:
            said = given()
            report = workflow.Report(**{**vars(said["report"]), "arises_from": self.origin[0] if self.origin else None})
            return {**said, "report": report, "child": Child(self.child)}

        form.facts = facts
        return form

    def get_initial(self) -> dict[str, Any]:
        at = now()
        known: dict[str, Any] = {"next_review_at": at + forms.FIRST_LOOK}
        if self.origin:
            known |= {"reported_at": self.origin[1].first_known_at}
            known |= {"circumstances": self.origin[1].notice.get("narrative", "")}
        councils = list(forms.authorities()[:2])
        if len(councils) == 1:
            known |= {"host": councils[0].pk, "responsible": councils[0].pk}
        return known

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "heading": f"Report {self.child} missing", "child": self.child, **known_of(self.child)}

    def cancel_url(self) -> str:
        return reverse("missing")


def known_of(person: Person, but_not: UUID | None = None) -> dict[str, Any]:
    """What must be in view before somebody judges the risk: what is kept beforehand, earlier episodes, warnings."""
    earlier = Episode.objects.filter(person__same_as=person.same_as_id).exclude(state=State.IN_ERROR)
    episodes = list(earlier.exclude(pk=but_not).select_related("person").order_by("-reported_at")[:HISTORY])
    home = Residence.objects.filter(person__same_as=person.same_as_id, withdrawn_at=None, ends=None)
    home = home.select_related("address").order_by("-recorded_at")
    first = home.first()
    return {
        "before": known_before(person),
        "episodes": episodes,
        **last_interview_of(person),
        **known_already([person], address=first.address if first else None, but_not=but_not or person.pk),
        "markers": markers_beside([person]),
    }

"""The pages of a visit: planned, recorded on a telephone at the door, failed, amended."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now
from access.views import RecordPage
from govuk.fields import YesNoNotKnown as Answer
from offenders.forms import visit_forms as forms
from offenders.models import Approval, Nominal, OffenderVisit, Written
from offenders.visit_rows import KINDS, said_of, visit_warnings, when_in_words
from offenders.workflow import visits
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (visits.record_planned_visit, "Record the visit", "offendervisit-record"),
    (visits.visit_failed, "They were not seen", "offendervisit-failed"),
    (visits.plan_visit_again, "Move the visit", "offendervisit-move"),
    (visits.cancel_visit, "The visit is not made", "offendervisit-cancel"),
    (visits.amend_visit, "Put it right and send it again", "offendervisit-amend"),
]
FOUND = list(visits.VisitFacts.__dataclass_fields__)


def contact_url(visit: OffenderVisit) -> str:
    """Where contact with a child is recorded, filled in with this visit."""
    return f"{reverse('childcontact-new')}?nominal={visit.nominal.reference}&visit={visit.pk}"


def waiting_approval(record: Any) -> Approval | None:
    """The approval it waits for, or the last one."""
    found: Approval | None = Approval.objects.filter(record=record.pk).order_by("-submitted_at", "pk").first()
    return found


class VisitPage(RecordPage):
    """One visit: what was planned, who tried, what was found. A child who was seen comes first."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/visit.html"

    def get_queryset(self) -> QuerySet[OffenderVisit]:
        return OffenderVisit.objects.select_related("nominal__person", "nominal__manager", "author", "approved_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        visit: OffenderVisit = self.object
        return super().get_context_data(
            now=now(),
            heading=f"Visit to {visit.nominal.person}",
            reference=visit.reference,
            child="yes" if visit.children_seen == Answer.YES else "",
            grade=None,
            state=Written(visit.state).label if visit.state != Written.DRAFT else "Planned",
            state_kind=KINDS[visit.state],
            when=when_in_words(visit),
            warnings=visit_warnings(visit),
            actions=self._actions(visit),
            said=said_of(visit) if visit.visited_at else [],
            attempts=list(visit.attempts.select_related("recorded_by").order_by("-tried_at", "pk")),
            approval=waiting_approval(visit),
            clocks=clocks_of(visit),
            missing=[],
            missing_step="",
            timeline=timeline_of(visit),
            **context,
        )

    def _actions(self, visit: OffenderVisit) -> list[dict[str, str]]:
        found = actions_for(visit, self.request.user, ACTIONS)
        if visit.visited_at and visit.children_seen != Answer.NO:
            found.insert(0, {"label": "Record contact with a child", "url": contact_url(visit), "why_not": ""})
        return found


class OfNominal(CreatePage):
    """Makes something new about a managed person."""

    @cached_property
    def nominal(self) -> Nominal:
        """Whom it is about; a hidden one is a 404."""
        rows = Nominal.objects.select_related("person", "manager", "team")
        found: Nominal = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.nominal = self.nominal
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "nominal": self.nominal, "reference": f"{self.nominal.person}, {self.nominal.reference}"}

    def cancel_url(self) -> str:
        return self.nominal.get_absolute_url()


def where_last(nominal: Nominal) -> str:
    """Where they were last visited, or are to be visited."""
    rows = OffenderVisit.objects.filter(nominal=nominal).exclude(address="")
    last = rows.order_by("-begun_at", "pk").first()
    return last.address if last else ""


class PlanVisit(OfNominal):
    transition = visits.plan_visit
    model = OffenderVisit
    form_class = forms.PlanVisitForm
    title = "Plan a visit"
    button = "Plan the visit"
    lead = "By when they must be visited stays as it is."

    def get_initial(self) -> dict[str, Any]:
        return {"purpose": visits.purpose_of_next(self.nominal), "address": where_last(self.nominal)}


class RecordVisit(OfNominal):
    """The whole visit on one page, for a telephone at the door."""

    transition = visits.record_visit
    model = OffenderVisit
    form_class = forms.RecordForm
    template_name = "offenders/visit_record.html"
    title = "Record a visit"
    button = "Send for approval"

    def get_initial(self) -> dict[str, Any]:
        return {
            "purpose": visits.purpose_of_next(self.nominal),
            "address": where_last(self.nominal),
            "officer_one": str(self.request.user),
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        failed = reverse("nominal-failed-visit", args=[self.nominal.pk])
        return {**super().get_context_data(**context), "failed_url": failed}


class NotSeen(TransitionPage):
    """Nobody was seen, and no visit was planned here beforehand."""

    transition = visits.not_seen
    model = Nominal
    form_class = forms.NotSeenForm
    title = "Record a failed visit"
    button = "Save the failed visit"
    lead = "From now on the time runs until somebody goes again. A child who was there is a contact: record it as well."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        nominal = self.record
        return {**super().get_context_data(**context), "reference": f"{nominal.person}, {nominal.reference}"}

    def get_initial(self) -> dict[str, Any]:
        return {"officers": str(self.request.user)}


class OfAVisit(TransitionPage):
    model = OffenderVisit

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        visit = self.record
        return {
            **super().get_context_data(**context),
            "nominal": visit.nominal,
            "reference": f"{visit.nominal.person}, {visit.reference}",
        }


class RecordPlanned(OfAVisit):
    transition = visits.record_planned_visit
    form_class = forms.RecordPlannedForm
    template_name = "offenders/visit_record.html"
    title = "Record a visit"
    button = "Send for approval"

    def get_initial(self) -> dict[str, Any]:
        visit = self.record
        return {"purpose": visit.purpose, "address": visit.address, "officer_one": str(self.request.user)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        failed = reverse("offendervisit-failed", args=[self.record.pk])
        return {**super().get_context_data(**context), "failed_url": failed}


class Amend(OfAVisit):
    transition = visits.amend_visit
    form_class = forms.AmendForm
    template_name = "offenders/visit_record.html"
    title = "Put a visit right"
    button = "Send it again"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in FOUND}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "returned": self.record.returned_because}


class Failed(OfAVisit):
    transition = visits.visit_failed
    form_class = forms.FailedForm
    title = "They were not seen"
    button = "Save the failed visit"
    lead = "From now on the time runs until somebody goes again. A child who was there is a contact: record it as well."

    def get_initial(self) -> dict[str, Any]:
        return {"officers": str(self.request.user)}


class Move(OfAVisit):
    transition = visits.plan_visit_again
    form_class = forms.PlanAgainForm
    title = "Move the visit"
    lead = "By when they must be visited stays as it is."


class Cancel(OfAVisit):
    transition = visits.cancel_visit
    form_class = forms.CancelForm
    title = "The visit is not made"
    lead = "By when they must be visited stays as it is."

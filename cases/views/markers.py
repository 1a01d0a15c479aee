"""Warning markers: pages on which somebody marks a person, an address or a number, and the page of one marker."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now
from access.views import RecordPage
from cases import marker_forms as forms
from cases.markers import people_with_number
from cases.models import Address, PlaceMarker
from cases.views.facts import PersonStep, with_facts
from cases.workflow import markers as verbs
from cases.workflow.people import add_warning
from sla.work import timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

LEAD = "It is shown before anything else to whoever takes a call. Say only what they must know to act."
ENDED: tuple[Transition[Any, Any], str, str] = (verbs.marker_ended, "It has ended", "marker-ended")
MISTAKE: tuple[Transition[Any, Any], str, str] = (verbs.withdraw_marker, "It was a mistake", "marker-withdraw")


class AddWarning(PersonStep):
    transition = add_warning
    form_class = forms.WarningForm
    title = "A warning"
    lead = "It is shown before anything else to whoever takes a call about them."


class MarkAddress(CreatePage):
    transition = verbs.mark_address
    model = PlaceMarker
    form_class = forms.MarkAddressForm
    title = "Mark this address"
    lead = LEAD

    @cached_property
    def address(self) -> Address:
        return get_object_or_404(Address.objects.all(), pk=self.kwargs["address"])

    def get_form(self, form_class: Any = None) -> Any:
        return with_facts(super().get_form(form_class), address=self.address)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "reference": str(self.address)}

    def cancel_url(self) -> str:
        return self.address.get_absolute_url()


class MarkNumber(CreatePage):
    transition = verbs.mark_number
    model = PlaceMarker
    form_class = forms.MarkNumberForm
    title = "Mark a telephone number"
    lead = LEAD


class MarkerPage(RecordPage):
    """One marker: where it is, what it warns of, how we know, who wrote it."""

    may = Can.SEE_PEOPLE
    model = PlaceMarker
    template_name = "cases/marker.html"

    def get_queryset(self) -> QuerySet[PlaceMarker]:
        return PlaceMarker.objects.select_related("address")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        marker: PlaceMarker = self.object
        return super().get_context_data(
            now=now(),
            heading=marker.words,
            reference=f"Marker on {marker.where}",
            child="",
            grade=None,
            state=self._state(marker),
            state_kind="done",
            actions=actions_for(marker, self.request.user, self._steps(marker)),
            people=people_with_number(marker.number),
            clocks=[],
            missing=[],
            missing_step="",
            timeline=timeline_of(marker),
            **context,
        )

    @staticmethod
    def _state(marker: PlaceMarker) -> str:
        return "Withdrawn" if marker.withdrawn_at else "Ended" if marker.ends else ""

    @staticmethod
    def _steps(marker: PlaceMarker) -> list[tuple[Transition[Any, Any], str, str]]:
        if marker.withdrawn_at:
            return []
        return [MISTAKE] if marker.ends else [ENDED, MISTAKE]


class MarkerStep(TransitionPage):
    model = PlaceMarker


class MarkerEnded(MarkerStep):
    transition = verbs.marker_ended
    form_class = forms.MarkerEndedForm
    title = "It has ended"


class WithdrawMarker(MarkerStep):
    transition = verbs.withdraw_marker
    form_class = forms.WithdrawMarkerForm
    title = "This was a mistake"
    button = "Withdraw it"
    lead = "It stays to be read, struck out, with your reason."

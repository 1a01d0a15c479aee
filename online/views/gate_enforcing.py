"""Enforcement: planned, carried out, called off; and going without the gate, which an inspector decides."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from access.roles import Can
from access.time import now
from access.views import RecordPage
from online.codes import EnforcementKind
from online.forms import gate_enforcing as forms
from online.gate_rows import ENFORCEMENT_KINDS, OVERRIDE_KINDS, level_of
from online.gate_showing import clocks_and_steps, discussion_url, meeting_of, missing_now, step
from online.models import Enforcement, GateOverride
from online.views.gate_children import OfACase
from online.workflow import enforcing
from online.workflow.gate import as_you_read, lacks
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

State = Enforcement.State


class ShowsTheGate(OfACase):
    """What is missing stands on the page before anything is typed."""

    template_name = "online/gate_step.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        case = self.online_case
        missing = lacks(case) if case else []
        decided = enforcing.unused_override(case) if case and missing else None
        shown = {"said": missing_now(missing, self.request.user), "decided": decided, "known_case": case}  # type: ignore[arg-type]
        return {**super().get_context_data(**context), **shown}


class Plan(ShowsTheGate):
    transition = enforcing.plan_enforcement
    model = Enforcement
    form_class = forms.PlanForm
    title = "Plan enforcement"
    button = "Plan it"
    lead = "The gate has to be open, or an inspector has decided to go without."


class Unplanned(ShowsTheGate):
    transition = enforcing.enforced_unplanned
    model = Enforcement
    form_class = forms.UnplannedForm
    title = "Record what happened and nobody had planned"
    lead = "For example, an arrest by other officers. If the gate was shut, say why; a discussion is then owed."


class Override(ShowsTheGate):
    transition = enforcing.override_gate
    model = GateOverride
    form_class = forms.OverrideForm
    title = "Decide to go without the gate"
    button = "Go without what is missing"
    lead = (
        "For one enforcement. What is missing now is kept with your name and your reason, and a strategy discussion is "
        "owed within hours."
    )


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (enforcing.carry_out, "Record what came of it", "enforcement-done"),
    (enforcing.call_off, "Call it off", "enforcement-off"),
]


def shut_now(enforcement: Enforcement) -> list[str]:
    """What is missing of the gate of something planned, as whoever acts reads it."""
    return as_you_read(lacks(enforcement.online_case)) if enforcement.state == State.PLANNED else []


class EnforcementPage(RecordPage):
    may = Can.SEE_ONLINE
    template_name = "online/gate_enforcement.html"

    def get_queryset(self) -> QuerySet[Enforcement]:
        related = ("online_case", "planned_by", "done_by", "override__by", "happened__by")
        return Enforcement.objects.select_related(*related)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        enforcement: Enforcement = self.object
        user: Any = self.request.user
        shut = shut_now(enforcement)
        gate = [f"The gate is shut: {' '.join(shut)}".rstrip(".")] if shut else []
        passed = enforcement.state == State.PLANNED and enforcement.planned_for < now()
        return super().get_context_data(
            now=now(),
            heading=EnforcementKind(enforcement.kind).label,
            reference=enforcement.reference,
            state=State(enforcement.state).label,
            state_kind=ENFORCEMENT_KINDS[enforcement.state],
            level=level_of(enforcement.online_case),
            warnings=[*gate, *(["Its time has passed: record what became of it"] if passed else [])],
            actions=actions_for(enforcement, user, ACTIONS),
            **clocks_and_steps(enforcement),
            **context,
        )


class OfEnforcement(TransitionPage):
    model = Enforcement
    template_name = "online/gate_step.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        enforcement = self.record
        said = f"{EnforcementKind(enforcement.kind).label}, {enforcement.reference}, {enforcement.online_case}"
        missing = [{"words": words, "label": "", "url": "", "why_not": ""} for words in shut_now(enforcement)]
        shown = {"reference": said, "said": missing, "decided": enforcement.override}
        return {**super().get_context_data(**context), **shown}


class CarryOut(OfEnforcement):
    """Written at the door or in the car, on a phone."""

    transition = enforcing.carry_out
    form_class = forms.CarryOutForm
    title = "Record what came of it"


class CallOff(OfEnforcement):
    transition = enforcing.call_off
    form_class = forms.CallOffForm
    title = "Call it off"
    button = "Call it off"


class OverridePage(RecordPage):
    """What was missing, who went without and why, and whether the discussion that is owed has been held."""

    may = Can.SEE_ONLINE
    template_name = "online/gate_override.html"

    def get_queryset(self) -> QuerySet[GateOverride]:
        return GateOverride.objects.select_related("online_case", "by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        override: GateOverride = self.object
        user: Any = self.request.user
        owed = override.state == GateOverride.State.OWED
        ask = step(user, Can.REQUEST_STRATEGY_MEETING, "Ask for the discussion", discussion_url(override.online_case))
        used = Enforcement.objects.filter(override=override) | Enforcement.objects.filter(happened=override)
        return super().get_context_data(
            now=now(),
            heading=f"{GateOverride.Kind(override.kind).label}: {override.online_case}",
            reference=override.reference,
            state=GateOverride.State(override.state).label,
            state_kind=OVERRIDE_KINDS[override.state],
            warnings=["A strategy discussion about every child of the case is owed"] if owed else [],
            actions=[ask] if owed else [],
            was_missing=override.missing.splitlines(),
            used=used.first(),
            meeting=meeting_of(override.strategy_id, user),
            **clocks_and_steps(override),
            **context,
        )

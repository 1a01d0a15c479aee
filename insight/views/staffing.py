"""Who is planned and who is here, team by team; what is held by somebody who is not; and the pages of one shift."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from access.roles import Can, Role
from access.time import now
from access.views import GuardedPage, RecordPage
from accounts.models import Team
from govuk.times import exactly
from insight.forms import staffing as forms
from insight.models import ShiftPlan
from insight.staffing_due import can_finish, due_before
from insight.staffing_held import held_by, held_while_off_duty
from insight.staffing_lengths import MOST_NOTICES
from insight.staffing_now import holds_of, on_now, posted_to, presence, shift_ends
from insight.workflow import staffing
from sla.models import Clock
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

State = ShiftPlan.State
KINDS = {"planned": "waiting", "seen": "done", "not_seen": "new", "absent": "waiting", "taken_off": "done"}
ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (staffing.record_absence, "Say why they are not here, and who covers", "shiftplan-absent"),
    (staffing.is_here_after_all, "They are here", "shiftplan-here"),
    (staffing.take_off_plan, "Take them off the plan", "shiftplan-take-off"),
]
FEW = 50
FIRST = 10


class Staffing(GuardedPage):
    """Each team in the shift that goes on, planned against present; and what is held by somebody who is not on duty."""

    may = Can.SEE_FIGURES

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        held, teams = held_while_off_duty(at), presence(at)
        context = {
            "now": at,
            "heading": "Who is here to do it",
            "held": held[:FEW],
            "total": sum(row.count for row in held),
            "teams": [each for each in teams if each.shift],
            "unplanned": [each.team for each in teams if not each.shift],
            "not_seen": sum(each.not_seen for each in teams),
            "may_plan": request.user.can(Can.PLAN_STAFFING),  # type: ignore[union-attr]
        }
        return render(request, "insight/staffing.html", context)


class TeamStaffing(GuardedPage):
    """One team in the shift that goes on: who was planned, who is here, what each holds, what will breach before the
    shift ends, and what the team can finish before then."""

    may = Can.SEE_FIGURES

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        at, team = now(), get_object_or_404(Team, pk=pk)
        plans = list(on_now(at).filter(team=team))
        ends = shift_ends(team, plans, at)
        to_come = ShiftPlan.objects.filter(team=team, starts_at__gt=at).exclude(state=State.TAKEN_OFF)
        context = {
            "now": at,
            "heading": str(team),
            "ends": ends,
            "due": due_before(team, at, ends, who=request.user, most=FIRST),  # type: ignore[arg-type]
            "finishes": can_finish(team, at, ends),
            "overdue": Clock.running().filter(team=team, due_at__lte=at).count(),
            "to_come": to_come.select_related("person").order_by("starts_at", "pk")[:FEW],
            "later": max(0, to_come.figures().count() - FEW),
            **_who_holds_what(team, plans, at),
        }
        return render(request, "insight/staffing_team.html", context)


def _who_holds_what(team: Team, plans: list[ShiftPlan], at: datetime) -> dict[str, Any]:
    held, (most, _) = held_by(), MOST_NOTICES.in_force(at)
    planned = {plan.person_id for plan in plans}
    others = [(person, holds_of(person.pk, held, most)) for person in posted_to(team, at) if person.pk not in planned]
    return {
        "rows": [(plan, Role(plan.role).label, holds_of(plan.person_id, held, most)) for plan in plans],
        "others": [(person, holds) for person, holds in others if holds.total],
    }


class ShiftPage(RecordPage):
    """One person and one shift."""

    may = Can.SEE_FIGURES
    template_name = "insight/staffing_shift.html"

    def get_queryset(self) -> QuerySet[ShiftPlan]:
        return ShiftPlan.objects.select_related("person", "team", "planned_by", "said_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        plan: ShiftPlan = self.object
        return super().get_context_data(
            now=now(),
            heading=f"{plan.person}: {plan.in_words}",
            reference=plan.reference,
            state=State(plan.state).label,
            state_kind=KINDS[plan.state],
            said=_said(plan),
            actions=actions_for(plan, self.request.user, ACTIONS),
            clocks=clocks_of(plan),
            missing=[],
            timeline=timeline_of(plan),
            **context,
        )


def _said(plan: ShiftPlan) -> list[tuple[str, str]]:
    rows = [
        ("Team", f"{plan.team}, {Role(plan.role).label}"),
        ("From", exactly(plan.starts_at)),
        ("Until", exactly(plan.ends_at)),
        ("Planned", f"{exactly(plan.planned_at)}, by {plan.planned_by}"),
    ]
    if plan.seen_at:
        rows.append(("First sign of them", f"{exactly(plan.seen_at)}: {plan.seen_how}"))
    if plan.said_at and plan.said_because:
        rows.append(("What was said", f"{plan.said_because}\n{plan.said_by}, {exactly(plan.said_at)}"))
    return rows


class PlanShift(CreatePage):
    transition = staffing.plan_shift
    model = ShiftPlan
    form_class = forms.PlanForm
    title = "Plan somebody for a shift"
    button = "Plan it"

    def cancel_url(self) -> str:
        return reverse("staffing")


class ShiftStep(TransitionPage):
    model = ShiftPlan


class TakeOff(ShiftStep):
    transition = staffing.take_off_plan
    form_class = forms.BecauseForm
    title = "Take them off the plan"


class IsHere(ShiftStep):
    transition = staffing.is_here_after_all
    form_class = forms.IsHereForm
    title = "They are here"


class Absent(ShiftStep):
    transition = staffing.record_absence
    form_class = forms.AbsentForm
    title = "Say why they are not here, and who covers"

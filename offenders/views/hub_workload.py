"""Who manages how many; sharing it out; one person to another manager. And what nobody may overlook."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from access.actor import NotYours
from access.roles import Can
from access.time import now
from access.views import GuardedPage
from offenders.board import lines_of
from offenders.forms import hub_moving as forms
from offenders.growth import growth_of_approvals, growth_of_tasks
from offenders.models import Nominal
from offenders.workflow import nominals
from offenders.workflow.workload import Confirmed, rebalance
from offenders.workloads import Plan, Scope, everybody, plan_of, room, without_manager
from workflow.transitions import NotNow
from workflow.views import TransitionPage


class Workload(GuardedPage):
    """Each offender manager with how many they manage, against what one person can."""

    may = Can.SEE_OFFENDERS

    def get(self, request: HttpRequest) -> HttpResponse:
        loads = everybody()
        team = request.GET.get("team", "")
        names = sorted({load.team for load in loads if load.team})
        team = team if team in names else ""
        context = {
            "heading": "Who manages how many",
            "loads": [load for load in loads if not team or load.team == team],
            "chips": _chips(names, team, loads),
            "most": room(),
            "without": list(without_manager().select_related("person", "manager").order_by("reference")[:100]),
            "may_share": request.user.can(Can.SUPERVISE_OFFENDERS),  # type: ignore[union-attr]
            "now": now(),
        }
        return render(request, "offenders/hub_workload.html", context)


def _chips(names: list[str], team: str, loads: list[Any]) -> list[dict[str, Any]]:
    all_teams = {"label": "All teams", "count": len(loads), "url": "?", "current": not team}
    counts = [
        {
            "label": name,
            "count": sum(load.team == name for load in loads),
            "url": f"?team={name.replace(' ', '+')}",
            "current": name == team,
        }
        for name in names
    ]
    return [all_teams, *counts]


class Share(GuardedPage):
    """What would move to whom. Nothing does until it is confirmed, exactly as it was shown."""

    may = Can.SUPERVISE_OFFENDERS

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = forms.ScopeForm(request.GET)
        scope = self._scope(asked)
        plan = plan_of(scope)
        confirm = forms.ConfirmForm(initial={"fingerprint": plan.fingerprint})
        return self._show(request, asked, plan, confirm)

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST.copy()
        asked, confirm = forms.ScopeForm(request.GET), forms.ConfirmForm(typed)
        scope = self._scope(asked)
        if confirm.is_valid():
            said = confirm.cleaned_data
            try:
                rebalance(Confirmed(scope, said["fingerprint"]), by=request.user, because=said["because"])  # type: ignore[arg-type]
            except (NotNow, NotYours) as refusal:
                confirm.add_error(None, str(refusal))
            else:
                return redirect("offenders-workload")
        plan = plan_of(scope)
        typed["fingerprint"] = plan.fingerprint  # what is confirmed next is what is shown now
        return self._show(request, asked, plan, confirm, status=422)

    def _scope(self, asked: forms.ScopeForm) -> Scope:
        said = asked.cleaned_data if asked.is_valid() else {}
        return Scope(team=said.get("team"), leaver=said.get("leaver"))

    def _show(self, request: HttpRequest, asked: Any, plan: Plan, form: Any, status: int = 200) -> HttpResponse:
        moves = [
            {"who": move.who, "from": plan.people[move.who.manager], "to": plan.people[move.to]} for move in plan.moves
        ]
        context = {
            "heading": "Share out who manages whom",
            "asked": asked,
            "plan": plan,
            "moves": moves,
            "form": form,
            "most": room(),
            "now": now(),
        }
        return render(request, "offenders/hub_share.html", context, status=status)


class Reallocate(TransitionPage):
    transition = nominals.reallocate
    model = Nominal
    form_class = forms.ReallocateForm
    title = "Another offender manager"
    button = "Give them to this manager"
    lead = "Every clock that is the manager's goes along."


class Board(GuardedPage):
    """One page with everything that nobody may overlook: how many of each, and since when the oldest waits."""

    may = Can.SEE_OFFENDERS

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        lines = lines_of(at)
        context = {
            "heading": "What nobody may overlook",
            "lines": [line for line in lines if line.count],
            "clear": [line for line in lines if not line.count],
            "backlogs": [growth_of_tasks(at), growth_of_approvals(at)],
            "now": at,
        }
        return render(request, "offenders/board.html", context)

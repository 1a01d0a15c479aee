"""One action: for those whose work it is, and for whoever has to do it, whatever their post."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from govuk.times import exactly
from quality.counting import MEASURES
from quality.forms import improvement as forms
from quality.improvement_rows import ACTION_KINDS, day
from quality.models import ImprovementAction
from quality.workflow import improvement_actions
from sla.work import clocks_of, timeline_of
from workflow.transitions import NotNow, Transition
from workflow.views import TransitionPage, actions_for

State = ImprovementAction.State
STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (improvement_actions.close_action, "It is done: close it", "improvementaction-close"),
    (improvement_actions.action_not_done_yet, "It is not done yet", "improvementaction-not-done"),
    (improvement_actions.action_not_needed, "It is no longer needed", "improvementaction-not-needed"),
]


class ActionPage(RecordPage):
    """What has to be done, by whom, and what became of it."""

    may = None
    template_name = "quality/improvement_action.html"

    def get_queryset(self) -> QuerySet[ImprovementAction]:
        related = ("owner", "agency", "given_by", "done_by", "closed_by", "recommendation", "paper__meeting")
        return ImprovementAction.objects.select_related(*related)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        action: ImprovementAction = self.object
        user: Any = self.request.user
        done = {"label": "It is done", "url": reverse("improvementaction-done", args=[action.pk]), "why_not": ""}
        return super().get_context_data(
            now=now(),
            heading=action.what,
            reference=action.reference,
            state=State(action.state).label,
            state_kind=ACTION_KINDS[action.state],
            said=_said(action, user),
            actions=[*([done] if action.state == State.OPEN else []), *actions_for(action, user, STEPS)],
            clocks=clocks_of(action),
            missing=[],
            timeline=timeline_of(action),
            **context,
        )


def _said(action: ImprovementAction, user: Any) -> list[tuple[str, str, str]]:
    """Label, words, address. Where it comes from is a link for those alone who may see it."""
    rows = [
        _comes_from(action, user),
        ("Whose it is", f"{action.whose} ({action.get_owner_kind_display().lower()})", ""),
        ("By when", day(action.due_on), ""),
        ("Asked for", f"{action.given_by}, {exactly(action.given_at)}", ""),
    ]
    if action.done_at:
        rows.append(("Said to be done", f"{action.done_said}\n{action.done_by}, {exactly(action.done_at)}", ""))
    if action.closed_at:
        rows.append(("Closed", f"{action.closed_said}\n{action.closed_by}, {exactly(action.closed_at)}", ""))
    return rows


def _comes_from(action: ImprovementAction, user: Any) -> tuple[str, str, str]:
    if action.figure:
        name = MEASURES[action.figure].name if action.figure in MEASURES else action.figure
        return ("Comes from", name, reverse("figure", args=[action.figure]) if user.can(Can.SEE_FIGURES) else "")
    source: Any = action.recommendation or action.paper
    may_see = user.can(Can.SEE_RECOMMENDATIONS if action.recommendation_id else Can.REVIEW_QUALITY)
    return ("Comes from", str(source), source.get_absolute_url() if may_see else "")


class Done(GuardedPage):
    """Whoever does it says how it was done."""

    may = None

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self._show(self._action(pk), forms.DoneForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        action, form = self._action(pk), forms.DoneForm(request.POST)
        if not form.is_valid():
            return self._show(action, form, 422)
        try:
            improvement_actions.say_done(action, person=request.user, said=form.cleaned_data["said"])  # type: ignore[arg-type]
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self._show(action, form, 422)
        return redirect(action)

    def _action(self, pk: UUID) -> ImprovementAction:
        found: ImprovementAction = get_object_or_404(ImprovementAction.objects.all(), pk=pk)
        return found

    def _show(self, action: ImprovementAction, form: forms.DoneForm, status: int = 200) -> HttpResponse:
        context = {
            "now": now(),
            "heading": "It is done",
            "reference": action.reference,
            "lead": f"{action.what}. Somebody else looks, and closes it.",
            "form": form,
            "submit_label": "It is done",
            "cancel_url": action.get_absolute_url(),
        }
        return render(self.request, "transition.html", context, status=status)


class Step(TransitionPage):
    model = ImprovementAction

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": self.record.what}


class CloseAction(Step):
    transition = improvement_actions.close_action
    form_class = forms.LookedForm
    title = "It is done"
    button = "Close it"


class NotDone(Step):
    transition = improvement_actions.action_not_done_yet
    form_class = forms.BecauseForm
    title = "It is not done yet"


class NotNeeded(Step):
    transition = improvement_actions.action_not_needed
    form_class = forms.LookedForm
    title = "It is no longer needed"

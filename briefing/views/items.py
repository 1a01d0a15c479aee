"""One item at a time, as the meeting goes through them; and what was asked of people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from access.actor import NotYours
from access.roles import Can
from access.time import now
from access.views import RecordPage
from briefing.daily_rows import ACTION_KINDS, NOT_ENDED, daily_action_as_work
from briefing.filters import ActionFilter
from briefing.forms import meeting as forms
from briefing.models import Action, AgendaItem
from briefing.models.actions import theirs
from briefing.showing import line_of, lines_of, neighbours, progress
from briefing.workflow import actions
from briefing.workflow.agenda import decide_item
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import NotNow, Transition
from workflow.views import TransitionPage, actions_for

State = Action.State
STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (actions.check_daily_action, "The meeting has looked: it is done", "dailyaction-check"),
    (actions.daily_action_not_done, "It is not done", "dailyaction-not-done"),
    (actions.daily_action_not_needed, "It is no longer needed", "dailyaction-not-needed"),
]


def _about(item: AgendaItem) -> dict[str, Any]:
    """What the page of an item shows besides its form."""
    around = {name: reverse("agendaitem", args=[key]) if key else "" for name, key in neighbours(item).items()}
    return {"line": line_of(item), "around": around, "progress": progress(lines_of(item.meeting))}


class ItemPage(RecordPage):
    """One item: why it is there, since when, what was decided; with the form while the meeting goes on."""

    may = Can.SEE_DAILY
    template_name = "briefing/item.html"

    def get_queryset(self) -> QuerySet[AgendaItem]:
        return AgendaItem.objects.select_related("meeting__chair")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        item: AgendaItem = self.object
        user: Any = self.request.user
        decides = item.meeting.is_going_on and item.state != AgendaItem.State.SETTLED and user.can(Can.DECIDE_DAILY)
        about = _about(item)
        return super().get_context_data(
            now=now(),
            heading=about["line"].title,
            reference=item.reference,
            form=forms.DecideForm() if decides else None,
            submit_label="Record the decision",
            **about,
            **context,
        )


class Decide(TransitionPage):
    transition = decide_item
    model = AgendaItem
    form_class = forms.DecideForm
    template_name = "briefing/item.html"
    title = "Decide"
    button = "Record the decision"

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            item = decide_item(self.record, by=self.request.user, **form.facts())  # type: ignore[arg-type]
        except (NotNow, NotYours) as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        following = neighbours(item)["undecided"]
        return redirect("agendaitem", following) if following else redirect(item.meeting)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        about = _about(self.record)
        return {**super().get_context_data(**context), **about, "heading": about["line"].title}


class Actions(QueuePage):
    """What daily meetings asked for: of you, of everybody, what is late."""

    may = None
    heading = "Actions of the daily meeting"
    filterset_class = ActionFilter
    due_field = "by_when"
    empty = {"title": "Nothing is asked of you", "text": "What a meeting asks of you appears here."}

    def records(self) -> QuerySet[Action]:
        rows: QuerySet[Action] = Action.objects.select_related("owner", "item")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        not_ended, user = Q(state__in=NOT_ENDED), self.request.user
        return {
            "mine": ("Mine", Q(state=State.OPEN) & theirs(user)),  # type: ignore[arg-type]
            "all": ("All", not_ended),
            "overdue": ("Overdue", Q(state=State.OPEN, by_when__lt=at)),
            "carried": ("Carried over", not_ended & Q(carried_over__gt=0)),
            "to_check": ("Said to be done", Q(state=State.DONE)),
            "ended": ("Ended", ~not_ended),
        }

    def row(self, record: Any, clock: Clock | None) -> Work:
        return daily_action_as_work(record, clock)


class ActionPage(RecordPage):
    """What has to be done, by whom, and what each meeting found of it."""

    may = None
    template_name = "briefing/action.html"

    def get_queryset(self) -> QuerySet[Action]:
        return Action.objects.select_related("owner", "item__meeting", "given_by", "done_by", "ended_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        action: Action = self.object
        user: Any = self.request.user
        may_end = action.state == State.OPEN and (actions.is_theirs(action, user) or user.can(Can.DECIDE_DAILY))
        done = {"label": "It is done", "url": reverse("dailyaction-done", args=[action.pk]), "why_not": ""}
        return super().get_context_data(
            now=now(),
            heading=action.what,
            reference=action.reference,
            child=action.item.child,
            state=State(action.state).label,
            state_kind=ACTION_KINDS[action.state],
            sees_meeting=user.can(Can.SEE_DAILY),
            reckonings=list(action.reckonings.select_related("meeting", "by").order_by("at")),
            actions=[*([done] if may_end else []), *actions_for(action, user, STEPS)],
            clocks=clocks_of(action),
            missing=[],
            timeline=timeline_of(action),
            **context,
        )


class ActionStep(TransitionPage):
    model = Action

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": self.record.what}


class ActionDone(ActionStep):
    transition = actions.daily_action_done
    form_class = forms.SaidForm
    title = "It is done"


class ActionCheck(ActionStep):
    transition = actions.check_daily_action
    form_class = forms.LookedForm
    title = "The meeting has looked: it is done"


class ActionNotDone(ActionStep):
    transition = actions.daily_action_not_done
    form_class = forms.MissingForm
    title = "It is not done"


class ActionNotNeeded(ActionStep):
    transition = actions.daily_action_not_needed
    form_class = forms.NotNeededForm
    title = "It is no longer needed"

"""Peer scrutiny: the rounds, the records that were drawn, what was found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from govuk.times import exactly
from offenders.forms import hub_moving as forms
from offenders.hub_filters import RoundFilter
from offenders.hub_rows import ITEM_KINDS, ROUND_KINDS, item_as_work, round_as_work
from offenders.models import ScrutinyItem, ScrutinyRound
from offenders.workflow import scrutiny
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

Drawn, State = ScrutinyRound.State, ScrutinyItem.State
LOOK: tuple[Transition[Any, Any], str, str] = (scrutiny.grade_item, "Say what you found", "scrutinyitem-grade")
DONE: tuple[Transition[Any, Any], str, str] = (scrutiny.scrutiny_action_done, "It is done", "scrutinyitem-done")


class Rounds(QueuePage):
    """The rounds of every team, the nearest to breach first."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/scrutiny.html"
    heading = "Records looked at by another team"
    lead = "Every fortnight another team looks at records of each team. They are drawn at random."
    filterset_class = RoundFilter
    due_field = "due_at"
    empty = {"title": "No round is going on", "text": "A round begins by itself when the one before it is done."}

    def records(self) -> QuerySet[ScrutinyRound]:
        left = Count("items", filter=Q(items__state=State.TO_LOOK_AT))
        rows: QuerySet[ScrutinyRound] = ScrutinyRound.objects.select_related("team", "looked_at_by")
        return rows.annotate(left=left)

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        going_on = Q(state=Drawn.DRAWN)
        return {
            "drawn": ("Going on", going_on),
            "late": ("Late", going_on & Q(due_at__lt=at)),
            "done": ("Done", Q(state=Drawn.DONE)),
        }

    def row(self, record: Any, clock: Clock | None) -> Work:
        return round_as_work(record, record.left, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        user: Any = self.request.user
        graded = ScrutinyItem.objects.filter(state=State.GRADED)
        first = graded.select_related("nominal__person", "nominal__manager", "round__looked_at_by")
        return {
            "to_do": [item_as_work(each) for each in first.order_by("action_due_at", "pk")[:25]],
            "to_do_count": graded.count(),
            "without": scrutiny.teams_without_a_round(),
            "may_begin": user.can(Can.SUPERVISE_OFFENDERS),
        }


class BeginRounds(GuardedPage):
    """A supervisor begins a round for each team that has none, and does not wait for the night."""

    may = Can.SUPERVISE_OFFENDERS

    def post(self, request: HttpRequest) -> HttpResponse:
        scrutiny.begin_rounds()
        return redirect("offenders-scrutiny")

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "heading": "Begin the rounds",
            "teams": scrutiny.teams_without_a_round(),
            "now": now(),
        }
        return render(request, "offenders/scrutiny_begin.html", context)


class RoundPage(RecordPage):
    """One round: what was drawn, of whom, and that anybody can draw it again."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/scrutiny_round.html"

    def get_queryset(self) -> QuerySet[ScrutinyRound]:
        return ScrutinyRound.objects.select_related("team", "looked_at_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        drawn: ScrutinyRound = self.object
        items = list(drawn.items.select_related("nominal__person", "nominal__manager", "round__looked_at_by"))
        again = scrutiny.the_draw(drawn)
        return super().get_context_data(
            now=now(),
            heading=f"Records of {drawn.team}",
            reference=drawn.reference,
            state=Drawn(drawn.state).label,
            state_kind=ROUND_KINDS[drawn.state],
            rows=[item_as_work(each) for each in sorted(items, key=lambda each: again.index(each.nominal.reference))],
            again=again,
            hidden=len(again) - len(items),
            actions=[],
            clocks=clocks_of(drawn),
            missing=[],
            timeline=timeline_of(drawn),
            **context,
        )


class ItemPage(RecordPage):
    """One record that was drawn."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/hub_record.html"

    def get_queryset(self) -> QuerySet[ScrutinyItem]:
        return ScrutinyItem.objects.select_related(
            "nominal__person", "nominal__manager", "round__team", "round__looked_at_by", "reviewer", "done_by"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        item: ScrutinyItem = self.object
        user: Any = self.request.user
        actions = actions_for(item, user, [LOOK, DONE])
        why_not = scrutiny.why_no_peer(item, user)
        if item.state == State.TO_LOOK_AT and why_not:
            actions = [{**action, "why_not": action["why_not"] or why_not} for action in actions]
        return super().get_context_data(
            now=now(),
            heading=item.nominal.person.name,
            reference=item.reference,
            state=State(item.state).label,
            state_kind=ITEM_KINDS[item.state],
            warnings=[],
            said=_said(item),
            actions=actions,
            clocks=clocks_of(item),
            missing=[],
            timeline=timeline_of(item),
            **context,
        )


def _said(item: ScrutinyItem) -> list[tuple[str, str, str]]:
    nominal = item.nominal
    rows = [
        ("Record", f"{nominal.reference}, managed by {nominal.manager}", nominal.get_absolute_url()),
        ("Round", f"{item.round.reference}, records of {item.round.team}", item.round.get_absolute_url()),
        ("Looked at by", str(item.reviewer or item.round.looked_at_by or "Nobody yet"), ""),
    ]
    if item.graded_at:
        rows += [
            ("Grade", f"{item.get_grade_display()}, {exactly(item.graded_at)}", ""),
            ("What was found", item.found, ""),
            ("Plan written for this person", item.get_plan_is_bespoke_display(), ""),
            ("What has to be done", item.action or "Nothing", ""),
        ]
    if item.done_at:
        rows.append(("Done", f"{item.done_said}\n{item.done_by}, {exactly(item.done_at)}", ""))
    return rows


class GradeItem(TransitionPage):
    transition = scrutiny.grade_item
    model = ScrutinyItem
    form_class = forms.GradeForm
    title = "Say what you found"
    button = "Save what you found"
    lead = "You look at it because you do not manage them."


class ItemDone(TransitionPage):
    transition = scrutiny.scrutiny_action_done
    model = ScrutinyItem
    form_class = forms.DoneForm
    title = "What was asked for is done"
    button = "It is done"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": self.record.action}

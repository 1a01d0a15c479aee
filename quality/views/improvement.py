"""The list of recommendations, each with its measures as they stand; and the improvement plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from quality import improvement_plan
from quality.forms import improvement as forms
from quality.improvement_filters import RecommendationFilter
from quality.improvement_rows import (
    NOT_MET,
    RECOMMENDATION_KINDS,
    action_as_work,
    facts_of,
    measures_of,
    recommendation_as_work,
)
from quality.models import ImprovementAction, MeasureSnapshot, Recommendation
from quality.views.of import CreateOf
from quality.workflow import improvement, improvement_snapshots
from quality.workflow.improvement_actions import give_recommendation_action
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

State = Recommendation.State
STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (improvement.take_up, "Take it up", "recommendation-take-up"),
    (improvement.confirm_met, "Confirm that it is met", "recommendation-confirm"),
    (improvement.send_back, "Send it back", "recommendation-send-back"),
    (improvement.closed_by_inspectorate, "The inspectorate has closed it", "recommendation-letter"),
    (improvement.close_by_force, "Close it", "recommendation-close"),
    (improvement.name_sro, "Say who answers for it", "recommendation-sro"),
    (improvement.add_evidence, "Add evidence", "recommendation-evidence"),
    (improvement.rate, "Say how it goes", "recommendation-rate"),
    (improvement.propose_met, "It is met", "recommendation-met"),
    (improvement.record_plan, "The action plan is sent", "recommendation-plan"),
    (improvement.choose_measures, "Choose its measures", "recommendation-measures"),
    (improvement.reopen_recommendation, "Open it again", "recommendation-reopen"),
]


class Recommendations(QueuePage):
    """What inspectors recommended, the nearest to its time first."""

    may = Can.SEE_RECOMMENDATIONS
    template_name = "quality/recommendations.html"
    heading = "Recommendations"
    lead = "What inspectors recommended, who answers for it, and whether the figures show that it is met."
    filterset_class = RecommendationFilter
    due_field = "due_at"
    empty = {"title": "No recommendation is to be met", "text": "The governance lead takes down what is published."}

    def records(self) -> QuerySet[Recommendation]:
        rows: QuerySet[Recommendation] = Recommendation.objects.select_related("sro")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {
            "open": ("To be met", Q(state__in=NOT_MET)),
            "sign_off": ("Ready for sign-off", Q(state=State.READY_FOR_SIGN_OFF)),
            **improvement_plan.overlooked(at),
            "confirmed": ("Confirmed", Q(state=State.CONFIRMED)),
            "closed": ("Closed", Q(state__in=[State.CLOSED_BY_INSPECTOR, State.CLOSED_BY_FORCE])),
        }

    def row(self, record: Any, clock: Clock | None) -> Work:
        return recommendation_as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        user: Any = self.request.user
        return {"may_keep": user.can(Can.KEEP_RECOMMENDATIONS)}


class RecommendationPage(RecordPage):
    """One recommendation: its figures now and each month, what is done for it, what shows that it is met."""

    may = Can.SEE_RECOMMENDATIONS
    template_name = "quality/recommendation.html"

    def get_queryset(self) -> QuerySet[Recommendation]:
        return Recommendation.objects.select_related("sro", "proposed_by", "confirmed_by", "closed_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        recommendation: Recommendation = self.object
        user: Any = self.request.user
        at = now()
        to_do = recommendation.actions.select_related("owner", "agency").order_by("due_on", "pk")
        return super().get_context_data(
            now=at,
            heading=recommendation.title,
            reference=recommendation.reference,
            state=State(recommendation.state).label,
            state_kind=RECOMMENDATION_KINDS[recommendation.state],
            said=facts_of(recommendation),
            measures=measures_of(recommendation, at),
            months=list(recommendation.snapshots.select_related("commented_by").order_by("-month")),
            rows=[action_as_work(each) for each in to_do],
            evidence=list(recommendation.evidence.select_related("added_by").order_by("-dated_on", "-added_at")),
            may_ask=recommendation.state in NOT_MET and user.can(Can.ANSWER_RECOMMENDATION),
            actions=actions_for(recommendation, user, STEPS),
            clocks=clocks_of(recommendation),
            missing=[],
            timeline=timeline_of(recommendation),
            **context,
        )


class Add(CreatePage):
    transition = improvement.add_recommendation
    model = Recommendation
    form_class = forms.RecommendationForm
    title = "New recommendation"
    button = "Take it down"


class Step(TransitionPage):
    model = Recommendation


class NameSro(Step):
    transition = improvement.name_sro
    form_class = forms.SroForm
    title = "Who answers for it"
    lead = "The senior responsible owner. While they are away, whoever covers for them answers."


class ChooseMeasures(Step):
    transition = improvement.choose_measures
    form_class = forms.MeasuresForm
    title = "Which figures show whether it is met"

    def get_initial(self) -> dict[str, Any]:
        return {"measures": self.record.measures}


class TakeUp(Step):
    transition = improvement.take_up
    title = "Take it up"
    button = "Take it up"
    lead = "You have read it, and answer for it."


class PlanSent(Step):
    transition = improvement.record_plan
    form_class = forms.PlanSentForm
    title = "The action plan is sent"


class Evidence(Step):
    transition = improvement.add_evidence
    form_class = forms.EvidenceForm
    title = "Add evidence"


class Rate(Step):
    transition = improvement.rate
    form_class = forms.RateForm
    title = "How it goes"


class Met(Step):
    transition = improvement.propose_met
    form_class = forms.MetForm
    title = "It is met"
    button = "Ask for sign-off"
    lead = "A chief officer looks at the evidence and confirms it, or sends it back."


class Confirm(Step):
    transition = improvement.confirm_met
    form_class = forms.LookedForm
    title = "Confirm that it is met"
    button = "Confirm it"


class SendBack(Step):
    transition = improvement.send_back
    form_class = forms.BecauseForm
    title = "Send it back"
    button = "Send it back"


class Letter(Step):
    transition = improvement.closed_by_inspectorate
    form_class = forms.LetterForm
    title = "The inspectorate has closed it"


class CloseIt(Step):
    transition = improvement.close_by_force
    form_class = forms.LookedForm
    title = "Close the recommendation"
    button = "Close it"


class Reopen(Step):
    transition = improvement.reopen_recommendation
    form_class = forms.BecauseForm
    title = "Open the recommendation again"
    button = "Open it again"


class Comment(TransitionPage):
    transition = improvement_snapshots.comment_on_month
    model = MeasureSnapshot
    form_class = forms.CommentForm
    title = "Explain a red month"


class NewAction(CreateOf):
    transition = give_recommendation_action
    model = ImprovementAction
    of = Recommendation
    form_class = forms.ActionForm
    title = "Something to be done"
    button = "Give it"


class Plan(GuardedPage):
    """Everything that has to be done within 28 days, or is overdue, by whose it is. `?print=1`: for paper."""

    may = Can.SEE_QUALITY

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        lines = improvement_plan.lines_of(request.user, at)
        context = {
            "now": at,
            "heading": "Improvement plan",
            "groups": improvement_plan.plan_of(at),
            "counted": improvement_plan.counted(at),
            "until": improvement_plan.last_day(at),
            "lines": [line for line in lines if line.count],
            "clear": [line for line in lines if not line.count],
            "on_paper": "print" in request.GET,
        }
        return render(request, "quality/improvement_plan.html", context)

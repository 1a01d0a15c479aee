"""A level and what a sergeant says to it; and something new that a level has to be looked at again for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from access.roles import Can, who_may
from access.time import now
from access.views import RecordPage
from online.forms import research_levels as forms
from online.models import KiratAssessment, NewInformation
from online.research_rows import LEVEL_KINDS, NEWS_KINDS
from online.research_showing import clocks_and_steps
from online.workflow import kirat
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (kirat.ratify, "Ratify it", "kiratassessment-ratify"),
    (kirat.return_level, "Return it with reasons", "kiratassessment-return"),
]
NOT_OWN = "for somebody who did not set it"


def offered(assessment: KiratAssessment, user: Any) -> list[dict[str, str]]:
    """Whoever set it reads that somebody else decides."""
    found = actions_for(assessment, user, STEPS)
    if assessment.assessed_by_id != user.pk:
        return found
    return [{**each, "why_not": each["why_not"] or NOT_OWN} for each in found]


class LevelPage(RecordPage):
    """One run of KIRAT: the level, why, what the tool itself gave, and what a sergeant said."""

    may = Can.SEE_ONLINE
    template_name = "online/research_level.html"

    def get_queryset(self) -> QuerySet[KiratAssessment]:
        return KiratAssessment.objects.select_related("online_case", "assessed_by", "decided_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        assessment: KiratAssessment = self.object
        return super().get_context_data(
            now=now(),
            heading=f"KIRAT {assessment.get_level_display().lower()}",
            reference=f"{assessment.reference}, {assessment.online_case}",
            grade=None,
            state=KiratAssessment.State(assessment.state).label,
            state_kind=LEVEL_KINDS[assessment.state],
            taken_up=list(NewInformation.objects.filter(taken_up_in=assessment).order_by("received_at", "pk")),
            actions=offered(assessment, self.request.user),
            **clocks_and_steps(assessment),
            **context,
        )


class OfALevel(TransitionPage):
    model = KiratAssessment

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        level = self.record
        said = f"{level.reference}, {level.online_case}: {level.get_level_display()}, set by {level.assessed_by}"
        return {**super().get_context_data(**context), "reference": said}


class Ratify(OfALevel):
    transition = kirat.ratify
    form_class = forms.RatifyForm
    title = "Ratify the level"
    button = "Ratify it"
    lead = "You have read why. Nobody ratifies a level that they set themselves."


class Return(OfALevel):
    transition = kirat.return_level
    form_class = forms.ReturnForm
    title = "Return the level with reasons"
    button = "Return it"
    lead = "The time to act runs on from when the level was set."


class NewsPage(RecordPage):
    """Something new, and the run of KIRAT that took it up."""

    may = Can.SEE_ONLINE
    template_name = "online/research_news.html"

    def get_queryset(self) -> QuerySet[NewInformation]:
        return NewInformation.objects.select_related("online_case", "recorded_by", "taken_up_in")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        info: NewInformation = self.object
        return super().get_context_data(
            now=now(),
            heading=f"Something new on {info.online_case}",
            reference=info.reference,
            grade=None,
            state=NewInformation.State(info.state).label,
            state_kind=NEWS_KINDS[info.state],
            actions=_run_again(info, self.request.user),
            **clocks_and_steps(info),
            **context,
        )


def _run_again(info: NewInformation, user: Any) -> list[dict[str, str]]:
    if info.state != NewInformation.State.WAITING:
        return []
    why_not = "" if user.can(Can.RESEARCH_ONLINE) else f"for a {who_may(Can.RESEARCH_ONLINE)}"
    url = reverse("onlinecase-kirat", args=[info.online_case_id])
    return [{"label": "Run KIRAT again", "url": url, "why_not": why_not}]

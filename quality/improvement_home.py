"""What the home page says to those who keep, answer for and confirm recommendations, and to whoever has an action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from quality.improvement_plan import overlooked
from quality.improvement_rows import NOT_MET, action_as_work, recommendation_as_work
from quality.models import ImprovementAction, Recommendation
from sla.work import HOME, Share

FEW = 5
State = ImprovementAction.State


def _recommendations(heading: str, which: Q, show: str) -> Share:
    rows = Recommendation.objects.filter(which)
    first = [recommendation_as_work(each) for each in rows.select_related("sro").order_by("due_at", "pk")[:FEW]]
    return Share(heading, first, rows.count(), f"{reverse('recommendations')}?show={show}")


def _actions(heading: str, rows: QuerySet[ImprovementAction]) -> Share:
    first = rows.select_related("owner", "agency").order_by("due_at", "pk")[:FEW]
    return Share(heading, [action_as_work(each) for each in first], rows.count())


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    mine = people_answered_for(user)
    if Can.ANSWER_RECOMMENDATION in acts:
        yield _recommendations("Recommendations you answer for", Q(state__in=NOT_MET, sro__in=mine), "open")
    if Can.CONFIRM_RECOMMENDATION in acts:
        ready = Q(state=Recommendation.State.READY_FOR_SIGN_OFF) & ~Q(sro=user) & ~Q(proposed_by=user)
        yield _recommendations("Recommendations to confirm, or to send back", ready, "sign_off")
    if Can.KEEP_RECOMMENDATIONS in acts:
        for show in ("nobody", "unexplained", "late"):
            label, which = overlooked(at)[show]
            yield _recommendations(label, which, show)
    own = ImprovementAction.objects.filter(state=State.OPEN, owner__in=mine)
    if own.exists():
        yield _actions("To be done by you, to get better", own)
    if Can.LEAD_QUALITY in acts or Can.CHAIR_SCRUTINY in acts:
        said = ImprovementAction.objects.filter(state=State.SAID_DONE).exclude(Q(owner=user) | Q(done_by=user))
        yield _actions("Said to be done: look, and close it", said)


HOME.needs_me.append(needs_me)

"""Each month the measures of every recommendation are kept as they stand. Of what is red somebody says why."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now, today
from accounts.duty import team_of
from accounts.models import Team, User
from quality.measures import frozen
from quality.models import MeasureSnapshot, Rag, Recommendation
from quality.models.improvement import OPEN_RECOMMENDATION
from workflow.transitions import OneOf, must_say, transition

State = MeasureSnapshot.State
KEEPS = System("measures kept each month")


def _as_it_goes(snapshot: MeasureSnapshot) -> str:
    return State.TO_COMMENT.value if snapshot.rag == Rag.RED else State.COMPLETE.value


@transition(target=OneOf(_as_it_goes, (State.TO_COMMENT.value, State.COMPLETE.value)), may=Can.KEEP_RECOMMENDATIONS)
def take_snapshot(snapshot: MeasureSnapshot, *, by: System, recommendation: Recommendation, month: date) -> None:
    """The measures as they stand now, and how the recommendation is rated."""
    snapshot.reference = f"{recommendation.reference}/{month:%Y-%m}"
    snapshot.recommendation, snapshot.month, snapshot.taken_at = recommendation, month, now()
    snapshot.rag, snapshot.figures = recommendation.rag, frozen(recommendation.measures, now())


@transition(source=State.TO_COMMENT.value, target=State.COMPLETE.value, may=Can.SEE_RECOMMENDATIONS)
def comment_on_month(snapshot: MeasureSnapshot, *, by: User, comment: str) -> None:
    """Why it is red, and what is done about it."""
    must_say(comment, "why it is red, and what is done about it")
    snapshot.comment, snapshot.commented_at, snapshot.commented_by = comment.strip(), now(), by


def keep_month() -> int:
    """Every recommendation that is to be met has its measures of this month. Returns how many were kept now."""
    month = today().replace(day=1)
    with acting(KEEPS, apart=True), transaction.atomic():
        Team.objects.select_for_update(no_key=True).get(pk=team_of(Role.GOVERNANCE_LEAD).pk)  # one at a time
        kept = MeasureSnapshot.objects.filter(month=month).figures().values("recommendation")
        without = list(Recommendation.objects.filter(state__in=OPEN_RECOMMENDATION).exclude(pk__in=kept))
        for each in without:
            take_snapshot(MeasureSnapshot(), by=KEEPS, recommendation=each, month=month)
    return len(without)

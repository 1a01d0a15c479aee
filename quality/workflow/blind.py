"""A second look is blind: whoever decides again is not shown what was decided until they have said what they would have
decided."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from access.actor import Actor, System, acting
from accounts.models import User
from cases.withheld import WITHHOLDS
from partners.models import Recipient
from ppn.models import Ppn, StrategyDecision
from ppn.workflow import assess
from quality.codes import Kind
from quality.models import Review, SecondLook
from sla.models import Clock

READS = System("a second look that is blind")
Answer = SecondLook.Answer
MEETS = [StrategyDecision.REQUESTED, StrategyDecision.HELD]


def withholding(who: Actor) -> QuerySet[Review]:
    """Reviews in which this person is to look at a notice blind, and has not said yet what they would have decided."""
    rows: QuerySet[Review] = QuerySet(Review)
    if not isinstance(who, User):
        return rows.none()
    return rows.filter(reviewer=who.pk, state=Review.State.TO_REVIEW, sample__kind=Kind.DIP_SAMPLE, second_look=None)


def as_decided(review: Review) -> dict[str, Any]:
    """What the co-ordinator decided on the notice, as it stands now, under the names that a second look keeps."""
    with acting(READS, apart=True):
        ppn = Ppn.objects.get(pk=review.record)
        told = Recipient.objects.filter(
            kind=Ppn._meta.label_lower, record=ppn.pk, state=Recipient.State.SENT, agency__isnull=False
        )
        kinds = {each.agency.kind for each in told.select_related("agency") if each.agency}
    late = [
        clock
        for clock in Clock.objects.filter(record=ppn.pk, stopped_by=assess.name)
        if clock.stopped_at and clock.stopped_at > clock.due_at
    ]
    return {
        "their_grade": ppn.current_grade,
        "their_recipients": sorted(kinds),
        "their_strategy": (Answer.YES if ppn.strategy_decision in MEETS else Answer.NO).value,
        "their_timely": (Answer.NO if late else Answer.YES).value,
    }


WITHHOLDS.append(withholding)

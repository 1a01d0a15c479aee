"""The clocks of sampling, of reviews and of feedback: whatever is not drawn, not reviewed or not read is heard of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from access.roles import Role
from access.time import now
from quality.codes import Kind
from quality.models import Feedback, Review, Sample, Sampled
from quality.sampling_lengths import (
    ACKNOWLEDGED,
    CALLS_REVIEWED,
    DRAWN_EACH_MONTH,
    FEEDBACK_SENT,
    NOTICES_REVIEWED,
    REVIEWED_AT_ALL,
    THEMATIC_DRAWN,
    THEMATIC_REVIEWED,
)
from quality.workflow.feedback import acknowledge_feedback, feedback_acknowledged, feedback_sent, send_feedback
from quality.workflow.reviews import finish_review
from quality.workflow.samples import draw_sample, sample_done
from quality.workflow.standing import (
    begin_sampling,
    begin_sampling_again,
    end_sampling,
    nothing_to_draw,
    sampling_drawn,
    work_reviewed,
)
from sla.lengths import Length
from sla.policy import Deadline, Ladder, Level, Verb

CLIMBS = Ladder([Level(0.8, Role.QUALITY_REVIEWER), Level(1.0, Role.QUALITY_LEAD), Level(1.5, Role.SUPERINTENDENT)])


def _sample_reviewed(code: str, promise: str, kind: Kind, length: Length) -> Deadline:
    return Deadline(
        code,
        promise,
        model=Sample,
        starts=[draw_sample],
        applies=lambda drawn: drawn.kind == kind,
        counts_from=lambda drawn: drawn.counts_from,
        length=lambda drawn: length,
        lengths=[length],
        stops=[sample_done],
        publishes="due_at",
        ladder=CLIMBS,
    )


CALLS = _sample_reviewed("Q1", "Calls of a call taker reviewed for a month", Kind.CALL_REVIEW, CALLS_REVIEWED)
NOTICES = _sample_reviewed(
    "Q2", "Notices of a co-ordinator looked at a second time for a month", Kind.DIP_SAMPLE, NOTICES_REVIEWED
)
THEMATIC = _sample_reviewed("QA2", "Thematic sample reviewed", Kind.THEMATIC, THEMATIC_REVIEWED)


def _since(sampled: Sampled) -> datetime:
    return sampled.since


BEGINS: list[Verb] = [begin_sampling, begin_sampling_again]


def _drawn(code: str, promise: str, length: Length, *, of_a_person: bool) -> Deadline:
    return Deadline(
        code,
        promise,
        model=Sampled,
        starts=BEGINS,
        applies=lambda sampled: (sampled.whose_id is not None) == of_a_person,
        counts_from=_since,
        length=lambda sampled: length,
        lengths=[length],
        restarts=[sampling_drawn, nothing_to_draw],
        stops=[end_sampling],
        publishes="draw_due_at",
        ladder=CLIMBS,
    )


THEMATIC_EVERY = _drawn("Q3", "Thematic sample drawn every two months", THEMATIC_DRAWN, of_a_person=False)
MONTHLY = _drawn("QA1", "Sample of somebody's work drawn every month", DRAWN_EACH_MONTH, of_a_person=True)
REVIEWED = Deadline(
    "QA3",
    "Nobody is without a review two months running",
    model=Sampled,
    starts=BEGINS,
    applies=lambda sampled: sampled.whose_id is not None,
    counts_from=_since,
    length=lambda sampled: REVIEWED_AT_ALL,
    lengths=[REVIEWED_AT_ALL],
    restarts=[work_reviewed, nothing_to_draw],
    stops=[end_sampling],
    publishes="review_due_at",
    ladder=CLIMBS,
)

SENT = Deadline(
    "QA4",
    "Feedback sent after a review",
    model=Review,
    starts=[finish_review],
    applies=lambda review: review.state == Review.State.REVIEWED,
    counts_from=lambda review: review.reviewed_at,
    length=lambda review: FEEDBACK_SENT,
    lengths=[FEEDBACK_SENT],
    stops=[feedback_sent],
    owner=lambda review: review.reviewer,
    ladder=CLIMBS,
)


def _acknowledged(code: str, promise: str, posts: Sequence[Role]) -> Deadline:
    """Their own supervisor hears of it, and nobody else of that rank: they alone may read it."""
    return Deadline(
        code,
        promise,
        model=Feedback,
        starts=[send_feedback],
        applies=lambda feedback: feedback.supervisors_post in posts,
        counts_from=lambda feedback: feedback.sent_at,
        length=lambda feedback: ACKNOWLEDGED,
        lengths=[ACKNOWLEDGED],
        stops=[acknowledge_feedback],
        publishes="due_at",
        owner=lambda feedback: feedback.supervisor,
        ladder=Ladder([Level(1.0, posts[0])]),
    )


ACKNOWLEDGED_IN: dict[str, Any] = {
    code: _acknowledged(code, promise, posts)
    for code, promise, posts in (
        ("Q5", "Feedback on a call acknowledged", [Role.CONTACT_SUPERVISOR]),
        ("QA5", "Feedback on a notice reviewed acknowledged", [Role.MASH_SERGEANT]),
        ("QA6", "Feedback on a notice written acknowledged", [Role.RESPONSE_SERGEANT]),
    )
}
STILL_NOT = Deadline(
    "QA7",
    "Feedback acknowledged, whoever it is",
    model=Review,
    starts=[feedback_sent],
    counts_from=lambda review: now(),
    length=lambda review: ACKNOWLEDGED,
    lengths=[ACKNOWLEDGED],
    stops=[feedback_acknowledged],
    ladder=Ladder([Level(1.5, Role.QUALITY_LEAD), Level(2.5, Role.SUPERINTENDENT)]),
)

"""How samples, reviews and feedback show themselves in lists."""

from __future__ import annotations

from quality.models import Feedback, Review, Sample
from sla.models import Clock
from sla.work import Work

SAMPLE_KINDS = {"drawn": "working", "done": "done"}
REVIEW_KINDS = {
    "to_review": "waiting",
    "reviewed": "working",
    "feedback_sent": "working",
    "acknowledged": "done",
    "no_feedback": "done",
    "left_out": "stopped",
}
FEEDBACK_KINDS = {"written": "waiting", "sent": "new", "acknowledged": "done"}


def size_in_words(drawn: Sample) -> str:
    """ "2 asked, 1 could be drawn" """
    if drawn.size_drawn == drawn.size_asked:
        return f"{drawn.size_drawn} drawn of {len(drawn.drawn_from)}"
    return f"{drawn.size_asked} asked, {drawn.size_drawn} could be drawn: there was no more of this work"


def sample_as_work(drawn: Sample, left: int, clock: Clock | None = None) -> Work:
    going_on = drawn.state == Sample.State.DRAWN
    return Work(
        title=drawn.title,
        url=drawn.get_absolute_url(),
        reference=drawn.reference,
        why=f"{size_in_words(drawn)}. {f'{left} still to be reviewed' if going_on else 'All were reviewed'}",
        due=drawn.due_at if going_on else None,
        started=drawn.counts_from,
        state=Sample.State(drawn.state).label,
        state_kind=SAMPLE_KINDS[drawn.state],
        owner=str(drawn.team),
        holds_up="What can be learned from it",
        key=drawn.pk,
    )


def review_as_work(review: Review) -> Work:
    waits = review.state == Review.State.TO_REVIEW
    return Work(
        title=f"{review.get_of_display()} {review.record_reference}",
        url=review.get_absolute_url(),
        reference=review.reference,
        why=f"{review.sample.get_kind_display()}, {review.sample.reference}",
        due=review.sample.due_at if waits else None,
        started=review.sample.counts_from,
        state=Review.State(review.state).label,
        state_kind=REVIEW_KINDS[review.state],
        owner=str(review.reviewer or "Nobody who may see it"),
        holds_up=f"What {review.author} can learn" if review.author else "What can be learned from it",
        key=review.pk,
    )


def feedback_as_work(feedback: Feedback) -> Work:
    return Work(
        title=f"Feedback on {feedback.review.record_reference}",
        url=feedback.get_absolute_url(),
        reference=feedback.reference,
        why=f"From {feedback.written_by}",
        due=feedback.due_at if feedback.state == Feedback.State.SENT else None,
        started=feedback.sent_at or feedback.written_at,
        state=Feedback.State(feedback.state).label,
        state_kind=FEEDBACK_KINDS[feedback.state],
        owner=str(feedback.officer),
        holds_up="What can be learned from it",
        key=feedback.pk,
    )

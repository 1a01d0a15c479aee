"""Feedback to whoever did the work. It is theirs: they, their supervisor and whoever wrote it read it, nobody else."""

from __future__ import annotations

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from quality.models import Feedback, Review, Theme
from quality.workflow.reviewers import supervisor_at, team_at
from quality.workflow.training import propose
from workflow.transitions import NotNow, transition

FOLLOWS = System("feedback on a review")
BECAUSE = "Found when work of theirs was reviewed"
State = Feedback.State
Of = Review.State


@transition(target=State.WRITTEN.value, may=Can.REVIEW_QUALITY, secret=("strengths", "to_improve"))
def write_feedback(feedback: Feedback, *, by: User, review: Review, strengths: str, to_improve: str) -> None:
    """What was good, and what could be better."""
    post = team_at(review.author_id or 0, review.worked_at)
    feedback.review, feedback.reference, feedback.team = review, review.reference, post.team if post else review.team
    feedback.officer, feedback.written_by, feedback.written_at = review.author, by, now()
    feedback.strengths, feedback.to_improve = strengths, to_improve


@transition(source=State.WRITTEN.value, target=State.SENT.value, may=Can.REVIEW_QUALITY)
def send_feedback(feedback: Feedback, *, by: User, to_supervisor: bool) -> None:
    """The feedback goes to the officer, and to the supervisor they had then where that is right."""
    if feedback.written_by_id != by.pk:
        raise NotNow("Whoever wrote it sends it.")
    above = supervisor_at(feedback.officer_id, feedback.review.worked_at) if to_supervisor else None
    if above:
        feedback.supervisor, feedback.supervisors_post = above.person, above.role
    feedback.sent_at = now()
    with acting(FOLLOWS, apart=True):
        feedback_sent(feedback.review, by=FOLLOWS)
    _propose_courses(feedback, by)


def _propose_courses(feedback: Feedback, by: User) -> None:
    """What was found, and a course answers, is offered to the officer. Why is said without a word of the feedback."""
    with acting(FOLLOWS, apart=True):
        found = list(Theme.objects.filter(notes__record=feedback.review_id).order_by("name"))
    for theme in found if feedback.officer and feedback.officer.is_active else []:
        propose(feedback.officer, theme=theme, because=BECAUSE, by=by)


@transition(source=State.SENT.value, target=State.ACKNOWLEDGED.value, may=Can.LEARN, secret=("reply",))
def acknowledge_feedback(feedback: Feedback, *, by: User, reply: str) -> None:
    """The officer has read it, and says what they like to it."""
    if feedback.officer_id != by.pk:
        raise NotNow("It is theirs to acknowledge: they read it themselves.")
    feedback.reply, feedback.acknowledged_at = reply.strip(), now()
    with acting(FOLLOWS, apart=True):
        feedback_acknowledged(feedback.review, by=FOLLOWS)


@transition(source=Of.REVIEWED.value, target=Of.FEEDBACK_SENT.value, may=Can.REVIEW_QUALITY)
def feedback_sent(review: Review, *, by: System) -> None:
    """The officer was told what was found."""


@transition(source=Of.FEEDBACK_SENT.value, target=Of.ACKNOWLEDGED.value, may=Can.REVIEW_QUALITY)
def feedback_acknowledged(review: Review, *, by: System) -> None:
    """The officer has read it."""

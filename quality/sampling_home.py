"""What the home page says to reviewers, to the quality lead, and to everybody who is given feedback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from access.roles import Can
from accounts.models import User
from quality.models import Feedback, Review, Sampled
from quality.sampling_rows import feedback_as_work, review_as_work
from quality.sampling_showing import not_drawn, not_reviewed, unassigned
from sla.work import HOME, Share, Work

FEW = 5


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    sent = Feedback.objects.filter(officer=user, state=Feedback.State.SENT)
    yield _feedback("Feedback on your work, to read", sent, "/quality/feedback/")
    if Can.REVIEW_QUALITY in acts:
        rows = Review.objects.filter(reviewer=user, state=Review.State.TO_REVIEW)
        first = rows.select_related("sample", "author", "reviewer").order_by("sample__due_at", "reference")
        work = [review_as_work(each) for each in first[:FEW]]
        yield Share("Drawn for you to review", work, rows.count(), "/quality/reviews/")
        to_send = Feedback.objects.filter(written_by=user, state=Feedback.State.WRITTEN)
        yield _feedback("Feedback you wrote and have not sent", to_send, "/quality/reviews/")
    if Can.LEAD_QUALITY in acts:
        late = list({each.pk: each for each in [*not_drawn(at), *not_reviewed(at)]}.values())
        work = [_overlooked(each) for each in late[:FEW]]
        nobodys = unassigned()
        yield Share(
            "Drawn, and nobody can review it", [review_as_work(each) for each in nobodys[:FEW]], nobodys.count()
        )
        yield Share("Work nobody has drawn from or reviewed in time", work, len(late), "/quality/sampling/")


def _feedback(heading: str, rows: QuerySet[Feedback], url: str) -> Share:
    first = rows.select_related("review", "officer", "written_by").order_by("due_at", "reference")[:FEW]
    return Share(heading, [feedback_as_work(each) for each in first], rows.count(), url)


def _overlooked(sampled: Sampled) -> Work:
    dues = [due for due in (sampled.draw_due_at, sampled.review_due_at) if due]
    return Work(
        title=sampled.title,
        url=sampled.get_absolute_url(),
        reference=sampled.reference,
        why="Not drawn from, or not reviewed, in time",
        due=min(dues, default=None),
        started=sampled.since,
        holds_up="What can be learned from it",
    )


HOME.needs_me.append(needs_me)

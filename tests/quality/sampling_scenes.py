"""Samples, reviews and feedback in tests: what was drawn, what was found, what somebody was told. All invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from access.actor import System, acting, signed
from access.roles import Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import next_reference
from quality.kinds import KINDS
from quality.models import Feedback, Review, Sample, Theme
from quality.workflow.feedback import acknowledge_feedback, send_feedback
from quality.workflow.monthly import draw_due
from quality.workflow.reviews import Marked, finish_review, look_again_blind
from quality.workflow.samples import draw
from tests.ppn.scenes import filed, ready
from tests.stories import called_in

TEST = System("test")
FEBRUARY = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
MARCH = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""The Monday on which tests begin: the month before is over."""
SEEN_BLIND = {"grade": "amber", "recipients": ["social_care"], "strategy": "no", "timely": "yes"}


def calls_in_february(clock: Any, callie: User, how_many: int = 3, **said: Any) -> None:
    clock.set(FEBRUARY)
    for _ in range(how_many):
        called_in(callie, **said)
    clock.set(MARCH)


def filed_in_february(clock: Any, olly: User, cora: User, sam: User, **said: Any) -> Any:
    clock.set(FEBRUARY)
    ppn = filed(ready(olly, cora, sam, **said), sam)
    clock.set(MARCH)
    return ppn


def drawn_of(kind: str) -> list[Sample]:
    """What Longstop draws on the first of the month."""
    draw_due()
    return every(Sample, kind=kind)


def every(model: Any, **about: Any) -> list[Any]:
    with acting(TEST):
        return list(model.objects.filter(**about).order_by("reference"))


def the(model: Any, **about: Any) -> Any:
    with acting(TEST):
        return model.objects.get(**about)


def as_it_is(record: Any) -> Any:
    return the(type(record), pk=record.pk)


def reviews_of(drawn: Sample) -> list[Review]:
    return every(Review, sample=drawn)


def well_marked(kind: str, **instead: Marked) -> dict[str, Marked]:
    return {criterion: Marked(3) for criterion in KINDS[kind].criteria} | instead  # type: ignore[index]


def theme(name: str = "Voice of the child") -> Theme:
    return the(Theme, name=name)  # type: ignore[no-any-return]


def seen_blind(review: Review, by: User, **instead: Any) -> Review:
    return look_again_blind(review, by=by, **{**SEEN_BLIND, **instead})


def reviewed(review: Review, by: User, **said: Any) -> Review:
    facts = {
        "marks": well_marked(review.sample.kind),
        "grade": "requires_improvement",
        "strengths": "Asked who else was there",
        "to_improve": "Ask how old the child is",
        "themes": [theme()],
        **said,
    }
    return finish_review(review, by=by, **facts)


def told(review: Review, by: User, *, to_supervisor: bool = True) -> Feedback:
    return send_feedback(the(Feedback, review=review), by=by, to_supervisor=to_supervisor)


def answered(feedback: Feedback, by: User, reply: str = "I will ask") -> Feedback:
    return acknowledge_feedback(feedback, by=by, reply=reply)


def of_each(people: dict[str, Any]) -> dict[str, Any]:
    """One of each record that a page is about, as `tests.house.one_of_each` wants it."""
    for _ in range(2):
        called_in(people["callie"])
    calls = draw("call_review", by=people["quinn"], because="To see")
    first, last = reviews_of(calls)
    reviewed(last, people["reva"])
    return {"sample": calls, "qualityreview": first, "feedback": the(Feedback, review=last)}


def looked_at_blind(ppn: Any, author: User, reviewer: User) -> Review:
    """Straight into the tables: this notice, filed or not, is looked at a second time."""
    team = team_of(Role.QUALITY_REVIEWER)
    with signed(TEST):
        drawn = Sample.objects.create(
            reference=next_reference("QA"),
            state="drawn",
            kind="dip_sample",
            of="notice",
            team=team,
            whose=author,
            period_from=date(2026, 2, 1),
            period_to=date(2026, 3, 1),
            seed="seed",
            drawn_from=[[ppn.reference, ppn.grade]],
            size_asked=5,
            size_drawn=1,
            counts_from=now(),
            drawn_at=now(),
        )
        return Review.objects.create(
            reference=next_reference("QR"),
            state="to_review",
            sample=drawn,
            team=team,
            of="notice",
            record=ppn.pk,
            record_reference=ppn.reference,
            case_id=ppn.case_id,
            author=author,
            worked_at=now(),
            reviewer=reviewer,
        )

"""Reviews: one drawn record each. A review ends in marks, a grade and words for whoever did the work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from access.roles import Can
from access.time import now
from accounts.models import User
from partners.models import Agency
from ppn.models import Grade as NoticeGrade
from quality.codes import Grade, Kind
from quality.kinds import KINDS
from quality.models import Feedback, Mark, Review, SecondLook, Theme
from quality.workflow import blind
from quality.workflow.feedback import write_feedback
from quality.workflow.reviewers import choose_reviewer, why_not_reviewer
from quality.workflow.samples import done_if_last
from quality.workflow.standing import reviewed_of
from quality.workflow.themes import note_themes
from workflow.transitions import NotNow, OneOf, must_say, transition

State = Review.State
LOW = 2
"""A mark below this says why."""
HIGHEST = 3


@dataclass(frozen=True)
class Marked:
    """0 to 3 for one criterion; None = it does not apply."""

    score: int | None
    why: str = ""


@transition(source=State.TO_REVIEW.value, may=Can.LEAD_QUALITY)
def give_review(review: Review, *, by: User, to: User, because: str) -> None:
    """The quality lead gives it to somebody else, who may review it."""
    must_say(because, "why somebody else reviews it")
    if review.reviewer_id == to.pk:
        raise NotNow(f"{to} has it already.")
    if SecondLook.objects.filter(review=review).exists():
        raise NotNow("Its reviewer has said blind what they would have decided: they finish it, or it is left out.")
    if why := why_not_reviewer(review, to):
        raise NotNow(f"{to} cannot review it. {why}")
    if review.reviewer_id:
        review.handed_back_by = [*review.handed_back_by, review.reviewer_id]  # from now on they see the record
    review.reviewer, review.given_because = to, because.strip()


@transition(source=State.TO_REVIEW.value, may=Can.REVIEW_QUALITY)
def hand_back(review: Review, *, by: User, because: str) -> None:
    """The reviewer hands it back. Somebody else who may review it has it from now on."""
    must_say(because, "why you hand it back")
    _must_be_theirs(review, by)
    if SecondLook.objects.filter(review=review).exists():
        raise NotNow("You have said what you would have decided: finish the review.")
    review.handed_back_by = [*review.handed_back_by, by.pk]
    review.reviewer, review.given_because = choose_reviewer(review, but_not=by), because.strip()


@transition(source=State.TO_REVIEW.value, target=State.LEFT_OUT.value, may=Can.LEAD_QUALITY)
def leave_out(review: Review, *, by: User, because: str) -> None:
    """The quality lead leaves it out: nobody who may review it may see it, or it cannot be judged."""
    must_say(because, "why it is left out")
    review.left_out_because = because.strip()
    done_if_last(review)


@transition(source=State.TO_REVIEW.value, may=Can.REVIEW_QUALITY)
def look_again_blind(
    review: Review, *, by: User, grade: str, recipients: Iterable[str], strategy: str, timely: str
) -> None:
    """The reviewer says what they would have decided, before they are shown what was decided."""
    _must_be_able(review, by)
    if not review.sample.is_blind:
        raise NotNow("This is not looked at blind: review it.")
    if SecondLook.objects.filter(review=review).exists():
        raise NotNow("You have said it already; what was said blind is not changed.")
    if grade not in NoticeGrade.values:
        raise NotNow("Choose the grade that you would have given.")
    if strategy not in SecondLook.Answer.values or timely not in SecondLook.Answer.values:
        raise NotNow("Say whether a strategy meeting is needed, and whether it was reviewed in time.")
    chosen = sorted(set(recipients))
    if unknown := set(chosen) - set(Agency.Kind.values):
        raise NotNow(f"There is no such kind of agency: {', '.join(sorted(unknown))}.")
    answers = {"grade": grade, "recipients": chosen, "strategy": strategy, "timely": timely}
    SecondLook.objects.create(review=review, by=by, at=now(), **answers, **blind.as_decided(review))


def _after_review(review: Review) -> str:
    return State.REVIEWED.value if review.author_id else State.NO_FEEDBACK.value


@transition(
    source=State.TO_REVIEW.value,
    target=OneOf(_after_review, (State.REVIEWED.value, State.NO_FEEDBACK.value)),
    may=Can.REVIEW_QUALITY,
    secret=("marks", "strengths", "to_improve", "grade", "themes"),
)
def finish_review(
    review: Review,
    *,
    by: User,
    marks: Mapping[str, Marked],
    grade: str,
    strengths: str,
    to_improve: str,
    themes: Iterable[Theme] = (),
) -> None:
    """The record was reviewed against every criterion and graded."""
    _must_be_able(review, by)
    if review.sample.is_blind and not SecondLook.objects.filter(review=review).exists():
        raise NotNow("Say first what you would have decided, without being shown what was.")
    if grade not in Grade.values:
        raise NotNow("Choose a grade.")
    must_say(strengths, "what was good")
    if grade != Grade.GOOD:
        must_say(to_improve, "what could be better")
    _mark(review, marks)
    review.grade, review.reviewed_at = grade, now()
    source = KINDS[Kind(review.sample.kind)].source
    note_themes(themes, by=by, source=source, record=review, reference=review.reference)
    if review.author_id:
        about = {"strengths": strengths.strip(), "to_improve": to_improve.strip()}
        write_feedback(Feedback(), by=by, review=review, **about)
    reviewed_of(review.sample.kind, review.sample.whose)
    done_if_last(review)


def _mark(review: Review, marks: Mapping[str, Marked]) -> None:
    for criterion, words in KINDS[Kind(review.sample.kind)].criteria.items():
        said = marks.get(criterion)
        if said is None or not (said.score is None or 0 <= said.score <= HIGHEST):
            raise NotNow(f"{words}: choose 0 to 3, or that it does not apply.")
        if said.score is not None and said.score < LOW and not said.why.strip():
            raise NotNow(f"{words}: say why it is {said.score}.")
        Mark.objects.create(review=review, criterion=criterion, score=said.score, why=said.why.strip())


def _must_be_theirs(review: Review, by: User) -> None:
    if review.reviewer_id != by.pk:
        raise NotNow("Somebody else reviews it.")


def _must_be_able(review: Review, by: User) -> None:
    _must_be_theirs(review, by)
    if why := why_not_reviewer(review, by, holds_it=True):
        raise NotNow(f"You cannot review it. {why}")

"""Samples: what is drawn for a second look, so that anybody can draw the same again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now, today
from accounts.duty import team_of
from accounts.models import User
from cases.drawing import new_seed, sample
from cases.models import next_reference
from ppn.models import WAITING_FOR_REVIEW, Ppn
from ppn.repeats import months_before
from quality.codes import Kind, Of
from quality.kinds import KINDS, SampleKind, strata_of
from quality.models import Review, Sample, Theme
from quality.sampling_found import Days, Found
from quality.sampling_lengths import HIGH_QUEUE
from quality.workflow.reviewers import choose_reviewer
from quality.workflow.standing import drawn_from_all
from workflow.transitions import NotNow, must_say, transition

DRAWS = System("samples of work")
State = Sample.State
LOOKS_BACK = 2
"""Months of work that a sample across the force is drawn from."""


def draw(
    kind: str, *, by: User, theme: Theme | None = None, of: str = "", size: int | None = None, because: str = ""
) -> Sample:
    """A sample across the force, drawn by somebody: of a theme, or to look again whether something was learned.

    `of`: the kind of record (`codes.Of`); empty = the usual one of this kind of sample. `size`: None = as the force has
    set it. Raises NotNow where there is nothing to draw, or no reason is given for one without a theme.
    """
    if kind not in KINDS:
        raise NotNow("Choose what is drawn.")
    chosen = KINDS[Kind(kind)]
    if theme is None:
        must_say(because, "why it is drawn, or choose a theme")
    if of and of not in chosen.work:
        raise NotNow("Choose a kind of record that this kind of sample is drawn from.")
    if size is not None and size < 1:
        raise NotNow("Draw at least one.")
    days = Days(months_before(today(), LOOKS_BACK), today() + timedelta(days=1))
    about: dict[str, Any] = {"kind": chosen.code.value, "of": str(of or chosen.usual), "days": days, "whose": None}
    drawn = draw_sample(Sample(), by=by, theme=theme, size=size, because=because.strip(), counts_from=now(), **about)
    drawn_from_all(chosen)
    return drawn


@transition(target=State.DRAWN.value, may=Can.REVIEW_QUALITY)
def draw_sample(
    drawn: Sample,
    *,
    by: User | System,
    kind: str,
    of: str,
    days: Days,
    whose: User | None,
    theme: Theme | None,
    size: int | None,
    because: str,
    counts_from: datetime,
) -> None:
    """Records are drawn at random, each stratum among them, and each is given to somebody to review."""
    chosen = KINDS[Kind(kind)]
    with acting(DRAWS, apart=True):
        found = chosen.work[Of(of)].found(days, whose.pk if whose else None)
        size_asked, drawn.halved_because = _size(chosen, size)
    if not found:
        raise NotNow("There is nothing to draw from: none of this work was done in these days.")
    drawn.reference, drawn.team = next_reference("QA"), team_of(Role.QUALITY_REVIEWER)
    drawn.kind, drawn.of, drawn.whose, drawn.theme, drawn.because = kind, of, whose, theme, because
    drawn.period_from, drawn.period_to, drawn.counts_from = days.first, days.after, counts_from
    drawn.seed, drawn.drawn_at, drawn.drawn_by = new_seed(), now(), by if isinstance(by, User) else None
    drawn.drawn_from = [[str(each.record), each.stratum] for each in found]
    drawn.size_asked = size_asked
    drawn.size_drawn = min(size_asked, len(found))
    named = {str(each.record): each for each in found}
    for reference in the_draw(drawn):
        draw_review(Review(sample=drawn), by=DRAWS, found=named[reference])


def the_draw(drawn: Sample) -> list[str]:
    """References of the records that the sample's seed draws, now as then."""
    rows = [(reference, stratum) for reference, stratum in drawn.drawn_from]
    return sample(drawn.seed, rows, drawn.size_asked, strata_of(drawn.kind, drawn.of))


@transition(target=Review.State.TO_REVIEW.value, may=Can.REVIEW_QUALITY)
def draw_review(review: Review, *, by: System, found: Found) -> None:
    """This record was drawn, and is given to whoever may review it and has least to review."""
    review.reference, review.team, review.of = next_reference("QR"), review.sample.team, review.sample.of
    review.record, review.record_reference = found.record.pk, found.record.reference
    review.case_id, review.author_id, review.worked_at = found.record.case_id, found.author, found.worked_at
    review.reviewer = choose_reviewer(review)


@transition(source=State.DRAWN.value, target=State.DONE.value, may=Can.REVIEW_QUALITY)
def sample_done(drawn: Sample, *, by: System) -> None:
    """Every record that was drawn has been reviewed, or left out for a reason."""
    drawn.done_at = now()


def done_if_last(review: Review) -> None:
    """Called inside a transition that ends a review: the sample is done with its last one. It locks the sample, or the
    last two would miss each other."""
    with acting(DRAWS, apart=True):
        drawn = Sample.objects.select_for_update(of=("self",)).get(pk=review.sample_id)
        left = Review.objects.filter(sample=drawn, state=Review.State.TO_REVIEW).exclude(pk=review.pk)
        if drawn.state == State.DRAWN and not left.exists():
            sample_done(drawn, by=DRAWS)


def _size(chosen: SampleKind, asked: int | None) -> tuple[int, str]:
    """How many, and why only half where the queue is high: rounded up, so that it is never none."""
    size = asked or chosen.size.in_force(now())[0]
    high, _ = HIGH_QUEUE.in_force(now())
    waiting = Ppn.objects.filter(state__in=WAITING_FOR_REVIEW).figures().count() if chosen.is_blind else 0
    if asked or waiting <= high:
        return size, ""
    return (size + 1) // 2, f"{waiting} notices waited for review, more than {high}: half of {size}, rounded up"

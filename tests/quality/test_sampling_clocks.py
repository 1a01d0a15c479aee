"""Every clock of sampling, of reviews and of feedback at its exact moments: nobody new is told on the moment, somebody
named is a microsecond later; with that person away their cover is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from quality.models import Feedback, Review, Sample, Sampled
from quality.workflow.monthly import draw_due
from quality.workflow.samples import draw
from sla.engine import sweep
from sla.policy import DEADLINES
from tests.quality.sampling_scenes import (
    MARCH,
    answered,
    as_it_is,
    calls_in_february,
    drawn_of,
    filed_in_february,
    reviewed,
    reviews_of,
    seen_blind,
    the,
    told,
    well_marked,
)
from tests.sla.made import MOMENT, raised
from tests.stories import away, called_in, clock_of, submitted

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OURS = {code for code, each in DEADLINES.items() if each.model in (Sample, Sampled, Review, Feedback)}
FIRST_OF_MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def calls(cast: Any, clock: Any) -> Sample:
    calls_in_february(clock, cast["callie"])
    return drawn_of("call_review")[0]


def notices(cast: Any, clock: Any) -> Sample:
    filed_in_february(clock, cast["olly"], cast["cora"], cast["sam"])
    return drawn_of("dip_sample")[0]


def thematic(cast: Any, clock: Any) -> Sample:
    submitted(cast["olly"])
    return draw("thematic", by=cast["quinn"], because="To see")


def callies_work(cast: Any, clock: Any) -> Sampled:
    calls(cast, clock)
    return the(Sampled, kind="call_review")


def all_the_work(cast: Any, clock: Any) -> Sampled:
    draw_due()
    return the(Sampled, kind="thematic")


def a_review(cast: Any, clock: Any) -> Review:
    return reviewed(reviews_of(calls(cast, clock))[0], cast["reva"])


def feedback_on_a_call(cast: Any, clock: Any) -> Feedback:
    return told(a_review(cast, clock), cast["reva"])


def feedback_on_a_review(cast: Any, clock: Any) -> Feedback:
    (review,) = reviews_of(notices(cast, clock))
    marks = well_marked("dip_sample")
    return told(reviewed(seen_blind(review, cast["reva"]), cast["reva"], marks=marks), cast["reva"])


def feedback_on_a_notice(cast: Any, clock: Any) -> Feedback:
    (review,) = reviews_of(thematic(cast, clock))
    return told(reviewed(review, cast["reva"], marks=well_marked("thematic")), cast["reva"])


def told_of_it(cast: Any, clock: Any) -> Review:
    return as_it_is(feedback_on_a_call(cast, clock).review)  # type: ignore[no-any-return]


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story: when it counts from, how long it is, who hears of it how long after that."""

    code: str
    story: Callable[[Any, Any], Any]
    begins: datetime
    length: timedelta
    tells: list[tuple[timedelta, str]]

    def __str__(self) -> str:
        return self.code


def climbs(days: float) -> list[tuple[timedelta, str]]:
    return [(0.8 * days * DAY, "reva"), (days * DAY, "quinn"), (1.5 * days * DAY, "sue")]


TABLE = [
    Row("Q1", calls, FIRST_OF_MARCH, 28 * DAY, climbs(28)),
    Row("Q2", notices, FIRST_OF_MARCH, 28 * DAY, climbs(28)),
    Row("QA2", thematic, MARCH, 28 * DAY, climbs(28)),
    Row("Q3", all_the_work, MARCH, 61 * DAY, climbs(61)),
    Row("QA1", callies_work, MARCH, 35 * DAY, climbs(35)),
    Row("QA3", callies_work, FIRST_OF_MARCH, 62 * DAY, climbs(62)),
    Row("QA4", a_review, MARCH, 7 * DAY, climbs(7)),
    Row("Q5", feedback_on_a_call, MARCH, 14 * DAY, [(14 * DAY, "connie")]),
    Row("QA5", feedback_on_a_review, MARCH, 14 * DAY, [(14 * DAY, "sam")]),
    Row("QA6", feedback_on_a_notice, MARCH, 14 * DAY, [(14 * DAY, "rosa")]),
    Row("QA7", told_of_it, MARCH, 14 * DAY, [(21 * DAY, "quinn"), (35 * DAY, "sue")]),
]
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)


def holds(clock: Any, record: Any, row: Row, **instead: str) -> None:
    levels = [(row.code, n, row.begins + at, [instead.get(who, who)]) for n, (at, who) in enumerate(row.tells, start=1)]
    for _, _, moment, _ in levels:
        for at in (moment, moment + MOMENT):
            clock.set(at)
            sweep()
            assert raised(record.pk, row.code) == [each for each in levels if each[2] < at], at
    assert raised(record.pk, row.code) == levels


def test_every_clock_has_its_row():
    assert {row.code for row in TABLE} == OURS
    assert all(len(row.tells) == len(DEADLINES[row.code].ladder.levels) for row in TABLE)


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    record = row.story(cast, clock)
    running = clock_of(record, row.code)
    assert (running.started_at, running.due_at - running.started_at) == (row.begins, row.length)
    holds(clock, record, row)


@EVERY
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    record = row.story(cast, clock)
    people = {who for _, who in row.tells}
    for who in people:
        away(cast[who], days=120, cover=cast["dina"])
    holds(clock, record, row, **dict.fromkeys(people, "dina"))


def test_ten_working_days_over_easter_and_the_night_the_clocks_go_forward(clock, cast):
    review = a_review(cast, clock)
    clock.set(datetime(2026, 3, 20, 9, 0, tzinfo=UTC))
    feedback = told(review, cast["reva"])
    assert clock_of(feedback, "Q5").due_at == datetime(2026, 4, 7, 8, 0, tzinfo=UTC)  # nine by the wall


def test_a_month_counts_from_its_local_midnight_in_summer_too(clock, cast):
    clock.set(datetime(2026, 4, 10, 12, 0, tzinfo=UTC))
    called_in(cast["callie"])
    clock.set(datetime(2026, 5, 1, 9, 0, tzinfo=UTC))
    (drawn,) = drawn_of("call_review")
    assert clock_of(drawn, "Q1").started_at == datetime(2026, 4, 30, 23, 0, tzinfo=UTC)


def test_what_is_done_in_time_is_heard_of_by_nobody(clock, cast):
    feedback = feedback_on_a_call(cast, clock)
    answered(feedback, cast["callie"])
    review = as_it_is(feedback.review)
    assert [clock_of(each, code).stopped_at for each, code in ((feedback, "Q5"), (review, "QA7"))] == [clock.at] * 2
    assert clock_of(review, "QA4").stopped_at == clock.at
    assert the(Sampled, kind="call_review").reviewed_at == clock.at


def test_what_is_drawn_late_is_late_from_the_month_it_is_of(clock, cast):
    """Nobody asked Longstop to draw for six weeks: the clock has run since the first of the month."""
    calls_in_february(clock, cast["callie"])
    clock.set(datetime(2026, 3, 30, 9, 0, tzinfo=UTC))
    (drawn,) = drawn_of("call_review")
    sweep()
    assert [who for *_, who in raised(drawn.pk, "Q1")] == [["reva"], ["quinn"]]


def test_a_review_begins_the_two_months_anew_and_so_does_a_month_without_work(clock, cast):
    drawn = calls(cast, clock)
    clock.shift(10 * DAY)
    reviewed(reviews_of(drawn)[0], cast["reva"])
    sampled = the(Sampled, kind="call_review")
    assert clock_of(sampled, "QA3").due_at == clock.at + 62 * DAY
    clock.set(datetime(2026, 4, 1, 9, 0, tzinfo=UTC))
    draw_due()
    assert {clock_of(sampled, code).due_at - clock.at for code in ("QA1", "QA3")} == {35 * DAY, 62 * DAY}


def test_without_a_supervisor_the_lead_hears_that_it_is_not_read_and_nothing_else(clock, cast):
    feedback = told(a_review(cast, clock), cast["reva"], to_supervisor=False)
    assert clock_of(feedback, "Q5") is None
    clock.shift(21 * DAY + MOMENT)
    sweep()
    assert [who for *_, who in raised(feedback.review_id, "QA7")] == [["quinn"]]

"""Every clock of what follows a return at its exact boundary, also over weekends, Easter, Christmas and the nights on
which the clocks change, and with whoever is told away."""

from datetime import UTC, datetime, timedelta

import pytest

from missing.workflow import interviews, notices
from sla.engine import sweep
from tests.encompass.conftest import northvale, schools, vale
from tests.missing.returns import GROUNDS, asked, back, came, council, declined, held, missing, raised, read
from tests.missing.test_notices_life import live, of_authority, of_school, pupil
from tests.sla.made import MOMENT
from tests.sla.made import raised as told_of
from tests.stories import away, clock_of, hours

pytestmark = pytest.mark.django_db
__all__ = ["live", "northvale", "pupil", "schools", "vale"]


def utc(month, day, hour=0, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def is_told_exactly(clock, record, code, expected):
    """At each moment nobody more, a microsecond later whoever is expected."""
    for at, _ in expected:
        clock.set(at)
        sweep()
        assert [who for _, _, _, who in told_of(record.pk, code)] == [who for when, who in expected if when < at], at
        clock.set(at + MOMENT)
        sweep()
        assert [who for _, _, _, who in told_of(record.pk, code)] == [who for when, who in expected if when <= at], at


DAYS_WITHOUT_A_PAUSE = [
    utc(3, 2, 9),  # a Monday
    utc(3, 6, 15),  # a Friday afternoon: the weekend counts
    utc(3, 28, 23),  # the night the clocks go forward
    utc(10, 24, 23),  # the night they go back
    utc(4, 2, 14),  # Maundy Thursday
    utc(12, 24, 16),  # Christmas Eve
]


@pytest.mark.parametrize("returned", DAYS_WITHOUT_A_PAUSE)
@pytest.mark.parametrize("cover", [None, "dina"])
def test_mc16_held_within_72_hours_of_the_return_and_nothing_pauses_it(clock, cast, maya, returned, cover):
    clock.set(returned)
    request = asked(maya)
    for name in ("maya", "milo", "dmitri") if cover else ():
        away(cast[name], days=60, cover=cast[cover])
    assert clock_of(request, "MC16").due_at == returned + hours(72)
    first, second, third = ([cover or name] for name in ("maya", "milo", "dmitri"))
    at = [(returned + hours(72) * share, who) for share, who in ((0.66, first), (1, second), (1.5, third))]
    is_told_exactly(clock, request, "MC16", at)


def test_mc16_counts_from_the_return_however_late_somebody_asks(clock, maya):
    clock.set(utc(3, 9, 9))
    request = asked(maya, back(maya, found_at=utc(3, 2, 9), reported_at=utc(3, 1, 9)))
    timed = clock_of(request, "MC16")
    assert (timed.started_at, timed.due_at, request.due_at) == (utc(3, 2, 9), utc(3, 5, 9), utc(3, 5, 9))
    sweep()
    assert [who for _, _, _, who in told_of(request.pk, "MC16")] == [["maya"], ["milo"], ["dmitri"]]


@pytest.mark.parametrize("how", ["held", "came", "declined"])
def test_mc16_ends_when_it_was_held_or_came_back_or_there_was_none(maya, how):
    request = asked(maya)
    {"held": held, "came": came, "declined": declined}[how](request, maya)
    assert clock_of(request, "MC16").stopped_at is not None


FIVE_WORKING_DAYS = [
    (utc(3, 2, 9), utc(3, 9, 9)),  # Monday to Monday
    (utc(3, 7, 15), utc(3, 14)),  # a Saturday: five days from Monday's first moment
    (utc(3, 27, 15), utc(4, 7, 14)),  # over the night the clocks go forward, Good Friday and Easter Monday
    (utc(4, 1, 14), utc(4, 10, 14)),  # over Good Friday and Easter Monday
    (utc(12, 23, 16), utc(1, 4, 16, year=2027)),  # over Christmas and New Year
    (utc(10, 23, 14), utc(10, 30, 15)),  # over the night they go back
]
"""Held, and due. Written by hand."""


@pytest.mark.parametrize(("heard", "due"), FIVE_WORKING_DAYS)
def test_mc17_back_five_working_days_after_it_was_held(clock, maya, heard, due):
    clock.set(heard - hours(10))
    request = asked(maya)
    clock.set(heard)
    assert clock_of(held(request, maya), "MC17").due_at == due


@pytest.mark.parametrize("cover", [None, "dina"])
def test_mc17_tells_the_co_ordinator_the_sergeant_and_the_inspector(clock, cast, maya, cover):
    request = held(asked(maya), maya)
    for name in ("maya", "milo", "ines") if cover else ():
        away(cast[name], days=60, cover=cast[cover])
    start, whole = utc(3, 2, 9), timedelta(days=7)
    first, second, third = ([cover or name] for name in ("maya", "milo", "ines"))
    is_told_exactly(
        clock, request, "MC17", [(start + whole * 0.66, first), (start + whole, second), (start + whole * 2, third)]
    )


def test_mc17_held_earlier_than_was_said_it_is_due_earlier_and_never_later(clock, maya):
    request = asked(maya)
    clock.shift(hours(48))
    request = held(request, maya)
    due = clock_of(request, "MC17").due_at
    request = held(request, maya, clock.at - hours(24))
    assert clock_of(request, "MC17").due_at == due - hours(24)
    request = held(request, maya, clock.at)
    assert clock_of(request, "MC17").due_at == due - hours(24)


ONE_WORKING_DAY = [
    (utc(3, 2, 20), utc(3, 3, 20)),  # a Monday evening
    (utc(3, 6, 20), utc(3, 9, 20)),  # a Friday evening
    (utc(3, 28, 23), utc(3, 30, 23)),  # the night the clocks go forward
    (utc(10, 24, 23), utc(10, 27)),  # the night they go back: by the wall it is Sunday already
    (utc(4, 2, 14), utc(4, 7, 14)),  # Maundy Thursday
    (utc(12, 24, 16), utc(12, 29, 16)),  # Christmas Eve; 25 and 28 December are bank holidays
]


@pytest.mark.parametrize(("came_at", "due"), ONE_WORKING_DAY)
@pytest.mark.parametrize("cover", [None, "dina"])
def test_mc17r_read_within_a_working_day_and_the_co_ordinator_hears_at_once(clock, cast, maya, came_at, due, cover):
    clock.set(came_at - hours(5))
    request = asked(maya)
    for name in ("maya", "milo", "ines") if cover else ():
        away(cast[name], days=60, cover=cast[cover])
    clock.set(came_at)
    request = came(request, maya)
    first, second, third = ([cover or name] for name in ("maya", "milo", "ines"))
    later = [(came_at, first), (due, second), (came_at + (due - came_at) * 2, third)]
    is_told_exactly(clock, request, "MC17R", later)
    read(request, maya)
    assert clock_of(request, "MC17R").stopped_by == "missing.read_interview"


def test_mc17r_a_later_answer_after_the_reading_runs_again_and_one_before_it_gives_no_time(clock, maya):
    request = came(asked(maya), maya)
    due = clock_of(request, "MC17R").due_at
    clock.shift(hours(3))
    request = came(request, maya, "More")
    assert clock_of(request, "MC17R").due_at == due
    request = read(request, maya)
    clock.shift(hours(24))
    request = came(request, maya, "And more")
    assert (clock_of(request, "MC17R").stopped_at, clock_of(request, "MC17R").started_at) == (None, clock.at)


@pytest.mark.parametrize("reported", DAYS_WITHOUT_A_PAUSE)
@pytest.mark.parametrize("cover", [None, "dina"])
def test_mc18a_authorities_told_within_two_hours(clock, cast, maya, reported, cover):
    clock.set(reported)
    (notice,) = of_authority(raised(missing(maya, reported_at=reported), maya))
    for name in ("maya", "milo", "ines") if cover else ():
        away(cast[name], days=60, cover=cast[cover])
    first, second, third = ([cover or name] for name in ("maya", "milo", "ines"))
    at = [(reported + hours(2) * share, who) for share, who in ((0.75, first), (1, second), (1.5, third))]
    is_told_exactly(clock, notice, "MC18A", at)


BELLS = [
    (utc(3, 2, 20), utc(3, 3, 8, 40)),  # a Monday evening
    (utc(3, 6, 20), utc(3, 9, 8, 40)),  # a Friday evening: Monday
    (utc(3, 28, 23), utc(3, 30, 7, 40)),  # the clocks go forward: the bell rings by the wall
    (utc(10, 24, 23), utc(10, 26, 8, 40)),  # the clocks go back
    (utc(4, 2, 18), utc(4, 7, 7, 40)),  # Maundy Thursday: Tuesday after Easter Monday
    (utc(12, 24, 16), utc(12, 29, 8, 40)),  # Christmas Eve, and nobody has said when the holidays are
]


@pytest.mark.parametrize(("reported", "bell"), BELLS)
@pytest.mark.parametrize("cover", [None, "dina"])
def test_mc18_the_school_is_told_before_its_next_day(clock, cast, maya, pupil, live, reported, bell, cover):
    clock.set(reported)
    notice = of_school(raised(missing(maya, pupil, reported_at=reported), maya))
    assert clock_of(notice, "MC18").due_at == bell
    for name in ("maya", "milo", "ines") if cover else ():
        away(cast[name], days=60, cover=cast[cover])
    first, second, third = ([cover or name] for name in ("maya", "milo", "ines"))
    whole = bell - reported
    at = [(reported + whole * share, who) for share, who in ((0.75, first), (1, second), (1.5, third))]
    is_told_exactly(clock, notice, "MC18", at)
    notices.send_notice(notice, by=maya, grounds=GROUNDS)
    assert clock_of(notice, "MC18").stopped_at is not None


def test_mc18_no_clock_runs_for_what_is_not_sent_for_a_reason_until_somebody_knows_better(clock, maya, schools, vale):
    notice = of_school(raised(missing(maya, reported_at=clock.at, host=council(authorities=["801"])), maya))
    assert (notice.state, clock_of(notice, "MC18")) == ("not_sent", None)
    notice = notices.say_school(notice, by=maya, school=schools["mill"])
    assert clock_of(notice, "MC18").stopped_at is None


def test_a_reminder_stops_no_clock(clock, maya):
    request = asked(maya)
    due = clock_of(request, "MC16").due_at
    request = interviews.chase(request, by=maya)
    assert (clock_of(request, "MC16").due_at, clock_of(request, "MC16").stopped_at) == (due, None)

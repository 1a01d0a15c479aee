"""The clocks of the children whom an online case concerns, at their exact moments: nobody is told on the moment,
somebody named is a microsecond later; with that person away their cover is, and when they have left their post is; over
the nights on which the clock on the wall jumps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from access.actor import System, signed
from accounts.models import User
from online.models import KiratAssessment
from online.workflow import gate_deadlines
from online.workflow.children import social_worker_spoken_to
from online.workflow.enforcing import call_off
from online.workflow.kirat import assess
from sla.engine import sweep
from sla.models import Clock
from sla.policy import Deadline, Ladder
from tests.online.gate_clocks import AGAIN, POSTS, TABLE, Scene, moments
from tests.online.gate_scenes import maisie, notice_from, settled, very_high
from tests.online.scenes import as_it_is, child_of, level, with_a_child
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
OURS = {each.code: each for each in vars(gate_deadlines).values() if isinstance(each, Deadline)}
EVERY = pytest.mark.parametrize("row", [*TABLE, AGAIN], ids=str)
ONE_OF_EACH = pytest.mark.parametrize("row", {row.code: row for row in reversed([*TABLE, AGAIN])}.values(), ids=str)
NIGHTS = [datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)]
ON_BOTH_NIGHTS = pytest.mark.parametrize("night", NIGHTS, ids=["forward", "back"])


def climbs(clock, row, record, expected):
    """Each level in turn: on its moment nothing more has been raised, a microsecond later it has, by name."""
    levels = [(row.code, number, at, [who]) for number, (at, who) in enumerate(expected, start=1)]
    for moment in dict.fromkeys(at for at, _ in expected):
        for at in (moment, moment + MOMENT):
            if at >= clock.at:
                clock.set(at)
            sweep()
            assert raised(record.pk, row.code) == [each for each in levels if each[2] < clock.at], at


def test_every_deadline_has_its_row_with_each_level():
    assert {row.code for row in [*TABLE, AGAIN]} | {"OC8I"} == set(OURS)
    for row in TABLE:
        ladder = OURS[row.code].ladder
        assert isinstance(ladder, Ladder)
        assert [POSTS[who] for _, who in row.tells] == [level.tell for level in ladder.levels]


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    nine = clock.at
    record = row.story(Scene(clock, cast))
    running = clock_of(record, row.code)
    assert running.started_at == nine + timedelta(hours=getattr(row, "began", 0))
    assert running.due_at == nine + timedelta(hours=row.due)
    assert as_it_is(record).due_at <= running.due_at
    climbs(clock, row, record, moments(row, nine))


@ONE_OF_EACH
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    nine = clock.at
    record = row.story(Scene(clock, cast))
    covers = {"rory": "iris", "iris": "rory", "dina": "milo", "delia": "imran", "sam": "cora", "dmitri": "ines"}
    covers |= {"sue": "chidi"}
    for who in {who for _, who in row.tells}:
        away(cast[who], days=100, cover=cast[covers[who]])
    climbs(clock, row, record, [(at, covers[who]) for at, who in moments(row, nine)])


@ONE_OF_EACH
def test_when_they_have_left_whoever_stands_above_is_told(clock, cast, row):
    nine = clock.at
    record = row.story(Scene(clock, cast))
    first = row.tells[0][1]
    above = {"rory": "dina", "iris": "dina", "dina": "delia", "delia": "sue", "sam": "ines"}
    with signed(System("test")):
        User.objects.filter(pk=cast[first].pk).update(is_active=False)
    expected = [(at, above[who] if who == first else who) for at, who in moments(row, nine)]
    climbs(clock, row, record, expected)


@ON_BOTH_NIGHTS
@pytest.mark.parametrize("code", ["OC8", "OC7", "OC9O"])
def test_hours_are_hours_over_the_nights_the_clocks_change(clock, cast, night, code):
    clock.set(night - timedelta(hours=2))
    row = next(each for each in TABLE if each.code == code)
    climbs(clock, row, row.story(Scene(clock, cast)), moments(row, clock.at))


@ON_BOTH_NIGHTS
def test_the_end_of_the_next_day_is_midnight_by_the_clock_on_the_wall(clock, cast, night):
    clock.set(night.replace(hour=12) - timedelta(days=1))
    row = next(each for each in TABLE if each.code == "OC9")
    noticed = clock_of(row.story(Scene(clock, cast)), "OC9")
    midnight = {3: datetime(2026, 3, 29, 23, tzinfo=UTC), 10: datetime(2026, 10, 26, 0, tzinfo=UTC)}
    assert noticed.due_at == midnight[night.month]


def test_the_notice_of_a_case_with_an_investigator_is_theirs(clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    with signed(System("test")):
        type(case).objects.filter(pk=case.pk).update(investigator=cast["iris"])
    child = child_of(as_it_is(case), cast["iris"], "Tom Pell")
    row = replace(next(each for each in TABLE if each.code == "OC8"), code="OC8I")
    expected = [(at, "iris" if who == "rory" else who) for at, who in moments(row, clock.at)]
    assert (clock_of(child, "OC8I").owner, clock_of(child, "OC8")) == (cast["iris"], None)
    climbs(clock, row, child, expected)


def test_a_notice_late_in_the_evening_with_a_very_high_level_is_discussed_the_same_day(clock, cast):
    clock.set(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    child = maisie(with_a_child(cast["rory"], cast["dina"], "very_high"))
    notice_from(child, cast["rory"])
    assert clock_of(child, "OC9").due_at == datetime(2026, 3, 3, 0, tzinfo=UTC)


def test_a_lower_level_never_moves_a_clock_away(clock, cast):
    case = very_high(with_a_child(cast["rory"], cast["dina"]), cast)
    child = maisie(case)
    before = clock_of(child, "OC8").due_at
    assess(KiratAssessment(), by=cast["rory"], case=case, facts=level("low"))
    notice_from(child, cast["rory"])
    assert before == clock.at + timedelta(hours=4)
    assert clock_of(child, "OC8").due_at == before


def test_a_level_that_rises_late_makes_the_notice_late_at_once(clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    clock.shift(timedelta(hours=20))
    child = maisie(very_high(case, cast))
    running = clock_of(child, "OC8")
    assert running.due_at == running.started_at + timedelta(hours=4) < clock.at
    sweep()
    told = {who for level in raised(child.pk, "OC8") for who in level[3]}
    assert told == {"rory", "dina", "delia", "dmitri", "sue"}


def test_speaking_with_the_social_worker_begins_two_weeks_again_and_nothing_else_does(clock, cast):
    child = maisie(with_a_child(cast["rory"], cast["dina"]))
    clock.shift(timedelta(days=10))
    notice_from(child, cast["rory"])
    assert clock_of(child, "OC16").due_at == clock.at + timedelta(days=4)
    said = {"who": "Sol Worker, Vale Council", "said": "She was at nursery", "at": clock.at}
    social_worker_spoken_to(as_it_is(child), by=cast["iris"], **said)
    assert clock_of(child, "OC16").due_at == clock.at + timedelta(days=14)
    settled(child, cast["iris"])
    assert not Clock.running().filter(record=child.pk, deadline="OC16").exists()


def test_what_is_called_off_waits_for_no_result(clock, cast):
    row = next(each for each in TABLE if each.code == "OC19")
    enforcement = row.story(Scene(clock, cast))
    call_off(enforcement, by=cast["dina"], because="He is in hospital")
    clock.shift(timedelta(days=3))
    sweep()
    assert raised(enforcement.pk) == []
    assert as_it_is(enforcement.online_case).state == "assessed"

"""The clocks of approvals, new information and children in contact with an offender at their exact moments: nobody is
told on the moment, somebody named is a microsecond later; with that person away their cover is; over the nights on
which the clock on the wall jumps."""

from datetime import UTC, datetime, timedelta

import pytest

from offenders.models import Nominal
from offenders.workflow import watch_deadlines
from offenders.workflow.nominals import reallocate
from sla.engine import sweep
from sla.policy import Deadline, Moments
from tests.offenders.watch_clocks import POSTS, TABLE, Scene, moments
from tests.offenders.watch_scenes import as_it_is
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
OURS = {each.code: each for each in vars(watch_deadlines).values() if isinstance(each, Deadline)}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
ONE_OF_EACH = pytest.mark.parametrize("row", {row.code: row for row in reversed(TABLE)}.values(), ids=str)
NIGHTS = [datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)]


def climbs(clock, row, record, expected):
    """Each level in turn: on its moment nothing more has been raised, a microsecond later it has, by name."""
    levels = [(row.code, number, at, [who]) for number, (at, who) in enumerate(expected, start=1)]
    for moment in dict.fromkeys(at for at, _ in expected):
        for at in (moment, moment + MOMENT):
            if at >= clock.at:
                clock.set(at)
            sweep()
            assert raised(record.pk, row.code) == [each for each in levels if each[2] < clock.at], at


def test_every_deadline_has_its_row_with_each_level_and_each_length():
    assert {row.code for row in TABLE} == set(OURS)
    for row in TABLE:
        levels = OURS[row.code].ladder.levels
        assert len(row.tells) == len(levels)
        if not isinstance(OURS[row.code].ladder, Moments) and row.when != "own":
            assert [POSTS[who] for _, who in row.tells] == [level.tell for level in levels]


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    running = clock_of(record, row.code)
    assert (running.started_at, running.due_at) == (clock.at, clock.at + timedelta(days=row.due))
    climbs(clock, row, record, moments(row, running.started_at))


@EVERY
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    began = clock_of(record, row.code).started_at
    covers = {"omar": "olga", "stella": "seb", "imran": "dina", "dmitri": "dina", "sue": "dina"}
    for who in {who for _, who in row.tells}:
        away(cast[who], days=60, cover=cast[covers[who]])
    climbs(clock, row, record, [(at, covers[who]) for at, who in moments(row, began)])


@pytest.mark.parametrize("night", NIGHTS, ids=["forward", "back"])
def test_twelve_hours_are_twelve_hours_over_the_nights_the_clocks_change(clock, cast, night):
    clock.set(night - timedelta(hours=6))
    row = next(each for each in TABLE if each.code == "RS16")
    climbs(clock, row, row.story(Scene(clock, cast)), moments(row, clock.at))


@ONE_OF_EACH
def test_what_is_one_manager_s_follows_the_offender_to_another_manager(clock, cast, row):
    """Only where it is one manager's."""
    scene = Scene(clock, cast)
    record = row.story(scene)
    nominal = as_it_is(Nominal(pk=record.nominal_id))
    reallocate(nominal, by=cast["stella"], manager=cast["olga"], team=nominal.team, because="Omar has eighty")
    running = clock_of(record, row.code)
    assert running.owner == (cast["olga"] if OURS[row.code].owner(as_it_is(record)) else None)

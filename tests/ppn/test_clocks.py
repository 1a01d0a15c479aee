"""Every clock of a notice at its exact boundaries: nobody is told on the moment, and somebody named is a microsecond
later; with that person away somebody else is; nights, weekends and bank holidays change nothing, because a child is not
safer on a Sunday."""

from datetime import UTC, datetime

import pytest

from sla.engine import sweep
from sla.policy import DEADLINES
from tests.conftest import hours
from tests.ppn.every_clock import TABLE
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
DAYS = {
    "the night the clocks go forward": datetime(2026, 3, 28, 23, 0, tzinfo=UTC),
    "the night they go back": datetime(2026, 10, 24, 23, 0, tzinfo=UTC),
    "a Friday evening": datetime(2026, 3, 6, 20, 0, tzinfo=UTC),
    "Christmas Eve": datetime(2026, 12, 24, 16, 0, tzinfo=UTC),
}


def climbs(clock, row, record, **instead):
    """Each level in turn: on its moment nothing more has been raised, a microsecond later it has, by name."""
    began = clock_of(record, row.code).started_at
    expected = [
        (row.code, number, began + hours(after), sorted({instead.get(who, who) for who in people}))
        for number, (after, people) in enumerate(row.tells, start=1)
    ]
    for after, _ in row.tells:
        for moment in (began + hours(after), began + hours(after) + MOMENT):
            clock.set(moment)
            sweep()
            assert raised(record.pk, row.code) == [each for each in expected if each[2] < moment]


def test_every_deadline_of_a_notice_has_its_story():
    ours = {code for code, each in DEADLINES.items() if each.model._meta.app_label == "ppn"}
    assert {row.code for row in TABLE} == ours


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    record = row.story(cast)
    running = clock_of(record, row.code)
    assert (running.started_at, running.due_at, running.stopped_at) == (clock.at, clock.at + row.length, None)
    climbs(clock, row, record)


@EVERY
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    record = row.story(cast)
    people = {who for _, names in row.tells for who in names}
    for who in people:
        away(cast[who], days=30, cover=cast["dina"])
    climbs(clock, row, record, **dict.fromkeys(people, "dina"))


@pytest.mark.parametrize("day", DAYS)
@EVERY
def test_nights_weekends_and_bank_holidays_change_nothing(clock, cast, row, day):
    clock.set(DAYS[day])
    climbs(clock, row, row.story(cast))

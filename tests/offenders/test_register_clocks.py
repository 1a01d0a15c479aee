"""Every clock of the register at its exact moments: nobody new is told on the moment, somebody named is a microsecond
later; with that person away their cover is; work of one manager tells that manager and not the whole team."""

from datetime import UTC, datetime, timedelta

import pytest

from offenders.workflow import register_deadlines, standing_deadlines
from sla.engine import sweep
from sla.lengths import Basis
from sla.policy import DEADLINES, EachTime
from tests.offenders.register_clocks import HOUR, POSTS, TABLE, Scene
from tests.offenders.register_scenes import changed, duty_of, known_to_police
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
OURS = {
    code: each
    for code, each in DEADLINES.items()
    if each in [*vars(register_deadlines).values(), *vars(standing_deadlines).values()]
}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
ONE_OF_EACH = pytest.mark.parametrize("row", {row.code: row for row in reversed(TABLE)}.values(), ids=str)
BACK = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)


def climbs(clock, code, record, expected):
    levels = [(code, number, at, [who]) for number, (at, who) in enumerate(expected, start=1)]
    for moment in dict.fromkeys(at for at, _ in expected):
        for at in (moment, moment + MOMENT):
            if at >= clock.at:
                clock.set(at)
            sweep()
            assert raised(record.pk, code) == [each for each in levels if each[2] < clock.at], at
    assert raised(record.pk, code) == levels


def in_the_story(began, row, **instead):
    return [(began + after * HOUR, instead.get(who, who)) for after, who in row.tells]


def test_every_deadline_of_the_register_has_its_row():
    assert {row.code for row in TABLE} == set(OURS)


@pytest.mark.parametrize("deadline", OURS.values(), ids=OURS)
def test_with_each_post_that_is_told(deadline):
    rows = [row for row in TABLE if row.code == deadline.code]
    assert {POSTS[who] for row in rows for _, who in row.tells} == deadline.ladder.roles()
    levels = len(deadline.ladder.tell) + 1 if isinstance(deadline.ladder, EachTime) else len(deadline.ladder.levels)
    assert {len(row.tells) for row in rows} == {levels}


def test_what_the_act_says_no_force_can_set():
    laws = {code for code, each in OURS.items() if any(length.basis is Basis.LAW for length in each.lengths)}
    assert laws == {"RS1", "RS2", "RS3", "RS4", "RS5", "RS7", "RS8"}


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    began = clock.at
    record = row.story(Scene(clock, cast))
    assert clock_of(record, row.code).due_at == began + row.due * HOUR
    climbs(clock, row.code, record, in_the_story(began, row))
    assert all(cast[who].postings.get().role == POSTS[who] for _, who in row.tells)


@ONE_OF_EACH
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    began = clock.at
    record = row.story(Scene(clock, cast))
    people = {who for _, who in row.tells}
    for who in people:
        away(cast[who], days=2200, cover=cast["dina"])
    climbs(clock, row.code, record, in_the_story(began, row, **dict.fromkeys(people, "dina")))


def test_over_the_night_the_clocks_go_back_the_last_day_is_an_hour_longer(clock, hana, omar):
    nominal = known_to_police(hana, omar)
    clock.set(BACK)
    duty = changed(nominal, omar)
    assert duty.due_at == datetime(2026, 10, 27, tzinfo=UTC)
    assert clock_of(duty, "RS2").due_at - duty.runs_from == timedelta(days=3, hours=1)
    later = [(duty.due_at + timedelta(days=3), "imran"), (duty.due_at + timedelta(days=7), "dmitri")]
    expected = [(datetime(2026, 10, 26, 9, tzinfo=UTC), "omar"), (duty.due_at, "stella"), *later]
    climbs(clock, "RS2", duty, expected)


def test_the_manager_of_somebody_else_is_not_told(clock, hana, olga):
    duty = duty_of(known_to_police(hana, olga), "annual")
    clock.set(duty.due_at - timedelta(days=14) + MOMENT)
    sweep()
    assert [people for *_, people in raised(duty.pk)] == [["olga"]]

"""The clocks of what follows enforcement at their exact moments: nobody is told on the moment, somebody named is a
microsecond later; with that person away their cover is, and whoever has left is not; over the nights on which the clock
on the wall jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from access.actor import System, signed
from access.time import now
from accounts.models import User
from online.models import Bail
from online.workflow import after_deadlines, bail, suspects
from sla.engine import sweep
from sla.models import Clock
from sla.policy import Deadline, EachTime
from tests.online.after_clocks import POSTS, TABLE, Row, Scene, moments, with_a_child, without_a_child
from tests.online.after_scenes import PLAN, arrested_in, as_it_is, bail_of, filed, on_bail, plan_of, searched
from tests.online.scenes import child_of
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
OURS = {each.code: each for each in vars(after_deadlines).values() if isinstance(each, Deadline)}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
ONE_OF_EACH = pytest.mark.parametrize("row", {row.code: row for row in reversed(TABLE)}.values(), ids=str)
NIGHTS = [datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)]
COVERS = {"iris": "rory", "dina": "sam", "delia": "imran", "dmitri": "ines", "sue": "chidi"}


def climbs(clock: Any, row: Row, record: Any, expected: list[tuple[datetime, str]]) -> None:
    """Each level in turn: on its moment nothing more has been raised, a microsecond later it has, by name."""
    levels = [(row.code, number, at, [who]) for number, (at, who) in enumerate(expected, start=1)]
    for moment in dict.fromkeys(at for at, _ in expected):
        for at in (moment, moment + MOMENT):
            if at >= clock.at:
                clock.set(at)
            sweep()
            assert raised(record.pk, row.code) == [each for each in levels if each[2] < clock.at], at


def test_every_deadline_has_its_row_with_each_level() -> None:
    assert {row.code for row in TABLE} == set(OURS)
    for row in TABLE:
        ladder = OURS[row.code].ladder
        levels = ladder.tell if isinstance(ladder, EachTime) else [level.tell for level in ladder.levels]
        assert len(row.tells) == len(levels)
        if row.when != "no child":
            assert [POSTS[who] for _, who in row.tells] == list(levels)


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(
    clock: Any, cast: Any, row: Row
) -> None:
    record = row.story(Scene(clock, cast))
    running = clock_of(record, row.code)
    assert (running.started_at, running.due_at) == (clock.at, clock.at + timedelta(days=row.due))
    climbs(clock, row, record, moments(row, running.started_at))


@EVERY
def test_with_the_right_person_away_their_cover_is_told(clock: Any, cast: Any, row: Row) -> None:
    record = row.story(Scene(clock, cast))
    began = clock_of(record, row.code).started_at
    for who in {who for _, who in row.tells}:
        away(cast[who], days=200, cover=cast[COVERS[who]])
    climbs(clock, row, record, [(at, COVERS[who]) for at, who in moments(row, began)])


@ONE_OF_EACH
def test_whose_work_it_was_has_left_and_the_sergeant_is_told_in_their_place(clock: Any, cast: Any, row: Row) -> None:
    record = row.story(Scene(clock, cast))
    with signed(System("test")):
        User.objects.filter(pk=cast["iris"].pk).update(is_active=False)
    expected = [(at, "dina" if who == "iris" else who) for at, who in moments(row, clock.at)]
    climbs(clock, row, record, expected)


@pytest.mark.parametrize("night", NIGHTS, ids=["forward", "back"])
def test_a_day_is_twenty_four_hours_over_the_nights_the_clocks_change(clock: Any, cast: Any, night: datetime) -> None:
    clock.set(night - timedelta(hours=6))
    for code in ("OC13", "OC20A"):
        row = next(each for each in TABLE if each.code == code)
        clock.set(night - timedelta(hours=6))
        record = row.story(Scene(clock, cast))
        climbs(clock, row, record, moments(row, clock.at))


@pytest.mark.parametrize("night", NIGHTS, ids=["forward", "back"])
def test_one_working_day_over_the_weekend_the_clocks_change_ends_at_the_same_local_time(
    clock: Any, cast: Any, night: datetime
) -> None:
    """From a Friday at three in the afternoon to the Monday."""
    friday = night.replace(hour=15) - timedelta(days=2)
    local_friday = friday - timedelta(hours=1) if night.month == 10 else friday
    clock.set(local_friday)
    record = TABLE[0].story(Scene(clock, cast))
    hour = timedelta(hours=1) if night.month == 10 else -timedelta(hours=1)
    assert clock_of(record, "OC11").due_at == local_friday + timedelta(days=3) + hour


def test_a_child_who_becomes_known_later_brings_the_chair_in_and_a_plan(clock: Any, cast: Any) -> None:
    record = without_a_child(Scene(clock, cast))
    assert clock_of(record, "OC12").no_child
    clock.shift(timedelta(days=3))
    child_of(as_it_is(record).online_case, cast["rory"])
    assert not clock_of(record, "OC12").no_child
    plan = plan_of(record.suspect)
    assert clock_of(plan, "OC13").due_at == now() + timedelta(days=1)
    clock.set(record.expires_at + MOMENT)
    sweep()
    assert raised(record.pk, "OC12")[-1][3] == ["dmitri"]


def test_an_extension_begins_a_new_time_and_keeps_the_old_one_on_record(clock: Any, cast: Any) -> None:
    record = with_a_child(Scene(clock, cast))
    clock.shift(timedelta(days=59))
    said = {"authorised_by": "Inspector Ida Marrow", "because": "The telephone"}
    bail.bail_extended(record, by=cast["iris"], rule="inspector", until=now() + timedelta(days=90), **said)
    rows = Clock.objects.filter(record=record.pk, deadline="OC12").order_by("due_at")
    assert [(row.due_at, row.stopped_by) for row in rows] == [
        (record.expires_at, "online.bail_extended"),
        (now() + timedelta(days=90), ""),
    ]
    assert as_it_is(record).due_at == now() + timedelta(days=90)


def test_varying_the_conditions_moves_nothing(clock: Any, cast: Any) -> None:
    record = with_a_child(Scene(clock, cast))
    before = clock_of(record, "OC12")
    clock.shift(timedelta(days=1))
    said = {"conditions": bail.Conditions("As before", "His mother's", "As before"), "authorised_by": "Sergeant Vell"}
    bail.conditions_varied(record, by=cast["iris"], because="His brother has moved", **said)
    after = clock_of(record, "OC12")
    assert (after.pk, after.due_at, after.level) == (before.pk, before.due_at, before.level)


def test_a_plan_that_goes_with_the_release_never_alarms_anybody(clock: Any, cast: Any) -> None:
    record = on_bail(cast, plan=PLAN)
    plan = plan_of(record.suspect)
    assert (plan.state, clock_of(plan, "OC13").stopped_by) == ("filed", "online.file_plan")
    clock.shift(timedelta(days=3))
    sweep()
    assert raised(plan.pk) == []


def test_reviewing_a_suspect_asks_again_after_the_same_time(clock: Any, cast: Any) -> None:
    suspect = arrested_in(searched(cast), cast["iris"])
    suspects.released_under_investigation(suspect, by=cast["iris"], at=now(), because="He lives alone")
    clock.shift(timedelta(days=20))
    suspects.suspect_reviewed(suspect, by=cast["dina"], said="The laptop is with the laboratory until May")
    assert clock_of(suspect, "OC20").due_at == now() + timedelta(days=28)


def test_bail_that_ran_out_keeps_telling_until_a_sergeant_answers_for_it(clock: Any, cast: Any) -> None:
    record = with_a_child(Scene(clock, cast))
    filed(plan_of(record.suspect), cast["iris"])
    clock.set(record.expires_at + MOMENT)
    assert bail.lapse_all() == 1
    assert as_it_is(record).state == Bail.State.LAPSED
    clock.shift(timedelta(days=1))
    sweep()
    assert raised(record.pk, "OC12")[-1][3] == ["sue"]
    bail.lapse_answered(record, by=cast["dina"], said="Nobody asked an inspector in time", protects="He is abroad")
    assert clock_of(record, "OC12").stopped_by == "online.lapse_answered"


def test_the_first_of_several_breaches_counts(clock: Any, cast: Any) -> None:
    record = bail_of(arrested_in(searched(cast), cast["iris"]), cast["iris"])
    for hours in (2, 5):
        clock.shift(timedelta(hours=hours))
        bail.bail_breached(record, by=cast["iris"], known_at=now(), what="Seen online")
    assert clock_of(record, "OC12B").due_at == record.released_at + timedelta(hours=26)
    assert as_it_is(record).breaches == 2

"""Every clock of a missing child at its exact moments: nobody new is told on the moment, somebody named is a
microsecond later; with that person away their cover is; over the two nights on which the clock on the wall jumps."""

from datetime import UTC, datetime, timedelta

import pytest

from sla.engine import sweep
from sla.lengths import set_number
from sla.models import Clock
from sla.policy import DEADLINES, EachTime
from tests.conftest import hours
from tests.missing.every_clock import BY_THE_WALL, POSTS, TABLE, WALL_TELLS, Scene
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
OURS = {
    code: each
    for code, each in DEADLINES.items()
    if each.model._meta.label in ("missing.Episode", "missing.PlanAction")
}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
ONE_OF_EACH = pytest.mark.parametrize("row", {row.code: row for row in reversed(TABLE)}.values(), ids=str)
FORWARD = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
BACK = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
GOOD_FRIDAY = datetime(2026, 4, 3, 8, 0, tzinfo=UTC)
NEVER_SO_LONG = {
    "Missing child: longest until the next turn has looked": "the next turn comes first, unless there is only one",
    "Missing child: longest until a daily management meeting has decided": "only on the night the clocks go back",
}
"""Lengths that are a limit for what comes before them, and why no story has them."""


def climbs(clock, code, record, expected):
    """Each level in turn: on its moment nothing more has been raised, a microsecond later it has, by name. What was
    raised before, such as on the duty as it was before it was done, stays."""
    before = raised(record.pk, code)
    levels = [(code, number, at, [who]) for number, (at, who) in enumerate(expected, start=1)]
    for moment in dict.fromkeys(at for at, _ in expected):
        for at in (moment, moment + MOMENT):
            if at >= clock.at:
                clock.set(at)
            sweep()
            assert raised(record.pk, code) == before + [each for each in levels if each[2] < clock.at], at
    assert raised(record.pk, code) == before + levels


def in_the_story(scene, row, **instead):
    return [(scene.began + after, instead.get(who, who)) for after, who in row.tells]


def test_every_deadline_of_a_missing_child_has_its_row():
    assert {row.code for row in [*TABLE, *BY_THE_WALL]} == set(OURS)


@pytest.mark.parametrize("deadline", OURS.values(), ids=OURS)
def test_with_each_of_its_lengths_each_of_its_levels_and_each_post_that_is_told(deadline):
    rows = [row for row in TABLE if row.code == deadline.code]
    told = [row.tells for row in rows] or [WALL_TELLS[deadline.code]]
    assert {POSTS[who] for tells in told for _, who in tells} == deadline.ladder.roles()
    lengths = {each.default for each in deadline.lengths if each.name not in NEVER_SO_LONG}
    assert {row.length for row in rows} >= lengths
    levels = len(deadline.ladder.tell) + 1 if isinstance(deadline.ladder, EachTime) else len(deadline.ladder.levels)
    assert {len(tells) for tells in told} == {levels}


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    running = clock_of(record, row.code)
    assert (running.started_at - scene.began, running.due_at - running.started_at) == (row.begins, row.length)
    climbs(clock, row.code, record, in_the_story(scene, row))
    assert all(scene.cast[who].postings.get().role == POSTS[who] for _, who in row.tells)


@ONE_OF_EACH
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    scene = Scene(clock, cast)
    record = row.story(scene)
    people = {who for _, who in row.tells}
    for who in people:
        away(cast[who], days=60, cover=cast["dina"])
    climbs(clock, row.code, record, in_the_story(scene, row, **dict.fromkeys(people, "dina")))


@ONE_OF_EACH
@pytest.mark.parametrize("night", [FORWARD, BACK], ids=["forward", "back"])
def test_over_the_nights_the_clocks_change_it_is_elapsed_time_that_counts(clock, cast, row, night):
    clock.set(night - row.tells[-1][0] / 2 - MOMENT)
    scene = Scene(clock, cast)
    climbs(clock, row.code, row.story(scene), in_the_story(scene, row))


@ONE_OF_EACH
def test_and_over_easter(clock, cast, row):
    clock.set(GOOD_FRIDAY)
    scene = Scene(clock, cast)
    climbs(clock, row.code, row.story(scene), in_the_story(scene, row))


@pytest.mark.parametrize("row", BY_THE_WALL, ids=str)
def test_what_is_due_by_the_local_time_of_day(clock, cast, row):
    clock.set(row.reported)
    episode = Scene(clock, cast).report()
    whole = row.due - row.reported
    assert clock_of(episode, row.code).due_at == row.due
    climbs(clock, row.code, episode, [(row.reported + whole * share, who) for share, who in WALL_TELLS[row.code]])


@pytest.mark.parametrize("code", WALL_TELLS)
def test_with_the_right_person_away_their_cover_is_told_of_these_too(clock, cast, code):
    row = next(each for each in BY_THE_WALL if each.code == code)
    clock.set(row.reported)
    episode = Scene(clock, cast).report()
    for _, who in WALL_TELLS[code]:
        away(cast[who], days=60, cover=cast["dina"])
    whole = row.due - row.reported
    climbs(clock, code, episode, [(row.reported + whole * share, "dina") for share, _ in WALL_TELLS[code]])


def test_a_force_with_one_turn_still_looks_after_twelve_hours(clock, cast, fin):
    for name in ("Early turn begins (hour)", "Late turn begins (hour)", "Night turn begins (hour)"):
        set_number(name, by=fin, number=7, starts=clock.at, because="One long turn")
    episode = Scene(clock, cast).report()
    assert clock_of(episode, "MC6S").due_at == clock.at + hours(12)


def test_what_is_left_undone_for_days_goes_on_telling_the_last(clock, cast):
    scene = Scene(clock, cast)
    episode = scene.report()
    scene.after(hours(10) + MOMENT)
    sweep()
    assert [people for *_, people in raised(episode.pk, "MC1")] == [["connie"], ["fin"], *[["dmitri"]] * 8]


def test_nobody_is_told_twice_and_a_missed_sweep_loses_nothing(clock, cast):
    scene = Scene(clock, cast)
    episode = scene.report("high")
    scene.after(hours(200))
    sweep()
    before = raised(episode.pk)
    sweep()
    assert raised(episode.pk) == before
    assert {code for code, *_ in before} == set(
        Clock.running().filter(record=episode.pk).values_list("deadline", flat=True)
    )
    assert timedelta(0) < clock.at - before[0][2]

"""The clocks of research and of levels at their exact moments: nobody is told on the moment, somebody named is a
microsecond later; with that person away their cover is, and whoever comes after them where they have left; over the
nights on which the clock on the wall jumps."""

from datetime import UTC, date, datetime, timedelta

import pytest

from access.actor import System, signed
from accounts.models import User
from online.workflow import research_deadlines
from sla.engine import sweep
from sla.models import Clock
from sla.policy import Deadline, Moments
from tests.online.research_clocks import POSTS, TABLE, Scene, moments
from tests.online.research_scenes import at_an_end, heard, researched, run_again
from tests.online.scenes import as_it_is, assessed, attributed, executed, received, triaged
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
OURS = {each.code: each for each in vars(research_deadlines).values() if isinstance(each, Deadline)}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
NIGHTS = [datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)]
OVER_NIGHT = [row for row in TABLE if str(row) in ("OC3 named", "OC3A attributed", "OC4 very high", "OC10 news")]
COVERS = {"rory": "iris", "dina": "rosa", "delia": "rashid", "dmitri": "noor", "sue": "carl"}
AFTER = {"rory": "dina", "dina": "delia", "delia": "sue", "dmitri": "sue"}
"""Who answers for a post whose only holder has left."""


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
        roles = [level.tell for level in OURS[row.code].ladder.levels]
        assert len(row.tells) == len(roles)
        if row.when != "own":
            assert [POSTS[who] for _, who in row.tells] == roles
    for code, deadline in OURS.items():
        if not isinstance(deadline.ladder, Moments):
            due = {timedelta(hours=row.due) for row in TABLE if row.code == code}
            assert due == {length.default for length in deadline.lengths}


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    record = row.story(Scene(clock, cast))
    running = clock_of(record, row.code)
    assert (running.started_at, running.due_at) == (clock.at, clock.at + timedelta(hours=row.due))
    climbs(clock, row, record, moments(row, running.started_at))


@EVERY
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    record = row.story(Scene(clock, cast))
    began = clock_of(record, row.code).started_at
    for who in {who for _, who in row.tells}:
        away(cast[who], days=120, cover=cast[COVERS[who]])
    climbs(clock, row, record, [(at, COVERS[who]) for at, who in moments(row, began)])


@EVERY
@pytest.mark.parametrize("leaver", sorted(AFTER))
def test_where_somebody_has_left_whoever_comes_after_them_is_told(clock, cast, row, leaver):
    if leaver not in {who for _, who in row.tells}:
        return
    record = row.story(Scene(clock, cast))
    began = clock_of(record, row.code).started_at
    with signed(System("test")):
        User.objects.filter(pk=cast[leaver].pk).update(is_active=False)
    climbs(clock, row, record, [(at, AFTER[who] if who == leaver else who) for at, who in moments(row, began)])


@pytest.mark.parametrize("night", NIGHTS, ids=["forward", "back"])
@pytest.mark.parametrize("row", OVER_NIGHT, ids=str)
def test_a_day_is_twenty_four_hours_over_the_nights_the_clocks_change(clock, cast, night, row):
    clock.set(night - timedelta(hours=6))
    climbs(clock, row, row.story(Scene(clock, cast)), moments(row, clock.at))


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 26, tzinfo=UTC)),
    ],
)
def test_looking_again_is_due_at_the_local_midnight_after_its_day(clock, cast, day, due):
    clock.set(datetime(day.year, day.month, day.day, 9, tzinfo=UTC) - timedelta(days=3))
    case = at_an_end(triaged(cast["rory"]), cast["dina"], recheck_on=day)
    assert clock_of(case, "OC6R").due_at == due


# What counts, and what does not


def running(record, code):
    return Clock.running().filter(record=record.pk, deadline=code).first()


def test_a_referral_that_waited_elsewhere_is_born_overdue(clock, cast):
    from tests.online.research_scenes import named

    case = named(cast["rory"], received_at=clock.at - timedelta(days=4))
    assert running(case, "OC3").due_at == clock.at - timedelta(days=3)
    assert running(case, "OC6").due_at == clock.at - timedelta(days=1)


def test_without_a_name_the_first_level_is_due_only_from_attribution(clock, cast):
    case = triaged(cast["rory"])
    assert (running(case, "OC3"), running(case, "OC3A")) == (None, None)


def test_what_was_done_before_and_is_written_down_now_does_not_quiet_the_clock(clock, cast):
    case = researched(triaged(cast["rory"]), cast["rory"])
    due = running(case, "OC6").due_at
    clock.shift(timedelta(hours=50))
    researched(case, cast["rory"], at=clock.at - timedelta(hours=50))
    assert running(case, "OC6").due_at == due
    researched(case, cast["rory"], at=clock.at - timedelta(hours=10))
    assert running(case, "OC6").due_at == clock.at + timedelta(hours=62)


@pytest.mark.parametrize("what", ["triage", "niche", "news"])
def test_nothing_but_research_quiets_the_clock_of_research(clock, cast, what):
    from online.workflow.cases import seen_elsewhere, triage

    case = received(cast["rory"])
    due = running(case, "OC6").due_at
    clock.shift(timedelta(hours=5))
    if what == "triage":
        said = {"immediate_because": "Nothing says so", "duplicates_looked_for": "Nothing"}
        triage(case, by=cast["rory"], immediate_risk="no", **said)
    if what == "niche":
        seen_elsewhere(case, by=cast["rory"], system="Niche", ref="44260000001", at=clock.at)
    if what == "news":
        heard(case, cast["iris"])
    assert running(case, "OC6").due_at == due


def test_with_a_level_research_cannot_stall_any_more_and_the_time_to_act_runs(clock, cast):
    case = assessed(cast["rory"], "high")
    assert running(case, "OC6") is None
    assert running(case, "OC3A") is None
    assert as_it_is(case).act_by == clock.at + timedelta(days=7)


def test_a_lower_level_moves_nothing_away_and_a_higher_one_brings_it_nearer(clock, cast):
    case = assessed(cast["rory"], "high")
    due = as_it_is(case).act_by
    clock.shift(timedelta(days=1))
    run_again(case, cast["rory"], "low")
    assert as_it_is(case).act_by == due
    run_again(case, cast["rory"], "very_high")
    assert as_it_is(case).act_by == clock.at + timedelta(days=1)
    clock.shift(timedelta(hours=1))
    run_again(case, cast["rory"], "very_high")
    assert as_it_is(case).act_by == clock.at + timedelta(hours=23)


def test_once_it_was_carried_out_the_time_to_act_is_over_and_never_begins_again(clock, cast):
    case = executed(cast["rory"], cast["dina"], cast["iris"])
    due = as_it_is(case).act_by
    assert running(case, "OC4") is None
    run_again(case, cast["rory"], "very_high")
    assert running(case, "OC4") is None
    assert as_it_is(case).act_by == due


def test_new_information_before_any_level_has_no_clock_and_is_taken_up_in_the_first_run(clock, cast):
    from tests.online.scenes import lives_there

    case = attributed(cast["rory"])
    info = heard(case, cast["iris"])
    assert running(info, "OC10") is None
    lives_there(case, cast["rory"])
    assessment = run_again(case, cast["rory"])
    assert (as_it_is(info).state, as_it_is(info).taken_up_in) == ("taken_up", assessment)

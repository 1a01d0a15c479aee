"""The clocks of children whose images were shared at their exact moments: nobody is told on the moment, somebody named
is a microsecond later; with that person away their cover is, and when they have left whoever is above; over the nights
on which the clock on the wall jumps."""

from datetime import UTC, datetime, timedelta

import pytest

from access.actor import System, signed
from accounts.models import User
from online.workflow import image_deadlines
from online.workflow.shared_images import no_shared_image, reopen_images
from sla.engine import sweep
from sla.models import Clock
from sla.policy import Deadline
from tests.online.image_clocks import ABOVE, COVERS, POSTS, TABLE, with_an_officer, with_the_neighbourhood
from tests.online.image_scenes import (
    asked,
    given_to,
    given_to_specialist,
    guided,
    noticed,
    ready,
    reported,
    resolved,
    seen,
)
from tests.online.scenes import as_it_is
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db
OURS = {each.code: each for each in vars(image_deadlines).values() if isinstance(each, Deadline)}
EVERY = pytest.mark.parametrize("row", TABLE, ids=str)
NIGHTS = [datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)]


def climbs(clock, row, record, expected):
    """Each level in turn: on its moment nothing more has been raised, a microsecond later it has, by name."""
    levels = [(row.code, number, at, [who]) for number, (at, who) in enumerate(expected, start=1)]
    for moment in dict.fromkeys(at for at, _ in expected):
        for at in (moment, moment + MOMENT):
            clock.set(max(at, clock.at))
            sweep()
            assert raised(record.pk, row.code) == [each for each in levels if each[2] < clock.at], at


def running(record):
    return set(Clock.running().filter(record=record.pk).values_list("deadline", flat=True))


def test_every_deadline_has_its_row_with_each_level_and_each_length():
    assert {row.code for row in TABLE} == set(OURS)
    for row in TABLE:
        assert [POSTS[who] for _, who in row.tells] == [level.tell for level in OURS[row.code].ladder.levels]
    dues = {timedelta(hours=row.due) for row in TABLE}
    assert dues == {each.default for deadline in OURS.values() for each in deadline.lengths}


@EVERY
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_named_is(clock, cast, row):
    record = row.story(cast)
    begun = clock_of(record, row.code)
    assert (begun.started_at, begun.due_at) == (clock.at, clock.at + timedelta(hours=row.due))
    climbs(clock, row, record, row.moments(begun.started_at))


@EVERY
def test_with_the_right_person_away_their_cover_is_told(clock, cast, row):
    record = row.story(cast)
    for who in {who for _, who in row.tells}:
        away(cast[who], days=90, cover=cast[COVERS[who]])
    climbs(clock, row, record, [(at, COVERS[who]) for at, who in row.moments(clock.at)])


@EVERY
def test_when_somebody_has_left_whoever_is_above_them_is_told(clock, cast, row):
    record = row.story(cast)
    gone = row.tells[0][1]
    with signed(System("test")):
        User.objects.filter(pk=cast[gone].pk).update(is_active=False)
    expected = [(at, ABOVE[who] if who == gone else who) for at, who in row.moments(clock.at)]
    climbs(clock, row, record, expected)


@pytest.mark.parametrize("night", NIGHTS, ids=["forward", "back"])
@pytest.mark.parametrize("row", [each for each in TABLE if each.when in ("an adult", "told")], ids=str)
def test_hours_are_hours_over_the_nights_the_clocks_change(clock, cast, night, row):
    clock.set(night - timedelta(hours=5))
    climbs(clock, row, row.story(cast), row.moments(clock.at))


# What no change of hands moves


def test_it_counts_from_the_first_of_us_who_was_told_not_from_the_report_here(clock, cast):
    images = reported(cast["olly"], reported_at=clock.at - timedelta(hours=30))
    assert clock_of(images, "OC14").due_at == clock.at + timedelta(hours=42)
    sweep()
    assert {code for code, *_ in raised(images.pk, "OC15")} == {"OC15"}


def test_allocated_anew_it_is_another_officer_s_and_due_when_it_was(clock, cast):
    images = with_an_officer(cast)
    due = clock_of(images, "OC14P").due_at
    clock.shift(timedelta(hours=20))
    images = given_to(images, cast["dina"], cast["noor"], "neighbourhood")
    assert "OC14P" not in running(images)
    assert (clock_of(images, "OC14U").due_at, clock_of(images, "OC14U").team.name) == (due, "Neighbourhood team A")


def test_wider_risk_takes_it_from_the_officer_and_pulls_everything_in(clock, cast):
    images = with_the_neighbourhood(cast)
    clock.shift(timedelta(hours=3))
    images = asked(images, cast["olly"], coercion="yes")
    assert running(images) == {"OC14", "OC14N", "OC14A", "OC15A", "OC15R"}
    assert clock_of(images, "OC14").due_at == images.reported_at + timedelta(hours=24)
    assert clock_of(images, "OC14N").due_at == images.reported_at + timedelta(hours=12) == as_it_is(images).due_at
    assert clock_of(images, "OC15A").started_at == clock.at


def test_an_answer_that_gets_better_pushes_nothing_away(clock, cast):
    images = asked(reported(cast["olly"]), cast["olly"], adult="yes")
    images = asked(images, cast["dina"])
    assert clock_of(images, "OC14").due_at == images.reported_at + timedelta(hours=24)
    assert "OC14A" not in running(images)


def test_an_answer_that_is_doubted_has_to_be_found_again(clock, cast):
    images = asked(reported(cast["olly"]), cast["olly"])
    assert "OC14Q" not in running(images)
    assert "OC14Q" in running(asked(images, cast["olly"], adult="not_known"))


def test_each_step_ends_its_clock_and_the_last_ends_all(cast):
    images = reported(cast["olly"])
    assert running(images) == {"OC14", "OC14Q", "OC14N", "OC15", "OC15R"}
    images = asked(images, cast["olly"])
    assert running(images) == {"OC14", "OC14N", "OC15", "OC15R"}
    images = guided(images, cast["dina"])
    assert running(images) == {"OC14", "OC14N", "OC15A", "OC15R"}
    images = given_to(images, cast["dina"], cast["olly"])
    assert running(images) == {"OC14", "OC14N", "OC14P", "OC14T", "OC15R"}
    images = seen(images, cast["olly"])
    assert running(images) == {"OC14N", "OC15R"}
    images = noticed(images, cast["olly"])
    assert running(images) == {"OC15R"}
    assert running(resolved(images, cast["rosa"])) == set()


def test_opened_again_it_is_as_old_as_it_was(clock, cast):
    images = no_shared_image(reported(cast["olly"]), by=cast["rosa"], because="A cartoon")
    assert running(images) == set()
    clock.shift(timedelta(days=3, hours=1))
    images = reopen_images(images, by=cast["rosa"], because="It was not a cartoon")
    assert running(images) == {"OC14", "OC14Q", "OC14N", "OC15", "OC15R"}
    assert clock_of(images, "OC14").due_at < clock.at
    done = reopen_images(resolved(ready(cast), cast["rosa"]), by=cast["rosa"], because="He has sent it on")
    assert running(done) == {"OC15R"}


def test_a_specialist_who_has_no_officer_yet_hears_from_the_sergeant_s_clock_alone(cast):
    images = given_to_specialist(reported(cast["olly"]), cast["dina"])
    assert running(images) == {"OC14", "OC14Q", "OC14N", "OC15R"}

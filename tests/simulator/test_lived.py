"""Two days of a small force are lived through the real verbs: what is open in the database is what was simulated."""

import os
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from access.actor import System, acting
from access.time import run_freely
from ppn.models import Ppn
from simulator.counting import counted, open_records
from simulator.drive import NotForASimulation, closing_table, live
from simulator.reading import load
from sla.models import Clock, Notification

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 5, 31, 23, tzinfo=UTC)
LONG = os.environ.get("LONGSTOP_LONG") == "1"


THE_CLOCKS_GO_BACK = datetime(2022, 10, 28, 23, tzinfo=UTC)
"""Midnight of Saturday 29 October: the second day is the one of 25 hours."""
A_DAY = timedelta(hours=24)


def lived(seed=694, days=2, size=0.02, starts=JUNE):
    said = []
    try:
        return live(load("june_2022").scaled(size), seed, starts, days, said.append), said
    finally:
        run_freely()


def refusals(done):
    return Counter(each[:150] for each in done.stage.refused)


def test_what_is_open_in_the_database_is_what_was_simulated():
    with transaction.atomic():
        done, said = lived()
        assert refusals(done) == {}
        assert open_records() == {each.queue: each.open for each in counted(done.run)}
        table = closing_table(done)
        every_clock_runs_or_was_stopped_and_what_was_missed_was_told(done)
        transaction.set_rollback(True)
    assert [line.split(":")[0] for line in said[1:]] == ["Before it begins", "Day 1 of 2", "Day 2 of 2"]
    assert table[0].split() == ["arrived", "done", "open", "oldest", "child"]
    assert "transitions in" in table[-1]
    assert "levels of clocks raised" in table[-2]


def every_clock_runs_or_was_stopped_and_what_was_missed_was_told(done):
    """What was due an hour or more before the end and still runs has been raised, and somebody was told."""
    missed = Clock.running().filter(due_at__lt=done.stage.ends - timedelta(hours=1))
    assert missed.count() > 0
    assert [each.deadline for each in missed if not each.escalations.exists()] == []
    assert Notification.objects.count() > 0
    each_notice_has_its_day(done)


def each_notice_has_its_day(done):
    """24 hours, or 72 where no child is concerned, by the clock that nothing pauses: also in the night of 25."""
    with acting(System("test"), apart=True):
        notices = {each.pk: (each.submitted_at, each.child) for each in Ppn.objects.all()}
    due = dict(Clock.objects.filter(deadline="P2").values_list("record", "due_at"))
    assert due.keys() == notices.keys()
    given = {(child, due[key] - at) for key, (at, child) in notices.items()}
    assert {each for each in given if each[0] != "no"} == {("yes", A_DAY), ("not_known", A_DAY)}
    assert {length for child, length in given if child == "no"} <= {A_DAY, 3 * A_DAY}


def test_a_night_in_which_the_clocks_go_back_is_lived_and_its_hour_comes_twice():
    with transaction.atomic():
        done, _ = lived(days=2, size=0.02, starts=THE_CLOCKS_GO_BACK)
        assert refusals(done) == {}
        assert open_records() == {each.queue: each.open for each in counted(done.run)}
        each_notice_has_its_day(done)
        assert done.stage.ends - done.run.starts == timedelta(hours=48)
        assert done.stage.ends.astimezone(done.run.profile.zone).hour == 23, "of the Sunday an hour is still to come"
        transaction.set_rollback(True)


def test_a_database_that_holds_records_is_refused_and_left_as_it_is(cast):
    with pytest.raises(NotForASimulation, match="A simulation needs an empty database"):
        lived()
    with pytest.raises(CommandError, match="may be a real force's"):
        call_command("simulate", days=1, profile="vale.toml")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"days": 0}, "--days has to be at least 1"),
        ({"until": "2022-06-01T00:00"}, "--until after --from"),
        ({"until": "noon"}, "--until has to be a day and an hour"),
        ({"days": 1, "size": 0}, "--size has to be more than 0"),
        ({"days": 1, "since": "the first"}, "--from has to be a day"),
        ({"days": 1, "profile": "nobody.toml"}, "There is no profile 'nobody.toml'"),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_words(options, said):
    with pytest.raises(CommandError, match=said):
        call_command("simulate", **options)


@pytest.mark.skipif(not LONG, reason="a month of the force takes the better part of an hour: LONGSTOP_LONG=1")
def test_the_whole_of_june_through_the_verbs():
    done, _ = lived(days=30, size=1)
    assert refusals(done) == {}
    assert open_records() == {each.queue: each.open for each in counted(done.run)}

"""What holds of every simulated force, whatever its profile."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine import What, open_at, simulate
from simulator.profile import CLASS_FIRST, CLOSEST_TO_BREACH, Backlog, Kind, Profile, Queue, Source, Team
from simulator.reading import load
from simulator.series import JUNE, series, waiting_at_the_start

ZONE = ZoneInfo("Europe/London")
BEFORE_THE_CLOCKS_GO_BACK = datetime(2022, 10, 28, 23, tzinfo=UTC)
FLAT = [1 / 24] * 24
posts = st.lists(st.integers(0, 3), min_size=24, max_size=24)


@st.composite
def forces(draw):
    """Two queues, one after the other, each with a team that may be nobody for hours."""
    team = {
        key: Team(
            key, draw(posts), draw(posts), draw(posts), draw(st.sampled_from([0, 0.2])),
            lanes=draw(st.integers(1, 2)), hands_over=draw(st.booleans()), lent=draw(st.integers(0, 2)),
            lent_above=3, lent_each=4,
        )
        for key in ("one", "two")
    }  # fmt: skip
    minutes = draw(st.sampled_from([5.0, 50.0, 700.0]))
    order = draw(st.sampled_from([CLASS_FIRST, CLOSEST_TO_BREACH]))
    travel = draw(st.sampled_from([0.0, 20.0]))
    queue = {
        "first": Queue("first", "one", order, minutes, 0.6, (24, 72, 72), travel, {"wait": 0.5, "second": 0.3}),
        "wait": Queue("wait", "", order, 200, 1, (0, 0, 0), 0, {"second": 1}),
        "second": Queue("second", "two", order, 30, 0.2, (1, 2, 3), 0, {}),
    }
    kind = Kind("any", 1, (0.3, 0.5, 0.2), (0.4, 0.2, 0.4))
    source = Source("all", "first", draw(st.sampled_from([0.0, 4.0, 60.0])), FLAT, [1 / 7] * 7, [kind])
    backlog = [Backlog("first", "all", 1, draw(st.integers(0, 20)), 5, 0), Backlog("wait", "all", 0, 3, 5, 1)]
    return Profile("invented", ZONE, team, queue, {"all": source}, backlog, {})


@settings(max_examples=60, deadline=None)
@given(forces(), st.integers(0, 1000), st.sampled_from([JUNE, BEFORE_THE_CLOCKS_GO_BACK]))
def test_what_arrived_is_done_or_still_open(profile, seed, starts):
    run = simulate(profile, seed, starts, 3)
    still = open_at(run.happenings, 3 * 24 * 60)
    for queue in profile.queues:
        came = [each.item for each in run.happenings if each.queue == queue and each.what == What.ARRIVED]
        done = [each.item for each in run.happenings if each.queue == queue and each.what == What.DONE]
        assert len({id(item) for item in came}) == len(came)
        assert len(came) - len(done) == len(still.get(queue, {}))
    assert [each.at for each in run.happenings] == sorted(each.at for each in run.happenings)


@settings(max_examples=60, deadline=None)
@given(forces(), st.integers(0, 1000), st.sampled_from([JUNE, BEFORE_THE_CLOCKS_GO_BACK]))
def test_nobody_works_on_two_things_at_once_or_while_they_are_not_there(profile, seed, starts):
    run = simulate(profile, seed, starts, 3)
    worked, there = by_post(run.work), by_post(run.turns)
    for post, stretches in worked.items():
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(stretches)))
        for since, until in stretches:
            assert any(came <= since and until <= went for came, went in there[post])


def by_post(stretches):
    found = {}
    for team, post, since, until in stretches:
        found.setdefault((team, post), []).append((since, until))
    return found


@settings(max_examples=20, deadline=None)
@given(forces(), st.integers(0, 1000))
def test_the_same_seed_is_the_same_force(profile, seed):
    first, again = simulate(profile, seed, JUNE, 2), simulate(profile, seed, JUNE, 2)
    assert told(first) == told(again)
    assert first.work == again.work


def told(run):
    return [(each.at, each.what, each.queue, each.item.source, each.item.number, each.post) for each in run.happenings]


def test_another_seed_is_another_force():
    assert told(simulate(load("vale"), 1, JUNE, 1)) != told(simulate(load("vale"), 2, JUNE, 1))


def test_what_is_first_by_class_is_begun_before_what_came_earlier():
    run = simulate(load("june_2022"), 1, JUNE, 3)
    begun = [each for each in run.happenings if each.what == What.BEGAN and each.queue == "mash"]
    afternoon = [each.item.rank for each in begun if each.at > 2 * 24 * 60]
    waits = open_at(run.happenings, 3 * 24 * 60)["mash"].values()
    assert 0 in afternoon
    assert 1 in afternoon
    assert max(run.days * 1440 - each.item.since for each in waits if each.item.rank == 0) < 2 * 1440


def test_a_force_of_twice_the_size_takes_in_twice_as_much():
    def arrived(size):
        run = simulate(load("vale").scaled(size), 1, JUNE, 10)
        return sum(each.what == What.ARRIVED and each.queue == "mash" for each in run.happenings)

    assert arrived(2) == pytest.approx(2 * arrived(1), rel=0.15)


def test_the_hourly_series_adds_up_to_what_is_open():
    profile = load("june_2022")
    hourly = series(profile, 1, "mash", days=10)
    assert hourly[0][0] == JUNE
    assert len(hourly) == 240
    assert all(later[0] - sooner[0] == timedelta(hours=1) for sooner, later in pairwise(hourly))
    still = len(open_at(simulate(profile, 1, JUNE, 10).happenings, 10 * 24 * 60)["mash"])
    arrived, done = sum(each[1] for each in hourly), sum(each[2] for each in hourly)
    assert waiting_at_the_start(profile, "mash") + arrived - done == still

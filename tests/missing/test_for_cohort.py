"""What the missing team's cohort learns of episodes by itself: agenda, pack, network, plans that are due again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from access.actor import System, acting
from access.time import now
from cohort.hooks import EPISODES
from cohort.models import CohortEntry
from missing import workflow
from missing.for_cohort import episodes, learned
from missing.models import PlanAction
from missing.workflow.interviews import Found
from tests.cohort import children
from tests.conftest import hours
from tests.missing import returns
from tests.missing.scenes import a_child, reported
from tests.missing.test_report_pages import page
from tests.stories import clock_of

pytestmark = pytest.mark.django_db
TEST = System("test")


def test_the_team_is_told_of_each_episode_but_not_of_a_report_in_error(client, cast, maya, milo, callie, rashid, clock):
    entry = children.in_cohort(maya, milo)
    since = now()
    clock.shift(hours(1))
    wrong = workflow.recorded_in_error(reported(callie, entry.person), by=rashid, because="She was in her room")
    clock.shift(hours(1))
    right = reported(callie, entry.person)
    with acting(maya):
        lines = list(episodes([entry.person.same_as_id], since, now()))
    assert [line.reference for line in lines] == [right.reference]
    assert episodes in EPISODES
    text = page(client, maya, "entry", entry.pk)
    assert right.reference in text
    meeting = children.meeting_of(entry.authority)
    pack = page(client, maya, "cohortmeeting-pack", meeting.pk)
    assert right.reference in pack
    assert wrong.reference not in pack


def test_a_report_brings_the_plans_nearer_and_runs_the_first_actions(cast, maya, milo, callie, clock):
    entry = children.in_cohort(maya, milo)
    plan, trigger = children.updated(entry, maya), children.trigger_plan(maya, entry.person)
    before = clock_of(plan, "MC19R").due_at
    clock.shift(hours(1))
    episode = reported(callie, entry.person)
    assert clock_of(plan, "MC19R").due_at < before
    assert clock_of(trigger, "MC20").due_at < now() + hours(24 * 5)
    with acting(TEST):
        actions = list(PlanAction.objects.filter(episode=episode).order_by("reference"))
    assert [action.what for action in actions] == trigger.first_actions
    assert {action.source for action in actions} == {"trigger_plan"}
    assert episode.risk == "high"  # its floor


@pytest.mark.parametrize(
    ("floor", "said", "stands"),
    [
        ("medium", "not_known", "not_known"),  # what nobody has graded is treated as high, and so is above it
        ("high", "not_known", "high"),
        ("high", "medium", "high"),
        ("medium", "medium", "medium"),
        ("not_known", "medium", "medium"),
    ],
)
def test_no_report_goes_below_the_floor_of_the_trigger_plan_and_none_is_brought_down_to_it(
    cast, maya, callie, floor, said, stands
):
    child = a_child(callie)
    children.trigger_plan(maya, child, replace(children.FIRST, risk_floor=floor))
    assert reported(callie, child, risk=said).risk == stands


def test_the_third_report_in_90_days_proposes_the_child_by_name_and_the_second_does_not(
    cast, callie, olly, maya, clock
):
    child = a_child(callie)
    for times in (1, 2, 3):
        episode = reported(callie, child)
        with acting(TEST):
            assert CohortEntry.objects.count() == (times == 3)
        workflow.found(
            episode,
            by=olly,
            found_at=now(),
            where="At home",
            found_by="returned",
            how="Walked in",
            harm=["none"],
        )
        clock.shift(hours(24 * 30))
    with acting(TEST):
        entry = CohortEntry.objects.get()
    assert "3 times in 90 days" in entry.proposed_because


def test_at_the_ninetieth_day_to_the_second_the_first_report_counts_no_more(cast, callie, olly, clock):
    from datetime import timedelta

    from missing.needs import WINDOW, is_repeated

    child = a_child(callie)
    for _ in range(2):
        workflow.found(
            reported(callie, child),
            by=olly,
            found_at=now(),
            where="At home",
            found_by="returned",
            how="Walked in",
            harm=["none"],
        )
        clock.shift(hours(1))
    first = now() - hours(2)
    just_before = first + WINDOW - timedelta(microseconds=1)
    assert is_repeated(child, just_before, and_now=1) == 3
    assert is_repeated(child, first + WINDOW, and_now=1) == 0


def test_a_place_that_two_children_told_of_joins_them(client, cast, maya, milo):
    for name in ("Poppy Example", "Willow Example"):
        entry = children.in_cohort(maya, milo, name)
        episode = returns.back(maya, entry.person)
        came = returns.came(returns.asked(maya, episode, entry.authority), maya)
        returns.read(came, maya, Found("place", "The Old Boathouse"), Found("pull", "Free food"))
    with acting(maya):
        roots = [each.person.same_as_id for each in CohortEntry.objects.select_related("person")]
        links = list(learned(roots))
    assert {link.label for link in links} == {"The Old Boathouse"}
    assert len({link.key for link in links}) == 1
    text = page(client, maya, "cohort-network")
    assert "The Old Boathouse" in text

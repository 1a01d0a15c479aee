"""What nobody may overlook: who is overdue by risk, who is visited by one officer alone or always knows beforehand, and
plans under which nothing is done."""

from datetime import date, timedelta

import pytest

from access.actor import acting
from offenders import visit_patterns as patterns
from offenders.models import Pillar
from offenders.workflow import nominals, plan_tasks
from sla.lengths import set_number
from tests.conftest import MONDAY, hours
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import (
    TEST,
    anew,
    approved,
    assessed_by,
    plan_drafted,
    plan_sent,
    tried_in_vain,
    visited,
)

pytestmark = pytest.mark.django_db
ALONE = {"officer_two": "", "single_crew_because": "Olga was called away"}
KNEW = {"announced": "yes"}


def names(rows):
    with acting(TEST):
        return [each.person.given_names for each in rows]


def of_risk(people, name, risk):
    nominal = managed(people["stella"], people["omar"], name=name)
    if risk:
        approved(assessed_by(nominal, people["omar"], risk), people["stella"])
    return anew(nominal)


def test_the_overdue_are_shown_by_risk_and_then_by_how_long(clock, cast):
    people = [("Low", "low"), ("Nobody", ""), ("Very", "very_high"), ("Medium", "medium"), ("High", "high")]
    for name, risk in people:
        of_risk(cast, f"{name} Garmere", risk)
        clock.shift(hours(1))
    of_risk(cast, "Second Garmere", "very_high")
    clock.set(MONDAY + timedelta(days=15))
    with acting(TEST):
        assert names(patterns.visits_overdue(clock.at)) == []
        clock.shift(timedelta(hours=5))
        assert names(patterns.visits_overdue(clock.at)) == ["Very", "High", "Nobody", "Medium", "Low"]
        clock.shift(timedelta(microseconds=1))
        assert names(patterns.visits_overdue(clock.at)) == ["Very", "Second", "High", "Nobody", "Medium", "Low"]
        rows = patterns.most_urgent_first(patterns.to_be_visited()).order_by("urgency", "pk")
        assert names(rows) == ["Very", "Second", "High", "Nobody", "Medium", "Low"]


def test_exactly_on_the_moment_a_visit_is_due_and_not_overdue(clock, cast):
    of_risk(cast, "Desmond Garmere", "")
    with acting(TEST):
        clock.shift(timedelta(days=15))
        assert names(patterns.visits_due_within(clock.at, hours(1))) == ["Desmond"]
        assert names(patterns.visits_overdue(clock.at)) == []


def test_in_custody_or_managed_reactively_nobody_is_overdue(clock, cast, omar):
    for name, verb in (("Inside", "taken_in"), ("Afar", "made_reactive")):
        nominal = of_risk(cast, f"{name} Garmere", "low")
        visited(nominal, omar)
        facts = {"whereabouts": "remand"} if verb == "taken_in" else {}
        getattr(nominals, verb)(anew(nominal), by=TEST, **facts)
    clock.shift(timedelta(days=900))
    with acting(TEST):
        assert names(patterns.visits_overdue(clock.at)) == []


@pytest.mark.parametrize(
    ("visits", "alone", "knew"),
    [
        ([ALONE] * 3, True, False),
        ([ALONE] * 2, False, False),
        ([{}, *[ALONE] * 3], True, False),
        ([*[ALONE] * 3, {}], False, False),
        ([KNEW] * 3, False, True),
        ([KNEW, {"announced": "not_known"}, KNEW], False, False),
        ([{**ALONE, **KNEW}] * 4, True, True),
        ([], False, False),
    ],
)
def test_the_last_three_visits_are_a_pattern(clock, cast, omar, visits, alone, knew):
    nominal = of_risk(cast, "Desmond Garmere", "")
    for said in visits:
        visited(nominal, omar, **said)
        clock.shift(hours(1))
    with acting(TEST):
        assert names(patterns.always_single_crewed(clock.at)) == ["Desmond"] * alone
        assert names(patterns.always_announced(clock.at)) == ["Desmond"] * knew


def test_a_force_says_how_many_are_a_pattern(clock, cast, imran, omar):
    visited(of_risk(cast, "Desmond Garmere", ""), omar, **ALONE)
    name = "Visits in a row that are a pattern (single-crewed, or always announced)"
    set_number(name, by=imran, number=1, starts=clock.at, because="One is enough")
    with acting(TEST):
        assert names(patterns.always_single_crewed(clock.at)) == ["Desmond"]


def test_who_was_tried_in_vain_stays_until_they_are_seen(clock, cast, omar):
    nominal = of_risk(cast, "Desmond Garmere", "")
    clock.shift(hours(1))
    tried_in_vain(nominal, omar)
    with acting(TEST):
        assert names(patterns.tried_in_vain()) == ["Desmond"]
    clock.shift(hours(1))
    visited(nominal, omar)
    with acting(TEST):
        assert names(patterns.tried_in_vain()) == []


def test_assessments_that_are_due_and_not_sent_yet(clock, cast, omar):
    nominal = of_risk(cast, "Desmond Garmere", "")
    visited(nominal, omar)
    due = clock.at + timedelta(days=21)
    with acting(TEST):
        assert names(patterns.assessments_due_by(due)) == []
        assert names(patterns.assessments_due_by(due + timedelta(microseconds=1))) == ["Desmond"]
    assessed_by(nominal, omar)
    with acting(TEST):
        assert names(patterns.assessments_due_by(due + hours(1))) == []


def test_a_plan_with_an_empty_pillar_and_no_plan_at_all(clock, cast, omar, stella):
    nominal = of_risk(cast, "Desmond Garmere", "low")
    with acting(TEST):
        assert names(patterns.without_a_plan()) == ["Desmond"]
        assert list(patterns.plans_with_an_empty_pillar(clock.at.date())) == []
    plan = approved(plan_sent(nominal, omar), stella)
    with acting(TEST):
        assert names(patterns.without_a_plan()) == []
        assert list(patterns.plans_with_an_empty_pillar(clock.at.date())) == []
        task = plan.tasks.get(pillar="monitoring")
    plan_tasks.task_not_needed(task, by=omar, because="He has no telephone any more")
    with acting(TEST):
        assert list(patterns.plans_with_an_empty_pillar(clock.at.date())) == [plan]
    nominals.end(anew(nominal), by=stella, because="He died")
    with acting(TEST):
        assert list(patterns.plans_with_an_empty_pillar(clock.at.date())) == []


def test_the_headings_are_the_four_of_the_guidance_until_a_force_has_its_own(db):
    assert [each.code for each in Pillar.in_use(date(2026, 3, 2))] == [
        "supervision",
        "monitoring",
        "interventions",
        "victim_safety",
    ]


def test_a_draft_is_no_plan(clock, cast, omar):
    plan_drafted(of_risk(cast, "Desmond Garmere", "low"), omar)
    with acting(TEST):
        assert names(patterns.without_a_plan()) == ["Desmond"]

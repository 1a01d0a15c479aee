"""What the inspectors found well done, so that it stays so: plans in words of their own, visits by two officers and
mostly unannounced, new convictions seen quickly and before sentence where that can be done."""

from datetime import timedelta

import pytest

from access.actor import NotYours, System, acting
from access.time import now
from offenders.models import ManagementPlan, Nominal
from offenders.visit_patterns import always_announced, always_single_crewed, visits_overdue
from offenders.workflow import plans
from tests.conftest import hours
from tests.offenders.register_scenes import before_sentence, registered
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import (
    anew,
    approved,
    assessed_by,
    plan_sent,
    task,
    visited,
    what_a_plan_says,
)
from tests.sla.made import MOMENT, raised
from tests.stories import clock_of, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
FIRST_VISIT = timedelta(days=15)


@pytest.fixture
def nominal(clock, stella, omar):
    return managed(stella, omar)


def read(who):
    """Names of those whom this finds now."""
    with acting(System("test")):
        return [str(each.person) for each in who(now())]


def test_a_plan_of_stock_phrases_is_not_sent(nominal, omar):
    plan = plans.begin_plan(ManagementPlan(), by=omar, nominal=nominal)
    for code in ("supervision", "monitoring", "interventions", "victim_safety"):
        task(plan, omar, code, what="Monitor as required")
    plan = plans.write_plan(plan, by=omar, said=what_a_plan_says(nominal))
    with pytest.raises(NotNow, match="A stock phrase, or the text of somebody else’s plan, is none"):
        plans.submit_plan(plan, by=omar)


def test_the_words_of_somebody_elses_plan_are_none_of_this_one(nominal, omar, stella):
    plan_sent(nominal, omar)
    other = managed(stella, omar, "Clive Marchfold")
    with pytest.raises(NotNow, match="Nothing is said for this person under"):
        plan_sent(other, omar)


def test_whoever_wrote_a_plan_does_not_approve_it_and_a_sergeant_can(nominal, omar, stella):
    plan = plan_sent(nominal, omar)
    with pytest.raises(NotYours):
        approved(plan, omar)
    assert approved(plan, stella).state == "approved"


def test_a_visit_by_one_officer_says_why(nominal, omar):
    with pytest.raises(NotNow, match="why one officer went alone"):
        visited(nominal, omar, officer_two="", single_crew_because="")
    visit = visited(nominal, omar, officer_two="", single_crew_because="The second officer was called away")
    assert visit.state == "submitted"


def test_three_visits_that_he_knew_of_beforehand_are_a_pattern_and_one_unannounced_ends_it(clock, nominal, omar):
    for _ in range(3):
        assert read(always_announced) == []
        visited(nominal, omar, announced="yes")
        clock.shift(timedelta(days=9))
    assert read(always_announced) == ["Desmond Garmere"]
    visited(nominal, omar, announced="no")
    assert read(always_announced) == []


def test_three_visits_by_one_officer_are_a_pattern(clock, nominal, omar):
    for _ in range(3):
        visited(nominal, omar, officer_two="", single_crew_because="Nobody else was on duty")
        clock.shift(timedelta(days=9))
    assert read(always_single_crewed) == ["Desmond Garmere"]


def test_a_new_conviction_is_visited_within_fifteen_days_or_its_sergeant_hears(clock, hana, omar):
    nominal = registered(hana, omar)
    assert clock_of(nominal, "RS12").due_at == nominal.notified_at + FIRST_VISIT
    swept(clock, FIRST_VISIT)
    assert "imran" not in {who for *_, people in raised(nominal.pk, "RS12") for who in people}
    swept(clock, MOMENT)
    assert [people for *_, people in raised(nominal.pk, "RS12")] == [["omar"], ["stella"], ["imran"]]


def test_somebody_who_is_not_sentenced_yet_can_be_visited_and_stays_so_until_the_court_decides(clock, omar):
    nominal = before_sentence(omar, omar)
    visited(nominal, omar)
    seen = anew(nominal)
    assert (seen.state, seen.first_visited_at) == (Nominal.State.PRE_SENTENCE, clock.at)


def test_overdue_visits_stand_by_risk_and_the_oldest_of_it_first(clock, stella, omar):
    for name, risk in (("Arlo Fernfold", "low"), ("Basil Fernfold", "very_high"), ("Cyril Fernfold", "high")):
        nominal = managed(stella, omar, name)
        visited(nominal, omar)
        approved(assessed_by(nominal, omar, risk), stella)
    clock.shift(timedelta(days=400))
    assert read(visits_overdue) == ["Basil Fernfold", "Cyril Fernfold", "Arlo Fernfold"]


def test_a_risk_that_rises_brings_the_next_visit_nearer_and_one_that_falls_moves_nothing(clock, nominal, omar, stella):
    visited(nominal, omar)
    approved(assessed_by(nominal, omar, "low"), stella)
    before = anew(nominal).visit_due_at
    approved(assessed_by(nominal, omar, "very_high"), stella)
    nearer = anew(nominal).visit_due_at
    assert nearer < before
    clock.shift(hours(1))
    approved(assessed_by(nominal, omar, "low"), stella)
    assert anew(nominal).visit_due_at == nearer

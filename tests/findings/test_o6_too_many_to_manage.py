"""Sixty registered sex offenders for each manager and eighty people in all, which "the constabulary accepts is high";
team managers who look at records every fortnight; and few measures of how good the work is."""

import pytest

from access.actor import NotYours, System, acting
from cases.drawing import sample
from offenders import tasks
from offenders.codes import HIGH_FIRST
from offenders.models import Nominal, ScrutinyItem, ScrutinyRound
from offenders.workflow.scrutiny import ensure_round, grade_item
from offenders.workflow.workload import Confirmed, rebalance
from offenders.workloads import Scope, plan_of
from sla.lengths import NUMBERS, set_number
from sla.models import Clock
from tests.offenders.scenes import managed
from tests.sla.made import MOMENT, raised
from tests.stories import swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")
CAPS = ["Registered sex offenders one person can manage", "Offenders of every kind one person can manage"]
NAMES = ["Arlo", "Basil", "Cyril", "Denzil", "Edric"]


@pytest.fixture
def five(clock, stella, omar, olga, imran):
    """Omar has five people and Olga nobody, where three are as many as one can manage."""
    for name in CAPS:
        set_number(name, by=imran, number=3, starts=clock.at, because="A test")
    return [managed(stella, omar, f"{name} Fernfold") for name in NAMES]


def whose():
    with acting(TEST):
        return sorted(str(each.manager.username) for each in Nominal.objects.select_related("manager"))


def test_the_caps_are_those_the_inspectors_counted_and_a_force_may_set_its_own():
    assert [NUMBERS[name].default for name in CAPS] == [60, 80]


def test_nothing_moves_until_a_sergeant_confirms_what_they_were_shown(five, stella, omar):
    scope = Scope()
    with acting(stella):
        shown = plan_of(scope)
        assert len(shown.moves) == 2
        assert whose() == ["omar"] * 5
        rebalance(Confirmed(scope, shown.fingerprint), by=stella, because="Omar has more than he can manage")
    assert whose() == ["olga"] * 2 + ["omar"] * 3


def test_every_running_clock_goes_along(five, stella, olga):
    scope = Scope()
    with acting(stella):
        rebalance(Confirmed(scope, plan_of(scope).fingerprint), by=stella, because="Shared out")
        moved = list(Nominal.objects.filter(manager=olga))
    for nominal in moved:
        theirs = Clock.running().filter(record=nominal.pk, owner__isnull=False)
        assert {clock.owner for clock in theirs} == {olga}


def test_what_has_changed_since_it_was_shown_is_not_carried_out(five, stella, omar):
    scope = Scope()
    with acting(stella):
        shown = plan_of(scope)
        managed(stella, omar, "Fergus Fernfold")
        with pytest.raises(NotNow, match="Look at it again"):
            rebalance(Confirmed(scope, shown.fingerprint), by=stella, because="Shared out")
    assert whose() == ["omar"] * 6


def test_a_manager_does_not_share_out_their_own(five, omar):
    with acting(omar), pytest.raises(NotYours):
        rebalance(Confirmed(Scope(), plan_of(Scope()).fingerprint), by=omar, because="Too many")


def test_a_round_is_drawn_with_a_seed_by_which_anybody_draws_the_same(five, stella):
    drawn = ensure_round(five[0].team)
    with acting(TEST):
        items = {item.nominal.reference for item in ScrutinyItem.objects.filter(round=drawn).select_related("nominal")}
    people = [(reference, risk) for reference, risk in drawn.drawn_from]
    assert set(sample(drawn.seed, people, drawn.size, HIGH_FIRST)) == items
    assert set(sample(drawn.seed, list(reversed(people)), drawn.size, HIGH_FIRST)) == items


def test_a_team_is_looked_at_from_its_first_night_on_without_anybody_pressing_a_button(five):
    tasks.begin_scrutiny()
    tasks.begin_scrutiny()
    with acting(TEST):
        assert [drawn.team for drawn in ScrutinyRound.objects.select_related("team")] == [five[0].team]


def test_nobody_of_the_same_team_looks_at_it_and_the_grade_says_how_good_it_is(five, omar, olga, seb):
    drawn = ensure_round(five[0].team)
    with acting(TEST):
        item = ScrutinyItem.objects.filter(round=drawn).order_by("reference").first()
    facts = {"grade": "improve", "found": "The plan names no school", "plan_is_bespoke": "part", "action": "Name it"}
    for person in (omar, olga):
        with pytest.raises(NotNow, match="another team looks at it"):
            grade_item(item, by=person, **facts)
    graded = grade_item(item, by=seb, **facts)
    assert (graded.state, graded.reviewer, graded.plan_is_bespoke) == ("graded", seb, "part")


def test_a_fortnight_without_a_look_is_told(clock, five, seb, stella, imran):
    drawn = ensure_round(five[0].team)
    due = Clock.running().get(record=drawn.pk, deadline="RS22").due_at
    swept(clock, due - clock.at)
    assert "imran" not in {who for *_, people in raised(drawn.pk) for who in people}
    swept(clock, MOMENT)
    assert "imran" in {who for *_, people in raised(drawn.pk) for who in people}

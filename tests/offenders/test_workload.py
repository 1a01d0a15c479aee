"""Who manages how many, and what moves to whom: nothing until somebody says so."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.actor import NotYours, System, acting, signed
from access.time import now
from accounts.models import Posting, Team
from offenders.models import Nominal
from offenders.workflow.workload import Confirmed, rebalance
from offenders.workload import Managed, Room, loads_of, propose
from offenders.workloads import Scope, everybody, plan_of, without_manager
from sla.lengths import set_number
from tests.offenders.scenes import managed
from tests.stories import away
from workflow.transitions import NotNow

IN_THE_DATABASE = pytest.mark.django_db
FEW = Room(registered=3, all=4)
RISKS = ["low", "medium", "high", "very_high", "not_assessed"]


def people(*managers, risk="low", registered=True, home=""):
    return [
        Managed(number, f"NOM-{number:03}", "A", manager, registered, risk, home)
        for number, manager in enumerate(managers)
    ]


def after(before, moves):
    going = {move.who.key: move.to for move in moves}
    return [Managed(**{**vars(who), "manager": going.get(who.key, who.manager)}) for who in before]


def test_nobody_moves_where_nobody_has_too_many():
    assert propose(people("a", "a", "a", "b"), {"a": FEW, "b": FEW}) == []


def test_exactly_as_many_as_one_can_manage_is_not_too_many_and_one_more_is():
    three = people("a", "a", "a")
    assert propose(three, {"a": FEW, "b": FEW}) == []
    assert [move.to for move in propose(people("a", "a", "a", "a"), {"a": FEW, "b": FEW})] == ["b"]


def test_the_lowest_risk_moves_first():
    four = [Managed(n, f"N{n}", "A", "a", True, risk) for n, risk in enumerate(["very_high", "high", "low", "medium"])]
    assert [move.who.risk for move in propose(four, {"a": FEW, "b": FEW})] == ["low"]


def test_a_district_is_kept_together_where_that_costs_little():
    before = [*people("a", "a", "a", "a", home="ZV1"), Managed(9, "N9", "A", "c", True, "low", "ZV1")]
    assert [move.to for move in propose(before, {"a": FEW, "b": FEW, "c": FEW})] == ["c"]


def test_whoever_leaves_gives_everything_even_where_there_is_no_room():
    before = people("a", "a", "a", "a", "b", "b", "b")
    moves = propose(before, {"a": Room(0, 0), "b": FEW})
    assert {who.manager for who in after(before, moves)} == {"b"}


def test_where_there_is_no_room_it_is_shared_as_evenly_as_can_be():
    before = people(*"aaaaaaaaaa", *"bbbb")
    loads = loads_of(after(before, propose(before, {"a": FEW, "b": FEW})), "ab")
    assert abs(loads["a"].all - loads["b"].all) <= 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.booleans(), st.sampled_from(RISKS)), max_size=40),
    st.integers(1, 8),
    st.integers(0, 4),
)
def test_whatever_the_load_nobody_is_lost_and_no_move_is_wasted(rows, registered, more):
    most = Room(registered, registered + more)
    before = [Managed(n, f"N{n:03}", "A", who, rso, risk) for n, (who, rso, risk) in enumerate(rows)]
    rooms = dict.fromkeys("abcd", most)
    moves = propose(before, rooms)
    had, have = loads_of(before, rooms), loads_of(after(before, moves), rooms)
    assert sum(load.all for load in have.values()) == len(before)
    assert len({move.who.key for move in moves}) == len(moves)
    assert all(move.to != move.who.manager for move in moves)
    assert len(moves) <= sum(load.over(most) for load in had.values())
    assert max(load.over(most) for load in have.values()) <= max(load.over(most) for load in had.values())
    if not any(load.over(most) for load in have.values()):
        assert len(moves) == sum(load.over(most) for load in had.values())


# With real people


@pytest.fixture
def two_too_many(clock, hana, imran, omar, olga):
    set_number("Offenders of every kind one person can manage", by=imran, number=2, starts=now(), because="For now")
    return [managed(hana, omar, f"{name} Fernfold") for name in ("Alfred", "Bruno", "Cyril", "Denis")]


def manager_of(nominal):
    with acting(System("test")):
        return Nominal.objects.get(pk=nominal.pk).manager


def the_plan(by, **scope):
    with acting(by):
        return plan_of(Scope(**scope))


@IN_THE_DATABASE
def test_each_manager_is_shown_with_what_is_too_much(two_too_many, stella, omar, olga):
    with acting(stella):
        loads = {load.person: load for load in everybody()}
    assert (loads[omar].all, loads[omar].over) == (4, "2 offenders more than 2 in all")
    assert (loads[olga].all, loads[olga].over) == (0, "")


@IN_THE_DATABASE
def test_nothing_moves_until_a_sergeant_confirms(two_too_many, stella, omar, olga):
    plan = the_plan(stella)
    assert [plan.people[move.to] for move in plan.moves] == [olga, olga]
    assert {manager_of(each) for each in two_too_many} == {omar}
    with acting(stella):
        moved = rebalance(Confirmed(Scope(), plan.fingerprint), by=stella, because="Omar has too many")
    assert {each.manager for each in moved} == {olga}
    assert sum(manager_of(each) == olga for each in two_too_many) == 2


@IN_THE_DATABASE
def test_a_plan_that_is_no_longer_true_is_refused(two_too_many, hana, stella, omar, olga):
    plan = the_plan(stella)
    managed(hana, olga, "Egbert Fernfold")
    with acting(stella), pytest.raises(NotNow, match="Look at it again"):
        rebalance(Confirmed(Scope(), plan.fingerprint), by=stella, because="Omar has too many")
    assert {manager_of(each) for each in two_too_many} == {omar}


@IN_THE_DATABASE
def test_an_offender_manager_moves_nobody_and_a_reason_is_given(two_too_many, stella, omar):
    confirmed = Confirmed(Scope(), the_plan(stella).fingerprint)
    with acting(omar), pytest.raises(NotYours):
        rebalance(confirmed, by=omar, because="I have too many")
    with acting(stella), pytest.raises(NotNow):
        rebalance(confirmed, by=stella, because=" ")


@IN_THE_DATABASE
def test_everything_of_somebody_who_leaves_goes_to_others_at_once(two_too_many, stella, omar, olga):
    plan = the_plan(stella, leaver=omar)
    with acting(stella):
        rebalance(Confirmed(Scope(leaver=omar), plan.fingerprint), by=stella, because="Omar leaves")
    assert {manager_of(each) for each in two_too_many} == {olga}


@IN_THE_DATABASE
def test_whoever_is_put_down_to_somebody_who_has_left_has_no_manager(two_too_many, stella, omar, clock):
    with acting(stella):
        assert not without_manager().exists()
    with signed(System("test")):
        Posting.objects.filter(person=omar).update(ends=now())
    clock.shift(timedelta(microseconds=1))
    with acting(stella):
        assert set(without_manager()) == set(two_too_many)
        assert next(load for load in everybody() if load.person == omar).has_left


@IN_THE_DATABASE
def test_whoever_covers_is_named(two_too_many, stella, omar, olga):
    away(omar, days=7, cover=olga)
    with acting(stella):
        assert next(load for load in everybody() if load.person == omar).away == f"Away: {olga} covers"


@IN_THE_DATABASE
def test_a_team_shares_among_its_own(two_too_many, stella, olga, omar):
    north = Team.objects.get(name="Offender management north")
    east = Team.objects.get(name="Offender management east")
    assert the_plan(stella, team=north).moves
    assert not the_plan(stella, team=east).moves

"""Another team looks at records that were drawn at random, and never at its own."""

from datetime import timedelta
from string import hexdigits

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.actor import System, acting, signed
from cases.drawing import a_draw, is_drawn, new_seed, sample
from offenders.codes import HIGH_FIRST
from offenders.models import Nominal, ScrutinyItem, ScrutinyRound
from offenders.workflow import scrutiny
from offenders.workflow.nominals import assessed
from sla.lengths import set_number
from tests.offenders.hub_scenes import a_round, graded
from tests.offenders.scenes import managed
from tests.stories import away, clock_of
from workflow.transitions import NotNow

RISKS = ["low", "medium", "high", "very_high", "not_assessed"]
IN_THE_DATABASE = pytest.mark.django_db


# Drawing


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(RISKS), max_size=60), st.integers(1, 12), st.text(hexdigits, min_size=8))
def test_the_same_seed_draws_the_same_whatever_the_order_and_each_risk_is_among_them(risks, size, seed):
    people = [(f"NOM-{number:03}", risk) for number, risk in enumerate(risks)]
    drawn = sample(seed, people, size, HIGH_FIRST)
    assert drawn == sample(seed, people, size, HIGH_FIRST)
    assert sorted(drawn) == sorted(sample(seed, people[::-1], size, HIGH_FIRST))
    assert len(drawn) == len(set(drawn)) == min(size, len(people))
    of = dict(people)
    there = {of[each] for each in drawn}
    assert there == set(risks) or len(drawn) == size
    if size >= len(set(risks)):
        assert there == set(risks)


def test_where_there_are_too_few_the_highest_risk_is_looked_at():
    people = [("A", "low"), ("B", "very_high"), ("C", "medium")]
    assert sample("5eed", people, 1, HIGH_FIRST) == ["B"]


def test_a_stratum_that_nobody_has_named_is_not_left_out_in_silence():
    with pytest.raises(ValueError, match="no such stratum: unheard of"):
        sample("5eed", [("A", "low"), ("B", "unheard of")], 1, HIGH_FIRST)


def test_different_seeds_draw_differently_and_everybody_may_be_drawn():
    people = [(f"NOM-{number}", "low") for number in range(20)]
    drawn = {each for number in range(200) for each in sample(f"{number}", people, 2, HIGH_FIRST)}
    assert len(drawn) == 20


def test_a_second_look_is_drawn_as_often_as_the_force_has_set():
    drawn = sum(is_drawn(a_draw(10, f"{number}")) for number in range(5000))
    assert 400 < drawn < 600
    assert all(is_drawn(a_draw(100, new_seed())) for _ in range(50))


# The rounds


@pytest.fixture
def nominal(clock, hana, omar):
    return managed(hana, omar, "Conrad Fernfold")


def every(model, **about):
    with acting(System("test")):
        return list(model.objects.filter(**about).order_by("reference"))


def as_it_is(record):
    with acting(System("test")):
        return type(record).objects.get(pk=record.pk)


@IN_THE_DATABASE
def test_a_round_is_drawn_once_for_another_team_to_look_at(nominal):
    drawn, item = a_round(nominal)
    again, _ = a_round(nominal)
    assert (again, item.nominal) == (drawn, nominal)
    assert drawn.looked_at_by.name == "Offender management east"
    assert drawn.drawn_from == [[nominal.reference, "not_assessed"]]
    assert sample(drawn.seed, [tuple(each) for each in drawn.drawn_from], drawn.size, HIGH_FIRST) == [nominal.reference]


@IN_THE_DATABASE
def test_as_many_are_drawn_as_the_force_has_set(nominal, hana, omar, imran, clock):
    for name in ("Alfred", "Bruno", "Cyril"):
        each = managed(hana, omar, f"{name} Fernfold")
        with acting(System("test")):
            assessed(each, by=System("test"), risk="low", at=clock.at, written_at=clock.at)
    name = "Records of a team looked at by another team each fortnight"
    set_number(name, by=imran, number=2, starts=clock.at, because="To begin with")
    drawn, _ = a_round(nominal)
    items = every(ScrutinyItem, round=drawn)
    assert len(items) == 2
    assert nominal in [each.nominal for each in items]


@IN_THE_DATABASE
def test_a_team_that_manages_nobody_has_no_round(nominal, imran):
    from accounts.models import Team

    assert scrutiny.ensure_round(Team.objects.get(name="Offender management east")) is None


@IN_THE_DATABASE
def test_nobody_looks_at_what_their_own_team_manages(nominal, omar, olga, stella, imran, seb):
    _, item = a_round(nominal)
    for who in (omar, olga, stella, imran):
        with pytest.raises(NotNow):
            graded(item, who)
    assert graded(item, seb).reviewer == seb


@IN_THE_DATABASE
def test_covering_for_another_team_makes_nobody_a_peer(nominal, olga, seb):
    _, item = a_round(nominal)
    away(seb, days=3, cover=olga)
    with pytest.raises(NotNow, match="of the same team"):
        graded(item, olga)


@IN_THE_DATABASE
@pytest.mark.parametrize(
    "wrong",
    [{"grade": "splendid"}, {"found": " "}, {"plan_is_bespoke": ""}, {"action": " "}, {"grade": "", "action": "x"}],
)
def test_a_look_ends_in_a_grade_and_what_is_to_be_done(nominal, seb, wrong):
    _, item = a_round(nominal)
    with pytest.raises(NotNow):
        graded(item, seb, **wrong)
    assert as_it_is(item).state == "to_look_at"


@IN_THE_DATABASE
def test_a_good_record_needs_nothing(nominal, seb):
    _, item = a_round(nominal)
    assert graded(item, seb, grade="good", action="").state == "closed"


@IN_THE_DATABASE
def test_the_next_round_begins_by_itself_when_all_were_looked_at(nominal, hana, omar, seb, clock):
    managed(hana, omar, "Edgar Garmere")
    drawn, first = a_round(nominal)
    clock.shift(timedelta(days=3))
    graded(first, seb)
    assert as_it_is(drawn).state == "drawn"
    (other,) = every(ScrutinyItem, round=drawn, state="to_look_at")
    graded(other, seb)
    assert (as_it_is(drawn).state, as_it_is(drawn).done_at) == ("done", clock.at)
    (following,) = every(ScrutinyRound, state="drawn")
    assert (following.counts_from, following.seed != drawn.seed) == (clock.at, True)
    assert clock_of(following, "RS22").due_at == clock.at + timedelta(days=14)


@IN_THE_DATABASE
def test_what_was_asked_for_is_done_by_those_who_manage_them_with_words(nominal, seb, omar, clock):
    _, item = a_round(nominal)
    item = graded(item, seb)
    assert clock_of(item, "RS22A").due_at == clock.at + timedelta(days=28)
    with pytest.raises(NotNow):
        scrutiny.scrutiny_action_done(item, by=omar, done_said=" ")
    with pytest.raises(NotNow, match="You asked for it"):
        scrutiny.scrutiny_action_done(item, by=seb, done_said="Done")
    assert scrutiny.scrutiny_action_done(item, by=omar, done_said="The school is named").state == "closed"


@IN_THE_DATABASE
def test_where_there_is_one_team_only_nobody_else_is_named(nominal, seb, clock):
    from accounts.models import Posting

    with signed(System("test")):
        Posting.objects.filter(person=seb).update(ends=clock.at)
    clock.shift(timedelta(minutes=1))
    drawn, _ = a_round(nominal)
    assert drawn.looked_at_by is None
    assert drawn.team.name == "Offender management north"


@IN_THE_DATABASE
def test_whoever_is_not_managed_any_more_is_not_drawn(nominal, hana, omar, stella):
    from offenders.workflow.nominals import end

    other = managed(hana, omar, "Edgar Garmere")
    end(other, by=stella, because="The order has ended")
    drawn, _ = a_round(nominal)
    assert [each.nominal for each in every(ScrutinyItem, round=drawn)] == [nominal]
    assert every(Nominal, state="ended") == [other]

"""Two records that may be one person: suggested, decided by two people, and parted again exactly as they were."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from access.actor import NotYours, System, acting
from cases.meet import have_we_met
from cases.models import Finding, Match, Person
from cases.picture import Seen
from cases.records import Home
from cases.workflow import matches
from matching.described import Described, Written
from sla.models import Clock
from tests.conftest import hours
from tests.households import HERE, THERE, is_a_sex_offender, lives_at, on_record
from tests.stories import clock_of, swept, told
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
BORN = date(2013, 9, 30)


def match_of(one, other):
    with acting(System("test")):
        first, second = sorted([one.pk, other.pk])
        return Match.objects.filter(one=first, other=second).first()


def suggested(one, other, by):
    """As somebody who has noticed it would."""
    with acting(System("test")):
        comparison = matches.Comparison(weight=1.0, grade="possible", reasons_for=("Same school",), reasons_against=())
    return matches.suggest(Match(), by=by, pair=(one.pk, other.pk), found="by_somebody", comparison=comparison)


def merged(one, other, first, second):
    match = match_of(one, other) or suggested(one, other, first)
    return matches.agree(matches.propose(match, by=first, because="Same mother"), by=second)


@pytest.fixture
def twice(clock, cora):
    """One boy, written down twice."""
    return on_record(cora, "Mikael Sedgefold", born=BORN, home=HERE), on_record(
        cora, "Michael Sedgefold", born=BORN, home=HERE
    )


def test_a_record_that_is_likely_another_is_suggested_the_moment_it_is_made(twice):
    match = match_of(*twice)
    assert (match.state, match.found) == ("suggested", "on_entry")
    assert any("birth" in reason for reason in match.reasons_for)
    with acting(System("test")):
        assert {person.same_as_id for person in Person.objects.all()} == {person.pk for person in twice}


def test_nobody_merges_alone_and_neither_does_an_officer(twice, olly, cora, cole):
    match = matches.propose(match_of(*twice), by=cora, because="Same mother")
    with pytest.raises(NotNow, match="Somebody else must agree"):
        matches.agree(match, by=cora)
    with pytest.raises(NotYours):
        matches.agree(match, by=olly)
    matches.agree(match, by=cole)
    with acting(cora):
        assert len({person.same_as_id for person in Person.objects.all()}) == 1


def test_the_older_record_stands_for_both_and_everything_of_either_is_read(clock, cora, cole):
    first = on_record(cora, "Mikael Sedgefold", born=BORN, home=HERE)
    clock.shift(hours(1))
    second = on_record(cora, "Michael Sedgefold", born=BORN, home=THERE)
    merged(second, first, cora, cole)
    with acting(cora):
        seen = Seen.of(Person.objects.get(pk=second.pk))
        assert {record.same_as_id for record in seen.records} == {first.pk}
        assert {home.address.text for home in seen.residences} == {HERE.address, THERE.address}


def test_two_people_stay_two_and_are_not_suggested_again(twice, cora):
    matches.not_the_same(match_of(*twice), by=cora, because="Twins")
    with acting(cora):
        assert Match.objects.get().state == "not_the_same"
        assert len({person.same_as_id for person in Person.objects.all()}) == 2


@pytest.mark.parametrize("verb", [matches.propose, matches.not_the_same, matches.part], ids=lambda verb: verb.verb)
def test_every_decision_says_why(twice, cora, cole, verb):
    match = match_of(*twice)
    if verb is matches.part:
        match = merged(*twice, cora, cole)
    with pytest.raises(NotNow, match="why"):
        verb(match, by=cora, because="  ")


def test_a_suggestion_and_a_proposal_are_watched(clock, twice, cora, cole, sam, ines):
    match = match_of(*twice)
    assert clock_of(match, "D1").due_at == clock.at + hours(72)
    swept(clock, hours(72))
    assert set(told(match.pk)) == {"cora", "cole"}
    matches.propose(match, by=cora, because="Same mother")
    assert [each.deadline for each in Clock.running().filter(record=match.pk)] == ["D2"]
    matches.agree(match, by=cole)
    assert not Clock.running().filter(record=match.pk).exists()


def everything():
    """Every row of every table of what is known, but the lives of the matches themselves."""
    with connection.cursor() as cursor:
        found = {}
        for model in apps.get_app_config("cases").get_models():
            if model not in (Match, Finding):
                cursor.execute(f"SELECT to_jsonb(t)::text FROM {model._meta.db_table} t ORDER BY 1")  # noqa: S608
                found[model.__name__] = cursor.fetchall()
    return found


def test_parting_restores_exactly(twice, cora, cole, sam):
    before = everything()
    match = merged(*twice, cora, cole)
    assert everything() != before
    matches.part(match, by=sam, because="Two boys at one school")
    assert everything() == before


PEOPLE = 6
PAIRS = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(pairs=st.lists(PAIRS, min_size=1, max_size=7), order=st.randoms())
def test_merges_of_any_shape_parted_in_any_order_leave_everything_as_it_was(clock, cora, cole, pairs, order):
    place = transaction.savepoint()
    try:
        people = [on_record(cora, f"Person{'abcdef'[number]} Unlike{'uvwxyz'[number]}") for number in range(PEOPLE)]
        before, done = everything(), []
        for one, other in pairs:
            try:
                done.append(merged(people[one], people[other], cora, cole))
            except NotNow:  # they are one already, by way of others
                continue
        roots = stands_for()
        assert all(roots[match.one_id] == roots[match.other_id] for match in done)
        assert len(set(roots.values())) == PEOPLE - len(done)
        order.shuffle(done)
        for left, match in reversed(list(enumerate(done))):
            matches.part(match, by=cora, because="A mistake")
            roots = stands_for()
            assert len(set(roots.values())) == PEOPLE - left
            assert all(roots[root] == root for root in roots.values())
        assert everything() == before
    finally:
        transaction.savepoint_rollback(place)


def stands_for():
    """Each record, and the one that stands for it."""
    with acting(System("test")):
        return {person.pk: person.same_as_id for person in Person.objects.all()}


def test_joining_two_records_can_put_a_child_with_a_risk(clock, cora, cole, sam):
    child = on_record(cora, "Poppy Sallowfold", born=date(2018, 1, 5), home=HERE)
    one, other = on_record(cora, "Desmond Garmere"), on_record(cora, "Des Garmere")
    is_a_sex_offender(one, cora)
    lives_at(other, HERE, cora)
    with acting(sam):
        assert not Finding.objects.exists()
    merged(one, other, cora, cole)
    with acting(sam):
        assert Finding.objects.get().child == child


def test_have_we_met_shows_one_line_for_one_person(twice, cora, cole):
    merged(*twice, cora, cole)
    with acting(cora):
        met = have_we_met(Described(names=[Written("Michael", "Sedgefold")], born_on=BORN))
    assert len(met) == 1


def test_a_home_known_of_either_record_is_not_written_twice(twice, cora, cole):
    first, second = twice
    merged(first, second, cora, cole)
    lives_at(first, Home("12 EXAMPLE STREET", "zv1 1aa"), cora)
    with acting(cora):
        assert len(Seen.of(Person.objects.get(pk=first.pk)).residences) == 2

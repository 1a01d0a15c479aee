"""Who is near enough that something new may matter to them: nobody whom the view of links knows is left out."""

from datetime import date

import pytest
from django.db import connection

from access.actor import System, acting
from cases.findings import _next_to
from cases.models import Match, Relationship
from cases.records import Home
from cases.workflow import matches, people
from tests.conftest import MONDAY
from tests.households import HERE, THERE, TOLD, is_the, lives_at, on_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def kerry(clock, cora):
    return on_record(cora, "Kerry Overlow", born=date(1991, 7, 1), home=HERE)


@pytest.fixture
def poppy(kerry, cora):
    return on_record(cora, "Poppy Overlow", born=date(2018, 1, 5))


def linked_by_the_view(person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT other FROM cases_link WHERE root = %s", [person.same_as_id])
        return {other for (other,) in cursor}


def near(person):
    return _next_to({person.same_as_id}) - {person.same_as_id}


def seen(person, by, **where):
    return people.add_sighting(
        person, by=by, seen_at=MONDAY, source=TOLD, **{"company": None, "place": None, "note": "", **where}
    )


def same_home(kerry, poppy, by):
    lives_at(poppy, HERE, by)


def related(kerry, poppy, by):
    is_the("parent", kerry, poppy, by)


def seen_together(kerry, poppy, by):
    seen(kerry, by, company=poppy)


def seen_at_the_home(kerry, poppy, by):
    seen(poppy, by, place=HERE)


LINKS = [same_home, related, seen_together, seen_at_the_home]


@pytest.mark.parametrize("link", LINKS)
def test_whoever_is_linked_is_near_from_either_end(kerry, poppy, cora, link):
    assert (near(kerry), near(poppy)) == (set(), set())
    link(kerry, poppy, cora)
    for one, other in ((kerry, poppy), (poppy, kerry)):
        assert linked_by_the_view(one) == {other.pk}
        assert near(one) == {other.pk}


@pytest.mark.parametrize("link", LINKS)
def test_through_any_record_of_the_same_person(kerry, poppy, cora, cole, link):
    again = on_record(cora, "Poppy Overlow", born=date(2018, 1, 5))
    link(kerry, again, cora)
    with acting(System("test")):
        match = Match.objects.get(one__in=[poppy, again], other__in=[poppy, again])
    matches.agree(matches.propose(match, by=cora, because="One girl"), by=cole)
    assert linked_by_the_view(kerry) <= near(kerry)


def test_who_moved_out_before_the_other_moved_in_is_not_near_and_on_the_day_they_met_is(kerry, cora):
    for name, ends, met in (("Ada Example", date(2020, 5, 31), False), ("Bea Example", date(2020, 6, 1), True)):
        there = on_record(cora, "Later Tenant", home=Home("9 Other Street", "ZV1 3CC", starts=date(2020, 6, 1)))
        before = on_record(cora, name)
        lives_at(before, Home("9 Other Street", "ZV1 3CC", ends=ends), cora)
        assert (there.pk in near(before)) is (there.pk in linked_by_the_view(before)) is met


def test_what_was_withdrawn_brings_nobody_near(kerry, poppy, cora):
    is_the("parent", kerry, poppy, cora)
    with acting(cora):
        fact = Relationship.objects.get(person=kerry)
    people.withdraw(kerry, by=cora, fact=fact, because="Her aunt")
    assert (near(kerry), near(poppy)) == (set(), set())


def test_nobody_else_is_near(kerry, poppy, cora):
    lives_at(poppy, THERE, cora)
    assert near(kerry) == set()

"""A clock may be one person's work: of their post nobody else is told, as long as they or their cover are there."""

import pytest

from access.actor import System, signed
from access.roles import Role
from accounts.duty import Duty
from accounts.models import Team, User
from sla.models import Clock
from sla.owners import pass_on
from tests.conftest import hours
from tests.sla.made import MOMENT, a_clock, raised
from tests.stories import away, swept

pytestmark = pytest.mark.django_db
TEN_HOURS = hours(10)
HALF = hours(5)


def a_clock_of(person, clock):
    made = a_clock(clock.at, TEN_HOURS, owner=person)
    made.save()
    return made


def leaves(person):
    with signed(System("test")):
        User.objects.filter(pk=person.pk).update(is_active=False)


def first_told(made):
    return raised(made.record)[0][3]


def test_of_a_post_held_by_several_the_owner_alone_is_told(clock, cora, cole):
    made = a_clock_of(cora, clock)
    swept(clock, HALF)
    assert raised(made.record) == []
    swept(clock, MOMENT)
    assert first_told(made) == ["cora"]


def test_without_an_owner_everybody_who_holds_the_post_is_told(clock, cora, cole):
    made = a_clock_of(None, clock)
    swept(clock, HALF + MOMENT)
    assert first_told(made) == ["cole", "cora"]


def test_the_owners_cover_is_told_at_once(clock, cora, cole, sam):
    made = a_clock_of(cora, clock)
    away(cora, days=14, cover=sam)
    swept(clock, HALF + MOMENT)
    assert first_told(made) == ["sam"]


def test_an_owner_who_has_left_leaves_the_work_to_the_post(clock, cora, cole):
    made = a_clock_of(cora, clock)
    leaves(cora)
    swept(clock, HALF + MOMENT)
    assert first_told(made) == ["cole"]


def test_an_owner_whose_cover_has_left_leaves_the_work_to_the_post(clock, cora, cole, olly):
    made = a_clock_of(cora, clock)
    away(cora, days=14, cover=olly)
    leaves(olly)
    swept(clock, HALF + MOMENT)
    assert first_told(made) == ["cole"]


def test_the_levels_above_are_the_supervisors_whoever_owns_it(clock, cora, cole, sam):
    made = a_clock_of(cora, clock)
    swept(clock, TEN_HOURS + MOMENT)
    assert all("cora" not in people for *_, people in raised(made.record)[1:])
    assert raised(made.record)[1:]


def test_work_that_is_passed_on_tells_whoever_has_it_now(clock, cora, cole):
    made, nobodys = a_clock_of(cora, clock), a_clock_of(None, clock)
    elsewhere = Team.objects.get(name="Response team A")
    with signed(System("test")):
        assert pass_on([made.record, nobodys.record], owner=cole, team=elsewhere) == 1
    passed = Clock.objects.get(pk=made.pk)
    assert (passed.owner, passed.team) == (cole, elsewhere)
    swept(clock, HALF + MOMENT)
    assert first_told(made) == ["cole"]


def test_who_does_not_hold_the_post_owns_nothing_of_it(clock, cora, cole, sam):
    assert Duty(clock.at).answering(Role.COORDINATOR, None, whose=sam.pk) == [cora.pk, cole.pk]

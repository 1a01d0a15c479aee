"""Who answers for a piece of work now. The answer is never nobody."""

import pytest
from django.db import IntegrityError

from access.actor import System, signed
from access.roles import ABOVE, MAY, OUTSIDE, Can, Role, acts_of, who_may
from access.time import now
from accounts.duty import Duty, NobodyToTell, on_duty, team_of
from accounts.models import Posting, Team, User
from tests.conftest import MONDAY, hours
from tests.sla.made import MOMENT
from tests.stories import away

pytestmark = pytest.mark.django_db


def _names(role, team=None):
    return [person.username for person in on_duty(role, team)]


def _leaves(person):
    with signed(System("test")):
        User.objects.filter(pk=person.pk).update(is_active=False)


def _posted(person, role, team, **when):
    with signed(System("test")):
        return Posting.objects.create(person=person, role=role.value, team=team, **{"starts": MONDAY, **when})


def test_everybody_who_holds_the_post_answers(cast):
    assert _names(Role.COORDINATOR) == ["cora", "cole"]


def test_the_cover_answers_for_the_absent(cast, sam, ines):
    away(sam, days=14, cover=ines)
    assert _names(Role.MASH_SERGEANT) == ["ines"]


def test_cover_is_followed_until_somebody_is_there(cast, sam, cora, cole, olly):
    away(sam, days=14, cover=cora)
    away(cora, days=14, cover=cole)
    away(cole, days=14, cover=olly)
    assert _names(Role.MASH_SERGEANT) == ["olly"]


def test_somebody_who_answers_twice_is_told_once(cast, cora, cole):
    away(cora, days=14, cover=cole)
    assert _names(Role.COORDINATOR) == ["cole"]


def test_a_circle_of_cover_climbs_to_the_post_above(cast, cora, cole):
    away(cora, days=14, cover=cole)
    away(cole, days=14, cover=cora)
    assert _names(Role.COORDINATOR) == ["sam"]


def test_a_cover_who_has_left_is_nobody_and_it_climbs(cast, sam, cora):
    away(sam, days=14, cover=cora)
    _leaves(cora)
    assert _names(Role.MASH_SERGEANT) == ["ines"]


def test_somebody_who_has_left_is_never_told(cast, sam):
    _leaves(sam)
    assert _names(Role.MASH_SERGEANT) == ["ines"]


def test_when_the_whole_chain_is_in_a_circle_the_last_post_is_told_all_the_same(
    cast, cora, cole, sam, ines, chidi, sue
):
    people = [cora, cole, sam, ines, chidi, sue]
    for person, cover in zip(people, [*people[1:], cora], strict=True):
        away(person, days=14, cover=cover)
    assert _names(Role.COORDINATOR) == ["sue"]


@pytest.mark.parametrize("role", list(Role))
def test_every_post_climbs_to_the_superintendent_and_ends_there(role):
    seen = [role]
    while role in ABOVE:
        role = ABOVE[role]
        assert role not in seen
        seen.append(role)
    assert seen[-1] == Role.SUPERINTENDENT


@pytest.mark.parametrize("role", list(Role))
def test_where_nobody_holds_a_post_the_one_above_answers(cast, sue, role):
    Posting.objects.exclude(person=sue).update(ends=now())
    assert _names(role) == ["sue"]


@pytest.mark.parametrize("role", list(Role))
def test_where_nobody_is_posted_anywhere_it_says_so(cast, role):
    Posting.objects.update(ends=now())
    with pytest.raises(NobodyToTell, match="Detective superintendent"):
        on_duty(role)


@pytest.mark.parametrize("role", list(Role))
def test_where_everybody_has_left_it_says_so(cast, role):
    with signed(System("test")):
        User.objects.update(is_active=False)
    with pytest.raises(NobodyToTell):
        on_duty(role)


def test_a_post_is_held_from_its_moment_until_its_moment(clock, cast, olly, sam):
    _posted(olly, Role.MASH_SERGEANT, team_of(Role.COORDINATOR), starts=MONDAY + hours(1), ends=MONDAY + hours(2))
    for moment, holds in (
        (MONDAY + hours(1) - MOMENT, False),
        (MONDAY + hours(1), True),
        (MONDAY + hours(2) - MOMENT, True),
        (MONDAY + hours(2), False),
    ):
        clock.set(moment)
        assert ("olly" in _names(Role.MASH_SERGEANT)) is holds
        assert olly.can(Can.FILE_PPN) is holds


def test_the_holders_of_the_own_team_answer_and_without_any_those_of_the_others(cast, olly):
    with signed(System("test")):
        other = Team.objects.create(name="Downs MASH")
    _posted(olly, Role.MASH_SERGEANT, other)
    assert _names(Role.MASH_SERGEANT, other) == ["olly"]
    assert _names(Role.MASH_SERGEANT, team_of(Role.COORDINATOR)) == ["sam"]
    assert _names(Role.COORDINATOR, other) == ["cora", "cole"]


def test_a_sergeant_away_without_a_present_cover_is_not_replaced_by_another_teams(cast, olly, sam, cora):
    with signed(System("test")):
        other = Team.objects.create(name="Downs MASH")
    _posted(olly, Role.MASH_SERGEANT, other)
    away(sam, days=1, cover=cora)
    _leaves(cora)
    assert _names(Role.MASH_SERGEANT, team_of(Role.COORDINATOR)) == ["ines"]


def test_a_person_has_a_post_in_a_team_only_once_at_a_time(cast, sam):
    with pytest.raises(IntegrityError, match="one_open_posting"):
        _posted(sam, Role.MASH_SERGEANT, team_of(Role.MASH_SERGEANT))


def test_everybody_stands_for_themselves_and_for_those_they_cover(clock, cast, sam, ines, cora):
    away(sam, days=1, cover=ines)
    duty = Duty(clock.at)
    assert duty.stands_for(ines.pk) == {ines.pk, sam.pk}
    assert duty.stands_for(sam.pk) == {sam.pk}
    assert duty.stands_for(cora.pk) == {cora.pk}


def test_the_team_of_a_role_is_the_one_that_has_done_it_longest(cast, olly):
    with signed(System("test")):
        other = Team.objects.create(name="Downs MASH")
    _posted(olly, Role.COORDINATOR, other)
    assert team_of(Role.COORDINATOR).name == "Vale MASH"


def test_without_a_team_that_does_it_the_software_says_so(db):
    with pytest.raises(NobodyToTell, match="no team has a MASH co-ordinator"):
        team_of(Role.COORDINATOR)


def test_somebody_who_has_left_may_do_nothing(cast, sue):
    assert sue.can(Can.FILE_PPN)
    sue.is_active = False
    assert sue.acts() == set()


def test_a_person_may_do_what_any_of_their_posts_may(cast, olly):
    before = olly.acts()
    _posted(olly, Role.DISPATCHER, team_of(Role.DISPATCHER))
    assert olly.acts() == before | MAY[Role.DISPATCHER] == acts_of({Role.OFFICER, Role.DISPATCHER})


def test_every_role_may_do_something_and_every_act_has_somebody_who_may():
    assert set(MAY) == set(Role)
    assert all(MAY.values())
    assert acts_of(set(Role)) == set(Can) - OUTSIDE
    assert all(who_may(act) for act in set(Can) - OUTSIDE)

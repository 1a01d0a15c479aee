"""Whoever is posted where and whoever is away: with a superintendent in post somebody always answers."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.actor import System, signed
from access.roles import ABOVE, Role
from access.time import now
from accounts.duty import Duty
from accounts.models import Absence, Posting, Team, User
from tests.conftest import hours

pytestmark = pytest.mark.django_db
PEOPLE, TEAMS = 8, 3
SUPERINTENDENT = 0
PERSON, TEAM = st.integers(0, PEOPLE - 1), st.integers(0, TEAMS - 1)
HOUR = st.integers(-48, 48)


@st.composite
def _a_span(draw):
    starts = draw(HOUR)
    return starts, starts + draw(st.integers(1, 60))


POSTINGS = st.lists(st.tuples(PERSON, st.sampled_from(list(Role)), TEAM, _a_span()), max_size=12)
ABSENCES = st.lists(st.tuples(PERSON, PERSON, _a_span()).filter(lambda each: each[0] != each[1]), max_size=12)
LEAVERS = st.sets(st.integers(1, PEOPLE - 1), max_size=3)


@pytest.fixture
def staff(clock):
    with signed(System("test")):
        people = User.objects.bulk_create([User(username=f"person{number}") for number in range(PEOPLE)])
        teams = Team.objects.bulk_create([Team(name=f"Team {number}") for number in range(TEAMS)])
        Posting.objects.create(
            person=people[SUPERINTENDENT], role=Role.SUPERINTENDENT.value, team=teams[0], starts=now() - hours(999)
        )
    return people, teams


def _arrange(staff, postings, absences, leavers):
    people, teams = staff
    Posting.objects.bulk_create(
        Posting(
            person=people[person],
            role=role.value,
            team=teams[team],
            starts=now() + hours(starts),
            ends=now() + hours(ends),
        )
        for person, role, team, (starts, ends) in postings
    )
    Absence.objects.bulk_create(
        Absence(
            person=people[person],
            cover=people[cover],
            recorded_by=people[person],
            starts=now() + hours(starts),
            ends=now() + hours(ends),
        )
        for person, cover, (starts, ends) in absences
    )
    User.objects.filter(pk__in=[people[each].pk for each in leavers]).update(is_active=False)


def _chain(role):
    return [role, *(_chain(ABOVE[role]) if role in ABOVE else [])]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(postings=POSTINGS, absences=ABSENCES, leavers=LEAVERS)
def test_somebody_answers_and_is_there_unless_the_whole_chain_of_command_is_away(staff, postings, absences, leavers):
    _, teams = staff
    with transaction.atomic(), signed(System("test")):
        _arrange(staff, postings, absences, leavers)
        duty = Duty(now())
        active = set(User.objects.filter(is_active=True).values_list("pk", flat=True))
        for role in Role:
            for team in [*(team.pk for team in teams), None]:
                answering = duty.answering(role, team)
                assert answering
                assert len(answering) == len(set(answering))
                assert set(answering) <= active
                if any(person in duty.away for person in answering):
                    reachable = [
                        duty.standing_in_for(person) for each in _chain(role) for person in duty.posted(each, team)
                    ]
                    assert set(reachable) == {None}
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(absences=ABSENCES, leavers=LEAVERS)
def test_everybody_is_stood_for_by_one_person_who_is_there_or_by_nobody(staff, absences, leavers):
    people, _ = staff
    with transaction.atomic(), signed(System("test")):
        _arrange(staff, [], absences, leavers)
        duty = Duty(now())
        for person in people:
            stand_in = duty.standing_in_for(person.pk)
            standing = [other.pk for other in people if other != person and person.pk in duty.stands_for(other.pk)]
            assert standing == ([stand_in] if stand_in not in (None, person.pk) else [])
        transaction.set_rollback(True)

"""Whoever is away, whoever covers for whom, and whoever wrote it: everything that waits has somebody who may decide on
it and did not write it, it is on their list, and they have been told."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.actor import acting
from access.roles import Role
from accounts.models import Absence
from cases.workflow.people import declare_conflict
from offenders.cover import Desk, board, turns
from offenders.models import Approval
from offenders.workflow import approvals
from sla.engine import sweep
from sla.models import Clock
from tests.offenders.scenes import managed
from tests.offenders.watch_scenes import as_it_is, waiting
from tests.sla.made import MOMENT, raised
from tests.stories import away

pytestmark = pytest.mark.django_db
SUPERVISORS = ["stella", "seb", "imran", "sue"]
PEOPLE = ["omar", "olga", *SUPERVISORS]
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

someone = st.sampled_from(PEOPLE)
conflicts = st.sets(st.sampled_from(SUPERVISORS[:3]), max_size=3)
absences = st.lists(st.tuples(someone, someone).filter(lambda pair: pair[0] != pair[1]), max_size=8)
written = st.lists(st.tuples(someone, st.booleans(), st.integers(0, 20)), min_size=1, max_size=5)


@pytest.fixture
def nominal(clock, stella, omar):
    return managed(stella, omar)


def no_orphan(approval):
    deciding = approvals.who_decides(approval)
    assert deciding, "nobody decides on it"
    for person in deciding:
        assert person != approval.submitted_by
        assert approvals.why_not_you(approval, person) == ""
        with acting(person):
            assert Approval.objects.filter(Desk().mine(person), pk=approval.pk).exists(), (person, "not on their list")
    return {person.username for person in deciding}


@FEW
@given(absences=absences, written=written, conflicts=conflicts)
def test_nothing_that_waits_is_an_orphan(clock, cast, absences, written, conflicts):
    began = clock.at
    nominal = managed(cast["sue"], cast["omar"])
    for person in sorted(conflicts):
        declare_conflict(nominal.person, by=cast["chidi"], user=cast[person], because="A relative")
    written = [each for each in written if each[0] not in {"sue", *conflicts}] if conflicts else written
    for person, cover in absences:
        away(cast[person], days=20, cover=cast[cover])
    made = []
    for author, is_inspectors, _ in written:
        role = Role.OFFENDER_INSPECTOR if is_inspectors else Role.OFFENDER_SERGEANT
        made.append(waiting(nominal, cast[author], role=role))
    clock.shift(MOMENT)
    sweep()
    for approval in made:
        people = no_orphan(approval)
        assert set(raised(approval.pk)[0][3]) == people
    clock.set(began + timedelta(days=4))
    sweep()
    assert not Clock.objects.exclude(trouble="").exists()
    for approval in made:
        no_orphan(approval)
        assert all(people for *_, people in raised(approval.pk))
        with acting(cast["sue"]):
            assert [turn.people for turn in turns(as_it_is(approval))]
    with acting(cast["sue"]):
        desk = Desk()
        assert sum(group.waiting for group in desk.groups) == Approval.objects.filter(state="waiting").count()
        assert board(desk)
    Absence.objects.all().delete()
    clock.set(began)


def test_an_absence_that_begins_later_moves_it_at_once_and_the_page_says_so(clock, nominal, omar, stella, seb, imran):
    approval = waiting(nominal, omar)
    clock.shift(timedelta(hours=3))
    away(stella, days=2, cover=seb)
    clock.shift(timedelta(hours=3))
    away(seb, days=1, cover=imran)
    clock.shift(timedelta(days=3))
    with acting(imran):
        found = [(turn.people, turn.at - approval.submitted_at) for turn in turns(approval)]
        said = [turn.why for turn in turns(approval)]
    assert found == [
        ("Stella Offender-Sergeant", timedelta(0)),
        ("Seb Offender-Sergeant", timedelta(hours=3)),
        ("Imran Offender-Inspector", timedelta(hours=6)),
        ("Seb Offender-Sergeant", timedelta(hours=30)),
        ("Stella Offender-Sergeant", timedelta(hours=51)),
    ]
    assert said[0] == "on duty"
    assert said[1] == "Stella Offender-Sergeant: leave until Wed 4 March 2026, 12:00"


def test_the_page_says_that_its_author_does_not_decide_on_it(clock, nominal, omar, stella, imran):
    away(stella, days=14, cover=omar)
    approval = waiting(nominal, omar)
    with acting(imran):
        (turn,) = turns(approval)
    assert turn.people == "Imran Offender-Inspector"
    assert turn.why.endswith("Omar Offender-Manager wrote it and does not decide on it")

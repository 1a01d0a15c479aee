"""When each level is reached, and that a due time only ever moves nearer."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from access.actor import System, signed
from access.roles import Role
from ppn import workflow
from ppn.workflow import SubjectFacts
from sla.engine import sweep
from sla.models import Clock, Escalation, Notification
from sla.policy import DEADLINES, Deadline, EachTime, Ladder, Level
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT, a_clock, raised, submitted
from tests.stories import called_in, clock_of, swept, told

pytestmark = pytest.mark.django_db
ADULT = SubjectFacts(part="adult", name="Ada Example", seen="yes", spoken_to="yes")


def test_a_level_is_reached_when_its_share_of_the_time_has_gone():
    clock = Clock(started_at=MONDAY, due_at=MONDAY + hours(24))
    ladder = Ladder([Level(0.5, Role.COORDINATOR), Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.SUPERINTENDENT)])
    assert [ladder.moment(clock, level) for level in range(4)] == [
        MONDAY + hours(12),
        MONDAY + hours(24),
        MONDAY + hours(48),
        None,
    ]


def test_a_repeating_duty_falls_due_again_after_each_interval_and_its_last_role_goes_on_being_told():
    clock = Clock(started_at=MONDAY, due_at=MONDAY, every=minutes(30))
    ladder = EachTime([Role.CONTACT_SUPERVISOR, Role.FIM])
    assert [ladder.moment(clock, level) for level in range(3)] == [MONDAY, MONDAY + minutes(30), MONDAY + minutes(60)]
    assert [ladder.role(clock, level) for level in range(4)] == [Role.CONTACT_SUPERVISOR, *[Role.FIM] * 3]


def test_a_repeating_duty_without_an_interval_falls_due_once():
    clock = Clock(started_at=MONDAY, due_at=MONDAY, every=None)
    ladder = EachTime([Role.CONTACT_SUPERVISOR])
    assert [ladder.moment(clock, level) for level in range(2)] == [MONDAY, None]


@pytest.mark.parametrize(("no_child", "role"), [(True, Role.CONTACT_SUPERVISOR), (False, Role.FIM)])
def test_a_level_may_tell_another_role_where_it_is_known_that_no_child_is_concerned(no_child, role):
    level = Level(1.0, Role.FIM, if_no_child=Role.CONTACT_SUPERVISOR)
    assert level.told(Clock(no_child=no_child)) == role


LEVELS_OF_P2 = [(0.5, "cora"), (0.75, "sam"), (1.0, "ines"), (1.5, "chidi"), (2.0, "sue")]


@pytest.mark.parametrize(("share", "who"), LEVELS_OF_P2)
def test_on_the_moment_nobody_is_told_and_a_microsecond_later_somebody_is(clock, olly, share, who):
    ppn = submitted(olly)
    swept(clock, hours(24) * share)
    assert who not in told(ppn.pk)
    swept(clock, MOMENT)
    assert who in told(ppn.pk)


def test_a_clock_whose_last_level_was_raised_is_left_alone_and_stays_open(clock, olly):
    ppn = submitted(olly)
    swept(clock, hours(48) + MOMENT)
    assert (clock_of(ppn, "P2").next_at, clock_of(ppn, "P2").stopped_at) == (None, None)
    before = told(ppn.pk)
    swept(clock, hours(500))
    assert told(ppn.pk) == before


def test_an_escalation_says_when_its_level_was_reached_and_when_it_was_raised(clock, olly):
    submitted(olly)
    swept(clock, hours(13))
    escalation = Escalation.objects.get()
    assert (escalation.due_at, escalation.raised_at) == (MONDAY + hours(12), MONDAY + hours(13))
    assert (escalation.level, escalation.percent) == (1, 50)


def test_a_level_cannot_be_raised_twice_on_one_clock(clock, olly):
    ppn = submitted(olly)
    swept(clock, hours(13))
    Clock.running().filter(record=ppn.pk).update(next_at=MONDAY)
    sweep()
    first = Escalation.objects.get()
    with pytest.raises(DatabaseError, match="told_once"), transaction.atomic():
        Escalation.objects.create(clock=first.clock, level=1, due_at=clock.at, raised_at=clock.at)
    with pytest.raises(DatabaseError, match="told_one_person_once"), transaction.atomic():
        Notification.objects.create(escalation=first, person=first.notifications.first().person)


def test_a_record_has_one_running_clock_of_a_deadline(clock, olly):
    ppn = submitted(olly)
    twin = a_clock(MONDAY, hours(24))
    twin.record = ppn.pk
    with pytest.raises(DatabaseError, match="one_running_clock"), transaction.atomic():
        twin.save()


def test_a_clock_may_be_born_overdue_and_says_so_at_once(clock, callie):
    incident = called_in(callie, grade="G1", reported_at=MONDAY - minutes(16))
    sweep()
    assert raised(incident.pk, "K1") == [("K1", 1, MONDAY - minutes(1), ["connie"])]


FORBIDDEN = {
    "a later due time": {"due_at": MONDAY + hours(24) + MOMENT},
    "a longer interval": {"every": hours(9)},
    "a lower level": {"level": 0},
    "a later start": {"started_at": MONDAY + MOMENT},
    "an earlier start": {"started_at": MONDAY - MOMENT},
    "another deadline": {"deadline": "P5"},
    "another record": {"record": "00000000-0000-0000-0000-000000000000"},
    "another kind of record": {"kind": "triage.incident"},
}


@pytest.mark.parametrize("change", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_database_refuses_to_give_a_running_clock(clock, change):
    running = a_clock(MONDAY, hours(24), every=hours(8), level=1)
    running.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Clock.objects.filter(pk=running.pk).update(**change)


@pytest.mark.parametrize("change", [{"stopped_at": None}, {"due_at": MONDAY}, {"level": 5}, {"stopped_by": "x"}])
def test_a_stopped_clock_stays_as_it_is(clock, change):
    stopped = a_clock(MONDAY, hours(24))
    stopped.stopped_at = MONDAY
    stopped.save()
    with pytest.raises(DatabaseError, match="a stopped clock stays"), transaction.atomic():
        Clock.objects.filter(pk=stopped.pk).update(**change)


def test_a_running_clock_may_come_nearer(clock):
    running = a_clock(MONDAY, hours(24), every=hours(8))
    running.save()
    Clock.objects.filter(pk=running.pk).update(due_at=MONDAY + hours(1), every=hours(1))
    running.refresh_from_db()
    assert (running.due_at, running.every) == (MONDAY + hours(1), hours(1))


def test_new_risk_that_comes_late_makes_the_review_overdue_at_once_and_raises_each_level_once(clock, olly, cora):
    ppn = submitted(olly, subjects=[ADULT], types=["adult_at_risk"], child="no")
    swept(clock, hours(60))
    assert told(ppn.pk) == ["cora", "cole", "sam"]
    workflow.found_a_child(ppn, by=cora, how_we_know="School record")
    sweep()
    assert told(ppn.pk).count("cora") == told(ppn.pk).count("sam") == 1
    assert sorted(told(ppn.pk)) == ["chidi", "cole", "cora", "ines", "sam", "sue"]


def test_new_risk_that_is_known_already_changes_nothing(clock, olly, cora):
    ppn = submitted(olly)
    due = clock_of(ppn, "P2").due_at
    clock.shift(hours(5))
    assert workflow.found_a_child(ppn, by=cora, how_we_know="Again").due_at == due
    assert clock_of(ppn, "P2").due_at == due


def test_a_clock_is_never_brought_to_before_it_began(clock, olly, cora):
    with signed(System("test")):
        ppn = submitted(olly, subjects=[ADULT], types=["adult_at_risk"], child="no")
    clock.shift(hours(1))
    workflow.found_a_child(ppn, by=cora, how_we_know="School record")
    running = clock_of(ppn, "P2")
    assert running.started_at <= running.due_at == MONDAY + hours(24)


def test_two_deadlines_cannot_share_a_code():
    known = DEADLINES["P2"]
    with pytest.raises(ValueError, match="two deadlines are called P2"):
        Deadline("P2", "Something else", model=known.model, stops=[], ladder=known.ladder)
    assert DEADLINES["P2"] is known


def test_a_deadline_that_a_transition_starts_must_say_how_long_it_is(clock, olly, monkeypatch):
    monkeypatch.setattr(workflow.deadlines.REVIEW, "length", None)
    with pytest.raises(TypeError, match="P2"):
        submitted(olly)


def test_a_longer_share_after_the_deadline_is_still_counted_from_the_start(clock, callie):
    incident = called_in(callie, grade="G1", child="no")
    swept(clock, minutes(22.5))
    assert [level for _, level, *_ in raised(incident.pk, "K1")] == [1]
    swept(clock, MOMENT)
    assert raised(incident.pk, "K1")[1] == ("K1", 2, MONDAY + timedelta(minutes=22.5), ["fin"])

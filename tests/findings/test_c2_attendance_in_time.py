"""C2: 54% of priority incidents were attended within the hour; the target is 75%."""

import pytest
from django.db.models import Count, F, Q

from access.actor import NotYours, acting
from sla.models import Clock
from tests.conftest import MONDAY, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import called_in, clock_of, regraded, swept, told
from triage import workflow
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TARGETS = {"G1": ("K1", 15), "G2": ("K2", 60), "G3": ("K3", 48 * 60)}


def _targets(incident):
    return Clock.objects.filter(record=incident.pk, deadline__in=[code for code, _ in TARGETS.values()])


@pytest.mark.parametrize(("grade", "code", "length"), [(grade, *target) for grade, target in TARGETS.items()])
def test_each_grade_has_its_time_from_the_first_call(clock, callie, grade, code, length):
    incident = called_in(callie, grade=grade, reported_at=MONDAY - minutes(7))
    running = clock_of(incident, code)
    assert (running.started_at, running.due_at) == (MONDAY - minutes(7), MONDAY - minutes(7) + minutes(length))
    assert incident.attend_by == running.due_at


def test_slow_grading_cannot_hide(clock, callie):
    incident = called_in(callie, grade="G1", reported_at=MONDAY - minutes(14))
    swept(clock, minutes(1))
    assert told(incident.pk) == []
    swept(clock, MOMENT)
    assert told(incident.pk) == ["connie", "connie"]


def test_a_call_cannot_have_come_from_the_future(clock, callie):
    with pytest.raises(NotNow, match="later than now"):
        called_in(callie, reported_at=MONDAY + MOMENT)
    assert called_in(callie, reported_at=MONDAY).reported_at == MONDAY


def test_an_hour_passes_and_four_people_have_heard(clock, callie):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(90) + MOMENT)
    assert raised(incident.pk, "K2") == [
        ("K2", 1, MONDAY + minutes(30), ["dev"]),
        ("K2", 2, MONDAY + minutes(45), ["connie"]),
        ("K2", 3, MONDAY + minutes(60), ["connie"]),
        ("K2", 4, MONDAY + minutes(90), ["fin"]),
    ]


def test_a_unit_on_its_way_does_not_stop_the_clock_and_a_unit_that_is_there_does(clock, callie, dev, olly):
    incident = workflow.assign(called_in(callie), by=dev, unit="AB12")
    assert clock_of(incident, "K2").stopped_at is None
    clock.shift(minutes(40))
    workflow.attend(incident, by=olly)
    assert (clock_of(incident, "K2").stopped_at, clock_of(incident, "K2").stopped_by) == (clock.at, "triage.attend")


def test_raising_the_grade_gives_the_shorter_time_from_the_first_call(clock, callie):
    incident = called_in(callie, grade="G3")
    clock.shift(minutes(10))
    incident = regraded(incident, callie, "G1", "A second caller")
    assert clock_of(incident, "K1").due_at == incident.attend_by == MONDAY + minutes(15)
    assert clock_of(incident, "K3").stopped_at is None


def test_lowering_the_grade_takes_no_clock_away_and_gives_no_more_time(clock, callie, connie):
    incident = called_in(callie, grade="G2")
    clock.shift(minutes(50))
    incident = regraded(incident, connie, "G3", "He has gone")
    assert incident.attend_by == MONDAY + minutes(60)
    assert set(_targets(incident).filter(stopped_at=None).values_list("deadline", flat=True)) == {"K2", "K3"}
    swept(clock, minutes(11))
    assert [level for _, level, *_ in raised(incident.pk, "K2")] == [1, 2, 3]


def test_going_up_and_down_and_up_again_resets_nothing(clock, callie, connie):
    incident = called_in(callie, grade="G2")
    before = clock_of(incident, "K2").due_at
    for grade in ("G1", "G3", "G2", "G1"):
        clock.shift(minutes(1))
        incident = regraded(incident, connie, grade, "More is known")
    assert clock_of(incident, "K2").due_at == before
    assert _targets(incident).count() == 3
    assert (incident.grade_initial, incident.grade) == ("G2", "G1")


@pytest.mark.parametrize("name", ["callie", "dev", "olly", "rosa", "rashid", "cora", "sam"])
def test_only_a_supervisor_may_lower_a_grade(clock, callie, cast, name):
    incident = called_in(callie, grade="G2")
    with pytest.raises(NotYours):
        regraded(incident, cast[name], "G3", "Busy")
    assert clock_of(incident, "K3") is None


@pytest.mark.parametrize("name", ["callie", "dev", "connie", "fin", "olly", "rosa", "rashid"])
def test_anybody_in_contact_may_raise_it(clock, callie, cast, name):
    incident = called_in(callie, grade="G2")
    regraded(incident, cast[name], "G1", "He has a knife")
    assert clock_of(incident, "K1").due_at == MONDAY + minutes(15)


def test_each_change_of_grade_has_its_own_assessment_of_risk(clock, callie, connie):
    incident = called_in(callie, grade="G2")
    regraded(incident, connie, "G3", "He has gone")
    with acting(connie):
        assert [each.trigger for each in incident.assessments.order_by("at", "trigger")] == ["initial", "regrade"]


def test_arriving_exactly_on_time_is_in_time_and_a_microsecond_later_is_late(clock, callie, olly):
    for late, missed in ((minutes(0), False), (MOMENT, True)):
        clock.set(MONDAY)
        incident = called_in(callie, grade="G2")
        clock.shift(minutes(60) + late)
        workflow.attend(incident, by=olly)
        assert (("K2", 3) in [(code, level) for code, level, *_ in raised(incident.pk)]) is missed


def test_the_true_figure_can_be_read_from_the_clocks_with_children_apart(clock, callie, olly):
    for child, took in (("yes", 59), ("yes", 60), ("yes", 61), ("not_known", 20), ("no", 70), ("no", None)):
        clock.set(MONDAY)
        incident = called_in(callie, grade="G2", child=child)
        if took:
            clock.shift(minutes(took))
            workflow.attend(incident, by=olly)
    clock.set(MONDAY + minutes(61))
    in_time = Q(stopped_at__lte=F("due_at"))
    figures = Clock.objects.filter(deadline="K2", due_at__lt=clock.at).values("no_child").order_by("no_child")
    assert list(figures.annotate(all=Count("pk"), met=Count("pk", filter=in_time))) == [
        {"no_child": False, "all": 4, "met": 3},
        {"no_child": True, "all": 2, "met": 0},
    ]

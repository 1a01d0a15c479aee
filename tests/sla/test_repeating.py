"""K4: while an incident is late its risk is looked at again and again; each time it is not, somebody higher hears."""

import pytest

from sla.engine import sweep
from sla.models import Clock
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, away, called_in, clock_of, ended, regraded, swept
from triage import workflow

pytestmark = pytest.mark.django_db


def _at(minute):
    return MONDAY + minutes(minute)


def test_it_begins_when_the_target_is_missed_and_not_on_the_moment(clock, callie):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(60))
    assert clock_of(incident, "K4") is None
    swept(clock, MOMENT)
    running = clock_of(incident, "K4")
    assert (running.started_at, running.due_at, running.every) == (_at(60), _at(60), minutes(60))


def test_the_first_look_is_due_at_once_and_the_same_sweep_says_so(clock, callie):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(60) + MOMENT)
    assert raised(incident.pk, "K4") == [("K4", 1, _at(60), ["connie"])]


@pytest.mark.parametrize(("grade", "missed", "every"), [("G1", 15, 30), ("G2", 60, 60), ("G3", 48 * 60, 240)])
def test_each_grade_has_its_interval(clock, callie, grade, missed, every):
    incident = called_in(callie, grade=grade)
    swept(clock, minutes(missed + every) + MOMENT)
    assert [reached for _, _, reached, _ in raised(incident.pk, "K4")] == [_at(missed), _at(missed + every)]


def test_left_undone_it_climbs_from_the_supervisor_to_the_daily_meeting_and_stays_there(clock, callie):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(60 + 4 * 60) + MOMENT)
    assert raised(incident.pk, "K4") == [
        ("K4", 1, _at(60), ["connie"]),
        ("K4", 2, _at(120), ["fin"]),
        ("K4", 3, _at(180), ["dmitri"]),
        ("K4", 4, _at(240), ["dmitri"]),
        ("K4", 5, _at(300), ["dmitri"]),
    ]


def test_with_the_supervisor_away_the_cover_hears_and_with_all_away_the_chain_of_command(
    clock, callie, connie, fin, dmitri, sue
):
    incident = called_in(callie, grade="G2")
    away(connie, days=5, cover=callie)
    away(fin, days=5, cover=connie)
    away(dmitri, days=5, cover=fin)
    swept(clock, minutes(180) + MOMENT)
    assert [people for *_, people in raised(incident.pk, "K4")] == [["callie"]] * 3


def test_looking_again_starts_it_anew_an_interval_from_then(clock, callie, connie):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(70))
    workflow.reassess(incident, by=connie, assessment=CALM, trigger="target_missed")
    first, second = Clock.objects.filter(record=incident.pk, deadline="K4").order_by("pk")
    assert (first.stopped_at, first.stopped_by) == (_at(70), "triage.reassess")
    assert (second.started_at, second.due_at, second.level) == (_at(70), _at(130), 0)
    swept(clock, minutes(60))
    assert len(raised(incident.pk, "K4")) == 1
    swept(clock, MOMENT)
    assert raised(incident.pk, "K4")[1:] == [("K4", 1, _at(130), ["connie"])]


def test_after_each_look_the_ladder_starts_from_the_bottom(clock, callie, connie):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(181))
    workflow.reassess(incident, by=connie, assessment=CALM, trigger="interval")
    swept(clock, minutes(61))
    assert [people for *_, people in raised(incident.pk, "K4")] == [["connie"], ["fin"], ["dmitri"], ["connie"]]


def test_looking_late_between_two_sweeps_does_not_hide_what_was_missed(clock, callie, connie):
    incident = called_in(callie, grade="G2")
    clock.shift(minutes(121))
    workflow.reassess(incident, by=connie, assessment=CALM, trigger="target_missed")
    assert [(code, level) for code, level, *_ in raised(incident.pk) if code in ("K2", "K4")] == [
        ("K2", 1),
        ("K2", 2),
        ("K2", 3),
        ("K4", 1),
        ("K2", 4),
        ("K4", 2),
    ]
    assert clock_of(incident, "K4").due_at == _at(181)


def test_looking_before_anything_is_late_starts_nothing(clock, callie, connie):
    incident = called_in(callie, grade="G2")
    clock.shift(minutes(10))
    workflow.reassess(incident, by=connie, assessment=CALM, trigger="repeat_call")
    assert clock_of(incident, "K4") is None
    assert clock_of(incident, "K2").due_at == _at(60)


@pytest.mark.parametrize("end", [lambda incident, by: workflow.attend(incident, by=by), ended], ids=["attend", "end"])
def test_it_ends_when_police_arrive_or_a_supervisor_ends_it(clock, callie, connie, end):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(61))
    end(incident, connie)
    before = raised(incident.pk, "K2"), raised(incident.pk, "K4")
    swept(clock, hours(20))
    assert not Clock.running().filter(record=incident.pk, deadline__in=["K2", "K4"]).exists()
    assert (raised(incident.pk, "K2"), raised(incident.pk, "K4")) == before


def test_a_unit_on_its_way_is_not_a_unit_that_is_there(clock, callie, dev):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(61))
    workflow.assign(incident, by=dev, unit="AB12")
    swept(clock, minutes(60))
    assert len(raised(incident.pk, "K4")) == 2


def test_raised_while_late_the_next_look_falls_due_within_the_shorter_interval(clock, callie):
    incident = called_in(callie, grade="G3")
    swept(clock, hours(48) + minutes(1))
    regraded(incident, callie, "G1", "He has come back")
    sweep()
    running = clock_of(incident, "K4")
    assert running.every == minutes(30)
    assert running.due_at <= clock.at + minutes(30)


def test_lowered_while_late_it_keeps_the_shorter_interval(clock, callie, connie):
    incident = called_in(callie, grade="G1")
    swept(clock, minutes(16))
    regraded(incident, connie, "G3", "He has left the country")
    swept(clock, hours(50))
    assert clock_of(incident, "K4").every == minutes(30)


def test_an_incident_that_misses_two_targets_in_one_sweep_has_one_duty_from_the_first_miss(clock, callie):
    incident = called_in(callie, grade="G2")
    clock.shift(minutes(5))
    regraded(incident, callie, "G1", "He has come back")
    swept(clock, hours(3))
    running = Clock.objects.get(record=incident.pk, deadline="K4")
    assert (running.started_at, running.every) == (_at(15), minutes(30))
    assert [reached for _, _, reached, _ in raised(incident.pk, "K4")] == [_at(15 + 30 * time) for time in range(6)]
    assert [level for _, level, *_ in raised(incident.pk, "K1")] == [1, 2]
    assert [level for _, level, *_ in raised(incident.pk, "K2")] == [1, 2, 3, 4]


def test_a_look_after_an_outage_raises_what_the_sweeps_would_have(clock, callie, connie):
    swept_first, not_swept = called_in(callie, grade="G2"), called_in(callie, grade="G2")
    for incident in (swept_first, not_swept):
        regraded(incident, callie, "G1", "He has come back")
    clock.shift(hours(3))
    workflow.reassess(not_swept, by=connie, assessment=CALM, trigger="target_missed")
    sweep()
    workflow.reassess(swept_first, by=connie, assessment=CALM, trigger="target_missed")
    assert raised(not_swept.pk) == raised(swept_first.pk)


def test_one_sweep_after_an_outage_raises_what_sweeps_each_minute_would_have(clock, callie):
    swept_often = called_in(callie, grade="G1")
    for _ in range(180):
        swept(clock, minutes(1))
    swept_once = called_in(callie, grade="G1", reported_at=None)
    start = clock.at
    swept(clock, hours(3))

    def after(record, since):
        return [(code, level, reached - since, people) for code, level, reached, people in raised(record)]

    often = [each for each in after(swept_often.pk, MONDAY) if each[2] < hours(3)]
    once = [each for each in after(swept_once.pk, start) if each[2] < hours(3)]
    assert often == once
    assert len(often) > 5


def test_where_no_child_is_concerned_a_late_g3_stays_with_the_supervisor(clock, callie):
    incident = called_in(callie, grade="G3", child="no")
    swept(clock, hours(48) + MOMENT)
    assert raised(incident.pk, "K3")[1] == ("K3", 2, MONDAY + hours(48), ["connie"])


@pytest.mark.parametrize("child", ["yes", "not_known"])
def test_where_a_child_is_or_may_be_concerned_a_late_g3_goes_to_the_force_incident_manager(clock, callie, child):
    incident = called_in(callie, grade="G3", child=child)
    swept(clock, hours(48) + MOMENT)
    assert raised(incident.pk, "K3")[1] == ("K3", 2, MONDAY + hours(48), ["fin"])

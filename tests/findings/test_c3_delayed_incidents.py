"""C3: incidents waited, their risk was not looked at again, and nobody above knew."""

import pytest

from access.actor import NotYours, acting
from sla.engine import sweep
from sla.models import Clock
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, away, called_in, clock_of, ended, swept, told
from triage import workflow
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def test_a_delayed_incident_climbs_to_the_daily_meeting_if_nobody_looks_at_it(clock, callie):
    incident = called_in(callie, grade="G2")
    for _ in range(200):
        swept(clock, minutes(1))
    assert [people for *_, people in raised(incident.pk, "K4")] == [["connie"], ["fin"], ["dmitri"]]


def test_looking_at_it_each_time_it_is_due_keeps_it_from_climbing(clock, callie, connie):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(61))
    for _ in range(10):
        workflow.reassess(incident, by=connie, assessment=CALM, trigger="interval")
        swept(clock, minutes(60))
    assert [people for *_, people in raised(incident.pk, "K4")] == [["connie"]]


def test_looking_at_it_a_microsecond_late_is_late(clock, callie, connie):
    incident = called_in(callie, grade="G2")
    swept(clock, minutes(61))
    workflow.reassess(incident, by=connie, assessment=CALM, trigger="target_missed")
    clock.shift(minutes(60) + MOMENT)
    workflow.reassess(incident, by=connie, assessment=CALM, trigger="interval")
    assert [reached for _, _, reached, _ in raised(incident.pk, "K4")] == [
        MONDAY + minutes(60),
        MONDAY + minutes(121),
    ]


def test_each_look_is_kept_and_none_is_overwritten(clock, callie, connie):
    incident = called_in(callie, grade="G2")
    for trigger in ("target_missed", "interval", "repeat_call"):
        clock.shift(minutes(61))
        incident = workflow.reassess(incident, by=connie, assessment=CALM, trigger=trigger)
    assert incident.reassessed_at == clock.at
    with acting(connie):
        kept = incident.assessments.order_by("at")
        assert [each.trigger for each in kept] == ["initial", "target_missed", "interval", "repeat_call"]
        assert {each.by for each in kept} == {callie, connie}


def test_a_missed_sweep_loses_nothing(clock, callie):
    incident = called_in(callie, grade="G1")
    swept(clock, hours(3))
    assert [people for *_, people in raised(incident.pk, "K4")] == [["connie"], ["fin"], *[["dmitri"]] * 4]
    before = told(incident.pk)
    sweep()
    assert told(incident.pk) == before


def test_with_the_supervisor_and_the_incident_manager_on_leave_it_still_climbs(clock, callie, connie, fin, dev, sue):
    incident = called_in(callie, grade="G2")
    away(connie, days=14, cover=dev)
    away(fin, days=14, cover=sue)
    swept(clock, minutes(180) + MOMENT)
    assert [people for *_, people in raised(incident.pk, "K4")] == [["dev"], ["sue"], ["dmitri"]]


def test_ending_it_without_going_is_a_supervisors_decision_and_hides_nothing_missed(clock, callie, dev, connie):
    incident = called_in(callie, grade="G2")
    clock.shift(minutes(125))
    with pytest.raises(NotYours):
        ended(incident, dev, "He rang back: all is well")
    ended(incident, connie, "He rang back: all is well")
    assert [level for _, level, *_ in raised(incident.pk, "K4")] == [1, 2]
    assert not Clock.running().filter(record=incident.pk).exists()


@pytest.mark.parametrize("because", ["", "  "])
def test_ending_it_without_going_has_a_reason(clock, callie, connie, because):
    incident = called_in(callie, grade="G2")
    with pytest.raises(NotNow, match="why nobody will attend"):
        ended(incident, connie, because)


@pytest.mark.parametrize("child", ["yes", "not_known"])
@pytest.mark.parametrize("missing", ["child_safe_because", "no_ppn_because"])
def test_with_a_child_or_where_nobody_knows_it_says_how_the_child_is_safe_and_why_there_is_no_notice(
    clock, callie, connie, child, missing
):
    incident = called_in(callie, grade="G2", child=child)
    with pytest.raises(NotNow, match="A child is, or may be, involved"):
        ended(incident, connie, **{missing: " "})
    assert ended(incident, connie).state == "no_deployment"


def test_and_whether_the_caller_knows(clock, callie, connie):
    with pytest.raises(NotNow, match="whether the caller has been told"):
        ended(called_in(callie), connie, caller_told="")


def test_where_there_is_no_child_nobody_is_asked_about_one(clock, callie, connie):
    incident = called_in(callie, child="no")
    assert ended(incident, connie, child_safe_because="", no_ppn_because="").state == "no_deployment"


@pytest.mark.parametrize("grade", ["G1", "G2", "G3", "G4"])
@pytest.mark.parametrize("child", ["yes", "no", "not_known"])
def test_no_incident_waits_with_nobody_to_be_told(clock, callie, grade, child):
    incident = called_in(callie, grade=grade, child=child)
    assert Clock.running().filter(record=incident.pk, next_at__isnull=False).exists()


def test_an_incident_attended_late_is_looked_at_no_more(clock, callie, olly):
    incident = called_in(callie, grade="G1", child="no")
    swept(clock, minutes(16))
    workflow.attend(incident, by=olly)
    assert clock_of(incident, "K4").stopped_by == "triage.attend"
    swept(clock, hours(10))
    assert len(raised(incident.pk, "K4")) == 1

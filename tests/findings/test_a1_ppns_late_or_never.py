"""A1: notices were submitted late (five days), or not at all (a boy of sixteen, two days)."""

import pytest

from access.actor import NotYours, acting
from cases.workflow.cases import restrict
from sla.models import Clock
from tests.conftest import hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import away, called_in, clock_of, outcome_of, submitted, swept
from triage import workflow
from triage.views.incident import missing
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def attended(clock, callie, olly):
    return workflow.attend(called_in(callie, grade="G1"), by=olly)


def test_a_child_was_seen_and_no_notice_was_written(clock, attended):
    start = clock.at
    swept(clock, hours(12))
    assert raised(attended.pk, "K8") == []
    swept(clock, hours(12) + MOMENT)
    assert raised(attended.pk, "K8") == [
        ("K8", 1, start + hours(12), ["rosa"]),
        ("K8", 2, start + hours(24), ["rashid"]),
        ("K8", 3, start + hours(24), ["sam"]),
    ]


def test_each_level_is_reached_a_microsecond_after_its_moment(clock, attended):
    swept(clock, hours(12) + MOMENT)
    assert [people for *_, people in raised(attended.pk, "K8")] == [["rosa"]]
    swept(clock, hours(12) - MOMENT)
    assert [people for *_, people in raised(attended.pk, "K8")] == [["rosa"]]
    swept(clock, MOMENT)
    assert [people for *_, people in raised(attended.pk, "K8")] == [["rosa"], ["rashid"], ["sam"]]


def test_with_the_sergeants_on_leave_their_cover_is_told(clock, attended, rosa, sam, rashid, ines):
    away(rosa, days=14, cover=rashid)
    away(sam, days=14, cover=ines)
    swept(clock, hours(24) + MOMENT)
    assert [people for *_, people in raised(attended.pk, "K8")] == [["rashid"], ["rashid"], ["ines"]]


def test_the_notice_raised_from_the_incident_stops_it(clock, attended, olly):
    clock.shift(hours(3))
    submitted(olly, arises_from=attended.pk)
    stopped = clock_of(attended, "K8")
    assert (stopped.stopped_at, stopped.stopped_by) == (clock.at, "ppn.submit")
    swept(clock, hours(50))
    assert raised(attended.pk, "K8") == []


def test_a_notice_about_something_else_does_not(clock, attended, olly):
    submitted(olly)
    assert clock_of(attended, "K8").stopped_at is None


def test_a_notice_that_comes_late_leaves_the_breach_on_record(clock, attended, olly):
    clock.shift(hours(12) + MOMENT)
    submitted(olly, arises_from=attended.pk)
    assert [level for _, level, *_ in raised(attended.pk, "K8")] == [1]


def test_a_notice_written_before_police_arrived_is_enough(clock, callie, olly):
    incident = called_in(callie)
    submitted(olly, arises_from=incident.pk)
    assert clock_of(incident, "K8").stopped_by == "ppn.submit"
    workflow.attend(incident, by=olly)
    assert not Clock.running().filter(record=incident.pk, deadline="K8").exists()


def test_it_counts_from_when_police_first_knew_and_not_from_when_they_arrived(clock, callie, olly):
    known = clock.at - minutes(20)
    incident = called_in(callie, reported_at=known)
    clock.shift(hours(5))
    workflow.attend(incident, by=olly)
    assert (clock_of(incident, "K8").started_at, clock_of(incident, "K8").due_at) == (known, known + hours(12))


def test_a_child_who_comes_to_light_with_the_outcome_counts_from_the_arrival(clock, callie, olly):
    incident = workflow.attend(called_in(callie, child="no"), by=olly)
    arrived = clock.at
    assert clock_of(incident, "K8") is None
    clock.shift(hours(5))
    outcome_of(incident, olly, outcome="A boy of 16 in the attic")
    assert (clock_of(incident, "K8").started_at, clock_of(incident, "K8").due_at) == (arrived, arrived + hours(12))


@pytest.mark.parametrize("seen", ["no", "not_known", ""])
def test_the_outcome_of_an_incident_with_a_child_says_that_the_child_was_seen_or_why_not(clock, attended, olly, seen):
    with pytest.raises(NotNow, match="say why"):
        outcome_of(attended, olly, child_seen=seen, child_not_seen_because=" ")
    done = outcome_of(attended, olly, child_seen=seen, child_not_seen_because="At school; Rosa goes at 4")
    assert done.state == "outcome_recorded"


def test_where_nobody_knows_whether_there_is_a_child_the_outcome_says_why_none_was_seen(clock, attended, olly):
    with pytest.raises(NotNow, match="may be"):
        outcome_of(attended, olly, child="not_known", child_seen="no")


def test_it_is_not_closed_without_a_notice_or_a_supervisors_reason(clock, attended, olly, rosa):
    incident = outcome_of(attended, olly)
    with pytest.raises(NotYours):
        workflow.close(incident, by=olly, no_ppn_because="None needed")
    with pytest.raises(NotNow, match="there is no PPN"):
        workflow.close(incident, by=rosa, no_ppn_because="  ")
    assert clock_of(incident, "K8").stopped_at is None
    closed = workflow.close(incident, by=rosa, no_ppn_because="Notice PPN-000001 of this morning covers it")
    assert (closed.state, clock_of(incident, "K8").stopped_by) == ("closed", "triage.close")


def test_with_a_notice_it_is_closed_without_more_words(clock, attended, olly, rosa):
    incident = outcome_of(attended, olly)
    submitted(olly, arises_from=incident.pk)
    assert workflow.close(incident, by=rosa, no_ppn_because="").state == "closed"


def test_a_notice_that_is_restricted_is_a_notice_all_the_same(clock, attended, olly, rosa, sam, cora):
    incident = outcome_of(attended, olly)
    ppn = submitted(olly, arises_from=incident.pk)
    restrict(ppn.case, by=sam, people=[cora], because="The father is a colleague")
    with acting(rosa):
        assert [step["done"] for step in missing(incident)] == [True] * 4
    assert workflow.close(incident, by=rosa, no_ppn_because="").state == "closed"


def test_it_is_not_closed_while_a_child_it_knows_of_has_been_seen_by_nobody(clock, attended, olly, rosa):
    incident = outcome_of(attended, olly, child_seen="no", child_not_seen_because="At school; Rosa goes at 4")
    submitted(olly, arises_from=incident.pk)
    with pytest.raises(NotNow, match="has not been seen"):
        workflow.close(incident, by=rosa, no_ppn_because="")
    workflow.accept_not_seen(incident, by=rosa, because="Her teacher had her in class until 3, and rang")
    assert workflow.close(incident, by=rosa, no_ppn_because="").state == "closed"


def test_where_no_child_is_concerned_nobody_waits_for_a_notice(clock, callie, olly, rosa):
    incident = workflow.attend(called_in(callie, child="no"), by=olly)
    incident = outcome_of(incident, olly, outcome="A fox", child="no", child_seen="no")
    assert workflow.close(incident, by=rosa, no_ppn_because="").state == "closed"
    assert not Clock.objects.filter(record=incident.pk, deadline="K8").exists()


def test_an_attended_incident_where_nobody_knows_of_a_child_is_still_watched(clock, callie, olly):
    incident = workflow.attend(called_in(callie, child="not_known"), by=olly)
    assert Clock.running().filter(record=incident.pk, next_at__isnull=False).exists()


def test_the_days_before_submission_are_counted_from_when_police_first_knew(clock, olly):
    known = clock.at - hours(5 * 24)
    ppn = submitted(olly, first_known_at=known)
    assert (ppn.first_known_at, ppn.submitted_at - ppn.first_known_at) == (known, hours(5 * 24))


def test_nobody_can_have_known_after_the_notice_was_submitted(clock, olly):
    ppn = submitted(olly, first_known_at=clock.at + hours(1))
    assert ppn.first_known_at == ppn.submitted_at

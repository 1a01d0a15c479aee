"""A2: 694 notices unprocessed, the oldest eleven days; the 24-hour review not always met."""

import pytest

from ppn import workflow
from sla.engine import sweep
from sla.models import Escalation, Notification
from tests.stories import away, clock_of, hours, minutes, submitted, swept

pytestmark = pytest.mark.django_db


def told(record):
    """Who has been told so far that it waits for review. What runs beside it tells others."""
    rows = Notification.objects.filter(escalation__clock__record=record, escalation__clock__deadline="P2")
    rows = rows.order_by("escalation__due_at", "escalation__level", "pk").select_related("person")
    return [row.person.username for row in rows]


def shares_of_the_time(ppn):
    rows = Escalation.objects.filter(clock__record=ppn.pk, clock__deadline="P2")
    return list(rows.order_by("level").values_list("percent", flat=True))


def test_an_unread_notice_climbs_to_a_named_person_at_each_level(clock, olly):
    ppn = submitted(olly)
    swept(clock, hours(12) + minutes(1))
    assert told(ppn.pk) == ["cora", "cole"]
    swept(clock, hours(6))
    assert told(ppn.pk)[2:] == ["sam"]
    swept(clock, hours(6))
    assert told(ppn.pk)[3:] == ["ines"]
    swept(clock, hours(12))
    assert told(ppn.pk)[4:] == ["chidi"]
    swept(clock, hours(12))
    assert told(ppn.pk)[5:] == ["sue"]


def test_exactly_on_the_moment_is_on_time_and_a_microsecond_later_is_not(clock, olly):
    ppn = submitted(olly)
    swept(clock, hours(24))
    assert "ines" not in told(ppn.pk)
    swept(clock, minutes(0) + hours(0.001) / 3600)
    assert told(ppn.pk)[-1] == "ines"


def test_a_sergeant_on_leave_never_holds_up_an_escalation(clock, olly, sam, ines):
    ppn = submitted(olly)
    away(sam, days=14, cover=ines)
    swept(clock, hours(18) + minutes(1))
    assert told(ppn.pk) == ["cora", "cole", "ines"]


def test_opening_a_notice_does_not_stop_its_clock_and_assessing_it_does(clock, olly, cora):
    ppn = submitted(olly)
    workflow.take(ppn, by=cora)
    assert clock_of(ppn, "P2").stopped_at is None
    workflow.assess(ppn, by=cora, systems_checked="RMS, PND", assessment="As graded", grade="amber", because="")
    assert clock_of(ppn, "P2").stopped_at == clock.at


def test_putting_a_notice_back_gives_it_no_more_time(clock, olly, cora):
    ppn = submitted(olly)
    due = clock_of(ppn, "P2").due_at
    workflow.take(ppn, by=cora)
    clock.shift(hours(10))
    back = workflow.put_back(ppn, by=cora, because="Going off duty")
    assert (back.state, back.taken_by) == ("submitted", None)
    assert clock_of(ppn, "P2").due_at == due == back.due_at


def test_finishing_late_between_two_sweeps_does_not_hide_the_breach(clock, olly, cora):
    ppn = submitted(olly)
    workflow.take(ppn, by=cora)
    clock.shift(hours(24) + minutes(1))
    workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="Late", grade="amber", because="")
    assert shares_of_the_time(ppn) == [50, 75, 100]
    sweep()
    assert told(ppn.pk) == ["cora", "cole", "sam", "ines"]


def test_finishing_exactly_at_the_deadline_is_no_breach(clock, olly, cora):
    ppn = submitted(olly)
    workflow.take(ppn, by=cora)
    clock.shift(hours(24))
    workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="Just in time", grade="amber", because="")
    assert shares_of_the_time(ppn) == [50, 75]


def test_an_outage_of_eight_days_loses_nothing(clock, olly):
    notices = [submitted(olly) for _ in range(3)]
    swept(clock, hours(8 * 24))
    sweep()
    for ppn in notices:
        assert told(ppn.pk) == ["cora", "cole", "sam", "ines", "chidi", "sue"]


def test_a_child_found_by_research_brings_the_review_nearer_and_nothing_pushes_it_away(clock, olly, cora):
    ppn = submitted(olly, subjects=[_adult()], types=["adult_at_risk"], child="no")
    assert ppn.due_at - ppn.submitted_at == hours(72)
    clock.shift(hours(30))
    sooner = workflow.found_a_child(ppn, by=cora, how_we_know="School record")
    assert sooner.due_at - sooner.submitted_at == hours(24)
    sweep()
    assert told(ppn.pk)[-1] == "ines"


def test_where_nobody_knows_whether_there_is_a_child_the_notice_has_24_hours(clock, olly):
    ppn = submitted(olly, subjects=[_adult()], types=["adult_at_risk"], child="not_known")
    assert ppn.due_at - ppn.submitted_at == hours(24)


def test_the_clock_counts_elapsed_hours_over_the_night_the_clocks_go_forward(clock, olly):
    from datetime import UTC, datetime

    clock.set(datetime(2026, 3, 28, 12, 0, tzinfo=UTC))
    ppn = submitted(olly)
    swept(clock, hours(24))
    assert "ines" not in told(ppn.pk)
    swept(clock, minutes(1))
    assert told(ppn.pk)[-1] == "ines"


def test_nobody_is_told_twice_however_often_it_is_swept(clock, olly):
    ppn = submitted(olly)
    swept(clock, hours(25))
    sweep()
    sweep()
    assert told(ppn.pk) == ["cora", "cole", "sam", "ines"]


def _adult():
    from ppn.workflow import SubjectFacts

    return SubjectFacts(part="adult", name="Ada Example", seen="yes", spoken_to="yes")

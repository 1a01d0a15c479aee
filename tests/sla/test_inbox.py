"""What I have been told: gathered, acknowledged, and with my cover while I am away."""

from dataclasses import replace

import pytest
from django.urls import reverse

from access.actor import NotYours
from sla.inbox import acknowledge, open_for, told
from sla.models import Clock, Notification
from tests.sla.made import submitted
from tests.stories import ANYA, away, called_in, hours, minutes, swept
from triage.workflow.deadlines import G2_AGAIN, G2_TARGET

pytestmark = pytest.mark.django_db


def test_many_of_a_kind_are_one_line_with_the_longest_overdue_first(clock, olly, ines):
    first = submitted(olly)
    clock.shift(hours(1))
    for number in range(6):
        submitted(olly, subjects=[replace(ANYA, name=f"{'ABCDEF'[number] * 4} Sample")])
    swept(clock, hours(24) + minutes(1))
    (group,) = told(ines)
    assert (group.heading, group.total, group.more) == ("MASH review of the notice: the time has gone", 7, 2)
    assert group.first[0].escalation.clock.record == first.pk


def test_a_duty_that_was_not_done_again_and_again_is_one_line_and_is_acknowledged_as_one(clock, callie, dmitri, client):
    late, later = called_in(callie, grade="G2"), called_in(callie, grade="G2")
    client.force_login(dmitri)
    swept(clock, G2_TARGET.default + 4 * G2_AGAIN.default + minutes(1))
    group = told(dmitri)[0]  # five times not done: before what has reached fewer levels
    assert group.heading == "Re-assessment of the risk while late: not done, 3rd to 5th time"
    assert (group.total, group.more) == (6, 0)
    assert {note.escalation.clock.record for note in group.first} == {late.pk, later.pk}
    assert {note.escalation.level for note in group.first} == {5}
    assert "3rd to 5th time" in client.get("/").content.decode()
    swept(clock, G2_AGAIN.default)
    client.post(reverse("acknowledge", args=[group.deadline, group.level]), {"up_to": group.up_to})
    (newer,) = [each for each in told(dmitri) if each.deadline == "K4"]
    assert (newer.heading, newer.total) == ("Re-assessment of the risk while late: not done, 6th time", 2)


def test_acknowledging_stops_no_clock_and_swallows_nothing_that_came_after(clock, olly, ines, client):
    submitted(olly)
    submitted(olly)
    swept(clock, hours(24) + minutes(1))
    (seen,) = told(ines)
    submitted(olly, first_known_at=clock.at)
    swept(clock, hours(24) + minutes(1))
    client.force_login(ines)
    client.post(reverse("acknowledge", args=[seen.deadline, seen.level]), {"up_to": seen.up_to})
    assert [group.total for group in told(ines) if group.level == seen.level] == [1]
    assert Clock.running().filter(deadline="P2").count() == 3


def test_what_i_was_told_before_my_leave_is_with_my_cover_while_it_lasts(clock, olly, sam, ines):
    submitted(olly)
    swept(clock, hours(18) + minutes(1))
    assert open_for(ines).count() == 0
    away(sam, days=2, cover=ines)
    assert [note.person for note in open_for(ines)] == [sam]
    acknowledge(open_for(ines), by=ines)
    note = Notification.objects.get(person=sam)
    assert (note.acknowledged_by, note.acknowledged_at) == (ines, clock.at)
    clock.shift(hours(48))
    assert open_for(ines).count() == 0


def test_nobody_acknowledges_for_somebody_else(clock, olly, ines, cole):
    submitted(olly)
    swept(clock, hours(24) + minutes(1))
    with pytest.raises(NotYours):
        acknowledge(Notification.objects.filter(person=ines), by=cole)
    assert open_for(ines).count() == 1


def test_the_page_shows_what_was_told_and_who_acknowledged_it(clock, olly, ines, client):
    ppn = submitted(olly)
    swept(clock, hours(24) + minutes(1))
    client.force_login(ines)
    page = client.get("/").content.decode()
    assert "MASH review of the notice: the time has gone" in page
    assert ppn.reference in page
    client.post(reverse("acknowledge", args=["P2", 3]), {"up_to": told(ines)[0].up_to})
    assert "You have acknowledged everything you were told" in client.get("/").content.decode()
    assert "Acknowledged by Ines Inspector" in client.get(reverse("ppn", args=[ppn.pk])).content.decode()


def test_a_clock_that_a_later_version_no_longer_knows_stays_visible(clock, olly, cora, client):
    ppn = submitted(olly)
    Clock.objects.create(
        deadline="X9", kind="ppn.ppn", record=ppn.pk, reference=ppn.reference, started_at=clock.at, due_at=clock.at
    )
    client.force_login(cora)
    assert "X9 (X9)" in client.get(reverse("ppn", args=[ppn.pk])).content.decode()

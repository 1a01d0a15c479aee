"""Minutes that an agency sends are kept and checked, and are the minutes of the meeting once somebody here says so."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from access.actor import System, acting
from cases.workflow.cases import restrict
from documents.checking import check
from documents.models import Attachment
from partners.models import Reply
from sla.engine import sweep
from sla.models import Clock
from strategy import workflow
from strategy.models import Minutes, ReceivedMinutes
from tests.documents.a_scanner import FOUND
from tests.documents.conftest import scanner, store
from tests.sla.made import MOMENT, raised
from tests.stories import away, hours, swept, told
from tests.strategy.meetings import agreed, as_it_is, held, minuted, minutes_received
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
__all__ = ["scanner", "store"]
TEST = System("test")


def utc(month, day, hour, year=2026):
    return datetime(year, month, day, hour, tzinfo=UTC)


def running(*records):
    keys = [each.pk for each in records]
    return set(Clock.running().filter(record__in=keys).values_list("deadline", flat=True))


def document_of(received):
    with acting(TEST):
        return Attachment.objects.get(pk=received.document_id)


def text(client, meeting):
    return client.get(meeting.get_absolute_url()).content.decode()


@pytest.fixture
def meeting(clock, sam):
    return held(agreed(sam), sam)


def test_they_are_kept_as_a_document_of_the_meeting_that_says_whose_it_is(meeting):
    received = minutes_received(meeting, b"All agreed.")
    paper = document_of(received)
    assert (paper.record, paper.case_id, paper.state) == (meeting.pk, meeting.case_id, "waiting")
    assert (paper.caption, paper.name) == ("Minutes from Vale Council", "minutes.txt")
    assert (paper.added_by, paper.came_from) == (None, "Sent by Sol Worker, Vale Council")
    with acting(TEST):
        reply = Reply.objects.get()
    assert (reply.what, reply.document_id, reply.said) == ("minutes", paper.pk, "minutes.txt")


def test_until_somebody_takes_them_over_the_clock_of_the_minutes_runs_and_the_co_ordinators_are_told(
    clock, meeting, cora, scanner
):
    received = minutes_received(meeting)
    assert running(meeting, received) == {"P11", "P11R"}
    swept(clock, hours(1))
    assert told(received.pk) == ["cora", "cole"]  # the co-ordinators
    assert as_it_is(meeting).state == "held"
    check(document_of(received))
    workflow.take_over(received, by=cora)
    assert running(meeting, received) == {"SC"}
    with acting(cora):
        minutes = Minutes.objects.get(meeting=meeting)
    assert (minutes.document_id, minutes.recorded_by) == (received.document_id, cora)


DAYS = [
    (utc(3, 2, 20), utc(3, 3, 20), utc(3, 4, 20)),  # a Monday evening
    (utc(3, 6, 20), utc(3, 9, 20), utc(3, 12, 20)),  # a Friday evening
    (utc(3, 28, 23), utc(3, 30, 23), utc(4, 1, 23)),  # the night the clocks go forward
    (utc(10, 24, 23), utc(10, 27, 0), utc(10, 29, 1)),  # the night they go back: by the wall it is Sunday already
    (utc(12, 24, 16), utc(12, 29, 16), utc(1, 3, 16, 2027)),  # Christmas Eve; 25 and 28 December are bank holidays
]
"""When they came, one working day later, and as long again. Written by hand."""


@pytest.mark.parametrize(("came", "due", "again"), DAYS)
@pytest.mark.parametrize("cover", [None, "dina"])
def test_nobody_has_read_them_the_sergeant_hears_after_a_working_day_then_the_inspector_or_who_covers(
    clock, cast, sam, ines, came, due, again, cover
):
    clock.set(came)
    received = minutes_received(held(agreed(sam), sam))
    for each in (sam, ines) if cover else ():
        away(each, days=60, cover=cast[cover])
    expected = [(due, [cover or "sam"]), (again, [cover or "ines"])]
    for at in (due, due + MOMENT, again, again + MOMENT):
        clock.set(at)
        sweep()
        told = [(reached, who) for _, _, reached, who in raised(received.pk, "P11R")]
        assert told[1:] == [each for each in expected if each[0] < at], at


def test_whoever_is_told_is_led_to_the_meeting_where_they_are(client, meeting, cora):
    received = minutes_received(meeting)
    client.force_login(cora)
    answer = client.get(Clock.running().get(record=received.pk).get_absolute_url(), follow=True)
    assert answer.redirect_chain == [(f"{meeting.get_absolute_url()}#received", 302)]
    assert "Minutes received from Vale Council" in answer.content.decode()


def test_received_minutes_of_a_restricted_meeting_are_not_there_for_others(client, meeting, sam, ines):
    received = minutes_received(meeting)
    restrict(meeting.case, by=ines, people=[ines], because="A member of staff is involved")
    client.force_login(sam)
    for name in ("received", "received-take-over", "received-leave-out"):
        assert client.get(reverse(name, args=[received.pk])).status_code == 404


def test_what_nobody_can_open_nobody_has_read(meeting, cora):
    received = minutes_received(meeting)
    with pytest.raises(NotNow, match="Being checked"):
        workflow.take_over(received, by=cora)
    check(document_of(received))
    with pytest.raises(NotNow, match="In quarantine"):
        workflow.take_over(received, by=cora)


def test_minutes_that_come_before_we_recorded_the_meeting_wait_for_that(clock, sam, cora, scanner):
    meeting = agreed(sam)
    received = minutes_received(meeting)
    check(document_of(received))
    with pytest.raises(NotNow, match="Record first that it was held"):
        workflow.take_over(received, by=cora)
    held(meeting, sam)
    assert workflow.take_over(received, by=cora).state == "taken_over"


def test_with_malware_they_are_opened_by_nobody_and_left_out_with_a_reason(meeting, cora, scanner):
    scanner.says = FOUND
    received = minutes_received(meeting)
    check(document_of(received))
    with pytest.raises(NotNow, match="malware was found"):
        workflow.take_over(received, by=cora)
    with pytest.raises(NotNow, match="why these are not the minutes"):
        workflow.leave_out(received, by=cora, because=" ")
    left = workflow.leave_out(received, by=cora, because="Malware: they send them again")
    assert (left.state, left.decided_by, running(received)) == ("left_out", cora, set())
    assert as_it_is(meeting).state == "held"


def test_ours_and_theirs_stand_side_by_side(meeting, cora, scanner):
    meeting = minuted(meeting, cora)
    received = minutes_received(meeting)
    check(document_of(received))
    workflow.take_over(received, by=cora)
    with acting(cora):
        assert Minutes.objects.filter(meeting=meeting).count() == 2


def test_the_page_of_the_meeting_says_where_they_stand_and_takes_them_over_with_one_click(
    client, meeting, cora, scanner
):
    received = minutes_received(meeting)
    client.force_login(cora)
    page = text(client, meeting)
    assert "Minutes received from Vale Council" in page
    assert "Being checked for malware. It can be opened when that is done. To be read and taken over" in page
    take = reverse("received-take-over", args=[received.pk])
    assert take not in page
    check(document_of(received))
    assert f'action="{take}"' in text(client, meeting)
    assert client.post(take).status_code == 302
    page = text(client, meeting)
    assert f"Taken over as minutes by {cora}" in page
    assert take not in page
    assert page.count("Minutes from Vale Council") >= 2


def test_the_page_says_why_they_were_left_out(client, meeting, cora):
    received = minutes_received(meeting)
    client.force_login(cora)
    assert "Minutes that agencies sent: read them" in client.get("/").content.decode()
    done = client.post(reverse("received-leave-out", args=[received.pk]), {"because": "Of another meeting"})
    assert done.status_code == 302
    assert f"Left out by {cora}" in text(client, meeting)
    assert "Of another meeting" in text(client, meeting)


def test_two_people_who_take_them_over_at_once_do_it_once(meeting, cora, sam, scanner):
    received = minutes_received(meeting)
    check(document_of(received))
    workflow.take_over(received, by=cora)
    with pytest.raises(NotNow, match="Somebody may have been quicker"):
        workflow.take_over(received, by=sam)
    with acting(TEST):
        assert ReceivedMinutes.objects.get().decided_by == cora

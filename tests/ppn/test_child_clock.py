"""One age for the child: from when police first knew until anybody outside did."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from ppn import workflow
from ppn.child_clock import child_clock
from tests.conftest import hours
from tests.ppn.scenes import GROUNDS, assessed, council, fresh, written
from tests.stories import called_in, submitted

pytestmark = pytest.mark.django_db
DAYS = 24


def test_five_days_before_it_was_written_and_five_in_the_queue_are_ten(clock, olly):
    known = clock.at
    clock.shift(hours(5 * DAYS))
    ppn = submitted(olly, first_known_at=known)
    clock.shift(hours(5 * DAYS))
    age = child_clock(fresh(ppn), clock.at)
    assert (age.runs, age.lasted, age.since_notice) == (True, hours(10 * DAYS), hours(5 * DAYS))
    assert age.in_words == "10 days so far: 5 days until the notice, then 5 days"


def test_the_page_says_ten(client, clock, olly, cora):
    known = clock.at
    clock.shift(hours(5 * DAYS))
    ppn = submitted(olly, first_known_at=known)
    clock.shift(hours(5 * DAYS))
    client.force_login(cora)
    assert "10 days so far" in client.get(reverse("ppn", args=[ppn.pk])).content.decode()


def test_it_stops_when_the_first_agency_is_told_and_nothing_else_stops_it(clock, olly, cora):
    known = clock.at
    clock.shift(hours(1))
    ppn = submitted(olly, first_known_at=known)
    clock.shift(hours(2))
    ppn = assessed(ppn, cora)
    assert child_clock(fresh(ppn), clock.at).runs
    clock.shift(hours(3))
    ppn = workflow.share(ppn, by=cora, agencies=[council()], summary="Seen", grounds=GROUNDS)
    told_at = clock.at
    clock.shift(hours(50))
    workflow.share(fresh(ppn), by=cora, agencies=[council()], summary="More", grounds=GROUNDS)
    age = child_clock(fresh(ppn), clock.at)
    assert (age.runs, age.told_at, age.lasted) == (False, told_at, hours(6))


def test_it_counts_from_the_call_even_where_the_notice_says_that_police_knew_later(clock, callie, olly):
    called = clock.at
    incident = called_in(callie, reported_at=called)
    clock.shift(hours(30))
    ppn = written(olly, arises_from=incident.pk)
    assert (ppn.first_known_at, child_clock(ppn, clock.at).lasted) == (called, hours(30))


def test_the_notice_may_say_that_police_knew_earlier_than_the_call(clock, callie, olly):
    earlier = clock.at - hours(48)
    ppn = written(olly, arises_from=called_in(callie).pk, first_known_at=earlier)
    assert ppn.first_known_at == earlier


def test_it_counts_elapsed_hours_over_the_night_the_clocks_go_forward(clock, olly):
    known = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    clock.set(known)
    ppn = submitted(olly, first_known_at=known)
    clock.shift(hours(24))
    assert child_clock(fresh(ppn), clock.at).lasted == hours(24)

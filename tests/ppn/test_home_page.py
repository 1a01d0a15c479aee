"""The first page of a co-ordinator: what has been due for longest stands first, whichever app it comes from."""

import pytest
from django.urls import reverse

from ppn.workflow import take
from tests.conftest import hours
from tests.stories import submitted

pytestmark = pytest.mark.django_db


def headings(client, person):
    client.force_login(person)
    return [share.heading for share in client.get(reverse("home")).context["needs_me"]]


def test_the_overdue_notices_stand_before_the_one_that_was_taken_with_time_left(clock, olly, cora, client):
    submitted(olly, grade="red")
    clock.shift(hours(40))
    take(submitted(olly, grade="green"), by=cora)
    assert headings(client, cora)[:2] == ["Overdue in the MASH queue", "Notices you have taken"]


def test_the_one_that_was_taken_stands_first_once_it_is_the_oldest(clock, olly, cora, client):
    take(submitted(olly, grade="red"), by=cora)
    clock.shift(hours(40))
    submitted(olly, grade="green")
    clock.shift(hours(200))
    assert headings(client, cora)[0] == "Notices you have taken"

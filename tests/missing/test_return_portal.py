"""Whoever holds return interviews and has no system says on our pages what came of one, or why there was none."""

import re

import pytest
from django.urls import reverse

from access.actor import acting
from missing.workflow.interviews import chase
from partners.models import Reply
from tests.missing.returns import TEST, TEXT, as_it_is, asked, came, council, sent_about
from tests.partners.agencies import a_person
from tests.stories import hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(clock, maya):
    return asked(maya)


@pytest.fixture
def amy(client, request_, sam):
    client.force_login(a_person(council(), by=sam, post="Return interview worker").user)
    return client


def page(client, name, request_, which=0):
    return client.get(reverse(name, args=[sent_about(request_)[which].pk])).content.decode()


def says(client, name, request_, status=302, which=0, **said):
    answer = client.post(reverse(name, args=[sent_about(request_)[which].pk]), said)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_she_is_asked_for_it_by_the_72nd_hour(clock, amy, request_):
    page(amy, "portal-sent", request_)
    says(amy, "portal-have-it", request_)
    shown = page(amy, "portal-sent", request_)
    assert (
        "Please tell us what came of the return interview, or why there was none by 9 am on Thursday 5 March." in shown
    )
    assert "We have decided" not in shown
    clock.shift(hours(80))
    assert "We asked for it by" in page(amy, "portal-sent", request_)


def test_she_says_when_it_was_held_and_what_came_of_it(clock, amy, request_):
    clock.shift(hours(40))
    form = page(amy, "portal-interview", request_)
    names = re.findall(r'name="(held_at[^"]*)"', form)
    said = dict(zip(names, ["3", "3", "2026", "14:00"], strict=False))
    says(amy, "portal-interview", request_, said=TEXT, **said)
    there = as_it_is(request_)
    assert (there.state, there.said, there.held_at.isoformat()) == ("received", TEXT, "2026-03-03T14:00:00+00:00")
    assert there.from_whom == "Amy Field, Return interview worker, Vale Council"
    shown = page(amy, "portal-sent", request_)
    assert "Please" not in shown.split("Exactly what you were sent")[0]


def test_she_says_only_when_and_the_rest_follows(clock, amy, request_):
    clock.shift(hours(40))
    names = re.findall(r'name="(held_at[^"]*)"', page(amy, "portal-interview", request_))
    said = dict(zip(names, ["3", "3", "2026", "14:00"], strict=False))
    says(amy, "portal-interview", request_, said="", **said)
    assert as_it_is(request_).state == "held"
    assert "Please tell us what came of the return interview" in page(amy, "portal-sent", request_)


def test_she_says_why_there_was_none(amy, request_):
    refused = says(amy, "portal-no-interview", request_, status=422, reason="declined", said="")
    assert "Answer needed: What is known of it?" in refused
    says(amy, "portal-no-interview", request_, reason="declined", said="Offered twice at the door")
    assert (as_it_is(request_).state, as_it_is(request_).outcome) == ("received", "declined")
    assert "No return home interview: The child did not want one." in page(amy, "portal-sent", request_)


def test_a_time_before_the_return_is_refused_and_nothing_typed_is_lost(clock, amy, request_):
    clock.shift(hours(40))
    names = re.findall(r'name="(held_at[^"]*)"', page(amy, "portal-interview", request_))
    said = dict(zip(names, ["1", "3", "2026", "14:00"], strict=False))
    refused = says(amy, "portal-interview", request_, status=422, said=TEXT, **said)
    assert "return, Mon 2 March 2026, 09:00" in refused, re.findall(r"error[^>]*>([^<]+)<", refused)
    assert TEXT in refused
    with acting(TEST):
        assert Reply.objects.count() == 0


def test_a_reminder_stands_on_the_list_and_one_answer_ends_both(amy, maya, request_):
    chase(request_, by=maya)
    listed = amy.get(reverse("portal")).content.decode()
    assert "Reminder 1: return interview" in listed
    for which in (0, 1):
        page(amy, "portal-sent", request_, which)
        says(amy, "portal-have-it", request_, which=which)
    says(amy, "portal-no-interview", request_, which=1, reason="missing_again", said="Gone again on Sunday")
    listed = amy.get(reverse("portal")).content.decode()
    assert listed.count("You told us of the return interview") == 2


def test_what_police_wrote_down_is_not_shown_to_her(amy, maya, request_):
    came(request_, maya)
    assert TEXT not in page(amy, "portal-sent", request_)

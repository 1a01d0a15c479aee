"""Backlogs and staffing in a real browser, on a phone and at a desk: sound, and each chart has a table that says it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import SignedIn
from accounts.workflow import signs_in
from insight.models import ShiftPlan
from insight.queues import QUEUES
from insight.workflow import look_who_is_here, plan_shift
from ppn.workflow import take
from tests.conftest import MONDAY, MovableClock, hours
from tests.insight.lives import days_of_steps
from tests.journeys.conftest import BOTH, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.stories import called_in, submitted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lived(force):  # noqa: F811
    """Six weeks of notices, and a Monday on which one of two who were planned came."""
    clock = MovableClock()
    clock.set(MONDAY - timedelta(days=42))
    days_of_steps(clock, force["cora"], QUEUES["notices"], days=42, came=3, done=2)
    team = force["cora"].postings.get().team
    for name in ("cora", "cole"):
        plan_shift(ShiftPlan(), by=force["sam"], team=team, person=force[name], day=clock.at.date(), shift="office")
    signs_in(force["cora"])
    ppn = submitted(force["olly"])
    called_in(force["callie"])
    take(ppn, by=force["cora"])
    clock.shift(hours(2))
    look_who_is_here()
    return team


def test_what_waits_and_who_is_here_are_sound_on_a_phone_and_at_a_desk(
    sign_in,  # noqa: F811
    lived,
    live_server,
    complaints,  # noqa: F811
):
    page = sign_in("sam")
    for name, keys in (
        ("backlogs", []),
        ("queue-backlog", ["notices"]),
        ("queue-backlog", ["unit"]),
        ("staffing", []),
        ("staffing-team", [lived.pk]),
        ("new-shiftplan", []),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, name, BOTH)
    assert complaints() == []
    page.set_viewport_size(BOTH[0])
    page.goto(live_server.url + reverse("queue-backlog", args=["notices"]))
    last = page.get_by_role("columnheader", name="Child not known").bounding_box()
    assert last["x"] + last["width"] <= BOTH[0]["width"], "on a phone the numbers are seen without moving anything"


def test_a_sergeant_asks_what_would_follow_and_is_told_which_answer_makes_no_sense(sign_in, lived, live_server):  # noqa: F811
    page = sign_in("sam")
    page.goto(live_server.url + reverse("queue-backlog", args=["notices"]))
    page.get_by_label("How many more people work on it?").fill("two")
    page.get_by_role("button", name="Show what would follow").click()
    page.get_by_role("link", name="More people: a whole number from -50 to 50").click()
    assert page.get_by_label("How many more people work on it?").evaluate("field => field === document.activeElement")
    is_sound(page, "refused", BOTH)
    page.get_by_label("How many more people work on it?").fill("2")
    page.get_by_label("How many per cent more come in?").fill("13")
    page.get_by_role("button", name="Show what would follow").click()
    page.get_by_role(
        "heading", name="With 2 people more from Mon 2 March 2026 and 13 per cent more coming in"
    ).wait_for()
    is_sound(page, "what if", BOTH)


def test_each_chart_has_a_table_that_says_the_same(sign_in, lived, live_server):  # noqa: F811
    page = sign_in("sam")
    page.goto(live_server.url + reverse("queue-backlog", args=["notices"]))
    assert page.get_by_role("table", name="What waits, by how long").is_visible()
    for words in ("week by week", "at the end of each day"):
        assert page.get_by_role("img", name=words).is_visible(), words
    for table in ("by week", "by day"):
        if not page.get_by_role("table", name=table).is_visible():
            page.get_by_text(f"In numbers, {table}", exact=True).click()
        assert page.get_by_role("table", name=table).get_by_role("row").count() > 1, table
    page.get_by_text("In numbers, day by day", exact=True).click()
    assert page.get_by_role("table", name="What may wait at the end of each day").get_by_role("row").count() == 30


def test_a_sergeant_hears_on_the_home_page_who_has_not_been_seen_and_says_why(sign_in, lived, live_server, force):  # noqa: F811
    page = sign_in("sam")
    page.get_by_role("heading", name="Planned, and nobody has seen them").wait_for()
    page.get_by_role("link", name="Cole Co-ordinator").first.click()
    page.get_by_role("button", name="They are here").click()
    page.get_by_label("How do you know that they are here?").fill("He is in the strategy room")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("A supervisor said so").wait_for()
    assert SignedIn.objects.filter(person=force["sam"]).count() == 1, "what is looked at to say who is here"

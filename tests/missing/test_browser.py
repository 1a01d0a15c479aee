"""A call taker, an officer and a sergeant work for a missing child in a real browser, on a phone and at a desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from access import time
from access.actor import System, acting
from access.time import now
from missing import workflow
from missing.models import Episode, PlanAction
from sla.engine import sweep
from tests.conftest import hours
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.missing.scenes import (
    a_child,
    assessed,
    attended,
    enquired,
    found,
    graded,
    interviewed,
    reported,
    searched_for,
)

pytestmark = pytest.mark.django_db(transaction=True)
TEST = System("test")


def choose(page, question, answer):
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def fill_moment(page, label, moment):
    """Into the boxes of a date and a time, as somebody types it."""
    from django.utils import timezone

    group, local = page.get_by_role("group", name=label), timezone.localtime(moment)
    for box, value in (
        ("Day", local.day),
        ("Month", local.month),
        ("Year", local.year),
        ("Time", f"{local:%H:%M}"),
    ):
        group.get_by_label(box).fill(str(value))


def test_every_page_of_a_missing_child_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    new = reported(force["callie"])
    there = attended(force, child=a_child(force["callie"], "Otis Example"))
    judged = assessed(force, child=a_child(force["callie"], "Wren Example"))
    out = enquired(searched_for(force, child=a_child(force["callie"], "Bea Example")), force["olly"])
    back = found(searched_for(force, child=a_child(force["callie"], "Ted Example")), force["olly"])
    seen = interviewed(
        found(searched_for(force, child=a_child(force["callie"], "Ada Example")), force["olly"]), force["olly"]
    )
    with acting(TEST):
        action = PlanAction.objects.filter(episode=out).first()
    fay = a_child(force["callie"], "Fay Example")
    tour = {
        "connie": [
            ("missing", []),
            ("missing-new", []),
            ("missing-report", [fay.pk]),
            *((name, [new.pk]) for name in ("episode", "episode-grade", "episode-reassess")),
        ],
        "olly": [
            ("episode-assess", [there.pk]),
            ("episode-interview", [back.pk]),
            *((f"episode-{step}", [out.pk]) for step in ("enquiry", "found", "know-more", "raise")),
        ],
        "rosa": [
            ("episode", [seen.pk]),
            ("episode-ratify", [judged.pk]),
            ("episode-close", [seen.pk]),
            ("episode", [out.pk]),
            *((f"episode-{step}", [out.pk]) for step in ("review", "pass-on", "give-action")),
            ("episode-action", [action.pk]),
            ("episode-action-done", [action.pk]),
        ],
        "dmitri": [("episode-daily", [out.pk])],
    }
    for who, pages in tour.items():
        page = sign_in(who)
        for name, keys in pages:
            page.goto(live_server.url + reverse(name, args=keys))
            is_sound(page, name, BOTH)
    assert complaints() == []


def test_a_call_taker_reports_a_child_missing_by_hand(sign_in, force, live_server):  # noqa: F811
    a_child(force["callie"], "Kezia Example")
    page = sign_in("callie", reverse("missing"))
    page.get_by_role("button", name="Report a child missing").click()
    page.get_by_label("Given names").fill("Kezia")
    page.get_by_label("Family name").fill("Example")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Kezia Example, PER-").first.check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Report Kezia Example missing").wait_for()
    assert page.get_by_role("heading", name="What we know of Kezia Example").is_visible()
    page.get_by_label("Why are you worried?").fill("She has never stayed out before")
    page.get_by_label("What has been done so far to trace them?").fill("Rang her friends")
    page.get_by_label("Who reports it?").fill("Dana Example")
    page.get_by_label("What are they to the child?").fill("Her mother")
    choose(page, "Missing from", "Home")
    for group in page.get_by_role("group").filter(has_text="Not known").all():
        if group.get_by_label("Not known", exact=True).count() == 1:
            group.get_by_label("Not known", exact=True).check()
    for group in page.get_by_role("group").filter(has_text="Looked, nothing found").all():
        group.get_by_label("Looked, nothing found").check()
    choose(page, "How high is the risk?", "Medium")
    page.get_by_label("Why do you judge it so?").fill("Out after dark")
    page.get_by_role("button", name="Save the report").click()
    page.get_by_role("heading", name="Kezia Example", exact=True).wait_for()
    assert page.get_by_text("Nobody has attended").first.is_visible()
    with acting(TEST):
        assert Episode.objects.get().reported_by == force["callie"]


def test_a_sergeant_ratifies_and_an_officer_hears_the_child_at_the_door_on_a_phone(sign_in, force, live_server):  # noqa: F811
    episode = assessed(force)
    page = sign_in("rosa", reverse("episode", args=[episode.pk]))
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Ratify, and set the plan").click()
    choose(page, "What is the risk?", "Medium")
    page.get_by_label("Why do you judge it so?").fill("I agree with the officer")
    row = page.get_by_role("group", name="Action 1", exact=True)
    row.get_by_label("What is to be done?").fill("Look at the bus station cameras")
    row.get_by_label("Who does it?").select_option(label="Olly Officer")
    fill_moment(row, "By when?", now() + hours(1))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Look at the bus station cameras").wait_for()
    is_sound(page, "under investigation", [PHONE])
    page = sign_in("olly", reverse("episode", args=[episode.pk]))
    page.get_by_role("button", name="Log an enquiry").click()
    page.get_by_label("CCTV or number plates").check()
    page.get_by_label("What came of it?").fill("Seen getting on the 14 at 18:20")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Seen getting on the 14 at 18:20").first.wait_for()
    page.get_by_role("button", name="The child is found").click()
    page.get_by_label("Where?").fill("Her aunt's")
    page.get_by_label("Family or carer").check()
    page.get_by_label("How, and where is the child now?").fill("Her aunt rang; she is there")
    page.get_by_label("Not known yet").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Prevention interview").click()
    page.get_by_label("Where?", exact=True).fill("At her aunt's, in the kitchen")
    page.get_by_label("What did the child say, in their own words?").fill("“I missed the bus.”")
    page.get_by_label("How were they?").fill("Cold, and glad of the tea")
    for label in ("Why did they leave?", "Where were they?", "With whom?"):
        page.get_by_label(label).fill("Not known")
    page.get_by_label("None known").check()
    choose(page, "Is there any sign of sexual or criminal exploitation?", "No")
    page.get_by_label("Whom do they want to talk to?").fill("Nobody")
    page.get_by_label("What was done so that the child is safe now?").fill("She stays with her aunt")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("I missed the bus").first.wait_for()
    with acting(TEST):
        assert Episode.objects.get().state == "interviewed"


def test_the_board_looks_again_by_itself_and_says_who_needs_an_enquiry(sign_in, force, live_server):  # noqa: F811
    episode = graded(force)
    page = sign_in("rosa", reverse("missing"))
    page.set_viewport_size(PHONE)
    page.get_by_text("Nothing done yet").first.wait_for()
    time.freeze(now() + hours(5))
    sweep()
    workflow.raise_risk(episode, by=force["olly"], risk="high", because="A message from an adult")
    page.evaluate("htmx.ajax('GET', location.href, {target: '#board', select: '#board', swap: 'outerHTML'})")
    page.get_by_text("High risk").first.wait_for()
    assert page.get_by_text("5 hours since the report").first.is_visible()

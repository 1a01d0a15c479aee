"""A notice through the MASH in a real browser: written on a phone while the connection comes and goes, checked beside
the review, asked about, assessed, put to the sergeant, decided and filed. Every page on the way is sound."""

import pytest
from django.urls import reverse

from access.actor import System, acting
from ppn.models import DetailRequest, Draft, Ppn, State, Trigger
from tests.journeys.conftest import PHONE, is_sound
from tests.journeys.steps import do
from tests.journeys.test_a_notice import the_coordinator_assesses, the_coordinator_shares, the_officer_writes
from tests.partners.scenes import an_agency, everybody_settled

pytestmark = pytest.mark.django_db(transaction=True)


def the(model):
    with acting(System("test")):
        return model.objects.get()


def how_many(model):
    with acting(System("test")):
        return model.objects.count()


def submitted_on_a_phone(page, live_server):
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("ppn-new"))
    the_officer_writes(page)
    page.get_by_role("group", name="Person 1").get_by_label("What they said").fill("“I hid under the stairs.”")


def test_an_officer_who_loses_the_connection_loses_nothing(sign_in, force, page, live_server):
    sign_in("olly")
    submitted_on_a_phone(page, live_server)
    page.get_by_text("Saved as a draft").wait_for()
    assert "under the stairs" in str(the(Draft).typed)

    page.context.set_offline(True)
    page.get_by_label("What happened").fill("Called by a neighbour. A girl of seven. Her brother was asleep upstairs.")
    page.get_by_text("Not saved since").wait_for()
    is_sound(page, "without a connection")
    page.get_by_role("button", name="Submit to the MASH").click()
    page.get_by_text("Not submitted: no connection").wait_for()
    assert page.get_by_label("What happened").input_value().endswith("asleep upstairs.")
    assert how_many(Ppn) == 0

    page.context.set_offline(False)
    page.get_by_text("Saved as a draft").wait_for(timeout=15_000)
    assert "asleep upstairs" in str(the(Draft).typed)
    page.get_by_role("button", name="Submit to the MASH").click()
    page.get_by_text("Waiting for review").first.wait_for()
    assert the(Ppn).narrative.endswith("asleep upstairs.")
    assert (the(Draft).state, the(Draft).pk, how_many(Ppn)) == ("submitted", the(Ppn).pk, 1)


def test_a_page_that_was_closed_by_mistake_comes_back_from_the_draft(sign_in, force, page, live_server):
    sign_in("olly")
    submitted_on_a_phone(page, live_server)
    page.get_by_text("Saved as a draft").wait_for()
    page.goto(live_server.url + reverse("ppn-drafts"))
    is_sound(page, "my drafts")
    page.get_by_role("link", name="Notice not yet submitted").first.click()
    is_sound(page, "the draft")
    page.goto(live_server.url + reverse("ppn-new") + f"?draft={the(Draft).pk}")
    assert page.get_by_label("What happened").input_value().startswith("Called by a neighbour")
    page.get_by_role("button", name="Submit to the MASH").click()
    page.get_by_text("Waiting for review").first.wait_for()
    assert (how_many(Draft), how_many(Ppn)) == (1, 1)


def test_from_the_doorstep_to_the_file(sign_in, force, page, live_server):
    an_agency()
    sign_in("olly")
    submitted_on_a_phone(page, live_server)
    is_sound(page, "a new notice")
    page.get_by_role("button", name="Submit to the MASH").click()
    page.get_by_text("Waiting for review").first.wait_for()
    is_sound(page, "the notice, on a phone")
    notice = the(Ppn).get_absolute_url()

    the_supervisor_checks(sign_in("rosa", reverse("ppn-to-check")), live_server)
    the_co_ordinator_asks(sign_in("cora", reverse("ppn-queue")))
    the_officer_answers(sign_in("olly", notice))
    the_co_ordinator_assesses_proposes_and_shares(sign_in("cora", notice), live_server)
    everybody_settled(the(Ppn), force["cora"], force["sam"])
    the_sergeant_decides_and_files(sign_in("sam", notice), live_server)
    assert (the(Ppn).state, the(Ppn).strategy_decision, the(Trigger).decision) == (State.FILED, "held", "held")


def the_supervisor_checks(page, live_server):
    is_sound(page, "notices to check")
    page.goto(live_server.url + reverse("ppn-check", args=[the(Ppn).pk]))
    page.get_by_label("What do you tell the officer?").fill("Good that you wrote down her own words.")
    is_sound(page, "the check")
    page.get_by_role("button", name="Save what you tell the officer").click()
    page.get_by_text("Good that you wrote down her own words.").first.wait_for()
    assert the(Ppn).state == State.SUBMITTED


def the_co_ordinator_asks(page):
    is_sound(page, "the queue")
    page.get_by_role("button", name="Take the next notice").click()
    page.get_by_text("is yours").wait_for()
    is_sound(page, "the notice")
    page.goto(page.url.split("?")[0] + "ask/")
    page.get_by_label("What do you need to know?").fill("Who else was in the house?")
    is_sound(page, "the question")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_text("Who else was in the house?").first.wait_for()


def the_officer_answers(page):
    page.goto(page.url.split("/ppn/")[0] + reverse("ppn-answer-detail", args=[the(DetailRequest).pk]))
    page.get_by_label("Your answer").fill("Not known")
    is_sound(page, "the answer")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_role("button", name="Send the answer").wait_for(state="detached")
    assert the(DetailRequest).answer == "Not known"


def the_co_ordinator_assesses_proposes_and_shares(page, live_server):
    do(page, "Assess the risk")
    the_coordinator_assesses(page, yes=["T8"])
    is_sound(page, "the assessment")
    page.get_by_role("button", name="Save the assessment").click()
    page.get_by_text("Assessed, not yet shared").first.wait_for()
    page.goto(live_server.url + reverse("ppn-propose", args=[the(Trigger).pk]))
    page.get_by_label("Request a strategy meeting").check()
    page.get_by_label("Why", exact=True).fill("She is seven, and it is her father")
    is_sound(page, "the proposal")
    page.get_by_role("button", name="Propose").click()
    page.get_by_role("button", name="Propose", exact=True).wait_for(state="detached")
    page.goto(live_server.url + reverse("ppn-share", args=[the(Ppn).pk]))
    the_coordinator_shares(page)
    is_sound(page, "the notice, shared")


def the_sergeant_decides_and_files(page, live_server):
    page.goto(live_server.url + reverse("ppn-triggers"))
    is_sound(page, "strategy triggers")
    page.goto(live_server.url + reverse("ppn-file", args=[the(Ppn).pk]))
    page.get_by_label("Already held").check()
    page.get_by_label("Why", exact=True).fill("Held with social care this morning")
    page.get_by_role("button", name="File the notice").click()
    page.get_by_text("has no decision").first.wait_for()
    is_sound(page, "what is in the way")
    page.goto(live_server.url + reverse("ppn-decide-strategy", args=[the(Ppn).pk]))
    page.get_by_text("She is seven, and it is her father").wait_for()
    page.get_by_label("Already held").check()
    page.get_by_label("Why", exact=True).fill("Held with social care this morning")
    is_sound(page, "the decision")
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_role("button", name="Save the decision").wait_for(state="detached")
    page.goto(live_server.url + reverse("ppn-file", args=[the(Ppn).pk]))
    page.get_by_label("Already held").check()
    page.get_by_label("Why", exact=True).fill("Held with social care this morning")
    page.get_by_role("button", name="File the notice").click()
    page.get_by_text("Filed", exact=True).first.wait_for()
    is_sound(page, "the notice, filed")

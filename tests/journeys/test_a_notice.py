"""A notice from the doorstep to the file: officer, co-ordinator, sergeant."""

import pytest

from access.actor import System, signed
from partners.models import Agency, Disclosure
from ppn.models import Ppn, State

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agencies(force):
    with signed(System("test")):
        Agency.objects.create(name="Vale children's social care", kind="social_care", mailbox="mash@vale.example")
        Agency.objects.create(name="Vale school nursing", kind="health", mailbox="0-19@vale.example")


def test_an_officer_submits_a_coordinator_shares_a_sergeant_decides_and_it_is_filed(sign_in, agencies, live_server):
    page = sign_in("olly")
    the_officer_submits(page)
    page = sign_in("cora")
    the_coordinator_takes_assesses_and_shares(page)
    page = sign_in("sam")
    the_sergeant_decides(page)

    from access.actor import acting

    with acting(System("test")):
        ppn = Ppn.objects.get()
        assert (ppn.state, ppn.strategy_decision) == (State.FILED, "held")
        assert {sent.agency.name for sent in Disclosure.objects.all()} == {"Vale children's social care"}
        assert "under the stairs" in Disclosure.objects.get().content["children"][0]["own_words"]


def the_officer_submits(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="New notice").click()
    page.get_by_label("Child at risk", exact=True).check()
    page.get_by_role("group", name="Is a child involved?").get_by_label("Yes").check()
    page.get_by_label("Amber / medium").check()
    page.get_by_label("Not domestic abuse").check()
    page.get_by_label("What happened").fill("Called by a neighbour. A girl of seven was under the stairs.")
    person = page.get_by_role("group", name="Person 1")
    person.get_by_label("Child", exact=True).check()
    person.get_by_label("Name").fill("Anya Example")
    person.get_by_role("group", name="Did you see them?").get_by_label("Yes").check()
    person.get_by_role("group", name="Did you speak to them").get_by_label("Yes").check()
    page.get_by_role("button", name="Submit to the MASH").click()

    page.get_by_text("Anya Example was spoken to: write what they said").first.wait_for()
    assert page.get_by_label("What happened").input_value().startswith("Called by a neighbour")
    page.get_by_role("group", name="Person 1").get_by_label("What they said").fill("“I hid under the stairs.”")
    page.get_by_role("button", name="Submit to the MASH").click()
    page.get_by_text("Waiting for review").first.wait_for()


def the_coordinator_takes_assesses_and_shares(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="MASH queue").click()
    page.get_by_role("button", name="Take the next notice").click()
    page.get_by_text("is yours").wait_for()
    page.get_by_role("button", name="Assess the risk").click()
    page.get_by_label("Force records (RMS)").check()
    page.get_by_label("Your assessment").fill("Third call to this address in a month.")
    page.get_by_label("Red / high").check()
    page.get_by_role("button", name="Save the assessment").click()
    page.get_by_text("Say why it differs").first.wait_for()
    page.get_by_label("If it differs from the officer's grade").fill("Three calls in a month")
    page.get_by_role("button", name="Save the assessment").click()
    page.get_by_role("button", name="Share with agencies").click()
    page.get_by_label("Vale children's social care").check()
    page.get_by_label("What they are told").fill("A girl of seven was found hiding from an argument at home.")
    page.get_by_label("Public task").check()
    page.get_by_label("Why they need it").fill("To decide whether she needs help now")
    page.get_by_label("Not yet").check()
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_text("Shared, not yet filed").first.wait_for()
    page.get_by_text("Decide on a strategy meeting and file: for a MASH sergeant").wait_for()


def the_sergeant_decides(page):
    page.get_by_role("link", name="Child at risk").first.click()
    page.get_by_role("button", name="Decide on a strategy meeting and file").click()
    page.get_by_label("Already held").check()
    page.get_by_label("Why", exact=True).fill("Discussed with social care and health this morning")
    page.get_by_role("button", name="File the notice").click()
    page.get_by_text("Filed", exact=True).first.wait_for()

"""A notice from the doorstep to the file: officer, co-ordinator, sergeant."""

import pytest

from access.actor import System, acting
from partners.models import Disclosure
from ppn.models import Ppn, State
from ppn.triggers import TRIGGERS
from tests.journeys.steps import answer, do
from tests.partners.scenes import an_agency, everybody_settled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agencies(force):
    an_agency()
    an_agency("Vale Nurses", "health")


def test_an_officer_submits_a_coordinator_shares_a_sergeant_decides_and_it_is_filed(
    sign_in, agencies, force, live_server
):
    page = sign_in("olly")
    the_officer_submits(page)
    page = sign_in("cora")
    the_coordinator_takes_assesses_and_shares(page)
    with acting(System("test")):
        ppn = Ppn.objects.get()
    everybody_settled(ppn, force["cora"], force["sam"])
    page = sign_in("sam", ppn.get_absolute_url())
    the_sergeant_decides(page)

    with acting(System("test")):
        ppn = Ppn.objects.get()
        assert (ppn.state, ppn.strategy_decision) == (State.FILED, "held")
        (sent,) = Disclosure.objects.select_related("agency")
        assert sent.agency.name == "Vale Council"
        assert "“I hid under the stairs.”" in str(sent.content)


def the_officer_submits(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="New notice").click()
    the_officer_writes(page)
    page.get_by_role("button", name="Submit to the MASH").click()

    page.get_by_text("Anya Example was spoken to: write what they said").first.wait_for()
    assert page.get_by_label("What happened").input_value().startswith("Called by a neighbour")
    page.get_by_role("group", name="Person 1").get_by_label("What they said").fill("“I hid under the stairs.”")
    page.get_by_role("button", name="Submit to the MASH").click()
    page.get_by_text("Waiting for review").first.wait_for()


def the_officer_writes(page):
    page.get_by_label("Child at risk", exact=True).check()
    answer(page, "Is a child involved?", "Yes")
    page.get_by_label("Amber / medium").check()
    page.get_by_label("Not domestic abuse").check()
    page.get_by_label("What happened").fill("Called by a neighbour. A girl of seven was under the stairs.")
    person = page.get_by_role("group", name="Person 1")
    person.get_by_label("Child", exact=True).check()
    person.get_by_label("Name", exact=True).fill("Anya Example")
    person.get_by_role("group", name="Did you see them?").get_by_label("Yes").check()
    person.get_by_role("group", name="Did you speak to them").get_by_label("Yes").check()


def the_coordinator_takes_assesses_and_shares(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="MASH queue").first.click()
    page.get_by_role("button", name="Take the next notice").click()
    page.get_by_text("is yours").wait_for()
    page.get_by_role("button", name="Assess the risk").click()
    the_coordinator_assesses(page)
    page.get_by_label("Red / high").check()
    page.get_by_role("button", name="Save the assessment").click()
    page.get_by_text("Say why it differs").first.wait_for()
    page.get_by_label("If it differs from the officer's grade").fill("Three calls in a month")
    page.get_by_role("button", name="Save the assessment").click()
    page.get_by_role("button", name="Share with agencies").click()
    the_coordinator_shares(page)


def the_coordinator_assesses(page, yes=()):
    """Every question is asked in every review; these are answered with yes."""
    page.get_by_label("Force records (RMS)").check()
    page.get_by_label("Your assessment").fill("Third call to this address in a month.")
    for code in ("T2", "T4", "T5", "T8", "T11", "T14"):
        answer(page, TRIGGERS[code], "Yes" if code in yes else "No")
    page.get_by_label("Share for information").check()


def the_coordinator_shares(page):
    page.get_by_label("Vale Council").check()
    told = "A girl of seven was found hiding from an argument at home."
    page.get_by_label("What they are told of what happened").fill(told)
    page.get_by_label("Public task").check()
    page.get_by_label("Why they need it").fill("To decide whether she needs help now")
    answer(page, "Has the family been told", "Yes")
    page.get_by_role("button", name="Show exactly what goes").click()
    page.get_by_role("heading", name="Exactly what goes").wait_for()
    page.get_by_role("button", name="Send exactly this").click()
    page.get_by_text("Shared, not yet filed").first.wait_for()


def the_sergeant_decides(page):
    do(page, "File this notice")
    page.get_by_label("Already held").check()
    page.get_by_label("Why", exact=True).fill("Discussed with social care and health this morning")
    page.get_by_role("button", name="File the notice").click()
    page.get_by_text("Filed", exact=True).first.wait_for()

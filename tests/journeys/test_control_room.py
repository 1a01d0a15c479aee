"""A call that waits: call taker, supervisor, officer, response sergeant."""

import pytest

from access import time
from sla.engine import sweep
from tests.conftest import MONDAY
from tests.stories import called_in, minutes

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_late_incident_with_a_child_shows_a_banner_that_only_a_reassessment_removes(sign_in, force, live_server):
    incident = called_in(force["callie"], child="yes")
    time.freeze(MONDAY + minutes(61))
    sweep()
    page = sign_in("connie")
    banner = page.get_by_role(
        "link", name="1 late incident with a child, or where nobody knows, has not been re-assessed."
    )
    banner.click()
    page.get_by_role("link", name="Shouting and a child crying").click()
    page.get_by_text("This incident is late and nobody has re-assessed the risk").wait_for()
    page.get_by_role("button", name="Re-assess the risk").click()
    page.get_by_label("Target missed").check()
    for name in ("Threat", "Harm", "Risk", "Investigation", "Vulnerability", "Engagement"):
        page.get_by_label(name, exact=True).fill("Called back: quiet now")
    page.get_by_label("What could happen before we arrive?").fill("He may come back")
    page.get_by_label("Medium").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Target missed").first.wait_for()
    assert not page.get_by_text("has not been re-assessed").count()
    assert incident.reference in page.content()


def test_a_call_taker_takes_a_call_and_an_officer_and_a_sergeant_bring_it_to_its_end(sign_in, force, live_server):
    page = sign_in("callie")
    page.get_by_role("link", name="Late incidents").click()
    page.get_by_role("button", name="Take a call").click()
    page.get_by_role("button", name="Save and grade").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_label("999", exact=True).check()
    page.get_by_label("Where?").fill("12 Example Street")
    page.get_by_label("What is happening?").fill("A child is crying next door")
    page.get_by_label("Not known", exact=True).first.check()
    for name in ("Threat", "Harm", "Risk", "Investigation", "Vulnerability", "Engagement"):
        page.get_by_label(name, exact=True).fill("Not known yet")
    page.get_by_label("What could happen before we arrive?").fill("Not known yet")
    page.get_by_label("High", exact=True).check()
    page.get_by_label("G2 Priority").check()
    page.get_by_role("button", name="Save and grade").click()
    page.get_by_text("Waiting for a unit").first.wait_for()
    address = page.url

    page = sign_in("olly")
    page.goto(address)
    page.get_by_role("button", name="Police have arrived").click()
    page.get_by_role("button", name="Record arrival now").click()
    page.get_by_role("button", name="Record the outcome").click()
    page.get_by_label("What was found and done").fill("A toddler with a cold; all well")
    page.get_by_role("group", name="Is a child involved?").get_by_label("Yes").check()
    page.get_by_role("group", name="Was each child seen").get_by_label("Yes").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Outcome recorded").first.wait_for()

    page = sign_in("rosa")
    page.goto(address)
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_text("there is no PPN: submit one first").first.wait_for()
    page.get_by_label("why not").fill("No concern: a cold, seen with her mother. Rosa Response-Sergeant")
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_text("Closed").first.wait_for()

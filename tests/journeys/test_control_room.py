"""A call that waits: contact supervisor, dispatcher, force incident manager, officer, response sergeant."""

import pytest
from django.urls import reverse

from tests.journeys.conftest import is_sound, late_by
from tests.journeys.steps import answer, do, fact, fill_thrive, running, waiting
from tests.stories import called_in
from triage import workflow

pytestmark = pytest.mark.django_db(transaction=True)
BANNER = "1 late incident with a child, or where nobody knows, has not been re-assessed."
CONTROL_ROOM = ["home", "board", "hub", "resolution", "unseen", "backlog", "handover", "incident-new",
                "incident-new-short", "rows-to-check", "deadlines", "my-absence"]  # fmt: skip


@pytest.fixture
def late(force):
    """A child is crying; an hour and a minute later nobody has been there, or looked at the risk again."""
    incident = called_in(force["callie"], child="yes", caller_number="07700 900461", safe_number="07700 900461")
    late_by(61)
    return incident


def test_the_late_list_and_a_banner_on_every_page_until_a_reassessment_is_saved(sign_in, late, live_server):
    page = sign_in("connie")
    for name in CONTROL_ROOM:
        page.goto(live_server.url + reverse(name))
        assert page.get_by_role("link", name=BANNER).is_visible(), name
    page.get_by_role("link", name="Late incidents").click()
    for narrowed in ("Mine", "Caller not told", "Late call-backs (G4)"):
        page.get_by_role("navigation", name="Show").get_by_role("link", name=narrowed).click()
        assert page.get_by_role("link", name=BANNER).is_visible(), narrowed
    page.goto(live_server.url + reverse("home"))
    page.get_by_role("button", name="Acknowledge").first.click()
    page.get_by_role("link", name=BANNER).click()
    is_sound(page, "late list")
    page.get_by_role("link", name="Shouting and a child crying").click()
    page.get_by_text("This incident is late and nobody has re-assessed the risk").wait_for()
    is_sound(page, "late incident")
    do(page, "Re-assess the risk")
    page.get_by_label("Target missed").check()
    fill_thrive(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Medium risk: Target missed").wait_for()
    for name in ("incident", "board", "home"):
        page.goto(live_server.url + reverse(name, args=[late.pk] if name == "incident" else []))
        page.get_by_role("heading", level=1).wait_for()
        assert not page.get_by_role("region", name="Children in late incidents").count(), name


def test_contact_with_the_caller_and_an_assignment_leave_the_banner_where_it_is(sign_in, late):
    page = sign_in("connie", then=late.get_absolute_url())
    do(page, "Contact the caller")
    assert page.get_by_text("Not known: leave no message").is_visible()
    is_sound(page, "contact the caller")
    page.get_by_label("How did you try to reach them?").fill("07700 900461")
    page.get_by_label("Reached, and told how long it will take").check()
    page.get_by_label("What they said: has anything changed?").fill("Quiet now. Told: forty minutes")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Contact with the caller", exact=True).wait_for()
    assert page.get_by_text("Quiet now. Told: forty minutes").first.is_visible()
    do(page, "Assign a unit")
    is_sound(page, "assign a unit")
    page.get_by_label("Unit on its way").fill("AB12")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Unit assigned").first.wait_for()
    assert page.get_by_role("link", name=BANNER).is_visible()


def test_a_supervisor_lowers_a_grade_and_says_whether_the_caller_knows(sign_in, late):
    page = sign_in("callie", then=late.get_absolute_url())
    lower_to_g3(page)
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.get_by_text("You may not lower the grade of an incident. Ask a supervisor.").first.is_visible()
    assert page.get_by_label("Why the grade changes").input_value() == "An uncle is with her"
    page = sign_in("connie", then=late.get_absolute_url())
    lower_to_g3(page)
    page.get_by_text("Medium risk: Change of grade").wait_for()
    assert page.get_by_text("G3 Scheduled").first.is_visible()
    assert "G2 Priority" in fact(page, "First grade")
    assert page.get_by_text("An uncle is with her").first.is_visible()


def lower_to_g3(page):
    do(page, "Change the grade")
    page.get_by_label("G3 Scheduled").check()
    page.get_by_label("Why the grade changes").fill("An uncle is with her")
    page.get_by_role("group", name="Has the caller been told?").get_by_label("Yes").check()
    fill_thrive(page)
    page.get_by_role("button", name="Save").click()


def test_the_force_incident_manager_is_asked_why_and_decides_for_a_time(sign_in, late):
    page = sign_in("connie", then=late.get_absolute_url())
    do(page, "Send to the force incident manager")
    is_sound(page, "ask the FIM")
    page.get_by_label("What do you ask of the force incident manager?").fill("No unit free in the area; a child alone")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("No unit free in the area; a child alone").first.wait_for()
    page = sign_in("fin")
    is_sound(page, "home of the FIM")
    waiting(page, "Waiting for your decision on resources").get_by_role("link").click()
    page.get_by_text("No unit free in the area; a child alone").first.wait_for()
    assert running(page, "Force incident manager decides on resources (FIM)").is_visible()
    do(page, "Decide on resources")
    is_sound(page, "decide on resources")
    page.get_by_label("A unit from another area").check()
    page.get_by_label("Why, and who has been told").fill("Team B is ten minutes away; Connie told")
    page.get_by_label("30 minutes").check()
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_role("heading", name="Decisions on resources").wait_for()
    decided = page.get_by_role("listitem").filter(has_text="A unit from another area until")
    assert "10:31" in decided.first.inner_text()
    assert running(page, "Decision on resources is looked at again (FIMX)").is_visible()


def test_many_are_given_to_one_person_at_once_and_the_backlog_says_who_holds_how_many(sign_in, force):
    given = [called_in(force["callie"], child="no", what_happened=f"Shouting {n}") for n in ("one", "two", "three")]
    workflow.give(given[2], by=force["connie"], to=force["callie"])
    late_by(20)
    page = sign_in("connie", then=reverse("board") + "?show=waiting")
    for incident in given[:2]:
        page.get_by_role("checkbox", name=incident.reference).check()
    page.get_by_role("button", name="Give the ticked ones to somebody").click()
    page.get_by_role("heading", name="Give 2 incidents to somebody").wait_for()
    is_sound(page, "give many")
    page.get_by_role("button", name="Give", exact=True).click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    is_sound(page, "give many: errors")
    page.get_by_label("To whom?").select_option("Fin Force-Incident-Manager")
    page.get_by_role("button", name="Give", exact=True).click()
    page.get_by_text("2 given to Fin Force-Incident-Manager.").wait_for()
    assert page.get_by_role("row").filter(has_text="Fin Force-Incident-Manager").count() == 2
    page.get_by_role("link", name="What sits in the queues").click()
    is_sound(page, "backlog")
    assert page.get_by_role("row", name="Fin Force-Incident-Manager 2 0").is_visible()
    assert page.get_by_role("row", name="last hour 3 0").is_visible()


def test_a_call_is_brought_to_its_end_by_an_officer_and_a_sergeant(sign_in, force):
    page = sign_in("callie")
    page.get_by_role("link", name="Late incidents").click()
    page.get_by_role("button", name="Take a call").click()
    page.get_by_role("button", name="Save and grade").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_label("999", exact=True).check()
    page.get_by_label("Where?").fill("12 Example Street")
    page.get_by_label("What is happening?").fill("A child is crying next door")
    answer(page, "Is a child there", "Not known")
    answer(page, "Is it, or may it be, domestic abuse?", "No")
    fill_thrive(page, "High", "Not known yet")
    page.get_by_label("G2 Priority").check()
    page.get_by_role("button", name="Save and grade").click()
    page.get_by_text("Waiting for a unit").first.wait_for()
    address = page.url

    page = sign_in("olly")
    page.goto(address)
    do(page, "Police have arrived")
    page.get_by_role("button", name="Record arrival now").click()
    do(page, "Record the outcome")
    page.get_by_label("What was found and done").fill("A toddler with a cold; all well")
    answer(page, "Is a child involved?", "Yes")
    answer(page, "Was each child seen", "Yes")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Outcome recorded").first.wait_for()

    page = sign_in("rosa")
    page.goto(address)
    do(page, "Close")
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_text("there is no PPN: submit one first").first.wait_for()
    page.get_by_label("why not").fill("No concern: a cold, seen with her mother. Rosa Response-Sergeant")
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_text("Closed").first.wait_for()

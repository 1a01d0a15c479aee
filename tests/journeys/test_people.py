"""The pages about people in a real browser: WCAG 2.2 AA by axe, on a phone and on a desk; and a child found on the
doorstep by an officer, decided on by a sergeant."""

from datetime import date

import pytest
from django.urls import reverse

from access.actor import System, acting
from cases.models import Finding, Match, Person
from cases.workflow import people
from ppn import workflow as ppn_workflow
from ppn.models import Ppn
from ppn.workflow import SubjectFacts
from sla.engine import sweep
from tests.conftest import MONDAY
from tests.households import HERE, TOLD, is_a_sex_offender, is_the, on_record
from tests.journeys.conftest import BOTH, DESK, PHONE, is_sound
from tests.stories import a_notice, called_in

pytestmark = pytest.mark.django_db(transaction=True)
BORN = date(2018, 1, 5)
WRITE = ["correct", "name", "home", "relationship", "sighting", "phone", "reference", "plan", "risk", "protect",
         "protected"]  # fmt: skip


@pytest.fixture
def world(force):
    """Poppy, written down twice, with a mother, an offender in the house, a notice that waits and an incident."""
    cora, olly = force["cora"], force["olly"]
    poppy = on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    is_the("parent", on_record(cora, "Kerry Overlow", home=HERE, said_to_be_child="no"), poppy, cora)
    desmond = on_record(cora, "Desmond Garmere", home=HERE, said_to_be_child="no")
    is_a_sex_offender(desmond, cora)
    on_record(cora, "Poppy Sallowfold", born=BORN, home=HERE)
    people.add_name(poppy, by=cora, kind="known_as", given_names="Pops", family_name="", source=TOLD)
    people.add_phone(poppy, by=cora, number="07700 900461", safe="no", source=TOLD)
    people.add_plan(poppy, by=cora, kind="protection_plan", starts=None, ends=None, source=TOLD)
    people.add_sighting(poppy, by=olly, seen_at=MONDAY, company=desmond, place=HERE, note="Walking", source=TOLD)
    people.protect_address(poppy, by=cora, address="1 Refuge Road", protected_because="In fear")
    named = SubjectFacts("child", "Poppy Sallowfold", born_on=BORN, not_spoken_to_because="Asleep")
    ppn = ppn_workflow.submit(Ppn(), by=olly, notice=a_notice(), subjects=[named])
    incident = called_in(force["callie"])
    sweep()
    with acting(System("test")):
        return {
            "poppy": poppy,
            "home": poppy.residences.select_related("address").get(),
            "finding": Finding.objects.get(child=poppy),
            "match": Match.objects.first(),
            "ppn": ppn,
            "subject": ppn.subjects.get(),
            "incident": incident,
        }


def addresses(world):
    poppy, home = world["poppy"].pk, world["home"]
    yield from (reverse(name) for name in ("find-person", "findings", "matches", "person-new", "schools",
                                           "places-to-check", "home"))  # fmt: skip
    yield reverse("findings") + "?show=waiting"
    yield reverse("person", args=[poppy])
    yield reverse("person", args=[poppy]) + "?show=Risks"
    yield reverse("household", args=[home.address_id])
    yield from (reverse(name, args=[world["finding"].pk]) for name in ("finding", "finding-decide"))
    yield from (reverse(name, args=[world["match"].pk]) for name in ("match", "match-propose", "match-two"))
    yield from (reverse(f"person-{step}", args=[poppy]) for step in WRITE)
    yield reverse("person-moved-out", args=[poppy, home.pk])
    yield reverse("person-withdraw", args=[poppy, "residence", home.pk])
    yield reverse("ppn", args=[world["ppn"].pk])
    yield reverse("ppn-say-who", args=[world["ppn"].pk, world["subject"].pk])
    yield reverse("incident", args=[world["incident"].pk])
    yield reverse("incident-name-person", args=[world["incident"].pk])


def test_axe_finds_nothing_on_any_page_about_people(world, sign_in, page, live_server, complaints):
    sign_in("sam")
    for address in addresses(world):
        assert page.goto(live_server.url + address).status == 200, address
        is_sound(page, address, BOTH)
    assert complaints() == []


def find(page, text):
    page.get_by_label("Who are you looking for?").fill(text)
    page.get_by_label("An incident, or somebody at the door").check()
    page.get_by_label("Which one?").fill("INC-001234")
    page.get_by_role("button", name="Find").click()


def test_nor_on_results_mistakes_and_questions(world, sign_in, page, live_server, complaints):
    sign_in("cora")
    page.goto(live_server.url + reverse("find-person"))
    page.get_by_role("button", name="Find").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    is_sound(page, "find: errors", BOTH)
    find(page, "Popy Salowfold")
    page.get_by_role("link", name="Poppy Sallowfold").first.wait_for()
    is_sound(page, "find: results", BOTH)
    find(page, "Zebedee Quartermain-Unlikely")
    page.get_by_role("heading", name="Nobody on record").wait_for()
    is_sound(page, "find: nobody", BOTH)
    page.goto(live_server.url + reverse("person-new"))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: ")
    assert "govuk-error-summary" in page.evaluate("document.activeElement.className")
    is_sound(page, "new: errors", BOTH)
    enter(page)
    page.get_by_text("Have we met?").first.wait_for()
    assert page.get_by_label("Given names").input_value() == "Popy"
    is_sound(page, "new: have we met", BOTH)
    for step in WRITE:
        page.goto(live_server.url + reverse(f"person-{step}", args=[world["poppy"].pk]))
        page.locator("main form button.govuk-button[type=submit]").last.click()
        if step == "correct":
            page.get_by_text("Why does it change").first.wait_for()
        page.get_by_role("heading", name="There is a problem").wait_for()
        is_sound(page, f"{step}: errors", BOTH)
    assert complaints() == []


def enter(page):
    page.get_by_label("Given names").fill("Popy")
    page.get_by_label("Family name").fill("Salowfold")
    page.get_by_role("group", name="Date of birth").get_by_label("Day").fill("5")
    page.get_by_role("group", name="Date of birth").get_by_label("Month").fill("1")
    page.get_by_role("group", name="Date of birth").get_by_label("Year").fill("2018")
    page.get_by_role("group", name="Are they a child").get_by_label("Yes").check()
    page.get_by_role("group", name="Sex").get_by_label("Not known").check()
    page.get_by_role("group", name="Do they need an interpreter?").get_by_label("No", exact=True).check()
    page.get_by_role("group", name="How do we know?").get_by_label("Police saw it").check()
    page.get_by_label("Who or which record says so?").fill("PC Olly")
    page.get_by_role("button", name="Save").click()


def test_an_officer_finds_a_child_whose_name_is_misspelt_and_a_sergeant_decides(force, sign_in, live_server):
    on_record(force["cora"], "Poppy Sallowfold", born=BORN, home=HERE)
    desmond = on_record(force["cora"], "Desmond Garmere", born=date(1958, 2, 11))
    is_a_sex_offender(desmond, force["cora"])
    page = sign_in("olly")
    page.set_viewport_size(PHONE)
    the_officer_finds_her_and_says_with_whom_she_is(page, desmond.reference, live_server)
    sweep()
    page = sign_in("sam")
    page.set_viewport_size(DESK)
    page.get_by_role("link", name="Poppy Sallowfold and Desmond Garmere").first.click()
    page.get_by_text("They were seen together").wait_for()
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("Checked: there is no contact").check()
    page.get_by_label("Why", exact=True).fill("A queue at a bus stop: CCTV seen by DC Example")
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_text("A queue at a bus stop").first.wait_for()
    with acting(System("test")):
        finding = Finding.objects.get()
        assert (finding.state, finding.decision, finding.decided_by) == ("decided", "no_contact", force["sam"])
        assert Person.objects.count() == 2


def the_officer_finds_her_and_says_with_whom_she_is(page, whom, live_server):
    page.goto(live_server.url + reverse("find-person"))
    find(page, "Popy Salowfold")
    page.get_by_role("link", name="Poppy Sallowfold").first.click()
    page.get_by_role("heading", name="Poppy Sallowfold", level=1).wait_for()
    page.get_by_role("link", name="A sighting").click()
    for name, text in (("Day", "2"), ("Month", "3"), ("Year", "2026"), ("Time", "08:30")):
        page.get_by_role("group", name="When were they seen?").get_by_label(name).fill(text)
    page.get_by_label("With whom?").fill(whom)
    page.get_by_label("What was seen?").fill("Hand in hand at the bus stop")
    page.get_by_label("Police saw it").check()
    page.get_by_label("Who or which record says so?").fill("PC Olly")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("is linked with").first.wait_for()
    assert page.get_by_text("Hand in hand at the bus stop").first.is_visible()

"""WCAG 2.2 AA by axe on every page of initial contact, on a phone and on a desk, filled and with errors; nobody scrolls
sideways, and the browser says nothing."""

from datetime import date

import pytest
from django.urls import reverse

from access.actor import System, signed
from access.roles import Role
from accounts.duty import team_of
from cases.models import PlaceMarker
from cases.workflow.markers import mark_number
from tests.conftest import MONDAY, hours
from tests.households import HERE, TOLD, is_a_sex_offender, on_record
from tests.journeys.conftest import BOTH, PHONE, is_sound, late_by
from tests.stories import called_in
from tests.triage.scenes import A_CHILD, allocated, contacted, heard, not_seen, with_the_phone
from triage import workflow
from triage.models import Unit
from triage.urls import STEPS
from triage.views.steps import OneClick
from triage.workflow import Abuse

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER, WHERE = "07700 900461", f"{HERE.address}, {HERE.postcode}"
BOARDS = ["board", "hub", "resolution", "unseen", "backlog", "handover", "give-many",
          "incident-new", "incident-new-short"]  # fmt: skip
ONE_PRESS = {name for name, page in STEPS if issubclass(page, OneClick)}
ASKS_NOTHING = {"attend"}


@pytest.fixture
def busy(force):
    """A house with a girl and a man on the register, a number with a marker; an incident there in which everything has
    happened, and others in each queue."""
    by = force
    on_record(by["cora"], "Poppy Sallowfold", born=date(2018, 1, 5), home=HERE)
    is_a_sex_offender(on_record(by["cora"], "Desmond Garmere", home=HERE, said_to_be_child="no"), by["cora"])
    warns = {"kind": "high_risk_da", "note": "", "starts": None, "ends": None, "source": TOLD}
    mark_number(PlaceMarker(), by=by["cora"], number=NUMBER, **warns)
    with signed(System("test")):
        Unit.objects.create(call_sign="AB12", team=team_of(Role.OFFICER), on_duty_until=MONDAY + hours(12))
    with_the_phone(by["callie"], by["tara"], by["tess"], what_happened="Music at night")
    allocated(
        called_in(by["callie"], grade="G4", child="yes", what_happened="A boy is bullied"), by["tara"], said=A_CHILD
    )
    called_in(by["callie"], grade="G3", child="not_known")
    called_in(by["callie"], child="no", location=WHERE, what_happened="Shouting here")
    incident = called_in(by["callie"], grade="G4", child="yes", location=WHERE, caller_number=NUMBER)
    return everything_has_happened(incident, by)


def everything_has_happened(incident, by):
    workflow.add_specialist_note(incident, by=by["dina"], note="DC Example calls her mother")
    workflow.ask_about_abuse(incident, by=by["tara"], domestic_abuse="yes", abuse=Abuse(first_words="“Please hurry”"))
    incident = workflow.agree(allocated(incident, by["tara"], said=A_CHILD), by=by["tess"], because="Right")
    incident = workflow.accept(incident, by=by["ravi"], owner=by["ravi"])
    contacted(incident, by["ravi"])
    contacted(incident, by["ravi"], "no_answer", "")
    workflow.hear_child(incident, by=by["ravi"], voice=heard("Anya"))
    workflow.hear_child(incident, by=by["ravi"], voice=not_seen("Ben"))
    incident = workflow.return_for_deployment(incident, by=by["ravi"], reason="child_to_be_seen")
    late_by(125)
    return workflow.hand_over(incident, by=by["dev"], to=by["carl"], note="A unit is free at noon")


def test_boards_and_forms_are_sound_and_the_browser_says_nothing(busy, sign_in, page, live_server, complaints):
    sign_in("carl")
    for name in BOARDS:
        page.goto(live_server.url + reverse(name))
        is_sound(page, name, BOTH)
    page.goto(live_server.url + busy.get_absolute_url())
    is_sound(page, "the incident", BOTH)
    assert complaints() == []


@pytest.mark.parametrize("half", [0, 1])
def test_each_step_is_sound_as_it_opens_and_with_its_errors(half, busy, sign_in, page, live_server, complaints):
    who = None
    for name, _ in sorted(STEPS)[half::2]:
        if name in ONE_PRESS:
            continue
        whose = "dina" if name == "note" else "carl"
        who = who if who == whose else (sign_in(whose), whose)[1]
        assert page.goto(live_server.url + reverse(f"incident-{name}", args=[busy.pk])).status == 200, name
        is_sound(page, name, [PHONE])
        if name not in ASKS_NOTHING:
            page.locator("main form button[type=submit]").last.click()
            page.get_by_role("heading", name="There is a problem").wait_for()
            assert page.title().startswith("Error: "), name
            is_sound(page, f"{name}: errors", [PHONE])
    assert complaints() == []


@pytest.mark.parametrize("name", ["incident-new", "incident-new-short"])
def test_taking_a_call_is_sound_with_errors_and_with_what_is_known(name, busy, sign_in, page, live_server, complaints):
    sign_in("callie", then=reverse(name))
    page.get_by_role("button", name="Save and grade").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_label("Where?").fill(WHERE)
    page.get_by_label("Number they call from").fill(NUMBER)
    page.get_by_label("What is happening?").fill("Shouting")
    page.get_by_text("Called before, in the last 24 hours:").wait_for()
    is_sound(page, name, BOTH)
    assert complaints() == []


def test_the_first_page_of_everybody_in_initial_contact_is_sound(busy, sign_in, complaints):
    for who in ("callie", "fin", "tess", "rina", "olly"):
        is_sound(sign_in(who), who, BOTH)
    assert complaints() == []

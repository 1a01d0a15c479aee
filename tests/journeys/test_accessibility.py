"""WCAG 2.2 AA by axe on the pages of notices, absence and deadlines, on a phone and on a desk, filled and with errors;
and the browser says nothing. Incidents and people have files of their own."""

import pytest
from django.urls import reverse

from access import time
from access.actor import System, signed
from accounts.workflow import go_away
from partners.disclose import Grounds
from partners.models import Agency
from ppn import workflow as ppn_workflow
from sla.engine import sweep
from tests.conftest import MONDAY
from tests.journeys.conftest import BOTH, is_sound, violations
from tests.stories import called_in, hours, submitted
from triage.models import CallLogImport, RowToCheck

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(force):
    """Each address with somebody who may see it, in a force where much has happened and much is late."""
    counted = dict.fromkeys(("incidents", "duplicates", "bad_rows", "flagged_times"), 1)
    with signed(System("test")):
        agency = Agency.objects.create(name="Vale children's social care", kind="social_care", mailbox="m@vale.example")
        came_with = CallLogImport.objects.create(file_name="log.csv", at=MONDAY, summary=counted)
        row = RowToCheck.objects.create(
            came_with=came_with, kind="not_loaded", line=7, reason="start: empty", values={"start": ""}
        )
    called_in(force["callie"], child="not_known")
    notices = [submitted(force["olly"], grade=grade) for grade in ("red", "amber", "green")]
    shared = ppn_workflow.take(notices[0], by=force["cora"])
    ppn_workflow.assess(
        shared, by=force["cora"], systems_checked="RMS", assessment="As graded", grade="red", because=""
    )
    grounds = Grounds(basis="public_task", why_needed="To decide", informed="yes")
    ppn_workflow.share(shared, by=force["cora"], agencies=[agency], summary="What we know", grounds=grounds)
    taken = ppn_workflow.take(notices[1], by=force["cora"])
    go_away(force["sam"], by=force["sam"], kind="leave", starts=MONDAY, ends=MONDAY + hours(99), cover=force["ines"])
    time.freeze(MONDAY + hours(30))
    sweep()
    anyone = ["home", "deadlines", "my-absence"]
    return [
        ("/sign-in/", None),
        *((reverse(name), who) for name in anyone for who in ("cora", "sue")),
        *((reverse(name), "connie") for name in ("home", "rows-to-check")),
        (reverse("board") + "?show=waiting", "connie"),
        (reverse("settle-row", args=[row.pk]), "connie"),
        *((reverse(name), "olly") for name in ("home", "ppn-new", "ppn-mine")),
        (reverse("ppn-queue"), "cora"),
        (reverse("ppn", args=[shared.pk]), "ines"),
        (reverse("ppn-file", args=[shared.pk]), "ines"),
        *((reverse(f"ppn-{step}", args=[taken.pk]), "cora") for step in ("assess", "put-back", "found-a-child")),
        (reverse("ppn-share", args=[shared.pk]), "cora"),
        (reverse("ppn-take", args=[notices[2].pk]), "cora"),
        ("/nothing-is-here/", "cora"),
        (reverse("ppn-queue"), "olly"),  # refused
    ]


def test_axe_finds_nothing_and_the_browser_says_nothing(pages, sign_in, page, live_server, complaints):
    current = None
    for address, who in pages:
        if who and who != current:
            sign_in(who)
            current = who
        elif who is None:
            page.context.clear_cookies()
        page.goto(live_server.url + address)
        is_sound(page, address, BOTH)
    expected = {"/nothing-is-here/": "404", "/ppn/": "403"}
    assert [each for each in complaints() if not any(code in each[1] for code in expected.values())] == []


def test_a_form_sent_empty_says_what_is_missing_and_axe_finds_nothing(pages, sign_in, page, live_server):
    for address, who, button in (
        (reverse("incident-new"), "callie", "Save and grade"),
        (reverse("ppn-new"), "olly", "Submit to the MASH"),
        (reverse("my-absence"), "sam", "Save the absence"),
    ):
        sign_in(who)
        page.goto(live_server.url + address)
        page.get_by_role("button", name=button).click()
        page.get_by_role("heading", name="There is a problem").wait_for()
        assert page.title().startswith("Error: ")
        assert "govuk-error-summary" in page.evaluate("document.activeElement.className")
        assert violations(page) == [], address

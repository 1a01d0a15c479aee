"""An evidence pack in a real browser: the governance lead prepares it, the analyst checks it, the superintendent
releases it, the inspector reads it and takes a copy. Every page is sound on a phone and at a desk."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from access.time import freeze
from insight import tasks
from insight.evidence_manifest import wrong_with
from tests.conftest import MONDAY, hours
from tests.insight.evidence_scenes import as_it_is, asked, store  # noqa: F401 - fixture
from tests.journeys.conftest import BOTH, DESK, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.stories import called_in, submitted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]
PICTURES = os.environ.get("EVIDENCE_PICTURES")
"""A folder for what is seen, where somebody wants to look at it."""


def sound(page, what):
    is_sound(page, what, BOTH)
    for name, size in (("phone", PHONE), ("desk", DESK)):
        if PICTURES:
            page.set_viewport_size(size)
            page.screenshot(path=Path(PICTURES) / f"{what}-{name}.png", full_page=True)
    page.set_viewport_size(DESK)


def test_from_the_request_until_the_inspector_has_a_copy(sign_in, force, live_server, complaints):  # noqa: F811
    calls = [called_in(force["callie"]).reference for _ in range(2)]
    submitted(force["olly"])
    freeze(MONDAY + hours(2))
    pack = asked(force["greta"])
    address = pack.get_absolute_url()
    page = sign_in("greta", reverse("evidence-new"))
    sound(page, "ask")
    page.goto(live_server.url + reverse("evidence"))
    sound(page, "list")
    page.get_by_role("link", name=f"For {pack.requested_by}").first.click()
    page.get_by_text("Draw cases, or add one").wait_for()
    page.get_by_role("button", name="Draw cases").click()
    sound(page, "draw")
    page.get_by_label("Incidents", exact=True).check()
    page.get_by_label("How many?").fill("1")
    page.get_by_role("button", name="Draw them").click()
    page.get_by_role("link", name="Drawn: Incidents, 1 of 2").click()
    page.get_by_text("anybody draws the same again").wait_for()
    sound(page, "drawn")
    page.goto(live_server.url + address)
    sound(page, "being-prepared")
    page.get_by_role("button", name="Put it together").first.click()
    page.get_by_role("button", name="Put it together").click()
    tasks.put_evidence_together()

    page = sign_in("anya", address)
    page.get_by_role("button", name="It is right").first.click()
    sound(page, "check")
    page.get_by_role("button", name="I have looked at it").click()
    page = sign_in("sue", address)
    page.get_by_role("button", name="Release it", exact=True).first.click()
    sound(page, "release")
    page.get_by_label("Hettie HM-Inspector").check()
    page.get_by_role("button", name="Release it").click()

    page = sign_in("hettie")
    page.get_by_role("heading", name="Evidence packs for you to read").wait_for()
    page.goto(live_server.url + address)
    sound(page, "released")
    assert page.get_by_role("button", name="Close it").count() == 0
    (drawn,) = [each for each in calls if page.get_by_role("link", name=each, exact=True).count()]
    page.get_by_role("link", name=f"cases/{drawn}.csv").click()
    page.get_by_text("First reported to police").first.wait_for()
    sound(page, "chronology")
    page.go_back()
    page.get_by_role("link", name="sections/queues.csv").click()
    sound(page, "queues")
    page.goto(live_server.url + reverse("evidencepack-copy", args=[pack.pk]))
    sound(page, "copy")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take a copy").click()
    assert taken.value.suggested_filename == f"{pack.reference}.zip"
    assert wrong_with(Path(taken.value.path()).read_bytes()) == []
    page.goto(live_server.url + address)
    page.get_by_text("To see how soon children were seen").first.wait_for()
    assert "Hettie HM-Inspector" in page.locator("main").inner_text()
    assert as_it_is(pack).state == "released"
    assert complaints() == []

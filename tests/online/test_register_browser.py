"""The register in a real browser: a researcher registers a referral, sees that we have it, links it and records where
the force finds it; every page is sound on a phone and at a desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from online.workflow.cases import seen_elsewhere
from tests.journeys.conftest import BOTH, complaints, force, is_sound, late_by, sign_in  # noqa: F401 - fixtures
from tests.online.register_clocks import NICHE
from tests.online.register_scenes import A_ROW, every_case, linked, offered, taken_in, unreadable, used
from tests.online.scenes import as_it_is, assessed, received

pytestmark = pytest.mark.django_db(transaction=True)
A_DAY = 24 * 60


def test_every_page_of_the_register_is_sound_on_a_phone_and_at_a_desk(
    sign_in: Any,  # noqa: F811
    force: Any,  # noqa: F811
    live_server: Any,
    complaints: Any,  # noqa: F811
) -> None:
    rory, dina = force["rory"], force["dina"]
    case, row = received(rory, said=used()), unreadable(rory)
    received(rory, said=used())
    part, lead = linked(rory)
    offer = offered(lead, dina)
    file = taken_in(rory, {**A_ROW, "sender_ref": "NCA-44"})
    seen = seen_elsewhere(assessed(rory), by=rory, at=case.received_at, **NICHE)
    late_by(4 * A_DAY)
    page = sign_in("dina")
    for name, keys in (
        ("online-cases", []),
        ("online-new", []),
        ("online-upload", []),
        ("online-files", []),
        ("online-rows", []),
        ("online-transfers", []),
        ("referralfile", [file.pk]),
        ("referralfile", [row.file.pk]),
        ("referralrow", [row.pk]),
        ("referralrow-type-in", [row.pk]),
        ("referralrow-settle", [row.pk]),
        ("casetransfer", [offer.pk]),
        ("casetransfer-accepted", [offer.pk]),
        ("casetransfer-refused", [offer.pk]),
        ("onlinecase", [case.pk]),
        ("onlinecase", [part.pk]),
        ("onlinecase", [lead.pk]),
        ("onlinecase", [seen.pk]),
        ("onlinecase-triage", [case.pk]),
        ("onlinecase-link", [case.pk]),
        ("onlinecase-apart", [case.pk]),
        ("onlinecase-again", [case.pk]),
        ("onlinecase-identifier", [case.pk]),
        ("onlinecase-seen", [case.pk]),
        ("onlinecase-correct", [seen.pk]),
        ("onlinecase-allocate", [case.pk]),
        ("onlinecase-offer", [case.pk]),
        ("onlinecase-unlink", [part.pk]),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, f"{name} {keys}", BOTH)
    assert complaints() == []


def identifier(page: Any, number: int, kind: str, value: str, at: str = "") -> None:
    page.locator(f"[name=identifiers-{number}-kind]").select_option(label=kind)
    page.locator(f"[name=identifiers-{number}-value]").fill(value)
    if at:
        page.locator(f"[name=identifiers-{number}-seen_from]").fill(at)


def test_a_researcher_registers_a_referral_sees_that_we_have_it_links_it_and_makes_it_visible(
    sign_in: Any,  # noqa: F811
    force: Any,  # noqa: F811
    live_server: Any,
    complaints: Any,  # noqa: F811
) -> None:
    first = received(force["rory"], said=used())
    page = sign_in("rory", reverse("online-cases"))
    page.locator("#main-content").get_by_role("link", name="Register a referral").click()
    page.get_by_label("National Crime Agency").check()
    page.get_by_label("Their number for it").fill("NCA-2026-0117")
    page.get_by_role("group", name="When did it reach the force?").get_by_role("button", name="Now").click()
    page.get_by_label("What do they say?").fill("Twelve images uploaded to a chat service")
    identifier(page, 0, "Username", "blue.kestrel.41")
    identifier(page, 1, "IP address", "203.0.113.99", "27/02/2026 23:40")
    page.get_by_role("button", name="Add another identifier").click()
    identifier(page, 2, "Telephone number", "07700 900461")
    page.get_by_role("button", name="Register it").click()
    page.get_by_role("heading", name="Do we have it already?").wait_for()
    assert page.get_by_text("Same username: blue.kestrel.41").is_visible()
    assert len(every_case()) == 1
    is_sound(page, "do we have it already", BOTH)
    page.get_by_role("button", name="Register it").click()
    page.get_by_role("heading", name="National Crime Agency NCA-2026-0117").wait_for()
    case = every_case()[1]
    page.get_by_role("link", name=f"This case is part of {first}").click()
    assert page.get_by_label("Which case is it part of?").input_value() == str(first)
    page.get_by_label("Why are the two one case?").fill("One account, one night")
    page.get_by_role("button", name="Link it").click()
    page.get_by_text("Part of another case").first.wait_for()
    assert as_it_is(case).linked_to == first
    page.get_by_role("link", name=str(first)).first.click()
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("group", name="Is a child at risk now?").get_by_label("Not known").check()
    page.get_by_label("What makes you say so?").fill("Nothing says who lives there")
    page.get_by_label("Where did you look for the same referral, and what did you find?").fill("Niche: nothing")
    page.get_by_role("button", name="I have looked at it").click()
    page.get_by_text("Being researched").first.wait_for()
    page.get_by_role("button", name="Visible in the records system").click()
    page.get_by_label("Occurrence number there").fill("44260012345")
    page.get_by_role("group", name="Since when can it be seen there?").get_by_role("button", name="Now").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Niche 44260012345").first.wait_for()
    assert as_it_is(first).is_visible_to_the_force
    assert complaints() == []

"""An investigator records bail with its conditions, files the safety plan on a phone and tells the designated officer,
in a real browser; every page is sound."""

import pytest
from django.urls import reverse

from online.workflow import bail, suspects
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.online.after_scenes import (
    bail_of,
    of_each,
    plan_of,
    referral_of,
    referred,
    suspect_in,
    the_lado,
    with_a_linked_child,
    works_at_a_nursery,
)
from tests.online.scenes import as_it_is

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    made = of_each(force)
    told = referred(made["ladoreferral"], force["iris"])
    bail.bail_breached(
        made["bail"], by=force["iris"], known_at=made["bail"].released_at, what="Seen outside her school"
    )
    page = sign_in("delia")
    case = as_it_is(made["suspect"]).online_case
    for name, keys in (
        ("online-bail", []),
        ("online-suspects", []),
        ("online-lado", []),
        ("online-devices", []),
        ("suspect", [made["suspect"].pk]),
        ("suspect-bail", [made["suspect"].pk]),
        ("suspect-released", [made["suspect"].pk]),
        ("bail", [made["bail"].pk]),
        ("bail-extend", [made["bail"].pk]),
        ("bail-vary", [made["bail"].pk]),
        ("safetyplan", [made["safetyplan"].pk]),
        ("safetyplan-file", [made["safetyplan"].pk]),
        ("ladoreferral", [told.pk]),
        ("ladoreferral-refer", [told.pk]),
        ("ladoreferral-answer", [told.pk]),
        ("device", [made["device"].pk]),
        ("device-examined", [made["device"].pk]),
        ("onlinecase", [case.pk]),
        ("onlinecase-suspect", [case.pk]),
        ("onlinecase-safe", [case.pk]),
        ("onlinecase-close", [case.pk]),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, name, BOTH)
    assert complaints() == []


def _fill_moment(page, name, at):
    for part, value in (("day", at.day), ("month", at.month), ("year", at.year), ("time", f"{at:%H:%M}")):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def test_an_investigator_bails_files_the_plan_on_a_phone_and_tells_the_designated_officer(
    sign_in,  # noqa: F811
    force,  # noqa: F811
    live_server,
):
    iris = force["iris"]
    case = with_a_linked_child(force)
    suspect = suspects.arrested(_named(case, iris), by=iris, at=as_it_is(case).executed_at)
    referral = referral_of(works_at_a_nursery(case, force["rory"]))
    the_lado()
    page = sign_in("iris", reverse("suspect-bail", args=[suspect.pk]))
    page.set_viewport_size(PHONE)
    released = suspect.arrested_at
    _fill_moment(page, "released_at", released)
    _fill_moment(page, "expires_at", released.replace(day=1, month=released.month % 12 + 1))
    page.get_by_label("Which custody officer gave bail?").fill("Una Vellmarsh")
    page.get_by_label("Conditions on contact").fill("None with Maisie Pell")
    page.get_by_label("Conditions on devices and the internet").fill("None that reach the internet")
    page.get_by_role("button", name="Record bail").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Conditions on contact").input_value() == "None with Maisie Pell"
    is_sound(page, "refused", [PHONE])
    bail_of(suspect, iris)
    plan = plan_of(suspect)
    page.goto(live_server.url + plan.get_absolute_url())
    page.get_by_role("button", name="File the safety plan").click()
    page.get_by_label("How is the child kept safe?").fill("He lives with his brother; her mother lets nobody in")
    page.get_by_label("With whom was it agreed?").fill("Sol Worker, Vale Council")
    page.get_by_role("button", name="File it").click()
    page.get_by_text("He lives with his brother").first.wait_for()
    assert as_it_is(plan).state == "filed"
    page.goto(live_server.url + referral.get_absolute_url())
    page.get_by_role("button", name="Tell the designated officer").click()
    page.get_by_label("Which designated officer (LADO)?").select_option(label="Vale designated officer")
    page.get_by_label("Exactly what are they told?").fill("An adult at an address works at Vale Nursery")
    page.get_by_label("Public task (safeguarding a child)").check()
    page.get_by_label("Why do they need it?").fill("She sees children daily")
    page.get_by_label("No, telling them would put somebody at risk").check()
    page.get_by_label("If they are not told: why?").fill("He would hide the telephone")
    page.get_by_role("button", name="Send it now").click()
    page.get_by_text("Exactly what the designated officer reads").wait_for()
    assert as_it_is(referral).state == "referred"


def _named(case, iris):
    return suspect_in(case, iris, suspected_at=as_it_is(case).executed_at)

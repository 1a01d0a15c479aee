"""The register in a real browser: the hub registers somebody, takes a notification and a release; every page is sound
on a phone and at a desk."""

import pytest
from django.urls import reverse

from access.actor import acting
from offenders.models import Nominal
from tests.households import HERE, lives_at, on_record
from tests.journeys.conftest import BOTH, complaints, force, is_sound, late_by, sign_in  # noqa: F401 - fixtures
from tests.offenders.register_scenes import changed, in_custody, known_to_police, of_each, ordered, registered, travels

pytestmark = pytest.mark.django_db(transaction=True)
A_DAY = 24 * 60


def test_every_page_of_the_register_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    made = of_each(force)
    nominal = known_to_police(force["hana"], force["omar"], "Wystan Marchfold")
    lives_at(nominal.person, HERE, force["omar"])
    lives_at(on_record(force["omar"], "Poppy Garmere"), HERE, force["omar"])
    duty, order = changed(nominal, force["omar"]), ordered(nominal, force["omar"])
    journey = travels(nominal, force["omar"], in_days=2)
    away = registered(force["hana"], force["omar"], "Ivo Sallowfold")
    spell = in_custody(away, force["omar"])
    late_by(4 * A_DAY)
    page = sign_in("sue")
    for name, keys in (
        ("offenders", []),
        ("offenders-notifications", []),
        ("offenders-releases", []),
        ("offenders-travel", []),
        ("offenders-register", []),
        ("offenders-take-over", []),
        ("offenders-before-sentence", []),
        ("nominal", [nominal.pk]),
        ("nominal", [away.pk]),
        ("nominal-notification", [nominal.pk]),
        ("nominal-travel", [nominal.pk]),
        ("nominal-order", [nominal.pk]),
        ("nominal-mappa", [nominal.pk]),
        ("notificationduty", [duty.pk]),
        ("notificationduty-breach", [duty.pk]),
        ("notificationduty-given", [duty.pk]),
        ("spell", [spell.pk]),
        ("spell-change", [spell.pk]),
        ("travel", [journey.pk]),
        ("travel-change", [journey.pk]),
        ("civilorder", [order.pk]),
        ("indefinitereview", [made["indefinitereview"].pk]),
        ("indefinitereview-ends", [made["indefinitereview"].pk]),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, name, BOTH)
    assert complaints() == []


def fill_day(page, legend, day, month, year):
    group = page.get_by_role("group", name=legend)
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(label).fill(str(value))


def test_the_hub_registers_somebody_takes_a_notification_and_a_release(sign_in, force, live_server):  # noqa: F811
    person = on_record(force["hana"], "Alban Marchfold")
    page = sign_in("hana", person.get_absolute_url())
    page.get_by_role("link", name="Register them as a sex offender").or_(
        page.get_by_role("button", name="Register them as a sex offender")
    ).first.click()
    page.get_by_label("Who manages them?").select_option(label="Omar Offender-Manager")
    page.get_by_label("Which offence?").fill("Sexual assault of a child under 13 (s.7)")
    page.get_by_label("Imprisonment of 30 months or more").check()
    fill_day(page, "Relevant date", 1, 3, 2026)
    page.get_by_role("group", name="Were they under 18 on that day?").get_by_label("No").check()
    page.get_by_role("group", name="When were police told that they are ours?").get_by_role(
        "button", name="Now"
    ).click()
    page.get_by_role("button", name="Register").click()
    page.get_by_role("heading", name="Alban Marchfold").wait_for()
    assert page.get_by_text("The period has no end").is_visible()
    page.get_by_role("link", name="Initial notification").first.click()
    page.get_by_role("button", name="They have notified").click()
    page.get_by_role("group", name="When did they notify?").get_by_role("button", name="Now").click()
    page.get_by_label("At which police station?").fill("Northgate")
    page.get_by_label("Who took it?").fill("Front office 4411")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Given in person, not checked yet").first.wait_for()
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("button", name="It is complete").click()
    page.get_by_text("Checked, not on ViSOR yet").first.wait_for()
    with acting(force["hana"]):
        nominal = Nominal.objects.get()
    spell = in_custody(nominal, force["omar"], ends_on=nominal.began_at.date())
    late_by(2 * A_DAY)
    page = sign_in("hana", reverse("offenders-releases"))
    page.get_by_role("link", name="Alban Marchfold").first.click()
    page.get_by_role("button", name="They are out, or back").click()
    fill_day(page, "On which day were they released, or back?", 3, 3, 2026)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Over, not on ViSOR yet").first.wait_for()
    page.goto(live_server.url + nominal.get_absolute_url())
    assert page.get_by_text("Released, awaiting a visit").first.is_visible()
    assert spell.nominal == nominal

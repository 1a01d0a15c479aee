"""The ViSOR hub works in a real browser: a list is sent, a difference becomes a task, and in the end ViSOR is right."""

import pytest
from django.urls import reverse

from access.actor import acting
from offenders.models import HubTask
from tests.journeys.conftest import BOTH, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.offenders.hub_scenes import RELEASES, a_round, everything_is_checked, going, of_each, task_of
from tests.offenders.scenes import managed

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Desmond Garmere"


def test_every_page_of_the_hub_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    made = of_each(force)
    other = managed(force["hana"], force["omar"], "Edgar Garmere")
    leaver = f"{reverse('offenders-workload-share')}?leaver={force['omar'].pk}"
    page = sign_in("imran")
    addresses = [
        *map(reverse, ("offenders-hub", "offenders-lists", "offenders-transfers", "offenders-scrutiny")),
        *map(reverse, ("offenders-workload", "offenders-board", "importedlist-new", "transfer-new-in", "hubtask-new")),
        *(made[name].get_absolute_url() for name in ("hubtask", "hubquery", "importedlist", "transfer", "came")),
        *(made[name].get_absolute_url() for name in ("scrutinyround", "scrutinyitem")),
        reverse("transfer-accept-out", args=[made["transfer"].pk]),
        reverse("nominal-reallocate", args=[other.pk]),
        leaver,
    ]
    for address in addresses:
        page.goto(live_server.url + address)
        is_sound(page, address, BOTH)
    assert complaints() == []


def test_from_a_list_to_a_second_look_at_visor(sign_in, force, live_server, tmp_path):  # noqa: F811
    everything_is_checked(force["imran"])
    managed(force["hana"], force["omar"], NAME)
    file = tmp_path / "releases.csv"
    file.write_bytes(RELEASES.format(name=NAME, ref="", on="09/03/2026").encode("cp1252"))
    page = sign_in("hana", reverse("importedlist-new"))
    page.get_by_label("Releases from custody").check()
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name="Compare it").click()
    page.get_by_role("heading", name="Releases from custody").wait_for()
    page.get_by_role("link", name=NAME).click()
    page.get_by_text("is not in custody").first.wait_for()
    page.get_by_role("button", name="Take it").click()
    page.get_by_role("button", name="Take it").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Ask the offender manager").click()
    page.get_by_label("What do you ask?").fill("Has he been in custody?")
    page.get_by_role("button", name="Ask").click()
    page.get_by_text("Waits for an answer").first.wait_for()
    page = sign_in("omar")
    page.get_by_role("link", name="Has he been in custody?").first.click()
    page.get_by_role("button", name="Answer").click()
    page.get_by_label("What is the answer?").fill("Yes, on remand since Friday")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("Yes, on remand since Friday").first.wait_for()
    page = sign_in("hana", f"{reverse('offenders-hub')}?show=mine")
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("button", name="It is on ViSOR").click()
    page.get_by_label("Reference of the update on ViSOR").fill("V-2026-0441")
    page.get_by_role("button", name="Save the update").click()
    page.get_by_text("to be checked by a second person").first.wait_for()
    page = sign_in("hugo", f"{reverse('offenders-hub')}?show=to_check")
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("button", name="ViSOR is right").click()
    page.get_by_role("button", name="I have looked, and it is right").click()
    page.get_by_text("Checked").first.wait_for()
    is_sound(page, "the task", BOTH)
    with acting(force["hugo"]):
        assert HubTask.objects.get().state == "closed"


def test_a_peer_looks_at_a_record_on_a_phone(sign_in, force, live_server):  # noqa: F811
    nominal = managed(force["hana"], force["omar"], NAME)
    a_round(nominal)
    going(nominal, force["omar"])
    task_of(force["hana"], nominal)
    page = sign_in("seb")
    page.set_viewport_size(BOTH[0])
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("button", name="Say what you found").click()
    page.get_by_label("Requires improvement").check()
    page.get_by_label("What did you find?").fill("No school is named")
    page.get_by_label("In part").check()
    page.get_by_label("What has to be done?").fill("Name the school in the plan")
    page.get_by_role("button", name="Save what you found").click()
    page.get_by_text("Name the school in the plan").first.wait_for()
    is_sound(page, "the record", BOTH)

"""A sergeant before a shut gate, an inspector who goes without, an investigator at the door with a phone, in a real
browser; every page is sound."""

import pytest
from django.urls import reverse

from access.time import now
from online.workflow.enforcing import carry_out
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.online.gate_scenes import discussed, maisie, notice_from, of_each, planned_behind
from tests.online.scenes import as_it_is, child_of, with_a_child

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    made = of_each(force)
    done = planned_behind(force)
    child_of(done.online_case, force["rory"], "Tom Pell")
    about = {"done_at": now(), "result": "Arrested", "children_seen": "no", "devices": 1}
    carry_out(as_it_is(done), by=force["iris"], although="The door stood open", **about)
    page = sign_in("delia")
    for name, keys in (
        ("online-board", []),
        ("online-children", []),
        ("online-checks", []),
        ("online-enforcement", []),
        ("linkedchild", [made["linkedchild"].pk]),
        ("linkedchild", [maisie(done.online_case).pk]),
        ("linkedchild-contact", [made["linkedchild"].pk]),
        ("linkedchild-notice", [made["linkedchild"].pk]),
        ("linkedchild-decision", [maisie(done.online_case).pk]),
        ("childrencheck", [made["childrencheck"].pk]),
        ("childrencheck-none", [made["childrencheck"].pk]),
        ("enforcement", [made["enforcement"].pk]),
        ("enforcement", [done.pk]),
        ("enforcement-done", [made["enforcement"].pk]),
        ("enforcement-off", [made["enforcement"].pk]),
        ("gateoverride", [made["gateoverride"].pk]),
        ("onlinecase", [made["enforcement"].online_case_id]),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, name, BOTH)
    for name in ("linkedchild-new", "enforcement-new", "gateoverride-new"):
        page.goto(f"{live_server.url}{reverse(name)}?case={done.online_case}")
        is_sound(page, name, BOTH)
    assert complaints() == []


def test_a_sergeant_finds_the_gate_shut_then_open_and_plans(sign_in, force, live_server):  # noqa: F811
    case = with_a_child(force["rory"], force["dina"])
    page = sign_in("dina", case.get_absolute_url())
    page.get_by_text("The gate is shut").first.wait_for()
    page.get_by_text("no notice has been submitted").first.wait_for()
    notice_from(maisie(case), force["rory"])
    discussed(maisie(case), force["sam"])
    page.reload()
    page.get_by_text("The gate is open").wait_for()
    page.get_by_role("button", name="Plan enforcement").click()
    page.get_by_label("Search warrant").check()
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("alert").wait_for()
    is_sound(page, "refused")
    assert page.get_by_label("Search warrant").is_checked()
    for part, typed in (("Day", "27"), ("Month", "3"), ("Year", str(now().year + 1)), ("Time", "07:00")):
        page.get_by_role("group", name="For when?").get_by_label(part).fill(typed)
    page.get_by_label("Who goes, and what must they know?").fill("Four officers at seven")
    page.get_by_label("Who sees each child, and who stays with them?").fill("Iris, with the social worker")
    page.get_by_label("What is done about the risk of suicide of the suspect?").fill("Nurse in custody")
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("heading", name="Search warrant").wait_for()
    assert as_it_is(case).state == "planned"


def test_an_inspector_goes_without_the_gate_and_reads_what_is_owed(sign_in, force, live_server):  # noqa: F811
    case = with_a_child(force["rory"], force["dina"])
    page = sign_in("delia", case.get_absolute_url())
    page.get_by_role("button", name="Decide to go without the gate").click()
    page.get_by_text("Maisie Pell").first.wait_for()
    page.get_by_label("Why can it not wait?").fill("He is with her now")
    page.get_by_role("button", name="Go without what is missing").click()
    page.get_by_text("A strategy discussion about every child of the case is owed").first.wait_for()
    is_sound(page, "override", BOTH)
    page.get_by_text("Strategy discussion held that is owed").first.wait_for()


def test_an_investigator_records_at_the_door_on_a_phone_what_came_of_it(sign_in, force, live_server):  # noqa: F811
    enforcement = planned_behind(force)
    child_of(enforcement.online_case, force["rory"], "Tom Pell")
    page = sign_in("iris", enforcement.get_absolute_url())
    page.set_viewport_size(PHONE)
    page.get_by_text("The gate is shut: Tom Pell").first.wait_for()
    page.get_by_role("button", name="Record what came of it").click()
    page.get_by_role("button", name="Now").first.click()
    page.get_by_label("What came of it?").fill("One man arrested; Tom was at school")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    is_sound(page, "refused", [PHONE])
    assert page.get_by_label("What came of it?").input_value() == "One man arrested; Tom was at school"
    page.get_by_label("If the gate was shut").fill("We were in the hall when his mother told us")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("We were in the hall").first.wait_for()
    is_sound(page, "done", [PHONE])
    kept = as_it_is(enforcement)
    assert (kept.state, kept.happened.kind) == ("done", "happened")

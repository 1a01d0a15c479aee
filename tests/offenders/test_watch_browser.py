"""A sergeant decides, and an offender manager records a contact with a child on a phone, in a real browser; every page
is sound."""

import pytest
from django.urls import reverse

from access.actor import acting
from offenders.models import Approval, ChildContact
from offenders.workflow import approvals
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.offenders.scenes import managed
from tests.offenders.watch_scenes import (
    a_grandchild,
    as_it_is,
    at_risk,
    contact_with,
    decided,
    notice_from,
    of_each,
    waiting,
)
from tests.stories import away

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    made = of_each(force)
    nominal = managed(force["stella"], force["omar"])
    settled = contact_with(nominal, force["omar"], a_grandchild(force["omar"]))
    notice_from(settled, force["omar"])
    decided(settled, force["omar"])
    back = approvals.send_back(waiting(nominal, force["omar"]), by=force["stella"], because="Which telephone?")
    away(force["stella"], days=3, cover=force["seb"])
    page = sign_in("imran")
    for name, keys in (
        ("offenders-approvals", []),
        ("offenders-approve-together", []),
        ("offenders-cover", []),
        ("approval", [made["approval"].pk]),
        ("approval", [back.pk]),
        ("approval-approve", [made["approval"].pk]),
        ("approval-return", [made["approval"].pk]),
        ("offenders-intelligence", []),
        ("intelligence", [made["intelligence"].pk]),
        ("intelligence-new", []),
        ("intelligence-assess", [made["intelligence"].pk]),
        ("offenders-contacts", []),
        ("childcontact", [made["childcontact"].pk]),
        ("childcontact", [settled.pk]),
        ("childcontact-new", []),
        ("childcontact-decision", [settled.pk]),
        ("childcontact-plan", [settled.pk]),
        ("reactiveproposal", [made["reactiveproposal"].pk]),
        ("reactiveproposal-again", [made["reactiveproposal"].pk]),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, name, BOTH)
    page.goto(f"{live_server.url}{reverse('reactiveproposal-new')}?nominal={nominal.reference}")
    is_sound(page, "reactiveproposal-new", BOTH)
    page.goto(f"{live_server.url}{reverse('offenders-approvals')}?show=all")
    is_sound(page, "offenders-approvals", BOTH)
    assert complaints() == []


def test_a_sergeant_approves_one_returns_one_and_approves_the_others_together(sign_in, force, live_server):  # noqa: F811
    nominal = at_risk(managed(force["stella"], force["omar"]), "low")
    made = [waiting(nominal, force["omar"]) for _ in range(4)]
    page = sign_in("stella", reverse("offenders-approvals"))
    page.get_by_role("link", name="Visit: Desmond Garmere").first.click()
    page.get_by_text("Who decides now").wait_for()
    page.get_by_role("button", name="Approve it").click()
    page.get_by_role("button", name="Approve it").click()
    page.get_by_text("Next for you").wait_for()
    page.get_by_role("link", name="Visit of Desmond Garmere").click()
    page.get_by_role("button", name="Send it back with reasons").click()
    page.get_by_role("button", name="Send it back").click()
    page.get_by_role("alert").wait_for()
    is_sound(page, "refused")
    page.get_by_label("What is missing or wrong?").fill("Which telephone?")
    page.get_by_role("button", name="Send it back").click()
    page.get_by_text("Which telephone?").first.wait_for()
    for approval in made:
        page.goto(live_server.url + approval.get_absolute_url())
        page.get_by_text("With whom it has been").wait_for()
    page.goto(live_server.url + reverse("offenders-approve-together"))
    is_sound(page, "together", BOTH)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Approve them").click()
    page.get_by_text("Approved: ").first.wait_for()
    with acting(force["stella"]):
        states = sorted(Approval.objects.get(pk=each.pk).state for each in made)
    assert states == ["approved", "approved", "approved", "returned"]


def test_a_manager_records_a_contact_on_a_phone_and_lands_in_the_notice(sign_in, force, live_server):  # noqa: F811
    nominal = managed(force["stella"], force["omar"])
    page = sign_in("omar", f"{reverse('childcontact-new')}?nominal={nominal.reference}")
    page.set_viewport_size(PHONE)
    is_sound(page, "new", [PHONE])
    page.get_by_label("Who is the child?").fill("Poppy, eight")
    page.get_by_label("How do the child and the offender know each other?").fill("Grandchild")
    page.get_by_label("Visits, or is visited").check()
    page.get_by_role("button", name="Save, and go on to the notice").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Who is the child?").input_value() == "Poppy, eight"
    page.get_by_label("What is known of it?").fill("Each Sunday, and her mother leaves them alone")
    page.get_by_role("button", name="Save, and go on to the notice").click()
    page.get_by_role("heading", name="Public protection notice").wait_for()
    typed = page.content()
    for said in ("Poppy, eight", "Desmond Garmere", "her mother leaves them alone"):
        assert said in typed
    with acting(force["omar"]):
        contact = ChildContact.objects.get()
    page.goto(live_server.url + contact.get_absolute_url())
    page.get_by_text("No notice has been submitted").first.wait_for()
    is_sound(page, "contact", [PHONE])
    assert as_it_is(contact).state == "learned"

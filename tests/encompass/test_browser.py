"""In a real browser: an officer's phone at the door, the co-ordinator's desk; axe finds nothing on any page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from access.actor import System, signed
from encompass.models import KeyAdult
from encompass.workflow import keeping
from places.models import District, LocalAuthority
from tests.encompass.conftest import a_school
from tests.encompass.scenes import SEVEN, a_child, raised, screened
from tests.households import on_record
from tests.journeys.conftest import BOTH, PHONE, force, is_sound, sign_in  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(force):  # noqa: F811 - the fixture
    """A notice in each state that has pages of its own, a school with one key adult, and a bad row."""
    with signed(System("test")):
        vale = LocalAuthority.objects.create(code="801", name="Vale", gss="E10000099")
        district = District.objects.create(gss="E07000901", name="Northvale", authority=vale)
        school = a_school("900001", "Larkfield Primary School", district, maintained_by=vale)
    cora, olly = force["cora"], force["olly"]
    said = {"post": KeyAdult.Post.LEAD.value, "name": "Lena Lead", "phone": "01632 960001"}
    mailbox = {"mailbox": "dsl@lark.example", "mailbox_is_secure": True}
    keeping.keep_key_adult(by=cora, school=school, authority=None, **said, **mailbox)
    file = "urn,authority,what,from,to\n900001,,term,2026-01-05,2026-03-27\n999999,,term,2026-01-05,2026-03-27\n"
    keeping.import_days(file, by=cora, file_name="terms.csv")
    poppy = on_record(cora, "Poppy Example", born=SEVEN)
    usual = {"school": school, "lives_elsewhere": True, "person": poppy}
    fresh, unknown, ready, sent = (raised(olly, a_child(**about))[0] for about in (usual, {}, usual, usual))
    return {
        "fresh": fresh,
        "unknown": unknown,
        "ready": screened(ready, olly, refuge="yes", happened="They are in a refuge."),
        "sent": screened(sent, olly),
        "person": poppy,
    }


def test_every_page_is_sound_on_a_phone_and_on_a_desk(sign_in, made, live_server):  # noqa: F811
    page = sign_in("sam")
    of_a_notice = {
        "fresh": ["", "-screen", "-hold-back", "-not-for-school", "-tell-home-force"],
        "unknown": ["", "-find-school", "-ask-authority"],
        "ready": ["", "-send", "-send-late", "-told-by-phone", "-send-anyway"],
        "sent": ["", "-delivered", "-not-delivered", "-acknowledge"],
    }
    addresses = [
        reverse(f"encompass{step}", args=[made[which].pk]) for which, steps in of_a_notice.items() for step in steps
    ]
    lists = ["schools-to-tell", "school-calendars", "school-days-new", "school-hours-new", "school-days-file"]
    lists += ["school-contacts", "school-contact-new", "school-agreements", "school-agreement-new"]
    addresses += [reverse(name) for name in lists]
    addresses += [reverse("person-where-taught", args=[made["person"].pk])]
    addresses += [f"{reverse('encompass-find-school', args=[made['unknown'].pk])}?q=Lark"]
    for address in addresses:
        page.goto(live_server.url + address)
        is_sound(page, address, BOTH)


def test_at_the_door_two_minutes_on_a_phone(sign_in, made):  # noqa: F811
    page = sign_in("olly", reverse("encompass-screen", args=[made["fresh"].pk]))
    page.set_viewport_size(PHONE)
    for question in (
        "Is there a refuge, or a new address",
        "Does the suspect work or volunteer",
        "Is the person who was harmed afraid",
        "Is anybody else's information",
    ):
        page.get_by_role("group", name=question).get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Save, and send").click()
    page.get_by_text("Exactly what was sent").wait_for()
    page.get_by_text("Sent, not delivered").first.wait_for()


def test_a_refused_form_is_sound_and_keeps_what_was_typed(sign_in, made):  # noqa: F811
    page = sign_in("cora", reverse("encompass-send", args=[made["ready"].pk]))
    page.get_by_label("Why can it go safely?").fill("She agrees")
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("Leave out “refuge”").first.wait_for()
    assert page.get_by_label("Why can it go safely?").input_value() == "She agrees"
    is_sound(page, "a refusal", BOTH)


def test_the_school_is_found_by_its_name(sign_in, made):  # noqa: F811
    page = sign_in("cora", reverse("encompass-find-school", args=[made["unknown"].pk]))
    page.get_by_label("Name, town or postcode of the school").fill("lark")
    page.get_by_role("button", name="Search the register").click()
    page.get_by_label("Larkfield Primary School").check()
    page.get_by_label("How do we know?").fill("Her grandmother")
    page.get_by_role("button", name="This is where the child is taught").click()
    page.get_by_text("Not yet checked for safety").first.wait_for()

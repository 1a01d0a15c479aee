"""A photo from an officer's phone to the sergeant who lets it out, in a real browser, with accessibility rules."""

import pytest
from django.urls import reverse

from tests.documents import files
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.stories import submitted

pytestmark = pytest.mark.django_db(transaction=True)

PHOTO = {"name": "IMG_0001.png", "mimeType": "image/png", "buffer": files.PNG}
PROGRAM = {"name": "IMG_0002.jpg", "mimeType": "image/jpeg", "buffer": files.EXE}


@pytest.fixture
def notice(force):  # noqa: F811
    return submitted(force["olly"])


def add_one(page, file, caption):
    page.get_by_role("button", name="Or choose a photo or document").wait_for()  # the Design System's, over the box
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_label("What does it show?").fill(caption)
    page.get_by_role("button", name="Add it").click()


def test_an_officer_adds_a_photo_on_a_phone_and_a_sergeant_lets_it_out(notice, sign_in, page, live_server, complaints):  # noqa: F811
    page.set_viewport_size(PHONE)
    sign_in("olly", reverse("document-new", args=["ppn.ppn", notice.pk]))
    is_sound(page, sizes=BOTH)
    page.set_viewport_size(PHONE)
    add_one(page, PROGRAM, "Bruise, left arm")
    page.get_by_role("alert").get_by_text("This file is a Windows program").wait_for()
    assert page.get_by_label("What does it show?").input_value() == "Bruise, left arm"
    is_sound(page, sizes=BOTH)
    add_one(page, PHOTO, "Bruise, left arm")
    page.get_by_text("Added: Bruise, left arm. In quarantine").wait_for()

    sign_in("sam", reverse("document-quarantine"))
    is_sound(page, sizes=BOTH)
    page.get_by_role("link", name="Bruise, left arm").click()
    page.get_by_role("heading", name="Bruise, left arm").wait_for()
    is_sound(page, sizes=BOTH)
    page.get_by_role("button", name="Let it out of quarantine").click()
    is_sound(page, sizes=BOTH)
    page.get_by_label("Why must it be seen").fill("The doctor waits")
    page.get_by_role("button", name="Let it out").click()
    page.get_by_text("Not checked for malware. Sam Sergeant let it out: The doctor waits").first.wait_for()
    page.get_by_role("link", name="Open it").click()
    page.wait_for_load_state()
    assert page.evaluate("document.images[0].naturalWidth") == 1
    assert [each for each in complaints() if "document-open" not in each[0]] == []

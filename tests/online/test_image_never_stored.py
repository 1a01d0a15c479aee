"""No image is ever stored here: not as a file of any kind under any name, not within a paper, not as text, not on its
way into a record, and not in the tables themselves."""

import base64
import textwrap
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse

from access.actor import System, acting
from access.roles import Can
from documents import workflow as documents
from documents.holders import HOLDERS
from documents.intake import Upload, examined
from documents.kinds import Refused
from documents.models import Attachment
from documents.words_only import NO_IMAGE
from online.image_papers import takes_words_only
from online.models import OnlineCase, SharedImage
from online.words_only import _on_the_record, is_a_file, only_words
from ppn.models import Ppn
from strategy.models import StrategyMeeting
from tests.online.image_files import PAPERS, PICTURES, as_text, picture
from tests.online.image_scenes import asked, guided, ready, reported, resolved, seen, what_was_seen
from tests.online.scenes import received
from tests.stories import submitted
from tests.strategy.test_pages import text
from workflow.transitions import TRANSITIONS, NotNow

pytestmark = pytest.mark.django_db
IN_WORDS = as_text(picture("JPEG"), "image/jpeg")


@pytest.mark.parametrize("name", PAPERS)
def test_papers_are_taken(name):
    assert examined(Upload(name, PAPERS[name]()), no_images=True)


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_refused_and_whatever_holds_one(name):
    with pytest.raises(Refused, match=NO_IMAGE):
        examined(Upload(name, PICTURES[name]()), no_images=True)


@pytest.fixture
def notice(olly):
    """About a child whose image was shared."""
    return submitted(olly, arises_from=reported(olly).pk)


def kept():
    """Every file that lies in the store."""
    return [each for each in Path(settings.DOCUMENTS_ROOT).rglob("*") if each.is_file()]


@pytest.mark.parametrize("name", ["photo.png", "with a picture.pdf", "a photo called.txt", "with a picture.docx"])
def test_the_verb_refuses_it_and_nothing_is_kept(olly, notice, name):
    before = kept()
    upload = Upload(name, PICTURES[name]())
    with pytest.raises(NotNow, match=NO_IMAGE):
        documents.add(Attachment(), by=olly, to=notice, upload=upload, caption="Her telephone")
    assert kept() == before
    with acting(System("test")):
        assert not Attachment.objects.exists()


def test_nor_from_an_agency(olly, notice):
    before, by = kept(), System("an agency")
    about = {"caption": "Minutes", "received_from": "Vale Council", "to": notice}
    with acting(by), pytest.raises(NotNow, match=NO_IMAGE):
        documents.receive(Attachment(), by=by, upload=Upload("minutes.pdf", PICTURES["scanned.pdf"]()), **about)
    assert kept() == before


def test_the_page_refuses_it_and_nothing_is_left_on_disk_or_in_the_session(client, olly, notice):
    client.force_login(olly)
    page = reverse("document-new", args=["ppn.ppn", notice.pk])
    shown = text(client.get(page))
    assert NO_IMAGE in shown
    assert "Take a photo" not in shown
    before, temporary = kept(), Path(settings.FILE_UPLOAD_TEMP_DIR or "/nowhere")
    held = picture("PNG")
    sent = SimpleUploadedFile("list.pdf", held, "application/pdf")
    refused = client.post(page, {"file": sent, "photo": SimpleUploadedFile("p.png", held), "caption": "Her telephone"})
    assert refused.status_code == 422
    assert NO_IMAGE in text(refused)
    assert "Her telephone" in text(refused)
    assert kept() == before
    assert not list(temporary.glob("*.upload*"))
    assert held not in str(dict(client.session)).encode()
    assert (
        client.post(page, {"file": SimpleUploadedFile("list.txt", b"Two telephones"), "caption": "x"}).status_code
        == 302
    )


def test_a_camera_is_not_even_a_field_of_the_form(client, olly, notice):
    client.force_login(olly)
    page = reverse("document-new", args=["ppn.ppn", notice.pk])
    only_photo = client.post(page, {"photo": SimpleUploadedFile("p.png", picture("PNG")), "caption": "x"})
    assert only_photo.status_code == 422
    assert "Choose a file" in text(only_photo)


def test_a_notice_about_something_else_takes_photos_as_before(olly):
    notice = submitted(olly)
    upload = Upload("arm.png", picture("PNG"))
    assert documents.add(Attachment(), by=olly, to=notice, upload=upload, caption="Bruise").pk


def test_which_records_take_words_only(cast, notice):
    images, case = reported(cast["olly"]), received(cast["rory"])
    assert takes_words_only(images)
    assert takes_words_only(case)
    assert takes_words_only(notice)
    assert takes_words_only(Ppn(arises_from=case.pk))
    assert not takes_words_only(Ppn(arises_from=None))
    assert not takes_words_only(Ppn(arises_from=uuid4()))
    assert takes_words_only(StrategyMeeting(about_kind="online.onlinecase", about=case.pk))
    assert takes_words_only(StrategyMeeting(about_kind="ppn.ppn", about=notice.pk))
    assert not takes_words_only(StrategyMeeting(about_kind="ppn.ppn", about=submitted(cast["olly"]).pk))


def test_a_report_of_shared_images_holds_no_documents_at_all(olly):
    with pytest.raises(NotNow, match="cannot be added to this record"):
        documents.add(Attachment(), by=olly, to=reported(olly), upload=Upload("a.txt", b"Words"), caption="x")
    assert HOLDERS.of(SharedImage()) is None


def test_a_holder_may_say_so_itself(monkeypatch, cast):
    monkeypatch.setattr(HOLDERS, "words_only", [])
    monkeypatch.setattr(HOLDERS, "by_kind", dict(HOLDERS.by_kind))
    HOLDERS.register(OnlineCase, may_add=Can.ADD_DOCUMENT, may_see=Can.SEE_ONLINE, no_images=True)
    case = received(cast["rory"])
    with pytest.raises(NotNow, match=NO_IMAGE):
        documents.add(Attachment(), by=cast["rory"], to=case, upload=Upload("p", picture("PNG")), caption="x")


# In the tables, and in words


@pytest.mark.parametrize("model", list(apps.get_app_config("online").get_models()), ids=lambda each: each.__name__)
def test_no_field_could_hold_a_file(model):
    for each in model._meta.get_fields():
        assert not isinstance(each, models.FileField | models.ImageField | models.BinaryField), each


IN_LINES = textwrap.fill(base64.b64encode(b"\x12\x90" * 2000).decode(), 76)
PROSE = "She was sent to https://example.org/a/very/long/address?with=figures&and=letters and said nothing. " * 60


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        (IN_WORDS, True),
        (f"Here it is:\n{IN_WORDS}\nSee above", True),
        ("DATA:Image/PNG;base64,iVBOR", True),
        ("a" * 2048, True),
        (IN_LINES, True),
        (PROSE, False),
        ("a" * 2047, False),
        ("Hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", False),
        ("Their data: image and film, base64 was mentioned", False),
        ("", False),
    ],
)
def test_a_file_written_as_text_is_told_from_words(said, refused):
    assert is_a_file(said) == refused


def test_each_of_several_facts_is_looked_at():
    only_words("Words", None, 3, ["More"], {"a": "b"}, what_was_seen())
    for said in (["x", IN_WORDS], {"a": {"b": IN_WORDS}}, what_was_seen(wants=IN_WORDS)):
        with pytest.raises(NotNow, match=NO_IMAGE):
            only_words(said)


def test_every_verb_of_investigations_refuses_it():
    ours = [each for name, each in TRANSITIONS.items() if name.startswith("online.")]
    assert len(ours) > 30
    assert [each for each in ours if _on_the_record not in each.watchers] == []


def test_no_step_takes_a_picture_as_text(cast):
    olly, dina = cast["olly"], cast["dina"]
    refused = [
        lambda: reported(olly, what=IN_WORDS),
        lambda: reported(olly, school_said=IN_WORDS[:200]),
        lambda: seen(reported(olly), olly, own_words=IN_WORDS),
        lambda: guided(reported(olly), dina, how=IN_WORDS),
        lambda: resolved(ready(cast), dina, said=IN_WORDS),
        lambda: received(cast["rory"], what=IN_WORDS),
        lambda: received(cast["rory"], sender_ref="x" * 2050),
    ]
    for step in refused:
        with pytest.raises(NotNow, match=NO_IMAGE):
            step()
    assert asked(reported(olly), olly).asked_at

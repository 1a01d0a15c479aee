"""An agency's system sends the minutes of a strategy meeting: any document, once, and no more than fits."""

import itertools
import json
from base64 import b64encode

import pytest

from access.actor import NotYours, System, acting
from documents import vault
from documents.intake import Upload
from documents.models import Attachment
from partners.models import Delivery, Reply
from partners.workflow import Answer, receive_minutes
from strategy.models import ReceivedMinutes
from tests.documents import files
from tests.documents.conftest import store
from tests.partners.agencies import as_system
from tests.partners.scenes import an_agency, arrived
from tests.stories import submitted
from tests.strategy.meetings import agreed, held, the_council

pytestmark = pytest.mark.django_db
__all__ = ["store"]
REPLIES = "/partners/v1/replies/"
TEST = System("test")


def paper(content=files.PDF, name="minutes.pdf"):
    return {"name": name, "content_base64": b64encode(content).decode()}


def everything(of):
    with acting(TEST):
        return list(of.objects.all())


@pytest.fixture
def meeting(clock, sam):
    return held(agreed(sam), sam)


@pytest.fixture
def asked(meeting):
    """What the council was sent when it was asked for the meeting."""
    (delivery,) = everything(Delivery)
    return delivery.disclosure_id


def speaker(system):
    keys = (f"minutes-{number:06d}" for number in itertools.count())

    def said(disclosure, *, key="", what="minutes", **more):
        body = json.dumps({"disclosure": str(disclosure), "what": what, "who": "Sol Worker", **more})
        headers = {"Idempotency-Key": key or next(keys)}
        return system.post(REPLIES, body, content_type="application/json", headers=headers)

    return said


@pytest.fixture
def say(clock, ines):
    return speaker(as_system(the_council(), by=ines))


def test_the_file_is_kept_byte_by_byte_and_waits_for_somebody_who_reads_it(say, asked, meeting):
    answer = say(asked, minutes=paper())
    assert answer.status_code == 201, answer.json()
    assert (answer.json()["what"], answer.json()["said"]) == ("minutes", "minutes.pdf")
    (kept,) = everything(Attachment)
    assert vault.take(kept.stored_as, kept.sha256) == files.PDF
    assert (kept.record, kept.media_type, kept.state) == (meeting.pk, "application/pdf", "waiting")
    assert kept.received_from == "Sol Worker, Vale Council"
    (received,) = everything(ReceivedMinutes)
    assert (received.state, received.document_id) == ("waiting", kept.pk)
    (delivery,) = everything(Delivery)
    assert delivery.state == "acknowledged"


def test_sent_twice_with_one_key_it_is_there_once(say, asked):
    first, again = (say(asked, minutes=paper(), key="the-minutes-1") for _ in range(2))
    assert (first.content, again["Idempotent-Replayed"]) == (again.content, "true")
    assert len(everything(Attachment)) == len(everything(Reply)) == 1


def test_a_later_version_stands_beside_the_earlier_one(say, asked):
    say(asked, minutes=paper())
    say(asked, minutes=paper(files.DOCX, "minutes-final.docx"))
    assert {each.name for each in everything(Attachment)} == {"minutes.pdf", "minutes-final.docx"}


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (files.EXE, "minutes.pdf", "Windows program"),
        (files.PDF, "minutes.docx", "it is really a PDF document"),
        (files.WITH_MACROS, "minutes.docx", "macros"),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_words_and_nothing_is_kept(say, asked, content, name, says, store):
    answer = say(asked, minutes=paper(content, name))
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"]) == (422, "minutes.content_base64")
    assert says in error["message"]
    assert everything(Attachment) == everything(Reply) == []
    assert not list(store.rglob("*.age"))


def test_minutes_may_be_larger_than_anything_else_that_is_sent(say, asked, settings):
    large = b"All agreed. " * 300_000
    assert say(asked, minutes=paper(large, "minutes.txt")).status_code == 201
    assert [each.size for each in everything(Attachment)] == [len(large)]
    settings.AGENCY_LARGEST_MINUTES = len(large)
    answer = say(asked, minutes=paper(large, "minutes.txt"))
    assert (answer.status_code, len(everything(Attachment))) == (413, 1)


@pytest.mark.parametrize(
    "more",
    [
        {"what": "acknowledged", "said": "a" * 300_000},
        {"what": "acknowledged", "minutes": {"name": "a.txt", "content_base64": "A" * 300_000}},
        {"minutes": {"name": "a.txt", "content_base64": ["a"] * 60_000}},
    ],
)
def test_and_nothing_but_one_file_may_be(say, asked, more):
    answer = say(asked, **more)
    assert answer.status_code == 413
    assert "256 KiB" in answer.json()["detail"]
    assert everything(Reply) == []


def test_only_a_strategy_meeting_has_minutes(say, clock, olly, cora):
    notice = arrived(submitted(olly), the_council(), cora)
    answer = say(notice.disclosure_id, minutes=paper())
    assert (answer.status_code, everything(Attachment)) == (409, [])
    assert "for a strategy meeting" in answer.json()["detail"]


def test_the_meeting_of_another_agency_is_not_there(asked, ines):
    answer = speaker(as_system(an_agency("Sallow Council"), by=ines))(asked, minutes=paper())
    assert (answer.status_code, everything(Attachment)) == (404, [])


def test_by_hand_a_document_is_added_to_the_meeting_in_ones_own_name(asked, cora):
    (delivery,) = everything(Delivery)
    with pytest.raises(NotYours, match="in their own name"):
        receive_minutes(delivery, by=cora, answer=Answer("Sol Worker"), minutes=Upload("minutes.pdf", files.PDF))

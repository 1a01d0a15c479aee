"""The client of partners against the real application: what is sent is found once, what is said arrives, and what is
refused is told in kind."""

import itertools
from datetime import timedelta

import pytest
from longstop_partner import FileCursor, Gone, Invalid, NotFound, NotNow, NotYours, Problem

from access import time
from access.actor import System, acting
from documents.models import Attachment
from partners import workflow
from partners.models import Delivery, Reply
from partners.workflow.access import renew_system
from partners.workflow.disclosing import AVAILABLE
from tests.conftest import MONDAY
from tests.documents import files
from tests.documents.conftest import scanner, store
from tests.documents.files import added
from tests.partners.scenes import GROUNDS, an_agency, sent
from tests.strategy.meetings import agreed, held

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["scanner", "store"]
TEST = System("test")
WHO = "Kim Sample, duty social worker"
NOBODYS = "11111111-1111-4111-8111-111111111111"


def only(found):
    (one,) = found
    return one


def corrected(scene, notice, because="Her name is spelt wrong"):
    """What the agency was sent of the notice was wrong, and it is sent what is right."""
    cora = scene.people["cora"]
    content = {"summary": "Put right"}
    with acting(cora):
        return only(workflow.correct(notice, content=lambda _: content, because=because, grounds=GROUNDS, by=cora))


def taken_back(scene, notice):
    cora = scene.people["cora"]
    with acting(cora):
        return only(workflow.withdraw(notice, because="It was the wrong family", by=cora))


def test_it_reads_exactly_what_was_sent_and_that_delivers_it(scene):
    delivery = scene.sends()
    client = scene.client()
    found = only(client.disclosures())
    one = client.disclosure(found.id)
    assert (one.id, one.reference, one.kind, one.purpose) == (
        str(delivery.disclosure_id), delivery.reference, "ppn.ppn", "share",
    )  # fmt: skip
    assert one.content == delivery.disclosure.content
    assert one.sent_at == MONDAY
    assert one.available_until == delivery.disclosure.available_until
    assert one.expects == ("receipt", "decision", "outcome")
    with acting(TEST):
        arrived = Delivery.objects.get(pk=delivery.pk)
    assert (arrived.state, arrived.told_how, arrived.told_whom) == ("delivered", "system", "Their system")


def test_pages_follow_one_another_and_each_is_given_once(scene):
    references = {scene.sends().reference for _ in range(5)}
    client = scene.client()
    found = [each.reference for each in client.disclosures(page_size=2)]
    assert len(found) == 5
    assert set(found) == references


def test_lists_are_narrowed_and_sparse(scene):
    first = scene.sends()
    time.freeze(MONDAY + timedelta(hours=1))
    second = scene.sends()
    client = scene.client()
    later = client.disclosures(sent_after=MONDAY + timedelta(minutes=30))
    assert [each.reference for each in later] == [second.reference]
    assert [each.id for each in client.disclosures(reference=first.reference)] == [str(first.disclosure_id)]
    assert list(client.disclosures(kind="missing.missingnotice")) == []
    assert set(only(client.disclosures(reference=first.reference, fields=["id", "reference"])).raw) == {
        "id",
        "reference",
    }
    for empty in (client.strategy_meetings, client.missing_notices, client.school_notices):
        assert list(empty()) == []
    assert list(client.return_interview_requests()) == []


def test_what_has_not_changed_is_not_sent_again(scene):
    scene.sends()
    client = scene.client()
    identifier = only(client.disclosures()).id
    client.disclosure(identifier)  # the first reading delivers it
    one = client.disclosure(identifier)
    assert one.etag
    assert client.disclosure(identifier, etag=one.etag) is None
    client.acknowledge(identifier, who=WHO)
    assert client.disclosure(identifier, etag=one.etag).acknowledged_at == MONDAY


def test_changes_come_once_and_go_on_where_they_were_left(scene, tmp_path):
    cursor = FileCursor(tmp_path / "cursor")
    notices = [scene.notice() for _ in range(3)]
    for notice in notices[:2]:
        scene.sends(notice)
    client = scene.client()
    assert [(each.what, each.reference) for each in client.follow(cursor)] == [
        ("new", notice.reference) for notice in notices[:2]
    ]
    assert list(client.follow(cursor)) == []
    scene.sends(notices[2])
    right = corrected(scene, notices[0])
    again = list(scene.client().follow(FileCursor(tmp_path / "cursor")))
    assert [(each.what, each.reference) for each in again] == [
        ("new", notices[2].reference),
        ("corrected", notices[0].reference),
    ]
    assert (again[1].id, again[1].replaces) == (str(right.pk), str(right.replaces_id))


def test_a_system_that_stops_in_the_middle_gets_the_page_again(scene, tmp_path):
    scene.sends()
    scene.sends()
    client, cursor = scene.client(), FileCursor(tmp_path / "cursor")
    first = list(itertools.islice(client.follow(cursor), 1))
    assert [each.id for each in client.follow(cursor)][:1] == [each.id for each in first]


def test_what_was_corrected_or_taken_back_is_gone_and_says_what_replaces_it(scene):
    notice = scene.notice()
    delivery = scene.sends(notice)
    client = scene.client()
    client.disclosure(str(delivery.disclosure_id))
    right = corrected(scene, notice)
    with pytest.raises(Gone) as gone:
        client.disclosure(str(delivery.disclosure_id))
    assert gone.value.replaced_by == str(right.pk)
    instead = client.disclosure(str(right.pk))
    assert (instead.purpose, instead.because) == ("correction", "Her name is spelt wrong")
    back = taken_back(scene, notice)
    with pytest.raises(Gone) as gone:
        client.disclosure(str(right.pk))
    assert gone.value.replaced_by == str(back.pk)
    client.destroyed(str(back.pk), who=WHO, said="Taken out of our records")
    with acting(TEST):
        assert Delivery.objects.get(disclosure=back).state == "confirmed"


def test_what_ran_out_was_never_or_is_anothers_is_not_there_and_looks_alike(scene):
    delivery = scene.sends()
    another = sent(scene.notice(), an_agency("Nurses", "health"), scene.people["cora"])
    time.freeze(MONDAY + AVAILABLE.default)
    scene.secret = renew_system(scene.account, by=scene.people["ines"], lasts=scene.lasts)  # it ran out before
    client, refused = scene.client(), []
    for identifier in (str(delivery.disclosure_id), NOBODYS, str(another.disclosure_id)):
        with pytest.raises(NotFound) as refusal:
            client.disclosure(identifier)
        refused.append(refusal.value.said)
    assert refused[0] == refused[1] == refused[2]


def test_each_thing_an_agency_says_arrives_as_said_by_its_own_system(scene):
    delivery = scene.sends()
    identifier = str(delivery.disclosure_id)
    client = scene.client()
    client.acknowledge(identifier, who=WHO)
    client.ask(identifier, who=WHO, said="Which school?")
    client.decide(identifier, who=WHO, outcome="early_help", said="Offered", at=MONDAY - timedelta(minutes=5))
    client.change_decision(identifier, who=WHO, outcome="in_need", said="They asked for more")
    client.disagree(identifier, who=WHO, said="The grade", they_ask="A joint visit")
    with acting(TEST):
        kept = list(Reply.objects.filter(delivery=delivery).order_by("recorded_at", "pk"))
        state = Delivery.objects.get(pk=delivery.pk)
    said = {each.what: each for each in kept}
    assert set(said) == {"acknowledged", "asks", "decision", "changed", "disagrees"}
    assert {(each.how, each.who, each.recorded_by) for each in kept} == {("system", WHO, None)}
    assert said["decision"].said_at == MONDAY - timedelta(minutes=5)
    assert (state.state, state.outcome) == ("settled", "in_need")
    assert {each.what for each in client.replies()} == set(said)


def test_a_document_that_was_sent_is_the_file_that_was_added(scene, scanner):
    notice = scene.notice()
    photo = added(notice, scene.people["olly"])
    scene.sends(notice, documents=(photo,))
    client = scene.client()
    one = only(client.disclosures())
    document = only(one.documents)
    assert (document.media_type, document.size) == ("image/jpeg", len(files.JPEG))
    assert client.document(one, document) == files.JPEG
    taken_back(scene, notice)
    with pytest.raises(Gone):
        client.document(one, document)


def test_the_minutes_of_a_strategy_meeting_arrive_as_they_are(scene):
    sam = scene.people["sam"]
    meeting = held(agreed(sam), sam)  # asked of the agency of this scene
    client = scene.client()
    asked = only(client.strategy_meetings())
    said = client.minutes(asked.id, who=WHO, name="minutes.docx", content=files.DOCX, key="minutes-1")
    again = client.minutes(asked.id, who=WHO, name="minutes.docx", content=files.DOCX, key="minutes-1")
    assert (said.what, again.was_repeated) == ("minutes", True)
    with acting(TEST):
        kept = Attachment.objects.get(record=meeting.pk)
    assert (kept.size, kept.received_from) == (len(files.DOCX), f"{WHO}, Vale Council")
    with pytest.raises(Invalid, match="program"):
        client.minutes(asked.id, who=WHO, name="minutes.pdf", content=files.EXE)


def test_the_same_said_twice_with_a_key_is_done_once(scene):
    identifier = str(scene.sends().disclosure_id)
    first = scene.client().acknowledge(identifier, who=WHO, key="acknowledged-1")
    again = scene.client().acknowledge(identifier, who=WHO, key="acknowledged-1")
    assert (first.was_repeated, again.was_repeated) == (False, True)
    assert first.raw == again.raw
    with acting(TEST):
        assert Reply.objects.count() == 1
    with pytest.raises(Invalid):
        scene.client().acknowledge(identifier, who="Somebody else", key="acknowledged-1")


def test_what_is_missing_is_named_and_what_cannot_be_is_told(scene):
    identifier = str(scene.sends().disclosure_id)
    client = scene.client()
    with pytest.raises(Invalid) as refusal:
        client.reply(identifier, "acknowledged", who="")
    assert [each["field"] for each in refusal.value.errors] == ["who"]
    with pytest.raises(Problem) as refusal:
        client.decide(identifier, who=WHO, outcome="no such outcome")
    assert refusal.value.status == 422
    with pytest.raises(NotNow):
        client.change_decision(identifier, who=WHO, outcome="in_need")
    with pytest.raises(NotNow, match="Nothing was taken back"):
        client.destroyed(identifier, who=WHO)
    with pytest.raises(NotFound):
        client.acknowledge(NOBODYS, who=WHO)
    with pytest.raises(NotYours):
        scene.client(scopes=("shared.read",)).acknowledge(identifier, who=WHO)

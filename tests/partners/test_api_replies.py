"""What an agency's system answers is kept as it was given, and whoever owns the record hears of it."""

import itertools
import json
from uuid import uuid4

import pytest

from access.actor import System, acting
from partners.models import Delivery, Disagreement, Reply
from tests.conftest import minutes
from tests.partners.agencies import as_system
from tests.partners.scenes import an_agency, arrived, sent
from tests.partners.test_corrections import corrected, taken_back
from tests.stories import submitted

pytestmark = pytest.mark.django_db
REPLIES = "/partners/v1/replies/"
KIM = "Kim Sample, duty social worker"


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def council(ppn):
    return an_agency()


@pytest.fixture
def say(council, ines):
    """Their system says something, each time with a new key."""
    system, keys = as_system(council, by=ines), (f"key-{number:06d}" for number in itertools.count())

    def said(disclosure, what, *, key="", **more):
        body = json.dumps({"disclosure": str(disclosure), "what": what, "who": KIM, **more})
        return system.post(
            REPLIES, body, content_type="application/json", headers={"Idempotency-Key": key or next(keys)}
        )

    said.system = system
    return said


def _everything(of):
    with acting(System("test")):
        return list(of.objects.all())


def _fields(answer):
    return {(each["field"]) for each in answer.json()["errors"]}


def test_it_is_acknowledged_and_kept_as_it_was_said(clock, say, ppn, council, cora):
    delivery = sent(ppn, council, cora)
    clock.shift(minutes(5))
    answer = say(delivery.disclosure_id, "acknowledged", at="2026-03-02T09:02:00Z")
    assert answer.status_code == 201, answer.json()
    (reply,) = _everything(Reply)
    assert answer.json() == {
        "id": str(reply.pk),
        "disclosure": str(delivery.disclosure_id),
        "reference": ppn.reference,
        "what": "acknowledged",
        "who": KIM,
        "at": "2026-03-02T09:02:00+00:00",
        "outcome": None,
        "said": "",
        "held_at": None,
        "reason": None,
        "how": "system",
        "recorded_at": "2026-03-02T09:05:00+00:00",
    }
    assert (reply.recorded_by, reply.recorded_by_system) == (None, "Vale Council's system")
    (now_acknowledged,) = _everything(Delivery)
    assert (now_acknowledged.state, now_acknowledged.acknowledged_by_whom) == ("acknowledged", KIM)
    assert say.system.get(REPLIES).json() == {"next": None, "previous": None, "results": [answer.json()]}


def test_what_nobody_reads_in_the_address_is_refused(say, ppn, council, cora):
    key = arrived(ppn, council, cora).disclosure_id
    body = json.dumps({"disclosure": str(key), "what": "acknowledged", "who": KIM})
    sent = {"content_type": "application/json", "headers": {"Idempotency-Key": "one-thing"}}
    for answer in (say.system.post(f"{REPLIES}?test=1", body, **sent), say.system.get("/partners/v1/me/?test=1")):
        assert (answer.status_code, _fields(answer)) == (422, {"test"})
    assert _everything(Reply) == []


def test_they_ask_decide_change_their_mind_and_disagree(say, ppn, council, cora):
    key = arrived(ppn, council, cora).disclosure_id
    assert say(key, "asks", said="Who else was there?").status_code == 201
    assert say(key, "decision", outcome="lado", said="The LADO takes it on").json()["outcome"] == "lado"
    assert say(key, "changed", outcome="nfa", said="Not a teacher after all").status_code == 201
    assert say(key, "disagrees", said="No joint visit", they_ask="A joint visit").status_code == 201
    assert (_everything(Delivery)[0].state, _everything(Delivery)[0].outcome) == ("settled", "nfa")
    assert [(each.why, each.what_we_ask) for each in _everything(Disagreement)] == [("No joint visit", "A joint visit")]


def test_what_was_taken_back_is_destroyed_and_not_acknowledged(say, ppn, council, cora):
    arrived(ppn, council, cora)
    (back,) = taken_back(ppn, cora)
    assert say(back.pk, "acknowledged").status_code == 409
    assert say(back.pk, "destroyed", said="Shredded by Kim").status_code == 201


def test_what_cannot_be_done_now_is_a_conflict_in_the_words_of_the_verb(say, ppn, council, cora):
    key = arrived(ppn, council, cora).disclosure_id
    assert say(key, "decision", outcome="nfa").status_code == 201
    again = say(key, "decision", outcome="nfa")
    assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")
    assert say(key, "interview", said="She was with friends").status_code == 409
    assert say(key, "destroyed").status_code == 409
    assert len(_everything(Reply)) == 1


def test_sent_twice_it_is_kept_once(say, ppn, council, cora):
    key = arrived(ppn, council, cora).disclosure_id
    answers = [say(key, "acknowledged", key="the same key") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(_everything(Reply)) == 1
    assert say(key, "asks", said="Who?", key="the same key").status_code == 422


def test_nothing_can_be_said_about_what_is_gone_or_was_never_theirs(say, ppn, council, cora):
    theirs = arrived(ppn, an_agency("Nurses", "health"), cora).disclosure_id
    answers = [say(key, "acknowledged") for key in (theirs, uuid4())]
    assert {(each.status_code, each.content) for each in answers} == {(404, answers[0].content)}
    before = arrived(ppn, council, cora).disclosure_id
    corrected(ppn, cora)
    assert say(before, "acknowledged").status_code == 410
    assert _everything(Reply) == []


@pytest.mark.parametrize(
    ("what", "more", "fields"),
    [
        ("shrugs", {}, {"what"}),
        ("minutes", {}, {"minutes"}),
        ("minutes", {"minutes": {"name": "a.pdf"}}, {"minutes.content_base64"}),
        ("minutes", {"minutes": {"name": "a.pdf", "content_base64": "%PDF"}}, {"minutes.content_base64"}),
        ("minutes", {"minutes": {"name": "a.pdf", "content_base64": ""}}, {"minutes.content_base64"}),
        ("minutes", {"minutes": {"name": "a.pdf", "content_base64": 7}}, {"minutes.content_base64"}),
        ("minutes", {"minutes": {"name": "a.exe", "content_base64": "TVqQAAMAAAA="}}, {"minutes.content_base64"}),
        ("acknowledged", {"minutes": {"name": "a.txt", "content_base64": "QQ=="}}, {"minutes"}),
        ("acknowledged", {"who": " "}, {"who"}),
        ("acknowledged", {"at": "2026-03-02T09:00:00.000001Z"}, {"at"}),
        ("acknowledged", {"at": "2026-03-02T09:00:00"}, {"at"}),
        ("acknowledged", {"outcome": "nfa", "said": "x"}, {"outcome", "said"}),
        ("acknowledged", {"colour": "red"}, {"colour"}),
        ("decision", {}, {"outcome"}),
        ("decision", {"outcome": "guess"}, {"outcome"}),
        ("asks", {}, {"said"}),
        ("disagrees", {"said": "No"}, {"they_ask"}),
        ("interview", {}, {"said"}),
        ("interview_held", {"said": "She was with friends"}, {"said", "held_at"}),
        ("no_interview", {"said": "At the door"}, {"reason"}),
        ("no_interview", {"said": "At the door", "reason": "no_reply"}, {"reason"}),
    ],
)
def test_what_is_missing_or_would_be_lost_is_named(say, ppn, council, cora, what, more, fields):
    answer = say(arrived(ppn, council, cora).disclosure_id, what, **more)
    assert (answer.status_code, _fields(answer)) == (422, fields)


def test_who_may_only_read_answers_nothing(council, ines, ppn, cora):
    reader = as_system(council, by=ines, scope="shared.read")
    assert reader.post(REPLIES, "{}", content_type="application/json").status_code == 403
    assert reader.get(REPLIES).status_code == 403

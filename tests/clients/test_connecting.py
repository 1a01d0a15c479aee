"""The client of partners against the real application: it is let in, stays in, waits when it is told to, and knows our
calls from anybody else's."""

import hashlib
import json
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from longstop_partner import (
    Client,
    Disclosure,
    Document,
    FileCursor,
    NotLetIn,
    NotOurs,
    NotYours,
    Unreachable,
    WrongDocument,
    checked,
)
from longstop_partner.webhook import PREFIX

from access import time
from partners.calling import call_waiting
from partners.workflow import add_webhook
from partners.workflow.access import cut_off_system
from tests.conftest import MONDAY
from tests.partners.peers import system_peer

pytestmark = pytest.mark.django_db(transaction=True)


def impatient(**options):
    """Nobody waits in a test: what it would have waited is kept."""
    waited = []
    return waited, {"sleep": waited.append, **options}


def test_it_says_whose_it_is_and_what_it_may(scene):
    me = scene.client().me()
    assert (me.agency, me.kind, me.account) == ("Vale Council", "social_care", "Their system")
    assert me.scopes == ("shared.read", "replies.write")
    assert me.account_ends_at == MONDAY + timedelta(days=30)


def test_one_token_is_used_until_shortly_before_it_ends(scene, monkeypatch):
    moment = [0.0]
    client = scene.client(clock=lambda: moment[0])
    renewed = []
    monkeypatch.setattr(client.wire, "_renew", lambda renew=client.wire._renew: (renewed.append(moment[0]), renew()))
    for at in (0.0, 1.0, 869.9, 870.0):
        moment[0] = at
        client.me()
    assert renewed == [0.0, 870.0]


def test_a_token_that_ended_early_is_asked_for_again_once(scene):
    client = scene.client()
    client.me()
    time.freeze(MONDAY + timedelta(minutes=15))
    assert client.me().agency == "Vale Council"


def test_a_wrong_secret_and_a_system_that_was_cut_off_are_told_so(scene):
    with pytest.raises(NotLetIn, match="invalid_client"):
        Client(scene.url, f"ls_{scene.account.account_id}", "wrong").me()
    client = scene.client()
    client.me()
    cut_off_system(scene.account, by=scene.people["ines"], because="Their machine was broken into")
    with pytest.raises(NotLetIn):
        client.me()


def test_a_token_is_for_no_more_than_was_asked(scene):
    assert scene.client(scopes=("shared.read",)).me().scopes == ("shared.read",)
    with pytest.raises(NotYours):
        scene.client(scopes=("replies.write",)).me()


def test_when_it_is_told_to_wait_it_waits_as_long_and_asks_again(scene, settings):
    settings.AGENCY_RATE = "1/min"
    waited = []

    def wait(seconds):
        waited.append(seconds)
        cache.clear()

    client = scene.client(sleep=wait)
    client.me()
    client.me()
    (seconds,) = waited
    assert 0 < seconds <= 60


def test_after_so_many_tries_it_says_what_it_was_told(scene, settings):
    settings.AGENCY_RATE = "1/min"
    waited, options = impatient(tries=3)
    client = scene.client(**options)
    client.me()
    with pytest.raises(Exception, match="429") as refusal:
        client.me()
    assert refusal.value.status == 429
    assert len(waited) == 2


@pytest.mark.django_db(transaction=False)
def test_where_nobody_answers_it_tries_again_and_then_says_so():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    waited, options = impatient(tries=4)
    with pytest.raises(Unreachable):
        Client(f"http://127.0.0.1:{port}", "ls_1", "x", **options).me()
    assert len(waited) == 3
    assert waited == sorted(waited)


def test_a_secret_goes_nowhere_without_tls_but_to_this_machine():
    for address in ("http://longstop.police.example", "ftp://localhost", "longstop.police.example"):
        with pytest.raises(ValueError, match="https"):
            Client(address, "ls_1", "x")


TOKEN = b'HTTP/1.1 200 OK\r\n\r\n{"access_token": "la_x", "expires_in": 900}'
KEPT = b'HTTP/1.1 201 Created\r\n\r\n{"id": "1", "what": "acknowledged"}'
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n{}"
HUNG_UP = b""


@pytest.mark.parametrize(("trouble", "waits"), [(BUSY, [7.0]), (HUNG_UP, None)])
def test_what_got_no_answer_is_said_again_with_the_same_key(trouble, waits):
    waited, options = impatient()
    with system_peer(TOKEN, trouble, KEPT) as peer:
        client = Client(f"http://127.0.0.1:{peer.port}", "ls_1", "x", **options)
        assert client.acknowledge("0b6c", who="Kim Sample").id == "1"
    _, first, second = peer.heard
    assert first[0] == second[0] == "POST /partners/v1/replies/ HTTP/1.1"
    assert first[1]["Idempotency-Key"] == second[1]["Idempotency-Key"]
    assert first[2] == second[2]
    assert len(waited) == 1
    assert waits in (None, waited)


def test_each_thing_that_is_said_has_a_key_of_its_own():
    with system_peer(TOKEN, KEPT, KEPT) as peer:
        client = Client(f"http://127.0.0.1:{peer.port}", "ls_1", "x")
        client.acknowledge("0b6c", who="Kim Sample")
        client.acknowledge("0b6c", who="Kim Sample")
    assert len({headers["Idempotency-Key"] for _, headers, _ in peer.heard[1:]}) == 2


def test_the_next_page_is_asked_where_the_token_belongs_whatever_the_answer_says():
    elsewhere = b'{"next": "https://elsewhere.example/x/?cursor=abc", "previous": null, "results": []}'
    last = b'{"next": null, "previous": null, "results": []}'
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    with system_peer(TOKEN, head + elsewhere, head + last) as peer:
        assert list(Client(f"http://127.0.0.1:{peer.port}", "ls_1", "x").disclosures()) == []
    assert [first for first, *_ in peer.heard][1:] == [
        "GET /partners/v1/disclosures/ HTTP/1.1",
        "GET /partners/v1/disclosures/?cursor=abc HTTP/1.1",
    ]


def test_a_document_that_is_not_the_one_that_was_listed_is_not_handed_over():
    paper = Document("d1", "Minutes.pdf", "application/pdf", 3, "0" * 64)
    sent = Disclosure.of({"id": "0b6c", "reference": "PPN-000001"})
    with system_peer(TOKEN, b"HTTP/1.1 200 OK\r\n\r\nabc", b"HTTP/1.1 200 OK\r\n\r\nabc") as peer:
        client = Client(f"http://127.0.0.1:{peer.port}", "ls_1", "x")
        with pytest.raises(WrongDocument, match=r"Minutes\.pdf"):
            client.document(sent, paper)
        right = replace(paper, sha256=hashlib.sha256(b"abc").hexdigest())
        assert client.document(sent, right) == b"abc"


def test_no_redirect_takes_a_token_elsewhere():
    with system_peer() as other, system_peer(f"HTTP/1.1 307 x\r\nLocation: {other.address}\r\n\r\n".encode()) as peer:
        client = Client(f"http://127.0.0.1:{peer.port}", "ls_1", "x", tries=1)
        with pytest.raises(Exception, match="307"):
            client.me()
    assert (len(peer.heard), other.heard) == (1, [])


def test_what_is_not_longstop_is_not_taken_for_it():
    login = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Sign in to the guest network</html>"
    with system_peer(login) as peer, pytest.raises(Unreachable, match="not Longstop"):
        Client(f"http://127.0.0.1:{peer.port}", "ls_1", "x", tries=1).me()


def test_a_cursor_in_a_file_is_there_after_a_restart_and_readable_by_its_owner_only(tmp_path):
    place = tmp_path / "cursor"
    assert FileCursor(place).read() == ""
    FileCursor(place).write("first")
    FileCursor(place).write("second")
    assert FileCursor(place).read() == "second"
    assert place.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["cursor"]


@pytest.fixture
def called(scene, settings):
    """One real call of the application: the secret, the headers and the body."""
    settings.WEBHOOKS_MAY_BE_LOCAL = True
    with system_peer() as peer:
        _, secret = add_webhook(scene.account, by=scene.people["ines"], address=peer.address)
        scene.sends()
        call_waiting()
    ((_, headers, body),) = peer.heard
    return secret, headers, body


def test_our_call_is_known_for_ours_for_five_minutes(called):
    secret, headers, body = called
    at = MONDAY.timestamp()
    assert checked(secret, headers, body, now=at)["type"] == "disclosures.changed"
    assert checked(secret, headers, body, now=at + 300)["id"] == headers["Webhook-Id"]
    for other in (at + 301, at - 301):
        with pytest.raises(NotOurs, match="not of now"):
            checked(secret, headers, body, now=other)


def test_a_call_that_was_changed_or_signed_by_somebody_else_is_not_ours(called):
    secret, headers, body = called
    named = {name.lower(): value for name, value in headers.items()}
    forged = [
        (secret, named, json.dumps({"type": "other"}).encode()),
        (PREFIX + "bm90IHRoZSBzZWNyZXQ=", named, body),
        (secret, {**named, "webhook-id": "msg_other"}, body),
        (secret, {**named, "webhook-timestamp": str(int(named["webhook-timestamp"]) + 1)}, body),
        (secret, {**named, "webhook-timestamp": "yesterday"}, body),
        (secret, {**named, "webhook-signature": named["webhook-signature"].replace("v1,", "v2,")}, body),
        (secret, {**named, "webhook-signature": ""}, body),
        (secret, {}, body),
    ]
    for key, said, sent in forged:
        with pytest.raises(NotOurs):
            checked(key, said, sent, now=MONDAY.timestamp())
    several = {**named, "webhook-signature": f"v1,bm90IHRoaXM= {named['webhook-signature']}"}
    assert checked(secret, several, body, now=MONDAY.timestamp())
    for wrong in ("whsec_", "whsec_not base64"):
        with pytest.raises(ValueError, match="secret"):
            checked(wrong, named, body, now=MONDAY.timestamp())

"""Of another agency a token opens nothing; without the scope nothing; and nothing once its account was cut off."""

import json
from uuid import uuid4

import pytest

from access.actor import System, acting
from access.checks import every_endpoint
from partners.api.base import AgencyApi
from partners.api.oauth import SCOPES
from partners.models import AgencyAccount, DisclosedDocument
from partners.workflow.access import cut_off_system
from tests.documents.conftest import scanner, store
from tests.documents.files import added
from tests.partners.agencies import as_system
from tests.partners.scenes import an_agency, arrived, sent
from tests.stories import submitted

pytestmark = pytest.mark.django_db
__all__ = ["scanner", "store"]
NOBODYS = uuid4()
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


def _routes(key, document=NOBODYS):
    return [
        ("/" + where.replace("<str:key>", str(key)).replace("<str:document>", str(document)), view)
        for where, view in every_endpoint()
        if issubclass(view, AgencyApi)
    ]


def _ask(system, method, where, body=b"{}"):
    return system.generic(method, where, body, "application/json", headers={"Idempotency-Key": f"{method} {uuid4()}"})


def test_what_another_agency_was_sent_is_as_unknown_as_what_never_was(ppn, olly, cora, ines, scanner):
    theirs = sent(ppn, an_agency("Sallow Council"), cora, documents=(added(ppn, olly),)).disclosure
    with acting(System("test")):
        document = DisclosedDocument.objects.get().pk
    ours = as_system(an_agency(), by=ines)
    for (where, view), (nowhere, _) in zip(_routes(theirs.pk, document), _routes(uuid4()), strict=True):
        for method in METHODS:
            answer, unknown = _ask(ours, method, where), _ask(ours, method, nowhere)
            assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content), (method, where)
            assert ppn.reference not in answer.content.decode(), (method, where)
            if where != nowhere and method == "GET":
                assert answer.status_code == 404, (view, where)
    said = [{"disclosure": str(key), "what": "acknowledged", "who": "Kim"} for key in (theirs.pk, uuid4())]
    answers = [_ask(ours, "POST", "/partners/v1/replies/", json.dumps(each).encode()) for each in said]
    assert {(each.status_code, each.content) for each in answers} == {(404, answers[0].content)}


@pytest.mark.parametrize("scope", ["shared.read", "replies.write"])
def test_without_the_scope_nothing_is_done(ppn, cora, ines, scope):
    council = an_agency()
    key = arrived(ppn, council, cora).disclosure_id
    system = as_system(council, by=ines, scope=scope)
    for where, view in _routes(key):
        if view.may != SCOPES[scope]:
            assert {_ask(system, method, where).status_code for method in METHODS} == {403}, where


def test_the_next_request_after_a_cut_off_is_refused_everywhere(ppn, cora, ines):
    council = an_agency()
    key = arrived(ppn, council, cora).disclosure_id
    system = as_system(council, by=ines, name="theirs")
    assert system.get("/partners/v1/me/").status_code == 200
    cut_off_system(AgencyAccount.objects.select_related("account").get(), by=ines, because="Their secret leaked")
    for where, _ in _routes(key):
        assert {_ask(system, method, where).status_code for method in METHODS} == {401}, where

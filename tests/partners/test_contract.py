"""What the description of the partner API says is what happens, whoever asks and whatever is sent.

The long run, ten thousand requests and more:
LONGSTOP_LONG=1 make test PYTEST_ARGS="-n 0 -s tests/partners/test_contract.py"
"""

import os
import sys
from uuid import uuid4

import pytest
from django.core.cache import cache
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from access import problems
from access.actor import System, acting
from access.api import GuardedApi
from accounts import once
from accounts.models import AccessToken
from partners import workflow
from partners.api import auth, changes, disclosures, paging
from partners.api.base import AgencyApi
from partners.api.disclosures import FIELDS
from partners.api.me import Me
from partners.models import DisclosedDocument, Disclosure
from partners.workflow.access import cut_off_system
from tests.conftest import minutes
from tests.documents import files
from tests.documents.conftest import scanner, store
from tests.documents.files import added
from tests.encompass.scenes import raised_one
from tests.partners.agencies import a_system, ask_for_token
from tests.partners.contract import Contract
from tests.partners.scenes import BY_PHONE, an_agency, arrived, sent
from tests.partners.test_corrections import corrected, taken_back
from tests.stories import submitted
from tests.strategy.meetings import agreed

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["scanner", "store"]
LONG = bool(os.environ.get("LONGSTOP_LONG"))
AT_LEAST, SYSTEMS = 10_000, 5
ONE_OF_EACH = "/(oauth/token|schema|me|changes|replies|disclosures|disclosures/{key}(/documents/{document})?)/$"
"""Without the lists of single kinds, which are the same list: the long run asks for those too."""


def sent_everything(agency, people):
    """An agency was sent something of each kind, and has done something with some of it. Gives the keys, and of those
    that a document came with the key of that."""
    cora, sam, olly = people["cora"], people["sam"], people["olly"]
    for _ in range(3):
        sent(submitted(olly), agency, cora)
    workflow.acknowledge(arrived(submitted(olly), agency, cora), by=cora, answer=BY_PHONE)
    decided = arrived(submitted(olly), agency, cora)
    workflow.record_decision(decided, by=cora, answer=BY_PHONE, outcome="lado", said="The LADO takes it on")
    asks = arrived(submitted(olly), agency, cora)
    workflow.ask_for_more(asks, by=cora, answer=BY_PHONE, said="Who else was there?")
    photographed = submitted(olly)
    sent(photographed, agency, cora, documents=(added(photographed, olly, files.JPEG, "a.jpg", "Bruise, left arm"),))
    wrong, others = submitted(olly), submitted(olly)
    for ppn in (wrong, others):
        arrived(ppn, agency, cora)
    corrected(wrong, cora)
    taken_back(others, cora)
    for record in (agreed(sam), raised_one(olly)):
        arrived(record, agency, cora)
    with acting(System("test")):
        keys = [each.pk for each in Disclosure.objects.filter(agency=agency)]
        papers = {each.disclosure_id: each.pk for each in DisclosedDocument.objects.filter(disclosure__in=keys)}
    return {"keys": keys, "papers": papers}


@pytest.fixture(scope="module")
def counted():
    """How many requests each system has sent. All five of the long run send ten thousand and more."""
    by_whom = {}
    yield by_whom
    total = sum(by_whom.values())
    sys.stdout.write(f"\n{total} requests sent: {by_whom}\n")
    assert total >= AT_LEAST or len(by_whom) < SYSTEMS or not LONG


@pytest.fixture
def persona(cast, ines, scanner):
    """A system of an agency of its own, and the contract as it asks for it."""
    cache.clear()

    def made(kind, scope="", *, has_been_sent=True, then=lambda account: None):
        agency = an_agency(f"Vale {kind}", kind)
        there = sent_everything(agency, cast) if has_been_sent else {"keys": [], "papers": {}}
        account, secret = a_system(agency, by=ines)
        name = f"ls_{account.account_id}"
        token = ask_for_token(name, secret, scope=scope).json()["access_token"]
        then(account)
        return Contract(**there, token=token, name=name, secret=secret)

    return made


@pytest.fixture
def hold(counted, request):
    """Sends what is made from the description. Nothing is answered but what it says."""

    def held(contract, *, examples=4, edges=False):
        wrong = contract.broken(60, edges=True) if LONG else contract.broken(examples, edges=edges, only=ONE_OF_EACH)
        counted[request.node.name] = contract.app.cases
        assert not wrong, "\n\n".join(wrong)
        return contract.app

    return held


def test_a_system_that_may_do_everything(persona, hold):
    app = hold(persona("social_care"), examples=12, edges=True)
    assert app.outcomes("GET disclosures") >= {200, 304, 401, 404, 410, 422}
    assert app.outcomes("GET documents") >= {200, 304, 401, 404}
    assert app.outcomes("POST replies") >= {201, 400, 401, 404, 415, 422}
    assert app.outcomes("POST oauth") >= {200, 400}


def test_a_school_that_may_only_read(persona, hold):
    app = hold(persona("education", "shared.read"))
    assert app.outcomes("GET changes") >= {200, 401}
    assert app.outcomes("POST replies") <= {401, 403}


def test_a_system_that_may_only_answer(persona, hold):
    app = hold(persona("health", "replies.write"), examples=12)
    assert app.outcomes("GET disclosures") <= {401, 403}
    assert app.outcomes("POST replies") >= {201, 401}


def test_a_system_that_was_cut_off(persona, hold, ines):
    app = hold(persona("housing", then=lambda account: cut_off_system(account, by=ines, because="Their secret leaked")))
    for asked in ("GET me", "GET changes", "GET disclosures", "GET replies", "POST replies"):
        assert app.outcomes(asked) == {401}
    assert app.outcomes("POST oauth") <= {400, 401}


def test_a_token_that_has_ended(persona, hold, clock):
    app = hold(persona("probation", then=lambda account: clock.shift(minutes(15))))
    for asked in ("GET me", "GET changes", "GET disclosures", "GET replies", "POST replies"):
        assert app.outcomes(asked) == {401}
    assert 200 in app.outcomes("POST oauth")


def _says_more(monkeypatch):
    written = Me.get
    monkeypatch.setattr(Me, "get", lambda view, request: Response({**written(view, request).data, "secret": "x"}))


def _lets_everybody_in(monkeypatch):
    monkeypatch.setattr(auth, "short_token", lambda said, *more: AccessToken.objects.select_related(*more).first())


WRONG = {
    "it says more than it should": ("response_schema_conformance", "me", _says_more),
    "a field is not there": (
        "every_field_is_there", "disclosures/{key}",
        lambda patch: patch.setattr(disclosures, "FIELDS", [each for each in FIELDS if each != "state"]),
    ),
    "it falls over": ("not_a_server_error", "me", lambda patch: patch.setattr(Me, "get", lambda view, request: 1 / 0)),
    "it has an answer of its own": (
        "status_code_conformance", "me",
        lambda patch: patch.setattr(Me, "get", lambda view, request: Response({}, status=202)),
    ),
    "it does not name the state of its answer": (
        "response_headers_conformance", "me", lambda patch: patch.setattr(AgencyApi, "dispatch", GuardedApi.dispatch),
    ),
    "it refuses in words of its own": (
        "content_type_conformance", "me", lambda patch: patch.setattr(problems, "PROBLEM_JSON", "application/json"),
    ),
    "it takes what is none": (
        "negative_data_rejection", "replies", lambda patch: patch.setattr(paging, "size_of", lambda asked: 25),
    ),
    "it refuses what is right": (
        "positive_data_acceptance", "changes", lambda patch: patch.setattr(changes, "must_be_known", _refused),
    ),
    "it lets everybody in": ("ignored_auth", "me", _lets_everybody_in),
    "it does a thing without a key": (
        "missing_required_header", "replies", lambda patch: patch.setattr(once, "_key", lambda request: uuid4().hex),
    ),
    "it takes any method": ("unsupported_method", "me", lambda patch: patch.setattr(Me, "put", Me.get, raising=False)),
}  # fmt: skip
"""What could be wrong -> which check finds it, where, and how it is made so."""


def _refused(request, known):
    raise ValidationError({"x": ["No."]})


EDGES = {"unsupported_method", "missing_required_header"}
"""Which checks look at edge cases alone. Those of a reply are many, and belong to the long run."""
FOUND_SOON = [how for how, (check, where, _) in WRONG.items() if not (check in EDGES and where == "replies")]


@pytest.mark.parametrize("how", WRONG if LONG else FOUND_SOON)
def test_what_is_wrong_is_found(persona, monkeypatch, how):
    check, where, make_so = WRONG[how]
    contract = persona("social_care", has_been_sent="{key}" in where)
    make_so(monkeypatch)
    found = contract.broken(12, edges=check in EDGES, only=f"/partners/v1/{where}/$")
    assert any(f" {check}: " in each for each in found), found

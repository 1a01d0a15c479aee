"""What another system is told, what it is not told, and what is entered in the ledger before it hears."""

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client

from access.api import GuardedApi
from access.body import Body
from access.checks import every_endpoint_that_writes_does_so_once, every_page_says_who_it_is_for
from access.roles import Can
from accounts.models import Team
from accounts.workflow import cut_off, renew
from cases.workflow.cases import restrict
from tests.access.an_api import A_YEAR, errors_of, let_in
from tests.access.entries import alterations, consultations
from tests.sla.made import MOMENT
from tests.stories import submitted

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.an_api")]

NOTICES, TEAMS = "/api/notices/", "/api/teams/"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]


@pytest.fixture
def cad(clock, fin):
    """The command-and-control system of the force."""
    return let_in(fin)


def test_a_system_reads_what_it_may(cad, olly):
    ppn = submitted(olly)
    answer = cad.get(NOTICES)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Cache-Control"] == "no-store"
    assert answer.json() == {"notices": [[ppn.reference, ppn.narrative]]}


def test_whatever_is_wrong_with_a_token_is_told_the_same(cad, clock, fin):
    expired, cut, renewed = (let_in(fin, name=name) for name in ("Expired", "Cut off", "Renewed"))
    cut_off(cut.account, by=fin, because="Sold to somebody else")
    renew(renewed.account, by=fin, lasts=A_YEAR)
    number, secret = cad.token.split("_", 2)[1:]
    headers = [
        None,
        "",
        "Bearer",
        "Bearer ",
        f"Basic {cad.token}",
        cad.token,
        f"Bearer {cad.token}x",
        f"Bearer {cad.token} {cad.token}",
        f"Bearer ls_{number}_",
        f"Bearer ls__{secret}",
        f"Bearer ls_{number}1_{secret}",
        f"Bearer ls_{'9' * 30}_{secret}",
        f"Bearer ls_²_{secret}",
        f"Bearer ls_{number}\0_{secret}",
        f"Bearer {cad.account.token_hash}",
        f"Bearer {cut.token}",
        f"Bearer {renewed.token}",
    ]
    answers = [Client().get(NOTICES, headers={"Authorization": said} if said is not None else {}) for said in headers]
    clock.set(expired.account.expires_at)
    answers.append(expired.get(NOTICES))
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert {answer["WWW-Authenticate"] for answer in answers} == {'Bearer realm="Longstop"'}
    assert errors_of(answers[0]) == []


def test_a_token_is_in_force_until_the_very_moment_it_expires(cad, clock):
    clock.set(cad.account.expires_at - MOMENT)
    assert cad.get(NOTICES).status_code == 200
    clock.set(cad.account.expires_at)
    assert cad.get(NOTICES).status_code == 401


def test_a_system_is_cut_off_from_its_next_request_on(cad, fin):
    assert cad.get(NOTICES).status_code == 200
    cut_off(cad.account, by=fin, because="Its server was broken into")
    assert cad.get(NOTICES).status_code == 401


def test_with_a_new_token_the_old_one_stops_at_once(cad, fin):
    account, token = renew(cad.account, by=fin, lasts=A_YEAR)
    assert cad.get(NOTICES).status_code == 401
    cad.token = token
    assert cad.get(NOTICES).status_code == 200
    assert account == cad.account


def test_a_person_who_is_signed_in_is_no_system(client, sue):
    client.force_login(sue)
    assert client.get(NOTICES).status_code == 401


def test_a_system_without_the_act_is_told_what_it_may_not_do(fin):
    feed = let_in(fin, [Can.TAKE_CALL])
    answer = feed.get(NOTICES)
    assert (answer.status_code, errors_of(answer)) == (403, [])
    assert answer.json()["detail"] == "You may not see public protection notices."


def test_a_system_sees_no_record_that_is_restricted(cad, olly, sam):
    shown, hidden = submitted(olly), submitted(olly)
    restrict(hidden.case, by=sam, people=[sam], because="A colleague's child")
    assert [reference for reference, _ in cad.get(NOTICES).json()["notices"]] == [shown.reference]
    answer = cad.get(f"{NOTICES}{hidden.pk}/")
    missing = cad.get(f"{NOTICES}00000000-0000-4000-8000-000000000000/")
    assert (answer.status_code, errors_of(answer)) == (404, [])
    assert answer.content == missing.content


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("where", [NOTICES, TEAMS])
def test_no_method_is_answered_with_an_error_of_ours(cad, method, where):
    answer = cad.send(method, where)
    assert answer.status_code in (200, 400, 405)
    assert answer["Cache-Control"] == "no-store"
    if answer.status_code == 405:
        assert method == "HEAD" or errors_of(answer) == []
        assert method not in answer["Allow"].split(", ")


def test_options_describe_nothing(cad):
    assert cad.send("OPTIONS", NOTICES).status_code == 405


def test_there_are_no_addresses_but_those_that_are_named(cad):
    assert cad.get("/api/notices.json").status_code == 404
    assert cad.get("/api/notices/?format=api")["Content-Type"] == "application/json"


def test_there_is_one_kind_of_answer_whatever_is_asked_for(cad):
    assert cad.get(NOTICES, Accept="text/html")["Content-Type"] == "application/json"


def test_what_nobody_foresaw_says_nothing_of_what_is_inside(cad, caplog):
    answer = cad.get("/api/broken/")
    assert (answer.status_code, errors_of(answer)) == (500, [])
    assert b"canary" not in answer.content
    assert "canary-in-the-engine" in caplog.text


def test_an_answer_that_could_still_read_is_not_given(cad):
    with pytest.raises(TypeError, match="could still read"):
        cad.get("/api/not-ours/")


def test_one_account_is_slowed_down_and_another_is_not(cad, fin, settings):
    cache.clear()
    settings.API_RATE = "2/day"
    other = let_in(fin, name="Ambulance")
    assert [cad.get(NOTICES).status_code for _ in range(3)] == [200, 200, 429]
    answer = cad.get(NOTICES)
    assert int(answer["Retry-After"]) > 0
    assert errors_of(answer) == []
    assert other.get(NOTICES).status_code == 200


# What is sent.


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("name", "required")]),
        ({"name": ""}, [("name", "blank")]),
        ({"name": None}, [("name", "null")]),
        ({"name": "Nobody"}, [("name", "nobody")]),
        ({"name": "A", "caller": {}}, [("caller.safe_number", "required")]),
        ({"name": "A", "caller": "Ada"}, [("caller", "invalid")]),
        ({"caller": {"safe_number": "1" * 21}}, [("name", "required"), ("caller.safe_number", "max_length")]),
        ({"name": "A", "subjects": [{"name": "Ada"}, {"age": -1}]}, [("subjects.1.name", "required"),
         ("subjects.1.age", "min_value")]),
        ({"name": "A", "subjects": {}}, [("subjects", "not_a_list")]),
        ({"name": "A", "areas": ["North", None]}, [("areas.1", "null")]),
        ({"name": "A", "areas": ["North"], "caller": {"safe_number": "1"}}, [("", "both")]),
        ([], [("", "invalid")]),
        ("A", [("", "invalid")]),
        (None, [("", "null")]),
    ],
)  # fmt: skip
def test_what_is_not_right_is_named_field_by_field(cad, body, errors):
    answer = cad.post(TEAMS, body)
    assert (answer.status_code, errors_of(answer)) == (422, errors)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "A", "colour": 1}, "colour"),
        ({"name": "A", "caller": {"safe_number": "1", "safe_numer": "2"}}, "caller.safe_numer"),
        ({"name": "A", "subjects": [{"name": "Ada", "shoes": None}]}, "subjects.0.shoes"),
    ],
)
def test_nothing_that_is_sent_is_dropped_without_a_word(cad, body, field):
    answer = cad.post(TEAMS, body)
    assert (answer.status_code, errors_of(answer)) == (422, [(field, "unknown")])
    assert not Team.objects.filter(name__startswith="A ").exists()


def test_unknown_fields_are_named_beside_what_else_is_wrong(cad):
    assert set(errors_of(cad.post(TEAMS, {"colour": 1}))) == {("name", "required"), ("colour", "unknown")}


def test_a_part_that_would_drop_keys_cannot_be_declared():
    from rest_framework import serializers

    class Lax(serializers.Serializer):
        name = serializers.CharField()

    with pytest.raises(TypeError, match="make it a Body"):
        type("Wrong", (Body,), {"part": Lax()})
    with pytest.raises(TypeError, match="make it a Body"):
        type("Wrong", (Body,), {"parts": Lax(many=True)})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"name=A",
        b'{"name": "A"} {}',
        b'{"name": NaN}',
        b'{"name": "A", "name": "B"}',
        b'{"name": "A\x00"}',
        '{"name": "Zoë"}'.encode("latin-1"),
        '{"name": "A"}'.encode("utf-16"),
        b"[" * 100_000,
        b"1" * 5_000,
    ],
)
def test_what_is_not_json_is_refused(cad, body):
    answer = cad.post(TEAMS, body)
    assert (answer.status_code, errors_of(answer)) == (400 if body else 422, [] if body else [("name", "required")])


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "rot13", "nonsense"])
def test_json_is_utf_8_whatever_is_said_of_it(cad, charset):
    kind = f"application/json; charset={charset}"
    assert cad.post(TEAMS, '{"name": "Zoë"}'.encode(), **{"Content-Type": kind}).status_code == 201
    assert Team.objects.filter(name__startswith="Zoë").exists()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read(cad, kind):
    answer = cad.post(TEAMS, b'{"name": "A"}', **{"Content-Type": kind})
    assert (answer.status_code, errors_of(answer)) == (415, [])


@pytest.mark.parametrize("canary", [r"\u0000", r"\ud800"])
def test_text_that_cannot_be_kept_is_named(cad, canary):
    for body, field in [
        ('{"name": "A%s"}', "name"),
        ('{"name": "A", "more": [{"deep": "%s"}]}', "more.0.deep"),
        ('{"name": "A", "more": {"%s": 1}}', "more"),
        ('{"name": "A", "%s": 1}', ""),
        ('"%s"', ""),
    ]:
        answer = cad.post(TEAMS, (body % canary).encode())
        assert (answer.status_code, errors_of(answer)) == (422, [(field, "not_text")])


def test_a_body_of_a_megabyte_is_not_read(cad, settings):
    answer = cad.post(TEAMS, {"name": "A" * 1_000_000})
    assert (answer.status_code, errors_of(answer)) == (413, [])
    assert "256 KiB" in answer.json()["detail"]


def test_the_largest_body_is_the_largest_to_the_byte(cad, settings):
    body = b'{"name": "A"}'
    settings.API_LARGEST_BODY = len(body)
    assert cad.post(TEAMS, body).status_code == 201
    assert cad.post(TEAMS, body + b" ").status_code == 413


@pytest.mark.parametrize("length", ["-1", "many", "1e3", "²"])
def test_a_length_that_is_none_is_refused(cad, length):
    headers = {"Authorization": f"Bearer {cad.token}", "Content-Length": length}
    assert cad.client.generic("POST", TEAMS, b"{}", "application/json", headers=headers).status_code == 413


def test_a_verb_that_refuses_is_a_conflict_in_its_own_words(cad):
    answer = cad.post(TEAMS, {"name": "Late"})
    assert (answer.status_code, errors_of(answer)) == (409, [])
    assert answer.json()["detail"] == "Nobody is ready yet."


# The ledger.


@pytest.mark.django_db(transaction=True)
def test_what_a_system_was_handed_is_entered_in_its_name(cad, olly):
    ppns = sorted(submitted(olly).pk for _ in range(2))
    cad.get(NOTICES)
    cad.get(f"{NOTICES}{ppns[0]}/")
    me = f"service: {cad.account.pk}"
    assert consultations() == [(me, "api-notices", "ppn.ppn", ppns), (me, "api-notice", "ppn.ppn", [ppns[0]])]


@pytest.mark.django_db(transaction=True)
def test_a_system_that_is_refused_was_handed_nothing(cad, fin, olly):
    submitted(olly)
    let_in(fin, [Can.TAKE_CALL], "Feed").get(NOTICES)
    Client().get(NOTICES)
    cad.get(f"{NOTICES}00000000-0000-4000-8000-000000000000/")
    assert consultations() == []


@pytest.mark.django_db(transaction=True)
def test_where_the_ledger_cannot_be_written_a_system_is_shown_nothing(cad, olly):
    ppn = submitted(olly, narrative="canary-under-the-stairs")
    with connections["owner"].cursor() as owner:
        owner.execute("REVOKE INSERT (actor, page, kind, records) ON ledger_consultation FROM longstop_app")
    for where in (NOTICES, f"{NOTICES}{ppn.pk}/"):
        answer = cad.get(where)
        assert (answer.status_code, errors_of(answer)) == (503, [])
        assert b"canary" not in answer.content
        assert ppn.reference.encode() not in answer.content


@pytest.mark.django_db(transaction=True)
def test_what_a_system_writes_is_signed_by_it(cad):
    made = cad.post(TEAMS, {"name": "A"}).json()["a"]
    assert [(actor, done) for actor, done, _ in alterations("accounts_team", made)] == [
        (f"service: {cad.account.pk}", "INSERT")
    ]


# The start-up checks.


def test_the_endpoints_of_the_tests_are_as_they_should_be():
    assert every_page_says_who_it_is_for(None) == every_endpoint_that_writes_does_so_once(None) == []


def test_the_server_does_not_start_with_an_endpoint_for_nobody_in_particular(monkeypatch):
    from tests.access import an_api

    monkeypatch.delattr(an_api.Notices, "may")
    assert not hasattr(GuardedApi, "may")
    assert [error.id for error in every_page_says_who_it_is_for(None)] == ["access.E001"]
    monkeypatch.setattr(an_api.Notices, "may", None, raising=False)
    assert [error.id for error in every_page_says_who_it_is_for(None)] == ["access.E001"]


def test_the_server_does_not_start_with_an_endpoint_that_would_do_things_twice(monkeypatch):
    from tests.access import an_api

    monkeypatch.setattr(an_api.Teams, "put", lambda self, request: None, raising=False)
    (error,) = every_endpoint_that_writes_does_so_once(None)
    assert (error.id, "PUT" in error.msg) == ("access.E004", True)

"""What a force's command-and-control system sends: an incident, once, with clocks from its first report."""

import pytest
from django.test import Client

from access.actor import System as Software
from access.actor import acting
from access.roles import Can
from accounts.workflow import cut_off
from cases.models import PlaceMarker
from cases.workflow.markers import mark_number
from tests.access.an_api import errors_of, let_in
from tests.conftest import MONDAY, minutes
from tests.households import TOLD
from tests.sla.made import MOMENT, at_once, raised
from tests.stories import clock_of, swept
from tests.triage.feed import (
    ACTS,
    EVERYTHING,
    FAR_TOO_LONG,
    INCIDENTS,
    NEEDED,
    NUMBER,
    THRIVE,
    the_incident,
    thrives,
    update,
)
from tests.triage.scenes import fresh
from triage.models import Incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def cad(clock, fin):
    """The command-and-control system of the force."""
    return let_in(fin, ACTS)


@pytest.fixture
def sent(cad):
    """An incident that was sent."""
    assert cad.post(INCIDENTS, NEEDED).status_code == 201
    return the_incident()


# A new incident


def test_an_incident_that_is_sent_waits_with_an_owner_and_its_clocks(cad, dev):
    answer = cad.post(INCIDENTS, NEEDED)
    incident = the_incident()
    assert (answer.status_code, answer["Content-Type"]) == (201, "application/json")
    assert answer.json() == {
        "number": NUMBER,
        "reference": incident.reference,
        "state": "awaiting_resource",
        "grade": "G2",
        "risk": "not_known",
        "child": "not_known",
        "possible_child": False,
        "reported_at": "2026-03-02T08:53:00Z",
        "attend_by": "2026-03-02T09:53:00Z",
        "attended_at": None,
        "repeat_of": None,
    }
    assert (incident.owner, incident.channel, incident.rank) == (dev, "feed", 1)


def test_everything_that_is_sent_is_kept(cad, rosa):
    assert cad.post(INCIDENTS, EVERYTHING).status_code == 201
    incident = the_incident()
    kept = {name: getattr(incident, name) for name in EVERYTHING if name not in ("number", "caller", "thrive")}
    assert kept | {"area": kept["area"].name, "reported_at": NEEDED["reported_at"]} == {
        name: value for name, value in EVERYTHING.items() if name in kept
    }
    assert (incident.caller, incident.caller_is_child) == ("A neighbour", "no")
    assert (incident.calls_from, incident.safe_to_call) == ("07700 900461", "07700 900462")
    assert (incident.safe_time, incident.may_leave_message) == ("After four", "no")
    (thrive,) = thrives(incident)
    assert {name: getattr(thrive, name) for name in THRIVE} == THRIVE


def test_without_a_thrive_the_risk_is_not_known_which_counts_as_high_and_says_that_none_was_sent(sent):
    (thrive,) = thrives(sent)
    assert (thrive.overall, thrive.threat) == ("not_known", "Not sent by the command-and-control system")
    assert sent.rank == 1


def test_the_clock_counts_from_the_moment_it_was_reported_not_from_when_it_was_sent(sent):
    assert clock_of(sent, "K2").started_at == MONDAY - minutes(7)
    assert clock_of(sent, "K2").due_at == MONDAY + minutes(53)


def test_it_may_be_late_when_it_comes_and_says_so(cad, clock):
    cad.post(INCIDENTS, {**NEEDED, "reported_at": "2026-03-02T07:59:00Z"})
    swept(clock, MOMENT)
    assert ("K2", 3, MONDAY - minutes(1), ["connie"]) in raised(the_incident().pk, "K2")


@pytest.mark.parametrize("zone", ["2026-03-02T08:53:00Z", "2026-03-02T09:53:00+01:00", "2026-03-02T08:53:00+0000"])
def test_a_moment_is_the_same_in_every_zone(cad, zone):
    cad.post(INCIDENTS, {**NEEDED, "reported_at": zone})
    assert the_incident().reported_at == MONDAY - minutes(7)


def test_a_moment_is_taken_until_now_and_not_a_microsecond_later(cad):
    late = cad.post(INCIDENTS, {**NEEDED, "reported_at": (MONDAY + MOMENT).isoformat()})
    assert (late.status_code, errors_of(late)) == (422, [("reported_at", "future")])
    assert cad.post(INCIDENTS, {**NEEDED, "reported_at": MONDAY.isoformat()}).status_code == 201


def test_a_silent_call_from_where_there_is_high_risk_abuse_is_immediate_whatever_was_sent(cad, cora):
    facts = {"kind": "high_risk_da", "note": "Do not call back", "starts": None, "ends": None, "source": TOLD}
    mark_number(PlaceMarker(), by=cora, number="07700 900461", **facts)
    silent = {**NEEDED, "grade": "G4", "channel": "silent_999", "caller": {"number": "07700900461"}}
    assert cad.post(INCIDENTS, silent).json()["grade"] == "G1"


def test_a_second_one_from_the_same_number_is_linked(cad, sent):
    answer = cad.post(INCIDENTS, {**NEEDED, "number": "CAD-2"})
    assert answer.json()["repeat_of"] == sent.reference
    assert clock_of(sent, "K6").due_at == MONDAY + minutes(15)


# What is not right


@pytest.mark.parametrize("field", NEEDED)
def test_what_is_needed_and_not_there_is_named_and_nothing_is_stored(cad, field):
    answer = cad.post(INCIDENTS, {name: said for name, said in NEEDED.items() if name != field})
    assert (answer.status_code, errors_of(answer)) == (422, [(field, "required")])
    assert the_incident() is None


WRONG = [
    ({"child": ""}, "child", "invalid_choice"),
    ({"child": None}, "child", "null"),
    ({"child": "maybe"}, "child", "invalid_choice"),
    ({"grade": "G5"}, "grade", "invalid_choice"),
    ({"grade": "g2"}, "grade", "invalid_choice"),
    ({"channel": "fax"}, "channel", "invalid_choice"),
    ({"channel": "call_log"}, "channel", "invalid_choice"),
    ({"opening_category": "other"}, "opening_category", "invalid_choice"),
    ({"area": "Response team Z"}, "area", "unknown"),
    ({"area": 1}, "area", "unknown"),
    ({"location": " "}, "location", "blank"),
    ({"location": "A" * 301}, "location", "max_length"),
    ({"what_happened": ""}, "what_happened", "blank"),
    ({"what_happened": "A" * 20_001}, "what_happened", "max_length"),
    ({"number": "A" * 81}, "number", "max_length"),
    ({"number": "CAD/1"}, "number", "invalid"),
    ({"reported_at": "yesterday"}, "reported_at", "no_zone"),
    ({"reported_at": "2026-03-02T08:53:00"}, "reported_at", "no_zone"),
    ({"reported_at": "2026-02-30T08:53:00Z"}, "reported_at", "invalid"),
    ({"reported_at": "0001-01-01T00:00:00+14:00"}, "reported_at", "overflow"),
    ({"reported_at": 1_772_441_580}, "reported_at", "invalid"),
    ({"colour": "red"}, "colour", "unknown"),
    ({"caller": {"nmae": "Ada"}}, "caller.nmae", "unknown"),
    ({"caller": {"may_leave_message": "ask her"}}, "caller.may_leave_message", "invalid_choice"),
    ({"caller": "Ada"}, "caller", "invalid"),
    ({"thrive": {**THRIVE, "overall": "very high"}}, "thrive.overall", "invalid_choice"),
    ({"thrive": {**THRIVE, "before_we_arrive": " "}}, "thrive.before_we_arrive", "blank"),
    ({"thrive": {"overall": "low"}}, "thrive.before_we_arrive", "required"),
]


@pytest.mark.parametrize(("said", "field", "code"), WRONG, ids=[f"{field} {code}" for _, field, code in WRONG])
def test_what_is_wrong_is_named_and_nothing_is_stored(cad, said, field, code):
    answer = cad.post(INCIDENTS, {**NEEDED, **said})
    assert (answer.status_code, errors_of(answer)) == (422, [(field, code)])
    assert the_incident() is None


def test_an_unknown_code_is_named_with_what_was_sent(cad):
    (error,) = cad.post(INCIDENTS, {**NEEDED, "grade": "P1"}).json()["errors"]
    assert '"P1"' in error["message"]


def test_a_narrative_of_a_megabyte_is_not_read_and_says_how_long_one_may_be(cad):
    answer = cad.post(INCIDENTS, {**NEEDED, "what_happened": FAR_TOO_LONG})
    assert (answer.status_code, errors_of(answer)) == (413, [])
    assert "256 KiB" in answer.json()["detail"]
    assert the_incident() is None


def test_each_thing_that_is_wrong_is_named_at_once(cad):
    answer = cad.post(INCIDENTS, {"grade": "P1", "colour": 1, "child": ""})
    assert {field for field, _ in errors_of(answer)} == {*NEEDED, "colour"}


# Sent twice


def test_the_same_key_is_the_same_answer_and_one_incident(cad):
    first, second = (cad.post(INCIDENTS, NEEDED, key="one-incident") for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second["Idempotent-Replayed"] == "true"
    with acting(Software("test")):
        assert Incident.objects.count() == 1


def test_the_same_key_with_something_else_is_refused(cad):
    cad.post(INCIDENTS, NEEDED, key="one-incident")
    answer = cad.post(INCIDENTS, {**NEEDED, "number": "CAD-2"}, key="one-incident")
    assert (answer.status_code, errors_of(answer)) == (422, [("Idempotency-Key", "used")])
    assert the_incident("CAD-2") is None


def test_the_same_number_under_another_key_has_been_sent_before(cad, sent):
    answer = cad.post(INCIDENTS, {**NEEDED, "what_happened": "Something else"})
    assert (answer.status_code, errors_of(answer)) == (409, [("number", "used")])
    assert fresh(sent).what_happened == NEEDED["what_happened"]


@pytest.mark.parametrize("key", ["", "short", "x" * 129])
def test_without_a_key_nothing_is_done(cad, key):
    answer = cad.post(INCIDENTS, NEEDED, **{"Idempotency-Key": key})
    assert (answer.status_code, errors_of(answer)) == (400, [("Idempotency-Key", "required")])
    assert the_incident() is None


@pytest.mark.django_db(transaction=True)
def test_of_two_that_come_at_once_with_one_key_one_is_done(cad):
    answers = at_once(*[lambda: cad.post(INCIDENTS, NEEDED, key="one-incident")] * 2)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len({answer.content for answer in answers}) == 1
    with acting(Software("test")):
        assert Incident.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_that_come_at_once_with_one_number_and_two_keys_one_is_done(cad):
    answers = at_once(
        *[lambda key=key: cad.post(INCIDENTS, NEEDED, key=key) for key in ("one-incident", "another-one")]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    with acting(Software("test")):
        assert Incident.objects.count() == 1


# Who may


def test_without_a_token_nothing_is_taken(clock):
    answer = Client().post(INCIDENTS, NEEDED, content_type="application/json")
    assert (answer.status_code, errors_of(answer)) == (401, [])


def test_an_account_without_the_act_takes_no_call(clock, fin):
    answer = let_in(fin, [Can.SEE_INCIDENTS]).post(INCIDENTS, NEEDED)
    assert (answer.status_code, answer.json()["detail"]) == (403, "You may not take a call.")
    assert the_incident() is None


def test_an_account_that_was_cut_off_is_refused_on_its_next_request(cad, sent, fin):
    cut_off(cad.account, by=fin, because="Its server was broken into")
    for answer in (cad.post(INCIDENTS, NEEDED), update(cad, "arrived"), cad.get(f"{INCIDENTS}{NUMBER}/")):
        assert answer.status_code == 401
    assert fresh(sent).state == "awaiting_resource"

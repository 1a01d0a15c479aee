"""What an authority's system says of a return interview goes into the record by itself, and it sees exactly its own."""

import itertools
import json

import pytest
from django.core.cache import cache
from django.test import Client

from access.actor import acting
from missing.workflow import notices
from missing.workflow.interviews import chase
from partners.models import Delivery, Reply
from sla.engine import sweep
from tests.missing.returns import (
    GROUNDS,
    TEST,
    TEXT,
    a_child,
    as_it_is,
    asked,
    back,
    came,
    council,
    missing,
    raised,
    read,
    sent_about,
)  # fmt: skip
from tests.missing.test_notices_life import of_authority
from tests.partners.agencies import a_system, as_system, ask_for_token
from tests.stories import clock_of, hours, told

pytestmark = pytest.mark.django_db
KIM = "Kim Sample, return interview worker"
V1 = "/partners/v1"
INTERVIEWS, NOTICES = f"{V1}/return-interview-requests/", f"{V1}/missing-notices/"


class TheirSystem:
    """A system of the council that asks for a new short token whenever it says something."""

    def __init__(self, by):
        self.account, self.secret = a_system(council(), by=by)

    def __getattr__(self, method):
        answer = ask_for_token(f"ls_{self.account.account_id}", self.secret)
        return getattr(Client(headers={"Authorization": f"Bearer {answer.json()['access_token']}"}), method)


@pytest.fixture
def system(clock, ines):
    cache.clear()  # whoever asks for too many tokens in a minute is told to wait, and the other tests have asked
    return TheirSystem(ines)


@pytest.fixture
def request_(maya, system):
    return asked(maya)


@pytest.fixture
def say(system, request_):
    """Their system says something of the request, each time with a new key."""
    keys = itertools.count()

    def said(what, *, about=0, status=201, **more):
        key = str(sent_about(request_)[about].pk)
        body = json.dumps({"disclosure": key, "what": what, "who": KIM, **more})
        headers = {"Idempotency-Key": f"key-{next(keys):06d}"}
        answer = system.post(f"{V1}/replies/", body, content_type="application/json", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    return said


def test_it_was_held_and_what_came_of_it_stands_in_the_record_unread(clock, request_, say):
    clock.shift(hours(40))
    kept = say("interview", held_at="2026-03-03T14:00:00Z", said=TEXT)
    assert (kept["held_at"], kept["reason"]) == ("2026-03-03T14:00:00+00:00", None)
    there = as_it_is(request_)
    assert (there.state, there.outcome, there.said, there.in_time) == ("received", "completed", TEXT, True)
    assert there.from_whom == f"{KIM}, Vale Council"
    assert clock_of(request_, "MC16").stopped_at == clock_of(request_, "MC17R").started_at == clock.at


def test_held_first_and_the_result_later(clock, request_, say):
    clock.shift(hours(40))
    say("interview_held", held_at="2026-03-03T14:00:00Z")
    assert as_it_is(request_).state == "held"
    clock.shift(hours(24))
    say("interview", said=TEXT)
    there = as_it_is(request_)
    assert (there.state, there.held_at.isoformat()) == ("received", "2026-03-03T14:00:00+00:00")


def test_without_a_time_it_is_not_known_when_it_was_held(request_, say):
    say("interview", said=TEXT)
    assert (as_it_is(request_).state, as_it_is(request_).in_time) == ("received", None)


@pytest.mark.parametrize("reason", ["declined", "missing_again", "not_offered"])
def test_there_was_none_and_why(request_, say, reason):
    say("no_interview", reason=reason, said="Offered twice")
    there = as_it_is(request_)
    assert (there.state, there.outcome, there.outcome_because) == ("received", reason, "Offered twice")


def test_corrected_after_somebody_read_it_it_has_to_be_read_again(clock, maya, request_, say):
    say("interview", held_at="2026-03-02T09:00:00Z", said=TEXT)
    read(as_it_is(request_), maya)
    clock.shift(hours(5))
    say("interview", said="It was Kay, not Kez")
    there = as_it_is(request_)
    assert (there.state, there.said.startswith(TEXT), "Kay, not Kez" in there.said) == ("received", True, True)
    assert clock_of(request_, "MC17R").stopped_at is None


def test_a_reminder_can_be_answered_in_place_of_the_request_and_one_answer_ends_both(maya, system, request_, say):
    chase(request_, by=maya)
    rows = system.get(INTERVIEWS).json()["results"]
    assert len(rows) == 2
    assert len({row["reference"] for row in rows}) == 1
    say("interview", about=1, held_at="2026-03-02T09:00:00Z", said=TEXT)
    with acting(TEST):
        assert Delivery.objects.filter(record=request_.pk, outcome_at=None).count() == 0
    assert as_it_is(request_).state == "received"


def test_what_cannot_have_been_is_said_to_their_system_and_nothing_is_kept(clock, request_, say):
    clock.shift(hours(1))
    wrong = say("interview", status=409, held_at="2026-03-01T09:00:00Z", said=TEXT)
    assert "after the child's return, Mon 2 March 2026, 09:00" in wrong["detail"]
    say("interview", status=422, held_at="2027-03-01T09:00:00Z", said=TEXT)
    say("no_interview", status=422, reason="no_reply", said="?")
    say("interview_held", status=422, said=TEXT)
    assert as_it_is(request_).state == "requested"
    with acting(TEST):
        assert Reply.objects.count() == 0


def test_what_is_no_answer_to_it_stays_as_a_reply_and_the_clock_runs_on(request_, say):
    say("acknowledged")
    say("decision", outcome="nfa", said="Nobody free this week")
    assert as_it_is(request_).state == "requested"
    assert clock_of(request_, "MC16").stopped_at is None


def test_the_co_ordinator_hears_at_once(clock, request_, say):
    say("interview", said=TEXT)
    clock.shift(hours(1))
    sweep()
    assert told(request_.pk) == ["maya"]


def test_each_sees_exactly_its_own_requests_and_notices(clock, maya, ines, system, request_):
    other = as_system(council("Sallow Council"), by=ines)
    theirs = asked(maya, back(maya, a_child(maya, "Bea Example")), council("Sallow Council"))
    assert [row["reference"] for row in system.get(INTERVIEWS).json()["results"]] == [request_.reference]
    assert [row["reference"] for row in other.get(INTERVIEWS).json()["results"]] == [theirs.reference]
    assert system.get(f"{INTERVIEWS}{sent_about(theirs)[0].pk}/").status_code == 404
    both = of_authority(raised(missing(maya, responsible=council("Sallow Council")), maya))
    for each in both:
        notices.send_notice(each, by=maya, grounds=GROUNDS)
    mine = {each.reference for each in both if str(each.agency) == "Vale Council"}
    assert {row["reference"] for row in system.get(NOTICES).json()["results"]} == mine
    assert len(other.get(NOTICES).json()["results"]) == 1


def test_what_a_child_said_never_comes_back_to_another_agency(maya, ines, system, request_):
    came(request_, maya)
    other = as_system(council("Sallow Council"), by=ines)
    for path in (INTERVIEWS, NOTICES, f"{V1}/replies/", f"{V1}/disclosures/"):
        assert TEXT not in other.get(path).content.decode()
        assert TEXT not in system.get(path).content.decode()  # written down here: it is not theirs to fetch


def test_somebody_who_telephones_is_written_down_by_whoever_took_the_call(maya, request_):
    assert came(request_, maya).state == "received"

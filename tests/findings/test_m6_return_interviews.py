"""M6: return interviews were held, and what the children said never reached police. Here it comes from the authority's
own system to the next officer who decides about the child; each way of losing it has a name where somebody looks."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from access.actor import acting
from missing import chasing
from missing.models import Episode, InterviewRequest, MissingNotice
from missing.workflow import close, interviews, notices
from missing.workflow.interviews import Found
from missing.workflow.return_deadlines import INTERVIEW_HELD, INTERVIEW_READ, INTERVIEW_RECEIVED
from sla.engine import sweep
from tests.cohort.children import trigger_plan
from tests.missing import returns, scenes
from tests.missing.returns import TEST, TEXT, as_it_is, came, council, held, read, sent_about
from tests.partners.agencies import a_system, ask_for_token
from tests.stories import hours, told
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
SUMMARY = "Goes to the flats behind the station, to a man she calls J"


def says(council_, by, request, what, **more):
    """Their own system says something about the request, as the agency it belongs to."""
    account, secret = a_system(council_, by=by, name=f"system {request.reference} {what}")
    token = ask_for_token(f"ls_{account.account_id}", secret).json()["access_token"]
    body = {"disclosure": str(sent_about(request)[0].pk), "what": what, "who": "Kim Sample, return worker", **more}
    answer = Client(headers={"Authorization": f"Bearer {token}"}).post(
        "/partners/v1/replies/", json.dumps(body), content_type="application/json",
        headers={"Idempotency-Key": f"{request.reference}-{what}"},
    )  # fmt: skip
    assert answer.status_code == 201, answer.content
    return answer.json()


@pytest.fixture
def home_again(cast, clock, olly):
    """Kezia was missing, was found, and has been seen by an officer."""
    episode = scenes.searched_for(cast, host=council(), responsible=council())
    clock.shift(hours(6))
    episode = scenes.found(episode, olly)
    return scenes.interviewed(episode, olly)


def the_next_report(client, callie, episode):
    """What the call taker has in view when she is reported missing again."""
    client.force_login(callie)
    return client.get(reverse("missing-report", args=[episode.person.pk])).content.decode()


def test_from_the_authoritys_system_to_the_next_report(client, cast, clock, home_again, maya, rosa, callie, ines):
    plan = trigger_plan(maya, home_again.person)
    request = returns.asked(maya, home_again)
    tell_everybody(home_again, maya)
    close(home_again, by=rosa, no_ppn_because="Nothing was disclosed; her school nurse sees her")
    assert "The last return interview has not come back" in the_next_report(client, callie, home_again)

    clock.shift(hours(30))
    says(council(), ines, request, "interview", held_at=clock.at.isoformat(), said=TEXT)
    assert "came back and nobody has read it" in the_next_report(client, callie, home_again)
    assert as_it_is(home_again).state == "closed"  # until somebody has read it
    clock.shift(hours(1))
    sweep()
    assert "maya" in told(request.pk)

    learned = [Found("place", "Flats behind the station", to_plan=True), Found("person", "J", to_plan=True)]
    read(as_it_is(request), maya, *learned, summary=SUMMARY, plan_updated="yes")
    assert as_it_is(home_again).state == "complete"
    assert f"return interview {request.reference}" in as_it_is(plan).likely_places

    clock.shift(timedelta(days=10))
    page = the_next_report(client, callie, home_again)
    assert SUMMARY in page
    assert "Flats behind the station" in page
    assert TEXT not in page  # what she said to the worker is for those who need it
    again = scenes.reported(callie, home_again.person)
    assert (again.person_id, again.state) == (home_again.person_id, "reported")


def tell_everybody(episode, by):
    """Each authority and school that waits to be told is told, or it stands there why not."""
    with acting(TEST):
        waiting = list(MissingNotice.objects.filter(episode=episode, state="to_send"))
    for each in waiting:
        if each.agency_id:
            notices.send_notice(each, by=by, grounds=notices.usual_grounds(each.whom))
        else:
            notices.not_sent(each, by=by, because="Her school was telephoned")


def test_an_episode_is_not_closed_before_somebody_has_asked(home_again, rosa, maya):
    tell_everybody(home_again, maya)
    with pytest.raises(NotNow, match="Ask the responsible authority for a return interview"):
        close(home_again, by=rosa, no_ppn_because="Nothing was disclosed")


def chip(client, label):
    found = {each["label"]: each["count"] for each in client.get(reverse("interviews")).context["chips"]}
    return found[label]


def test_lost_because_nobody_asked(client, clock, maya, milo, home_again):
    client.force_login(maya)
    assert client.get(reverse("interviews")).context["to_ask"].total == 1
    assert "Return interviews to ask for" in client.get("/").content.decode()
    clock.shift(hours(24) + timedelta(microseconds=1))
    sweep()
    assert {"maya", "milo"} <= set(told(home_again.pk))


def test_lost_because_nobody_held_it(client, clock, maya, dmitri, home_again):
    request = returns.asked(maya, home_again)
    clock.shift(hours(73))
    sweep()
    chasing.chase_all()
    client.force_login(maya)
    assert chip(client, "Not held within 72 hours") == 1
    assert "Reminded 1 time, no answer" in client.get(request.get_absolute_url()).content.decode()
    clock.shift(hours(36))
    sweep()
    assert told(request.pk) == ["maya", "milo", "dmitri"]


def test_lost_because_the_result_never_came(client, clock, maya, home_again):
    request = held(returns.asked(maya, home_again), maya)
    clock.shift(timedelta(days=15))
    sweep()
    chasing.chase_all()
    client.force_login(maya)
    assert chip(client, "Held, nothing has come back") == 1
    assert as_it_is(request).chased == 1
    assert told(request.pk) == ["maya", "milo", "ines"]


def test_lost_because_it_came_and_nobody_read_it(client, clock, maya, home_again):
    request = came(returns.asked(maya, home_again), maya)
    clock.shift(timedelta(days=3))
    sweep()
    client.force_login(maya)
    assert chip(client, "Come back, unread") == 1
    assert told(request.pk) == ["maya", "milo", "ines"]
    with acting(TEST):
        assert InterviewRequest.objects.get(pk=request.pk).read_at is None
        assert Episode.objects.get(pk=home_again.pk).state != "complete"


def test_lost_because_a_correction_came_after_it_was_read(client, clock, maya, ines, home_again):
    request = read(came(returns.asked(maya, home_again), maya), maya)
    says(council(), ines, request, "interview", said="It was another man")
    client.force_login(maya)
    assert chip(client, "A later answer, unread") == 1
    assert "A later answer has come" in client.get(request.get_absolute_url()).content.decode()


@pytest.mark.parametrize("reason", ["declined", "missing_again", "not_offered"])
def test_lost_because_there_was_none_somebody_here_reads_why(client, maya, ines, home_again, reason):
    request = returns.asked(maya, home_again)
    says(council(), ines, request, "no_interview", reason=reason, said="At the door")
    client.force_login(maya)
    assert chip(client, "There was none") == 1
    assert chip(client, "Come back, unread") == 1


def test_lost_because_the_authority_never_answers_is_said_only_after_reminding_them(client, clock, maya, home_again):
    request = returns.asked(maya, home_again)
    with pytest.raises(NotNow, match="remind them first"):
        returns.declined(request, maya, "no_reply")
    clock.shift(hours(73))
    chasing.chase_all()
    returns.declined(as_it_is(request), maya, "no_reply")
    client.force_login(maya)
    assert chip(client, "The authority never answered") == 1


def test_no_verb_but_reading_ends_it():
    """Every other verb leads to a state in which a clock begins."""
    verbs = [interviews.interview_held, interviews.interview_came, interviews.no_interview, interviews.chase]
    started = {verb for each in (INTERVIEW_HELD, INTERVIEW_RECEIVED, INTERVIEW_READ) for verb in each.starts}
    assert {interviews.request_interview, *verbs[:3]} <= started
    assert all("read" not in verb.states_after() for verb in verbs)

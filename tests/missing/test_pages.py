"""Pages of missing children: what must be in view, what is refused, and nothing that was typed is lost."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from access.actor import System, acting
from access.time import now
from cohort.codes import Risk
from missing import workflow
from missing.codes import Question, State
from missing.models import PlanAction
from tests.conftest import hours, minutes
from tests.missing.scenes import (
    a_child,
    as_it_is,
    assessed,
    attended,
    enquired,
    found,
    graded,
    interviewed,
    reported,
    searched_for,
)
from tests.missing.test_report_pages import moment, page

pytestmark = pytest.mark.django_db
TEST = System("test")


def test_the_board_puts_risk_first_then_what_runs_out(client, cast, callie, rosa, clock):
    medium = searched_for(cast, child=a_child(callie, "Otis Example"))
    clock.shift(minutes(5))
    high = graded(cast, "high", child=a_child(callie, "Wren Example"))
    text = page(client, rosa, "missing")
    assert text.index(high.reference) < text.index(medium.reference)
    assert "Nothing done yet" in text


def test_a_row_shows_the_clock_that_the_board_is_sorted_by_and_not_what_others_owe(client, cast, rosa, clock):
    from missing.workflow import Said
    from tests.missing.scenes import ASKED

    exploited = [
        Said("exploitation", "yes", "Her mother"),
        *[each for each in ASKED if each.question != "exploitation"],
    ]
    episode = searched_for(cast, answers=exploited)
    clock.shift(hours(4) + minutes(1))
    text = page(client, rosa, "missing")
    shown = text[text.index(episode.reference) :]
    assert "Strategy meeting asked for" not in shown[: shown.index("The child: not found")]
    assert episode.reference in page(client, rosa, "missing", show="meeting")


def test_the_board_says_for_how_long_nothing_was_done(client, cast, rosa, olly, clock):
    episode = enquired(searched_for(cast), olly)
    clock.shift(hours(5))
    text = page(client, rosa, "missing", show="inactive")
    assert episode.reference in text
    assert "Nothing done for 5 hours" in text
    assert "Nothing done for too long: 1" in text


def test_a_review_does_not_take_a_child_off_the_list_of_those_for_whom_nothing_is_done(client, cast, rosa, olly, clock):
    episode = enquired(searched_for(cast), olly)
    clock.shift(hours(5))
    workflow.review(episode, by=rosa, said="All read", next_review_at=now() + hours(4))
    assert episode.reference in page(client, rosa, "missing", show="inactive")
    enquired(episode, olly)
    assert episode.reference not in page(client, rosa, "missing", show="inactive")


def test_an_episode_shows_what_is_missing_and_who_thought_what(client, cast, rosa):
    text = page(client, rosa, "episode", assessed(cast).pk)
    for words in ("The risk is ratified", "Graded in the control room", "None yet", "Ratify, and set the plan"):
        assert words in text, words


def test_whoever_made_the_assessment_is_told_that_another_ratifies_and_nothing_typed_is_lost(client, cast, olly, rosa):
    from tests.missing.scenes import EVERYTHING

    episode = attended(cast)
    workflow.assess(episode, by=rosa, answers=EVERYTHING, risk="medium", because="I went there")
    client.force_login(rosa)
    typed = {
        "risk": "medium",
        "because": "I agree with myself",
        "next_review_at": moment(now() + hours(2)),
        "plan-TOTAL_FORMS": "1",
        "plan-INITIAL_FORMS": "0",
        "plan-0-what": "Search her room",
        "plan-0-owner": str(olly.pk),
        "plan-0-due_at": moment(now() + hours(1)),
    }
    url = reverse("episode-ratify", args=[episode.pk])
    answer = client.post(url, typed)
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "another supervisor ratifies it" in text
    assert "I agree with myself" in text
    assert "Search her room" in text
    client.force_login(cast["rashid"])
    assert client.post(url, typed).status_code == 302
    assert as_it_is(episode, rosa).state == State.INVESTIGATING
    with acting(TEST):
        assert PlanAction.objects.get().what == "Search her room"


def test_a_review_that_runs_from_the_report_can_be_made_before_anybody_has_attended(client, cast, rosa):
    episode = graded(cast)
    assert reverse("episode-review", args=[episode.pk]) in page(client, rosa, "episode", episode.pk)


def test_a_plan_without_an_action_is_refused_and_one_more_row_loses_nothing(client, cast, rosa):
    episode = assessed(cast)
    client.force_login(rosa)
    url = reverse("episode-ratify", args=[episode.pk])
    typed = {"risk": "medium", "because": "Agreed", "next_review_at": moment(now() + hours(2))}
    management = {"plan-TOTAL_FORMS": "2", "plan-INITIAL_FORMS": "0"}
    answer = client.post(url, {**typed, **management})
    assert answer.status_code == 422
    assert "at least one enquiry" in answer.content.decode()
    answer = client.post(url, {**typed, **management, "plan-0-what": "Ring her aunt", "add_action": "1"})
    assert answer.status_code == 200
    assert "Ring her aunt" in answer.content.decode()
    assert answer.context["formset"].total_form_count() == 3


def test_a_row_with_an_action_and_no_owner_is_named(client, cast, rosa):
    episode = assessed(cast)
    client.force_login(rosa)
    typed = {
        "risk": "medium",
        "because": "Agreed",
        "next_review_at": moment(now() + hours(2)),
        "plan-TOTAL_FORMS": "1",
        "plan-INITIAL_FORMS": "0",
        "plan-0-what": "Ring her aunt",
    }
    answer = client.post(reverse("episode-ratify", args=[episode.pk]), typed)
    assert answer.status_code == 422
    assert "Ring her aunt" in answer.content.decode()
    assert as_it_is(episode, rosa).state == State.ATTENDED


def test_the_supervisor_sees_where_the_door_and_the_call_differ(client, cast, rosa):
    text = page(client, rosa, "episode-ratify", assessed(cast).pk)
    assert "Answered otherwise at the door than on the call" in text
    assert "On the call: Not known" in text


EVERY_STEP = {
    "episode-grade": ("connie", reported),
    "episode-reassess": ("connie", reported),
    "episode-raise": ("olly", reported),
    "episode-know-more": ("olly", reported),
    "episode-enquiry": ("callie", reported),
    "episode-found": ("olly", reported),
    "episode-pass-on": ("olly", reported),
    "episode-give-action": ("rosa", reported),
    "episode-in-error": ("rashid", reported),
}


@pytest.mark.parametrize("name", EVERY_STEP)
def test_each_step_says_who_it_is_about_and_what_nobody_may_overlook(client, cast, name):
    who, make = EVERY_STEP[name]
    episode = make(cast["callie"])
    text = page(client, cast[who], name, episode.pk)
    assert "Kezia Example" in text
    if name != "episode-give-action":
        assert "Nobody has attended" in text


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("episode-lower", "rosa"),
        ("episode-review", "rosa"),
        ("episode-inspector-review", "rashid"),
        ("episode-long-review", "sue"),
        ("episode-ukmpu", "rosa"),
        ("episode-daily", "dmitri"),
        ("episode-no-meeting", "sam"),
        ("episode-offer", "rashid"),
    ],
)
def test_each_step_of_an_investigation_opens_for_whoever_makes_it(client, cast, name, who):
    assert "Kezia Example" in page(client, cast[who], name, searched_for(cast).pk)


def test_an_enquiry_is_logged_on_a_phone_with_two_answers(client, cast, callie):
    episode = reported(callie)
    client.force_login(callie)
    answer = client.post(reverse("episode-enquiry", args=[episode.pk]), {"type": "hospital", "result": "Not there"})
    assert answer.status_code == 302
    assert as_it_is(episode, callie).last_enquiry_at == now()


def test_the_interview_is_written_at_the_door(client, cast, olly):
    episode = found(searched_for(cast), olly)
    client.force_login(olly)
    typed = {
        "at": moment(now()),
        "place": "At home",
        "own_words": "“I am fine.”",
        "demeanour": "Tired",
        "why_left": "Not known",
        "where_been": "Not known",
        "with_whom": "Not known",
        "harm": ["none"],
        "exploitation": "not_known",
        "wants_to_talk_to": "Nobody",
        "safe_now_because": "Her aunt stays",
    }
    answer = client.post(reverse("episode-interview", args=[episode.pk]), {**typed, "harm": ["none", "sexual"]})
    assert answer.status_code == 422
    assert "I am fine" in answer.content.decode()
    assert client.post(reverse("episode-interview", args=[episode.pk]), typed).status_code == 302
    assert "I am fine" in page(client, olly, "episode", episode.pk)


def test_a_notice_from_an_episode_begins_with_what_the_child_said(client, cast, olly):
    episode = interviewed(found(searched_for(cast), olly), olly)
    client.force_login(olly)
    text = unescape(client.get(reverse("ppn-new"), {"from": str(episode.pk)}).content.decode())
    assert "I just needed to be somewhere quiet" in text
    assert episode.reference in text


def test_a_strategy_meeting_can_be_asked_for_from_an_episode(client, cast, sam):
    episode = searched_for(cast)
    client.force_login(sam)
    text = unescape(client.get(reverse("strategy-new"), {"about": f"missing.episode:{episode.pk}"}).content.decode())
    assert "Kezia Example" in text
    assert f"about=missing.episode:{episode.pk}" in page(client, sam, "episode", episode.pk)


def test_the_page_of_the_child_says_that_they_are_missing_now(client, cast, callie, olly):
    child = a_child(callie)
    episode = reported(callie, child, risk="high")
    assert "Missing now. High risk" in page(client, callie, "person", child.pk)
    found(episode, olly)
    text = page(client, callie, "person", child.pk)
    assert "Missing now" not in text
    assert episode.reference in text


@pytest.mark.parametrize(
    ("who", "heading"),
    [
        ("connie", "Missing, to grade"),
        ("rosa", "Missing, and nothing done for too long"),
        ("sam", "Missing children about whom the agencies may have to meet"),
        ("dmitri", "Missing children for the daily meeting"),
    ],
)
def test_the_home_page_says_what_waits(client, cast, clock, callie, who, heading):
    child = a_child(callie, born=None, said_to_be_child="yes")
    reported(callie, child, answers=[*_exploited()])
    clock.shift(hours(3))
    assert heading in page(client, cast[who], "home")


def _exploited() -> list[Any]:
    from missing.workflow import Said
    from tests.missing.scenes import ASKED

    return [Said(Question.EXPLOITATION.value, "yes", "Her mother"), *[e for e in ASKED if e.question != "exploitation"]]


def test_a_hidden_child_is_not_there(client, cast, callie, rosa):
    from cases.models import Case
    from cases.workflow.cases import restrict

    episode = reported(callie)
    with acting(cast["ines"]):
        case = Case.objects.get(pk=episode.case_id)
    restrict(case, by=cast["ines"], people=[cast["ines"]], because="Her father works here")
    client.force_login(rosa)
    assert client.get(reverse("episode", args=[episode.pk])).status_code == 404
    assert episode.reference not in page(client, rosa, "missing")
    assert Risk(as_it_is(episode, cast["ines"]).risk) == Risk.MEDIUM

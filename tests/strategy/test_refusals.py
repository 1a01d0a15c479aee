"""What a strategy meeting refuses, each with words that say what is missing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from access.actor import NotYours, System, acting, signed
from cases.workflow.cases import restrict
from documents.models import Attachment
from partners.disclose import Grounds
from partners.models import Disclosure
from strategy import workflow
from strategy.models import Action, Decision, StrategyMeeting
from strategy.workflow import NOT_DECIDED, Asked, AttendeeFacts, Child
from tests.households import on_record
from tests.stories import hours
from tests.strategy.meetings import (
    GROUNDS,
    NURSE,
    SERGEANT,
    SOCIAL_WORKER,
    STARTS,
    TABLE,
    agreed,
    answered,
    as_it_is,
    asked,
    given,
    held,
    minuted,
    the_council,
)
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def request(by, *, grounds=GROUNDS, **said):
    usual = {
        "authority": the_council(),
        "why": "Bruises",
        "risk_is_immediate": "no",
        "children": [Child("Anya Example")],
    }
    return workflow.request(StrategyMeeting(), by=by, asked=Asked(**{**usual, **said}), grounds=grounds)


# Asking


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"why": "  "}, "significant harm"),
        ({"risk_is_immediate": ""}, "yes, no or not known"),
        ({"children": []}, "which child"),
        ({"children": [Child(" ")]}, "which child"),
        ({"grounds": Grounds("consent", "x", "yes")}, "Consent is not one"),
        ({"grounds": Grounds("public_task", " ", "yes")}, "why they need it"),
        ({"grounds": Grounds("public_task", "x", "not_yet")}, "who will tell the family"),
    ],
)
def test_a_request_says_what_is_missing(sam, said, words):
    with pytest.raises(NotNow, match=words):
        request(sam, **said)


def test_it_is_asked_of_social_care_and_of_nobody_else(sam):
    with pytest.raises(NotNow, match="local authority"):
        request(sam, authority=the_council("Vale NHS", "health"))


def test_it_is_not_asked_of_an_authority_that_is_closed(sam, clock):
    council = the_council("Old Council")
    council.closed_at = clock.at
    with pytest.raises(NotNow, match="Old Council"):
        request(sam, authority=council)


def test_a_co_ordinator_proposes_and_a_sergeant_asks(cora):
    with pytest.raises(NotYours):
        request(cora)


def test_one_child_is_named_once(sam, cora):
    anya = on_record(cora, "Anya Example", born=date(2018, 1, 5))
    with pytest.raises(NotNow, match="twice"):
        request(sam, children=[Child("Anya", anya), Child("Anya Example", anya)])


def test_exactly_what_was_sent_is_kept(sam, clock):
    meeting = asked(sam)
    with acting(sam):
        sent = Disclosure.objects.get(record=meeting.pk)
    (section,) = sent.content["sections"]
    lines = {line["label"]: line["text"] for line in section["lines"]}
    assert lines["Children"] == "Anya Example"
    assert lines["Why"] == meeting.why
    assert "significant harm" in lines["Test"]
    assert (sent.agency, sent.sent_by, sent.sent_at, sent.basis) == (meeting.authority, sam, clock.at, "public_task")


def test_asked_again_it_is_sent_again_with_the_reason(sam):
    meeting = answered(asked(sam), sam, yes=False)
    workflow.ask_again(meeting, by=sam, because="Two accounts of one injury", grounds=GROUNDS)
    with acting(sam):
        sent = Disclosure.objects.filter(record=meeting.pk).order_by("sent_at", "pk")
        texts = [str(each.content) for each in sent]
    assert sorted("Two accounts of one injury" in each for each in texts) == [False, True]


# The answer


@pytest.mark.parametrize(
    ("said", "words"),
    [({"by_name": " "}, "who at the authority"), ({"because": ""}, "what they said")],
)
def test_an_answer_is_somebodys_and_has_a_reason(sam, clock, said, words):
    facts = {"by_name": "Ash", "because": "They will chair", "answered_at": clock.at, **said}
    with pytest.raises(NotNow, match=words):
        workflow.accepted(asked(sam), by=sam, **facts)


@pytest.mark.parametrize("shift", [timedelta(minutes=1), timedelta(minutes=-1)])
def test_an_answer_came_after_the_question_and_not_in_the_future(sam, clock, shift):
    with pytest.raises(NotNow, match="Check the date"):
        workflow.accepted(asked(sam), by=sam, by_name="Ash", because="Yes", answered_at=clock.at + shift)


def test_a_refusal_is_left_so_by_a_sergeant_with_a_reason(sam, cora):
    meeting = answered(asked(sam), cora, yes=False)
    with pytest.raises(NotYours):
        workflow.let_it_stand(meeting, by=cora, because="Enough is known")
    with pytest.raises(NotNow, match="no meeting is needed"):
        workflow.let_it_stand(meeting, by=sam, because=" ")
    meeting = workflow.let_it_stand(meeting, by=sam, because="Seen today by her GP")
    assert (meeting.state, meeting.ended_because) == ("stands", "Seen today by her GP")


def test_only_a_sergeant_cancels_with_a_reason_and_only_before_it_was_held(sam, cora):
    meeting = agreed(sam)
    with pytest.raises(NotYours):
        workflow.cancel(meeting, by=cora, because="x")
    with pytest.raises(NotNow, match="why there is no meeting"):
        workflow.cancel(meeting, by=sam, because="")
    meeting = held(meeting, sam)
    with pytest.raises(NotNow, match="cannot be done now"):
        workflow.cancel(meeting, by=sam, because="x")


def test_of_two_people_who_answer_at_once_the_second_is_told(sam, cora, cole):
    meeting = asked(sam)
    answered(meeting, cora)
    with pytest.raises(NotNow, match="Somebody may have been quicker"):
        answered(meeting, cole, yes=False)
    with acting(System("test")):
        assert [each.reply for each in as_it_is(meeting).answers.all()] == ["accepted"]


# Planning and holding


def test_a_time_that_has_passed_is_no_plan(sam, clock):
    with pytest.raises(NotNow, match="has passed"):
        workflow.plan(agreed(sam), by=sam, planned_for=clock.at, mode="phone")
    with pytest.raises(NotNow, match="too far away"):
        workflow.plan(agreed(sam), by=sam, planned_for=clock.at + timedelta(days=91), mode="phone")
    with pytest.raises(NotNow, match="how it is held"):
        workflow.plan(agreed(sam), by=sam, planned_for=clock.at + hours(1), mode="")


def test_a_meeting_is_not_held_before_anybody_accepted(sam):
    for meeting in (asked(sam), answered(asked(sam), sam, yes=False)):
        with pytest.raises(NotNow):
            held(meeting, sam)


def test_it_was_not_held_in_the_future_nor_long_before_it_was_asked_for(sam, clock):
    meeting = agreed(sam)
    with pytest.raises(NotNow, match="in the future"):
        held(meeting, sam, at=clock.at + timedelta(minutes=1))
    with pytest.raises(NotNow, match="so long before"):
        held(meeting, sam, at=clock.at - timedelta(days=32))
    assert held(meeting, sam, at=clock.at - hours(10)).state == "held"


@pytest.mark.parametrize("missing", [SOCIAL_WORKER, NURSE, SERGEANT])
def test_without_one_of_social_care_police_and_health_it_is_held_only_with_the_reason(sam, missing):
    there = [each for each in TABLE if each is not missing]
    meeting = agreed(sam)
    with pytest.raises(NotNow, match="why it went on"):
        held(meeting, sam, attendees=there)
    meeting = held(meeting, sam, attendees=there, because="The child goes home at four")
    assert (meeting.absent, meeting.no_quorum_because) == ([missing.group], "The child goes home at four")


def test_somebody_who_sent_apologies_was_not_there(sam):
    away = replace(NURSE, presence="apologies")
    meeting = held(agreed(sam), sam, attendees=[SOCIAL_WORKER, SERGEANT, away], because="She is at the hospital")
    assert meeting.without == "without health"


def test_who_was_missing_is_said_in_words(sam):
    meeting = held(agreed(sam), sam, attendees=[SERGEANT], because="Nobody answered")
    assert meeting.without == "without children's social care and health"


def test_a_reason_for_going_on_is_not_kept_where_everybody_was_there(sam):
    assert held(agreed(sam), sam, because="x").no_quorum_because == ""


@pytest.mark.parametrize(
    "somebody", [AttendeeFacts("", "A", "B", "health"), AttendeeFacts("A", " ", "B", "health"), replace(NURSE, role="")]
)
def test_everybody_at_the_table_is_somebody_from_somewhere(sam, somebody):
    with pytest.raises(NotNow, match="of everybody who was there"):
        held(agreed(sam), sam, attendees=[*TABLE, somebody])


def test_somebody_was_there(sam):
    with pytest.raises(NotNow, match="who was there"):
        held(agreed(sam), sam, attendees=[])


@pytest.mark.parametrize("blank", ["sees_child", "safety", "family_told", "other", "section_47_because"])
def test_every_question_is_answered_if_only_with_not_decided(sam, blank):
    with pytest.raises(NotNow, match="Say"):
        held(agreed(sam), sam, decisions=replace(NOT_DECIDED, **{blank: " "}))


@pytest.mark.parametrize("blank", ["section_47", "investigation", "medical"])
def test_a_question_with_choices_is_answered_with_one_of_them(sam, blank):
    with pytest.raises(NotNow, match="“Not decided” is one"):
        held(agreed(sam), sam, decisions=replace(NOT_DECIDED, **{blank: ""}))


def test_what_was_not_decided_stands_there_as_not_decided(sam):
    meeting = held(agreed(sam), sam)
    with acting(sam):
        said = {each.kind: each.in_words for each in Decision.objects.filter(meeting=meeting)}
    assert len(said) == 7
    assert {said[kind] for kind in ("section_47", "investigation", "medical", "safety")} == {"Not decided"}


def test_section_47_starts_once_in_a_line_of_discussions(sam):
    first = held(agreed(sam), sam, decisions=STARTS)
    second = held(agreed(sam, follows=first), sam)
    with pytest.raises(NotNow, match=f"started with {first.reference}"):
        held(agreed(sam, follows=second), sam, decisions=STARTS)


def test_the_next_discussion_is_later(sam):
    with pytest.raises(NotNow, match="after this one"):
        held(agreed(sam), sam, next_on=date(2026, 3, 1))


# Afterwards


def test_minutes_are_words_or_a_document_of_this_meeting(sam):
    meeting = held(agreed(sam), sam)
    with pytest.raises(NotNow, match="Write the minutes"):
        workflow.record_minutes(meeting, by=sam, text=" ", document=None)
    of_another = Attachment(kind="ppn.ppn", record=meeting.pk, state="clean")
    with pytest.raises(NotNow, match="another record"):
        workflow.record_minutes(meeting, by=sam, text="", document=of_another)
    withdrawn = Attachment(kind="strategy.strategymeeting", record=meeting.pk, state="withdrawn")
    with pytest.raises(NotNow, match="withdrawn or refused"):
        workflow.record_minutes(meeting, by=sam, text="", document=withdrawn)


def test_a_later_version_of_the_minutes_stands_beside_the_earlier(sam, clock):
    meeting = minuted(held(agreed(sam), sam), sam, "First")
    first = meeting.minutes_recorded_at
    clock.shift(hours(1))
    meeting = minuted(meeting, sam, "Second")
    with acting(sam):
        assert sorted(each.text for each in meeting.minutes.all()) == ["First", "Second"]
    assert meeting.minutes_recorded_at == first


@pytest.mark.parametrize("day", [date(2026, 3, 7), date(2026, 3, 8)])
def test_a_conference_is_not_on_a_weekend(sam, day):
    with pytest.raises(NotNow, match="weekend"):
        workflow.set_conference(held(agreed(sam), sam, decisions=STARTS), by=sam, on=day, late_because="")


def test_a_late_conference_needs_the_reason(sam):
    meeting = held(agreed(sam), sam, decisions=STARTS)
    with pytest.raises(NotNow, match="fifteenth working day"):
        workflow.set_conference(meeting, by=sam, on=date(2026, 3, 24), late_because=" ")


def test_without_section_47_there_is_no_conference(sam):
    with pytest.raises(NotNow, match="No section 47"):
        workflow.set_conference(held(agreed(sam), sam), by=sam, on=date(2026, 3, 10), late_because="")


def test_a_conference_was_not_held_in_the_future(sam, clock):
    meeting = held(agreed(sam), sam, decisions=STARTS)
    with pytest.raises(NotNow, match="not in the future"):
        workflow.conference_was_held(meeting, by=sam, on=clock.at.date() + timedelta(days=1))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"what": " "}, "what is to be done"),
        ({"owner": None}, "who does it"),
        ({"due": timedelta(hours=-1)}, "due after the meeting"),
        ({"due": timedelta(days=91)}, "At most 90 days"),
    ],
)
def test_an_action_is_somebodys_and_has_its_time(sam, clock, said, words):
    said = {**said}
    due = said.pop("due", hours(4))
    with pytest.raises(NotNow, match=words):
        given(held(agreed(sam), sam), sam, due_at=clock.at + due, **said)


def test_an_action_at_an_agency_has_a_name_there_and_no_owner_here(sam, clock):
    meeting = held(agreed(sam), sam)
    with pytest.raises(NotNow, match="who at the agency"):
        given(meeting, sam, due_at=clock.at + hours(4), owner=None, agency=the_council())
    with pytest.raises(NotNow, match="somebody here, or somebody at one agency"):
        given(meeting, sam, due_at=clock.at + hours(4), agency=the_council(), name_there="Ash")
    action = given(meeting, sam, due_at=clock.at + hours(4), owner=None, agency=the_council(), name_there="Ash")
    assert action.whose == "Ash, Vale Council"


def test_nobody_is_given_an_action_in_a_case_they_may_not_see(sam, ines, olly, clock):
    meeting = held(agreed(sam), sam)
    restrict(meeting.case, by=ines, people=[ines, sam], because="A member of staff is involved")
    with pytest.raises(NotNow, match="may not see this case"):
        given(meeting, sam, due_at=clock.at + hours(4), owner=olly)


def test_an_action_ends_with_words_and_is_dropped_only_by_a_sergeant(sam, cora, clock):
    action = given(held(agreed(sam), sam), sam, due_at=clock.at + hours(4))
    with pytest.raises(NotNow, match="how it was done"):
        workflow.action_done(action, by=cora, how=" ")
    with pytest.raises(NotYours):
        workflow.action_not_needed(action, by=cora, because="x")
    with pytest.raises(NotNow, match="need not be done"):
        workflow.action_not_needed(action, by=sam, because="")


def test_a_closed_meeting_gives_no_more_actions(sam, clock):
    meeting = workflow.close(minuted(held(agreed(sam), sam), sam), by=sam)
    with pytest.raises(NotNow, match="not closed yet"):
        given(meeting, sam, due_at=clock.at + hours(4))


# Closing


def test_nothing_is_closed_without_minutes(sam):
    with pytest.raises(NotNow, match="cannot be done now"):
        workflow.close(held(agreed(sam), sam), by=sam)


def test_nothing_is_closed_with_an_open_action(sam, clock):
    meeting = held(agreed(sam), sam)
    action = given(meeting, sam, due_at=clock.at + hours(4))
    meeting = minuted(meeting, sam)
    with pytest.raises(NotNow, match="1 open action done"):
        workflow.close(meeting, by=sam)
    workflow.action_not_needed(action, by=sam, because="She moved")
    assert workflow.close(meeting, by=sam).state == "closed"


def test_nothing_is_closed_while_section_47_has_no_conference_nor_a_reason_why_none(sam):
    meeting = minuted(held(agreed(sam), sam, decisions=STARTS), sam)
    with pytest.raises(NotNow, match="conference, or why none"):
        workflow.close(meeting, by=sam)
    meeting = workflow.no_conference(meeting, by=sam, because="Section 47 found no harm")
    assert workflow.close(meeting, by=sam).state == "closed"


def test_a_late_conference_is_held_before_the_meeting_is_closed(sam, clock):
    meeting = minuted(held(agreed(sam), sam, decisions=STARTS), sam)
    meeting = workflow.set_conference(meeting, by=sam, on=date(2026, 3, 24), late_because="No room before")
    with pytest.raises(NotNow, match="late conference held"):
        workflow.close(meeting, by=sam)
    clock.shift(timedelta(days=22))
    meeting = workflow.conference_was_held(meeting, by=sam, on=date(2026, 3, 24))
    assert workflow.close(meeting, by=sam).state == "closed"


def test_a_next_discussion_that_was_fixed_is_asked_for_before_it_is_closed(sam):
    meeting = minuted(held(agreed(sam), sam, next_on=date(2026, 3, 9)), sam)
    with pytest.raises(NotNow, match="next discussion asked for"):
        workflow.close(meeting, by=sam)
    asked(sam, follows=meeting)
    assert workflow.close(meeting, by=sam).state == "closed"


# What the database itself refuses


@pytest.mark.parametrize(
    "change",
    [
        {"why": ""},
        {"held_at": None},
        {"absent": ["health"], "no_quorum_because": ""},
        {"starts_section_47": True},
        {"conference_on": date(2026, 3, 10), "no_conference_because": "x"},
    ],
)
def test_what_must_never_be_is_refused_by_the_database(sam, change):
    meeting = held(agreed(sam), sam)
    with pytest.raises(IntegrityError), transaction.atomic(), signed(sam):
        StrategyMeeting.objects.filter(pk=meeting.pk).update(**change)


def test_an_action_without_an_owner_is_refused_by_the_database(sam, clock):
    action = given(held(agreed(sam), sam), sam, due_at=clock.at + hours(4))
    with pytest.raises(IntegrityError), transaction.atomic(), signed(sam):
        Action.objects.filter(pk=action.pk).update(owner=None)

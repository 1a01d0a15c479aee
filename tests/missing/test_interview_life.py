"""A return interview from the request to the record, and everything that is refused on the way."""

from datetime import timedelta

import pytest

from access.actor import NotYours
from missing.workflow import interviews
from missing.workflow.interviews import Found
from tests.missing.returns import (
    GROUNDS,
    RISKS,
    SUMMARY,
    TEST,
    TEXT,
    asked,
    back,
    came,
    council,
    declined,
    held,
    learned_from,
    lines_of,
    missing,
    read,
    sent_about,
)  # fmt: skip
from tests.stories import hours
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def test_from_the_request_to_the_record(clock, maya):
    request = asked(maya)
    assert (request.state, request.reference[:4], request.returned_at) == ("requested", "RHI-", clock.at)
    clock.shift(hours(30))
    request = held(request, maya)
    assert (request.state, request.in_time) == ("held", True)
    clock.shift(hours(20))
    request = came(request, maya, at=clock.at - hours(20))
    assert (request.state, request.outcome, request.received_at) == ("received", "completed", clock.at)
    place = Found("place", "Flats behind the station")
    request = read(request, maya, place, Found("push", "Somebody at home"))
    assert (request.state, request.read_by, request.summary, request.risks) == ("read", maya, SUMMARY, RISKS)
    assert learned_from(request) == ["Flats behind the station", "Somebody at home"]


def test_the_authority_reads_who_and_when_and_by_when_and_no_more(clock, maya):
    request = asked(maya)
    (sent,) = sent_about(request)
    assert (sent.kind, sent.agency, sent.sent_by) == ("missing.interviewrequest", council(), maya)
    assert lines_of(sent) == {
        "Child": "Anya Example",
        "Date of birth": "4 May 2012",
        "Missing since": "Sun 1 March 2026, 15:00",
        "Found": "Mon 2 March 2026, 09:00",
        "Missing from": "Home",
        "To be held by": "Thu 5 March 2026, 09:00",
        "Who holds it": "Vale Voices",
        "Last return interview": "None that we know of",
        "What we ask": lines_of(sent)["What we ask"],
    }


def test_it_reads_what_became_of_the_last_and_nothing_that_the_child_said_then(clock, maya):
    first = back(maya)
    read(came(asked(maya, first), maya), maya)
    clock.shift(timedelta(days=20))
    second = asked(maya, back(maya, first.person), council("Sallow Council"))
    last = lines_of(sent_about(second)[0])["Last return interview"]
    assert last == "Asked of Vale Council, Mon 2 March 2026, 09:00. Held with the child"
    assert SUMMARY not in str(sent_about(second)[0].content)
    third = asked(maya, back(maya, first.person))
    assert "It has not come back to us" in lines_of(sent_about(third)[0])["Last return interview"]


@pytest.mark.parametrize("state", ["found", "interviewed", "closed", "complete"])
def test_it_is_asked_for_whenever_the_child_is_back(maya, state):
    assert asked(maya, back(maya, state=state)).state == "requested"


def test_it_is_asked_for_once_of_a_council_that_is_still_there(clock, maya):
    with pytest.raises(NotNow, match="once the child is found"):
        asked(maya, missing(maya))
    with pytest.raises(NotNow, match="The child has died"):
        asked(maya, back(maya, harm=["fatal"]))
    with pytest.raises(NotNow, match="choose the local authority"):
        asked(maya, back(maya), council("Vale NHS", kind="health"))
    with pytest.raises(NotNow, match="choose another"):
        asked(maya, back(maya), council("Old Council", closed_at=clock.at))
    episode = back(maya)
    request = asked(maya, episode)
    with pytest.raises(NotNow, match=f"asked for already: {request.reference}"):
        asked(maya, episode)


def test_it_is_for_the_missing_team_and_the_mash(olly, maya, cora, dmitri):
    for who in (olly, dmitri):
        with pytest.raises(NotYours):
            asked(who, back(maya))
    assert asked(cora).state == "requested"


def test_it_was_held_after_the_return_and_not_in_the_future(clock, maya):
    request = asked(maya)
    with pytest.raises(NotNow, match="in the future"):
        held(request, maya, clock.at + hours(1))
    with pytest.raises(NotNow, match="after the child's return, Mon 2 March 2026, 09:00"):
        held(request, maya, clock.at - hours(1))
    with pytest.raises(NotNow, match="after the child's return"):
        came(request, maya, at=clock.at - hours(1))


def test_what_came_says_something_and_is_from_somebody(maya):
    request = asked(maya)
    with pytest.raises(NotNow, match="what came of the interview"):
        came(request, maya, " ")
    with pytest.raises(NotNow, match="who it is from"):
        interviews.interview_came(request, by=maya, who=" ", said=TEXT, held_at=None)


def test_where_nobody_says_when_it_was_held_it_is_not_known(maya):
    request = interviews.interview_came(asked(maya), by=maya, who="Ines", said=TEXT, held_at=None)
    assert (request.state, request.held_at, request.in_time) == ("received", None, None)


@pytest.mark.parametrize("outcome", ["declined", "missing_again", "not_offered"])
def test_where_there_was_none_somebody_says_why_and_reads_that_too(maya, outcome):
    request = declined(asked(maya), maya, outcome)
    assert (request.state, request.outcome) == ("received", outcome)
    assert read(request, maya, summary="Her teacher asks her").state == "read"


def test_a_reason_is_one_of_four_and_has_words_and_somebody_who_said_so(maya):
    request = asked(maya)
    with pytest.raises(NotNow, match="Say why there was none"):
        declined(request, maya, "completed")
    with pytest.raises(NotNow, match="what is known of why"):
        declined(request, maya, because=" ")
    with pytest.raises(NotNow, match="who said so"):
        interviews.no_interview(request, by=maya, outcome="declined", because="At the door", who="")


def test_that_nobody_answered_is_said_only_after_a_reminder_and_only_while_that_is_so(clock, maya):
    request = asked(maya)
    with pytest.raises(NotNow, match="remind them first"):
        declined(request, maya, "no_reply")
    request = interviews.chase(request, by=maya)
    assert declined(request, maya, "no_reply").outcome == "no_reply"
    with pytest.raises(NotNow, match="They have answered"):
        declined(came(request, maya), maya, "no_reply")


def test_only_whoever_has_opened_what_stands_there_now_reads_it_into_the_record(clock, maya):
    request = came(asked(maya), maya)
    opened = interviews.as_opened(request)
    clock.shift(hours(1))
    request = came(request, TEST, "She has rung again: it is another flat")
    with pytest.raises(NotNow, match="More has come since you opened it"):
        read(request, maya, opened=opened)
    assert read(request, maya).state == "read"


def test_a_later_answer_has_to_be_read_as_well_and_the_earlier_stays(clock, maya):
    request = read(came(asked(maya), maya), maya)
    clock.shift(timedelta(days=2))
    request = came(request, TEST, "Corrected: it was Kay, not Kez")
    assert (request.state, request.received_at, request.summary) == ("received", clock.at, SUMMARY)
    assert request.said == (
        f"{TEXT}\n\n[Later, Wed 4 March 2026, 09:00, from Ines Listener, Vale Voices]\nCorrected: it was Kay, not Kez"
    )


def test_the_same_sent_again_is_not_written_twice(maya):
    request = came(came(asked(maya), maya), TEST)
    assert request.said == TEXT


def test_held_after_all_keeps_that_the_child_had_declined(maya):
    request = came(declined(asked(maya), maya), maya)
    assert request.outcome == "completed"
    assert request.said.startswith("[Before: The child did not want one. Offered twice")
    assert request.said.endswith(TEXT)


def test_reading_it_says_what_it_means(maya):
    request = came(asked(maya), maya)
    for said, words in (
        ({"summary": " "}, "what the next officer has to know"),
        ({"risks": ""}, "“none” if it shows none"),
        ({"plan_updated": ""}, "whether the trigger plan"),
    ):
        with pytest.raises(NotNow, match=words):
            read(request, maya, **said)
    with pytest.raises(NotNow, match="what was learned"):
        read(request, maya, Found("place", " "))
    with pytest.raises(NotNow, match="a place, a person"):
        read(request, maya, Found("other", "The flats"))


def test_nothing_of_the_text_is_in_the_steps(maya):
    request = read(came(asked(maya), maya), maya, Found("person", "Kez"))
    declined(asked(maya), maya, because="He said that he is afraid")
    facts = str([step.facts for step in Step.objects.filter(kind="missing.interviewrequest")])
    for text in (TEXT, RISKS, 'Kez"', "afraid"):
        assert text not in facts
    assert request.state == "read"


def test_a_reminder_says_which_interview_and_what_we_wait_for(clock, maya):
    request = interviews.chase(asked(maya), by=maya)
    reminder = sent_about(request)[1]
    assert (request.chased, request.chased_at, reminder.content["about"]) == (
        1,
        clock.at,
        "Reminder 1: return interview",
    )
    assert lines_of(reminder)["We wait for"] == "The interview"
    request = interviews.chase(held(request, maya), by=TEST)
    reminder = sent_about(request)[2]
    assert lines_of(reminder)["We wait for"].endswith("held Mon 2 March 2026, 09:00")
    assert (reminder.sent_by, reminder.sender) == (None, "Longstop (test)")
    with pytest.raises(NotNow, match="Somebody may have been quicker"):
        interviews.chase(came(request, maya), by=maya)


def test_whoever_waits_for_the_reading_is_told_in_the_same_transaction(maya, monkeypatch):
    told = []
    monkeypatch.setattr(interviews, "ON_READ", [lambda request: told.append((request.pk, request.state))])
    request = read(came(asked(maya), maya), maya)
    assert told == [(request.pk, "read")]


def test_grounds_that_are_half_said_send_nothing(maya):
    episode = back(maya)
    half = GROUNDS.__class__(basis="public_task", why_needed="", informed="yes")
    with pytest.raises(NotNow, match="why they need it"):
        interviews.request_interview(
            interviews.InterviewRequest(), by=maya, episode=episode, agency=council(), provider="", grounds=half
        )

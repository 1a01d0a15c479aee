"""The monthly meeting of each authority: no child without a decision, and the next one is there at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from access.actor import NotYours, System, acting
from access.time import now
from cases.workflow.people import declare_conflict
from cohort import workflow
from cohort.models import (
    CohortMeeting,
    MeetingDecision,
)
from cohort.workflow import ChildDecision
from tests.cohort.children import (
    TABLE,
    as_it_is,
    given,
    in_cohort,
    meeting_of,
    met,
)
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def every(model, **said):
    with acting(System("test")):
        return list(model.objects.filter(**said))


def test_one_meeting_is_to_come_for_each_authority_however_many_children(maya, milo):
    one, _ = in_cohort(maya, milo), in_cohort(maya, milo, "Willow Example")
    assert [each.authority for each in every(CohortMeeting)] == [one.authority]


def test_a_meeting_is_not_over_while_a_child_has_no_decision(maya, milo):
    one, two = in_cohort(maya, milo), in_cohort(maya, milo, "Willow Example")
    meeting = meeting_of(one.authority)
    said = [ChildDecision(one, "Visits go on")]
    about = {"by": maya, "held_at": now(), "attendees": TABLE, "next_at": None}
    for decisions in (
        said,
        [*said, ChildDecision(two)],
        [*said, ChildDecision(two, "Visits", "Nobody knew her")],
        [*said, *said],
    ):
        with pytest.raises(NotNow):
            workflow.hold_meeting(meeting, decisions=decisions, **about)
    why = ChildDecision(two, not_discussed_because="Her social worker was ill")
    meeting = workflow.hold_meeting(meeting, decisions=[*said, why], **about)
    assert meeting.state == "held"
    assert sorted(each.in_words for each in every(MeetingDecision, meeting=meeting)) == [
        "Not discussed: Her social worker was ill",
        "Visits go on",
    ]


def test_a_child_whom_the_recorder_may_not_see_is_not_dropped(maya, milo, chidi):
    one, two = in_cohort(maya, milo), in_cohort(maya, milo, "Willow Example")
    declare_conflict(two.person, by=chidi, user=maya, because="Her niece")
    workflow.hold_meeting(
        meeting_of(one.authority), by=maya, held_at=now(), attendees=TABLE, next_at=None,
        decisions=[ChildDecision(one, "Visits go on")],
    )  # fmt: skip
    with acting(maya):
        assert two.decisions.count() == 0
    with acting(milo):
        assert two.decisions.get().in_words.startswith("Not discussed: whoever recorded")


def test_the_next_meeting_is_there_as_soon_as_one_is_held(maya, milo, clock):
    entry = in_cohort(maya, milo)
    clock.shift(timedelta(days=20))
    held = met(meeting_of(entry.authority), maya, next_at=now() + timedelta(days=28))
    following = meeting_of(entry.authority)
    assert (following.follows, following.counts_from) == (held, clock.at)
    assert following.planned_for == clock.at + timedelta(days=28)


def test_a_cancelled_meeting_gives_no_time_back(maya, milo, clock):
    entry = in_cohort(maya, milo)
    first = meeting_of(entry.authority)
    clock.shift(timedelta(days=30))
    with pytest.raises(NotYours):
        workflow.cancel_meeting(first, by=maya, because="Snow")
    with pytest.raises(NotNow):
        workflow.cancel_meeting(first, by=milo, because=" ")
    workflow.cancel_meeting(first, by=milo, because="Snow")
    following = meeting_of(entry.authority)
    assert (following.follows, following.due_at) == (first, first.due_at)


def test_where_no_child_of_the_authority_is_left_no_meeting_follows(maya, milo):
    entry = in_cohort(maya, milo)
    workflow.leave(entry, by=milo, because="Eighteen", answers={})
    workflow.cancel_meeting(meeting_of(entry.authority), by=milo, because="No child of theirs is in the cohort")
    assert every(CohortMeeting, state="planned") == []


def test_a_meeting_was_held_after_the_last_one_and_not_in_the_future_by_people_who_are_named(maya, milo, clock):
    entry = in_cohort(maya, milo)
    meeting = meeting_of(entry.authority)
    for wrong in (
        {"held_at": now() + timedelta(minutes=1)},
        {"held_at": meeting.counts_from - timedelta(minutes=1)},
        {"attendees": []},
        {"attendees": [replace(TABLE[0], role=" ")]},
        {"attendees": [replace(TABLE[0], presence="apologies")]},
        {"next_at": now()},
        {"next_at": now() + timedelta(days=94)},
    ):
        with pytest.raises(NotNow):
            met(meeting, maya, **wrong)
    assert as_it_is(meeting).state == "planned"


def test_a_meeting_is_moved_for_a_reason(maya, milo):
    meeting = meeting_of(in_cohort(maya, milo).authority)
    meeting = workflow.set_meeting_time(meeting, by=maya, planned_for=now() + timedelta(days=7), because="")
    with pytest.raises(NotNow):
        workflow.set_meeting_time(meeting, by=maya, planned_for=now() + timedelta(days=8), because=" ")
    with pytest.raises(NotNow):
        workflow.set_meeting_time(meeting, by=maya, planned_for=now(), because="Earlier")


def test_a_meeting_gives_steps_for_the_children_it_spoke_of(maya, milo):
    entry = in_cohort(maya, milo)
    held = met(meeting_of(entry.authority), maya)
    other = in_cohort(maya, milo, "Willow Example")
    with pytest.raises(NotNow, match="did not speak"):
        given(other, maya, meeting=held)
    with pytest.raises(NotNow, match="once it has been held"):
        given(entry, maya, meeting=meeting_of(entry.authority))
    assert given(entry, maya, meeting=held).meeting == held

"""Every clock of a strategy meeting at its exact boundary: who is told, also over weekends and holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sla.engine import sweep
from sla.lengths import set_length
from sla.models import Clock
from strategy import workflow
from tests.stories import away, clock_of, hours, swept, told
from tests.strategy.meetings import GROUNDS, STARTS, agreed, answered, asked, given, held, minuted

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)
FRIDAY_AT_THREE = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
MAUNDY_THURSDAY = datetime(2026, 4, 2, 14, 0, tzinfo=UTC)  # 15:00 by the clock on the wall


def told_by(record, code):
    """Who has been told by this clock, in order."""
    clock = clock_of(record, code)
    rows = clock.escalations.order_by("level").prefetch_related("notifications__person")
    return [note.person.username for row in rows for note in row.notifications.all()]


def at(clock, moment):
    clock.set(moment)
    sweep()


# P10: the meeting is held


def test_a_meeting_not_held_climbs_from_the_sergeant_to_the_superintendent(sam, clock):
    meeting = agreed(sam)
    start = meeting.requested_at
    assert clock_of(meeting, "P10").due_at == start + hours(24)
    for days, so_far in ((1, []), (2, ["sam"]), (3, ["sam", "ines"])):
        at(clock, start + timedelta(days=days))
        assert told_by(meeting, "P10") == so_far  # exactly on the moment is in time
        at(clock, start + timedelta(days=days) + MOMENT)
    assert told_by(meeting, "P10") == ["sam", "ines", "chidi", "sue"]


def test_asked_for_on_a_friday_at_three_it_is_due_on_monday_at_three(sam, clock):
    clock.set(FRIDAY_AT_THREE)
    meeting = agreed(sam)
    monday = FRIDAY_AT_THREE + timedelta(days=3)
    at(clock, monday)
    assert told_by(meeting, "P10") == []
    at(clock, monday + MOMENT)
    assert told_by(meeting, "P10") == ["sam"]
    at(clock, monday + timedelta(days=1) + MOMENT)
    assert told_by(meeting, "P10") == ["sam", "ines"]


def test_an_immediate_risk_does_not_wait_for_monday(sam, clock):
    clock.set(FRIDAY_AT_THREE)
    meeting = agreed(sam, immediate="yes")
    at(clock, FRIDAY_AT_THREE + hours(8))
    assert told_by(meeting, "P10") == []
    at(clock, FRIDAY_AT_THREE + hours(8) + MOMENT)
    assert told_by(meeting, "P10") == ["sam"]
    at(clock, FRIDAY_AT_THREE + hours(16) + MOMENT)
    assert told_by(meeting, "P10") == ["sam", "ines"]
    at(clock, FRIDAY_AT_THREE + hours(24) + MOMENT)
    assert told_by(meeting, "P10") == ["sam", "ines", "chidi", "sue"]


def test_where_nobody_knows_whether_the_risk_is_immediate_it_is(sam):
    meeting = asked(sam, immediate="not_known")
    assert clock_of(meeting, "P10").due_at == meeting.requested_at + hours(8)


def test_over_easter_the_bank_holidays_are_no_working_days(sam, clock):
    clock.set(MAUNDY_THURSDAY)
    meeting = agreed(sam)
    assert clock_of(meeting, "P10").due_at == datetime(2026, 4, 7, 14, 0, tzinfo=UTC)  # Tuesday after Easter Monday


def test_asked_for_on_a_saturday_it_is_due_when_monday_is_over(sam, clock):
    clock.set(datetime(2026, 3, 7, 15, 0, tzinfo=UTC))
    assert clock_of(agreed(sam), "P10").due_at == datetime(2026, 3, 10, 0, 0, tzinfo=UTC)


def test_eight_hours_are_eight_hours_on_the_night_the_clocks_go_forward_and_back(sam, clock):
    for night in (datetime(2026, 3, 28, 22, 0, tzinfo=UTC), datetime(2026, 10, 24, 22, 0, tzinfo=UTC)):
        clock.set(night)
        assert clock_of(asked(sam, immediate="yes"), "P10").due_at == night + hours(8)


def test_the_same_local_time_after_a_weekend_on_which_the_clocks_change(sam, clock):
    clock.set(datetime(2026, 3, 27, 15, 0, tzinfo=UTC))
    assert clock_of(asked(sam), "P10").due_at == datetime(2026, 3, 30, 14, 0, tzinfo=UTC)
    clock.set(datetime(2026, 10, 23, 14, 0, tzinfo=UTC))
    assert clock_of(asked(sam), "P10").due_at == datetime(2026, 10, 26, 15, 0, tzinfo=UTC)


def test_with_the_sergeant_away_whoever_covers_is_told(sam, ines, clock):
    meeting = agreed(sam)
    away(sam, days=14, cover=ines)
    at(clock, meeting.requested_at + hours(24) + MOMENT)
    assert told_by(meeting, "P10") == ["ines"]


def test_a_risk_that_becomes_immediate_brings_it_nearer(sam, cora, clock):
    meeting = agreed(sam)
    clock.shift(hours(1))
    meeting = workflow.risk_rose(meeting, by=cora, because="He is out of custody")
    assert clock_of(meeting, "P10").due_at == meeting.requested_at + hours(8)


def test_a_refusal_and_asking_again_give_no_time_back(sam, clock):
    meeting = answered(asked(sam), sam, yes=False)
    due = clock_of(meeting, "P10").due_at
    clock.shift(hours(3))
    meeting = workflow.ask_again(meeting, by=sam, because="Two accounts of one injury", grounds=GROUNDS)
    assert (clock_of(meeting, "P10").due_at, clock_of(meeting, "P10").stopped_at) == (due, None)


def test_holding_it_late_does_not_hide_that_it_was_late(sam, clock):
    meeting = agreed(sam)
    clock.shift(hours(24) + MOMENT)
    held(meeting, sam)
    assert told_by(meeting, "P10") == ["sam"]


# P10A and P10R: the authority answers, and a refusal is decided on


def test_an_authority_that_does_not_answer_in_four_hours_is_called_by_the_sergeant(sam, clock):
    meeting = asked(sam)
    at(clock, meeting.asked_at + hours(4))
    assert told_by(meeting, "P10A") == []
    at(clock, meeting.asked_at + hours(4) + MOMENT)
    assert told_by(meeting, "P10A") == ["sam"]
    at(clock, meeting.asked_at + hours(8) + MOMENT)
    assert told_by(meeting, "P10A") == ["sam", "ines"]


def test_asked_again_the_authority_has_four_hours_from_then(sam, clock):
    meeting = answered(asked(sam), sam, yes=False)
    clock.shift(hours(2))
    meeting = workflow.ask_again(meeting, by=sam, because="Two accounts", grounds=GROUNDS)
    assert clock_of(meeting, "P10A").due_at == clock.at + hours(4)


def test_the_sergeant_hears_of_a_refusal_at_once_and_the_inspector_eight_hours_later(sam, cora, clock):
    meeting = answered(asked(sam), cora, yes=False)
    swept(clock, MOMENT)
    assert told_by(meeting, "P10R") == ["sam"]
    at(clock, meeting.answered_at + hours(8))
    assert told_by(meeting, "P10R") == ["sam"]
    at(clock, meeting.answered_at + hours(8) + MOMENT)
    assert told_by(meeting, "P10R") == ["sam", "ines"]


def test_a_refusal_that_is_left_so_stops_every_clock(sam, clock):
    meeting = answered(asked(sam), sam, yes=False)
    workflow.let_it_stand(meeting, by=sam, because="Seen by her GP today; no injury")
    assert not Clock.running().filter(record=meeting.pk).exists()


# P11D and P11: decisions and minutes are on the police system


def test_a_planned_meeting_of_which_nobody_recorded_the_decisions_the_same_day(sam, cora, clock):
    meeting = workflow.plan(agreed(sam), by=cora, planned_for=clock.at + hours(2), mode="phone")
    at(clock, meeting.planned_for + hours(8))
    assert told_by(meeting, "P11D") == []
    at(clock, meeting.planned_for + hours(8) + MOMENT)
    assert told_by(meeting, "P11D") == ["sam"]
    at(clock, meeting.planned_for + hours(16) + MOMENT)
    assert told_by(meeting, "P11D") == ["sam", "ines"]


def test_a_meeting_that_is_moved_is_timed_by_its_new_time_but_must_be_held_by_the_same(sam, cora, clock):
    meeting = workflow.plan(agreed(sam), by=cora, planned_for=clock.at + hours(2), mode="phone")
    due = clock_of(meeting, "P10").due_at
    later = clock.at + hours(30)
    meeting = workflow.plan_again(meeting, by=cora, planned_for=later, mode="phone", because="Health cannot come")
    assert clock_of(meeting, "P11D").due_at == later + hours(8)
    assert clock_of(meeting, "P10").due_at == due


def test_minutes_are_due_one_working_day_after_it_was_held(sam, clock):
    clock.set(FRIDAY_AT_THREE)
    meeting = held(agreed(sam), sam)
    monday = FRIDAY_AT_THREE + timedelta(days=3)
    at(clock, monday)
    assert told_by(meeting, "P11") == []
    at(clock, monday + MOMENT)
    assert told_by(meeting, "P11") == ["sam"]


def test_minutes_count_from_when_it_was_held_not_from_when_somebody_wrote_that_down(sam, clock):
    meeting = agreed(sam)
    was_held = clock.at + hours(1)
    clock.shift(hours(30))
    meeting = held(meeting, sam, at=was_held)
    assert clock_of(meeting, "P11").due_at == was_held + hours(24)
    sweep()
    assert told_by(meeting, "P11") == ["sam"]


# P12: the conference


def held_on(sam, clock, moment, **said):
    clock.set(moment)
    return held(agreed(sam), sam, decisions=STARTS, **said)


def test_the_tenth_working_day_asks_whether_it_is_booked_and_the_fifteenth_tells_the_chief_inspector(sam, clock):
    start = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    meeting = held_on(sam, clock, start)
    tenth, fifteenth = start + timedelta(days=14), start + timedelta(days=21)
    at(clock, tenth)
    assert told_by(meeting, "P12") == []
    at(clock, tenth + MOMENT)
    assert told_by(meeting, "P12") == ["sam"]
    at(clock, fifteenth)
    assert told_by(meeting, "P12") == ["sam"]
    at(clock, fifteenth + MOMENT)
    assert told_by(meeting, "P12") == ["sam", "chidi"]


def test_over_easter_the_fifteenth_working_day_is_two_days_later(sam, clock):
    meeting = held_on(sam, clock, datetime(2026, 3, 23, 10, 0, tzinfo=UTC))
    assert meeting.conference_by == date(2026, 4, 15)
    assert clock_of(meeting, "P12").due_at == datetime(2026, 4, 15, 9, 0, tzinfo=UTC)


def test_a_date_in_time_stops_it(sam, clock):
    meeting = held_on(sam, clock, datetime(2026, 3, 2, 10, 0, tzinfo=UTC))
    meeting = workflow.set_conference(meeting, by=sam, on=date(2026, 3, 23), late_because="")
    assert (meeting.conference_is_late, clock_of(meeting, "P12").stopped_by) == (False, "strategy.set_conference")


def test_a_date_one_day_too_late_is_kept_and_stays_late(sam, clock):
    meeting = held_on(sam, clock, datetime(2026, 3, 2, 10, 0, tzinfo=UTC))
    meeting = workflow.set_conference(meeting, by=sam, on=date(2026, 3, 24), late_because="No room before")
    assert (meeting.conference_is_late, clock_of(meeting, "P12").stopped_at) == (True, None)
    at(clock, datetime(2026, 3, 23, 10, 0, tzinfo=UTC) + MOMENT)
    assert told_by(meeting, "P12") == ["sam", "chidi"]


def test_a_date_that_was_in_time_and_is_moved_too_far_is_late_again(sam, clock):
    meeting = held_on(sam, clock, datetime(2026, 3, 2, 10, 0, tzinfo=UTC))
    meeting = workflow.set_conference(meeting, by=sam, on=date(2026, 3, 23), late_because="")
    meeting = workflow.set_conference(meeting, by=sam, on=date(2026, 3, 24), late_because="The chair is ill")
    running = Clock.running().get(record=meeting.pk, deadline="P12")
    assert running.due_at == datetime(2026, 3, 23, 10, 0, tzinfo=UTC)


def test_a_meeting_on_a_saturday_counts_from_monday_and_ends_with_the_fifteenth_day(sam, clock):
    meeting = held_on(sam, clock, datetime(2026, 2, 28, 10, 0, tzinfo=UTC))
    assert meeting.conference_by == date(2026, 3, 20)
    meeting = workflow.set_conference(meeting, by=sam, on=date(2026, 3, 20), late_because="")
    assert not meeting.conference_is_late


def test_it_counts_from_the_discussion_that_started_section_47_and_not_from_the_next(sam, clock):
    first = held_on(sam, clock, datetime(2026, 3, 2, 10, 0, tzinfo=UTC))
    clock.shift(timedelta(days=3))
    second = held(agreed(sam, follows=first), sam)
    assert clock_of(first, "P12").due_at == datetime(2026, 3, 23, 10, 0, tzinfo=UTC)
    assert clock_of(second, "P12") is None


def test_where_only_the_second_discussion_started_it_that_one_counts(sam, clock):
    clock.set(datetime(2026, 3, 2, 10, 0, tzinfo=UTC))
    first = held(agreed(sam), sam)
    clock.shift(timedelta(days=3))
    second = held(agreed(sam, follows=first), sam, decisions=STARTS)
    assert clock_of(first, "P12") is None
    assert clock_of(second, "P12").due_at == datetime(2026, 3, 26, 10, 0, tzinfo=UTC)


# SA, SN, SC: actions, the next discussion, closing


def test_an_action_tells_the_co_ordinators_the_sergeant_and_the_inspector(sam, clock):
    meeting = held(agreed(sam), sam)
    action = given(meeting, sam, due_at=clock.at + hours(8))
    for share, so_far in ((6, []), (8, ["cole", "cora"]), (12, ["cole", "cora", "sam"])):
        at(clock, action.given_at + hours(share))
        assert sorted(told_by(action, "SA")) == so_far
        at(clock, action.given_at + hours(share) + MOMENT)
    assert sorted(told_by(action, "SA")) == ["cole", "cora", "ines", "sam"]


def test_what_is_not_needed_any_more_tells_nobody(sam, clock):
    action = given(held(agreed(sam), sam), sam, due_at=clock.at + hours(8))
    workflow.action_not_needed(action, by=sam, because="She moved to her aunt")
    swept(clock, hours(24))
    assert told(action.pk) == []


def test_a_next_discussion_that_nobody_asks_for_reaches_the_inspector(sam, clock):
    meeting = held(agreed(sam), sam, next_on=date(2026, 3, 9))
    assert clock_of(meeting, "SN").due_at == datetime(2026, 3, 10, 0, 0, tzinfo=UTC)
    at(clock, datetime(2026, 3, 10, 0, 0, tzinfo=UTC) + MOMENT)
    assert told_by(meeting, "SN") == ["sam", "ines"]


def test_asking_for_the_next_discussion_fulfils_it(sam, clock):
    meeting = held(agreed(sam), sam, next_on=date(2026, 3, 9))
    asked(sam, follows=meeting)
    assert clock_of(meeting, "SN").stopped_by == "strategy.request"


def test_a_meeting_left_open_four_weeks_after_its_minutes_is_told(sam, clock):
    meeting = minuted(held(agreed(sam), sam), sam)
    at(clock, meeting.minutes_recorded_at + timedelta(days=28) + MOMENT)
    assert told_by(meeting, "SC") == ["sam"]


def test_a_force_that_sets_its_own_length_changes_no_running_clock(sam, ines, clock):
    before = asked(sam, immediate="yes")
    name = "Strategy meeting held, immediate risk"
    set_length(name, by=ines, length=hours(4), starts=clock.at, because="Agreed with both councils")
    after = asked(sam, immediate="yes")
    assert clock_of(before, "P10").due_at - before.requested_at == hours(8)
    assert clock_of(after, "P10").due_at - after.requested_at == hours(4)


def test_the_day_the_queue_is_sorted_by_is_the_nearest_clock(sam, clock):
    meeting = asked(sam)
    assert meeting.due_at == meeting.requested_at + hours(4)
    assert answered(meeting, sam).due_at == meeting.requested_at + hours(24)

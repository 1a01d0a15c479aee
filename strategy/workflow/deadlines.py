"""The clocks of a strategy meeting. Each counts from what was asked, planned or held, never from when somebody wrote it
down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from access.roles import Role
from sla.calendar import local
from sla.models import Clock
from sla.policy import At, Deadline, Ladder, Level, Moments, On, when_due, working_day
from strategy.lengths import (
    ANSWERED,
    AT_ONCE,
    CLOSING,
    CONFERENCE,
    DECISIONS,
    HELD_WITHIN,
    LONGEST,
    MINUTES,
    REFUSAL,
    TAKE_OVER,
)
from strategy.models import Action, ReceivedMinutes, StrategyMeeting
from strategy.workflow.actions import action_done, action_not_needed, add_action
from strategy.workflow.after import close, conference_was_held, no_conference, record_minutes, set_conference
from strategy.workflow.asking import accepted, ask_again, cancel, declined, let_it_stand, request, risk_rose
from strategy.workflow.holding import hold, plan, plan_again
from strategy.workflow.receiving import leave_out, minutes_came, take_over


def _later(days: int) -> Callable[[Clock], datetime]:
    """So many working days after it was asked. Where less than one working day was allowed, because the risk is
    immediate, nobody waits over a weekend: so many times the length."""

    def moment(clock: Clock) -> datetime:
        if clock.due_at < working_day(1)(clock):
            return clock.started_at + (clock.due_at - clock.started_at) * days
        return working_day(days)(clock)

    return moment


SECOND = "the second working day is over, or twice the time where the risk is immediate"
THIRD = "the third working day is over, or three times the time where the risk is immediate"

MEETING_HELD = Deadline(
    "P10",
    "Strategy meeting held",
    model=StrategyMeeting,
    starts=[request],
    counts_from=lambda meeting: meeting.requested_at,  # asking again after a refusal gives no time back
    length=lambda meeting: AT_ONCE if meeting.is_immediate else HELD_WITHIN,
    lengths=[AT_ONCE, HELD_WITHIN],
    pulled_in_by=[risk_rose],
    stops=[hold, let_it_stand, cancel],
    publishes="due_at",
    ladder=Moments(
        [
            At(when_due, "the time has gone", Role.MASH_SERGEANT, is_due=True),
            At(_later(2), SECOND, Role.MASH_INSPECTOR),
            At(_later(3), THIRD, Role.MASH_CHIEF_INSPECTOR),
            At(_later(3), f"{THIRD}: superintendent", Role.SUPERINTENDENT),
        ]
    ),
)

ANSWER = Deadline(
    "P10A",
    "Authority's answer to the request for a strategy meeting",
    model=StrategyMeeting,
    starts=[request, ask_again],
    counts_from=lambda meeting: meeting.asked_at,
    length=lambda meeting: ANSWERED,
    lengths=[ANSWERED],
    stops=[accepted, declined, cancel],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)

REFUSED = Deadline(
    "P10R",
    "A refused strategy meeting asked for again, or left so with a reason",
    model=StrategyMeeting,
    starts=[declined],
    counts_from=lambda meeting: meeting.answered_at,
    length=lambda meeting: REFUSAL,
    lengths=[REFUSAL],
    stops=[ask_again, let_it_stand, cancel],
    publishes="due_at",
    ladder=Ladder([Level(0.0, Role.MASH_SERGEANT), Level(1.0, Role.MASH_INSPECTOR)]),
)

DECIDED = Deadline(
    "P11D",
    "Decisions of a planned strategy meeting on the police system",
    model=StrategyMeeting,
    starts=[plan, plan_again],
    counts_from=lambda meeting: meeting.planned_for,
    length=lambda meeting: DECISIONS,
    lengths=[DECISIONS],
    # Moved to another time it is another session; by when one must be held (P10) does not move.
    stops=[hold, plan_again, cancel],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)

MINUTES_RECORDED = Deadline(
    "P11",
    "Minutes of the strategy meeting on the police system",
    model=StrategyMeeting,
    starts=[hold],
    counts_from=lambda meeting: meeting.held_at,
    length=lambda meeting: MINUTES,
    lengths=[MINUTES],
    stops=[record_minutes],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)


READ = Deadline(
    "P11R",
    "Minutes that an agency sent, read and taken over",
    model=ReceivedMinutes,
    starts=[minutes_came],
    counts_from=lambda received: received.received_at,
    length=lambda received: TAKE_OVER,
    lengths=[TAKE_OVER],
    stops=[take_over, leave_out],
    ladder=Ladder([Level(0.0, Role.COORDINATOR), Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)


def _in_time(meeting: StrategyMeeting) -> StrategyMeeting | None:
    """A date beyond the fifteenth working day does not keep the promise: the clock runs on, and tells."""
    return None if meeting.conference_is_late else meeting


def _owes_a_conference(meeting: StrategyMeeting) -> bool:
    return meeting.starts_section_47 and (not meeting.conference_is_settled or meeting.conference_is_late)


CONFERENCE_HELD = Deadline(
    "P12",
    "Initial child protection conference",
    model=StrategyMeeting,
    starts=[hold, set_conference],  # a date that was in time and is moved beyond it owes again
    applies=_owes_a_conference,
    counts_from=lambda meeting: meeting.held_at,  # of the discussion that started section 47, not of a later one
    length=lambda meeting: CONFERENCE,
    lengths=[CONFERENCE],
    stops=[On(set_conference, of=_in_time), no_conference, conference_was_held, close],
    publishes="due_at",
    ladder=Moments(
        [
            At(working_day(10), "ten working days are over: is the conference booked?", Role.MASH_SERGEANT),
            At(when_due, "the time for the conference is over", Role.MASH_CHIEF_INSPECTOR, is_due=True),
        ]
    ),
)


def _end_of_that_day(meeting: StrategyMeeting) -> datetime:
    if meeting.next_on is None:
        raise TypeError("only a meeting with a next discussion has a time for it")
    return local(meeting.next_on + timedelta(days=1))


NEXT = Deadline(
    "SN",
    "The next discussion asked for",
    model=StrategyMeeting,
    starts=[hold],
    applies=lambda meeting: meeting.next_on is not None,
    counts_from=lambda meeting: meeting.held_at,
    length=lambda meeting: LONGEST,
    lengths=[LONGEST],
    until=_end_of_that_day,
    stops=[On(request, of=lambda meeting: meeting.follows), close],
    publishes="due_at",
    ladder=Ladder([Level(0.75, Role.MASH_SERGEANT), Level(1.0, Role.MASH_INSPECTOR)]),
)

CLOSED = Deadline(
    "SC",
    "Strategy meeting closed, with nothing left to do",
    model=StrategyMeeting,
    starts=[record_minutes],
    counts_from=lambda meeting: meeting.minutes_recorded_at,
    length=lambda meeting: CLOSING,
    lengths=[CLOSING],
    stops=[close],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(1.5, Role.MASH_INSPECTOR)]),
)

ACTION = Deadline(
    "SA",
    "Action of a strategy meeting",
    model=Action,
    starts=[add_action],
    counts_from=lambda action: action.given_at,
    length=lambda action: LONGEST,
    lengths=[LONGEST],
    until=lambda action: action.due_at,
    stops=[action_done, action_not_needed],
    ladder=Ladder([Level(0.75, Role.COORDINATOR), Level(1.0, Role.MASH_SERGEANT), Level(1.5, Role.MASH_INSPECTOR)]),
)

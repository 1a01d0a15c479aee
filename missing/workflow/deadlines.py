"""The clocks of a missing child while they are searched for. Each counts from the report, or from when the child was
last seen; none is paused by the night, and none is quieted by looking at a record."""

from __future__ import annotations

from typing import Any

from access.roles import Role
from missing import lengths
from missing.models import Episode, PlanAction
from missing.needs import may_need_a_meeting
from missing.workflow import conditions as when
from missing.workflow.calls import grade, reassess, report
from missing.workflow.planning import action_done, action_not_needed, give_action
from missing.workflow.returning import found, interview
from missing.workflow.risk import assess, attend, know_more, raise_risk, ratify
from missing.workflow.searching import (
    decide_daily,
    inspector_review,
    log_enquiry,
    long_review,
    missing_for_long,
    no_meeting,
    offer_transfer,
    recorded_in_error,
    review,
    tell_ukmpu,
    transfer_accepted,
    transfer_refused,
)
from sla.policy import Deadline, EachTime, Ladder, Level, On, Verb
from strategy import workflow as strategy
from workflow.transitions import Transition

OVER: list[Verb] = [found, transfer_accepted, recorded_in_error]
"""Nobody looks for the child any more, or another force does."""
RISES: list[Verb] = [grade, reassess, assess, ratify, raise_risk]
"""May raise the risk: what is due comes nearer."""
LEARNS: list[Transition[Any, Any]] = [assess, know_more, found, interview]
"""May bring up something that the agencies have to meet about."""

GRADED = Deadline(
    "MC0",
    "Missing report graded",
    model=Episode,
    starts=[report],
    counts_from=lambda episode: episode.reported_at,
    length=lambda episode: lengths.GRADED,
    lengths=[lengths.GRADED],
    stops=[grade, attend, *OVER],
    publishes="due_at",
    ladder=Ladder([Level(0.5, Role.CONTACT_SUPERVISOR), Level(1.0, Role.FIM)]),
)

REASSESSED = Deadline(
    "MC1",
    "Missing, nobody there yet: the risk is re-assessed",
    model=Episode,
    starts=[report, reassess],
    counts_from=when.reassessed_last,
    length=when.reassessed_every,
    lengths=[lengths.REASSESSED_HIGH, lengths.REASSESSED],
    pulled_in_by=[grade, raise_risk],
    stops=[reassess, attend, *OVER],
    publishes="due_at",
    ladder=EachTime([Role.CONTACT_SUPERVISOR, Role.FIM, Role.DMM_CHAIR]),
)

ATTENDED = Deadline(
    "MC2",
    "An officer is with whoever reported the child missing",
    model=Episode,
    starts=[report, On(grade, of=when.graded_low)],
    counts_from=lambda episode: episode.reported_at,
    length=when.attended_within,
    lengths=[lengths.ATTENDED_HIGH, lengths.ATTENDED, lengths.ATTENDED_LOW],
    until=when.as_agreed,
    pulled_in_by=RISES,
    # The one time that may move away: a named supervisor grades it low, with a reason, and agrees with the reporter.
    stops=[On(grade, of=when.graded_low), attend, *OVER],
    publishes="due_at",
    ladder=Ladder(
        [Level(0.8, Role.CONTACT_SUPERVISOR), Level(1.0, Role.FIM), Level(1.5, Role.DMM_CHAIR)],
    ),
)

FIRST_ENQUIRY = Deadline(
    "MC3",
    "First enquiry for a missing child",
    model=Episode,
    starts=[report],
    counts_from=lambda episode: episode.reported_at,
    length=lambda episode: lengths.FIRST_ENQUIRY,
    lengths=[lengths.FIRST_ENQUIRY],
    stops=[On(log_enquiry, of=when.was_active), *OVER],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.CONTACT_SUPERVISOR), Level(2.0, Role.FIM), Level(3.0, Role.DMM_CHAIR)]),
)

ASSESSED = Deadline(
    "MC4A",
    "Risk of a missing child assessed by the officer who attended",
    model=Episode,
    starts=[attend],
    counts_from=lambda episode: episode.attended_at,
    length=lambda episode: lengths.ASSESSED,
    lengths=[lengths.ASSESSED],
    stops=[assess, *OVER],
    publishes="due_at",
    ladder=Ladder(
        [Level(1.0, Role.RESPONSE_SERGEANT), Level(1.5, Role.RESPONSE_INSPECTOR), Level(2.0, Role.DMM_CHAIR)]
    ),
)

RATIFIED = Deadline(
    "MC4",
    "Risk of a missing child ratified",
    model=Episode,
    starts=[assess],
    counts_from=lambda episode: episode.assessed_at,
    length=when.ratified_within,
    lengths=[lengths.RATIFIED_HIGH, lengths.RATIFIED],
    pulled_in_by=[assess, raise_risk],
    stops=[ratify, *OVER],
    publishes="due_at",
    ladder=Ladder(
        [Level(0.5, Role.RESPONSE_SERGEANT), Level(1.0, Role.RESPONSE_INSPECTOR), Level(1.5, Role.DMM_CHAIR)]
    ),
)

ACTIVE = Deadline(
    "MC5",
    "Something is done to find a missing child",
    model=Episode,
    starts=[report, On(log_enquiry, of=when.was_active)],
    counts_from=lambda episode: episode.active_at,
    length=when.active_every,
    lengths=[lengths.INACTIVE_HIGH, lengths.INACTIVE, lengths.INACTIVE_LOW],
    pulled_in_by=RISES,
    stops=[On(log_enquiry, of=when.was_active), *OVER],
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.5, Role.RESPONSE_SERGEANT),
            Level(1.0, Role.RESPONSE_INSPECTOR),
            Level(1.5, Role.DMM_CHAIR),
            Level(3.0, Role.SUPERINTENDENT),
        ]
    ),
)

REVIEWED = Deadline(
    "MC6",
    "Supervisor's review of a missing child",
    model=Episode,
    starts=[report, review],
    counts_from=when.reviewed_last,
    length=when.reviewed_every,
    lengths=[lengths.REVIEW_HIGH, lengths.REVIEW, lengths.REVIEW_LOW],
    until=lambda episode: episode.next_review_at,
    pulled_in_by=[*RISES, inspector_review, long_review, missing_for_long],
    stops=[review, *OVER],
    publishes="due_at",
    ladder=Ladder(
        [Level(0.8, Role.RESPONSE_SERGEANT), Level(1.0, Role.RESPONSE_INSPECTOR), Level(1.5, Role.DMM_CHAIR)]
    ),
)

EACH_TURN = Deadline(
    "MC6S",
    "Each turn looks at a missing child when it begins",
    model=Episode,
    starts=[report, review, *RISES],
    applies=when.of_every_turn,
    counts_from=when.reviewed_last,
    length=lambda episode: lengths.SHIFT,
    lengths=[lengths.SHIFT],
    besides=[lengths.TURN_LOOKS],
    until=when.looked_at_by_the_next_turn,
    stops=[review, *OVER],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.RESPONSE_SERGEANT), Level(1.5, Role.RESPONSE_INSPECTOR)]),
)

INSPECTED = Deadline(
    "MC7",
    "Inspector's review of a missing child",
    model=Episode,
    starts=[report, inspector_review],
    counts_from=when.inspected_last,
    length=when.inspected_within,
    lengths=[lengths.INSPECTOR_FIRST, lengths.INSPECTOR_HIGH, lengths.INSPECTOR, lengths.INSPECTOR_LOW],
    pulled_in_by=RISES,
    stops=[inspector_review, *OVER],
    publishes="due_at",
    ladder=Ladder([Level(0.8, Role.RESPONSE_INSPECTOR), Level(1.0, Role.DMM_CHAIR), Level(2.0, Role.SUPERINTENDENT)]),
)

LONG_MISSING = Deadline(
    "MC8",
    "Superintendent's review of a child who is missing for long",
    model=Episode,
    starts=[report, long_review, missing_for_long],
    counts_from=when.long_reviewed_from,
    length=when.long_reviewed_within,
    lengths=[lengths.LONG_FIRST, lengths.LONG_SECOND, lengths.LONG_THIRD, lengths.LONG_NEXT],
    stops=[long_review, missing_for_long, *OVER],
    publishes="due_at",
    ladder=Ladder([Level(0.8, Role.DMM_CHAIR), Level(1.0, Role.SUPERINTENDENT)]),
)

UKMPU = Deadline(
    "MC9",
    "UK Missing Persons Unit told",
    model=Episode,
    starts=[report],
    counts_from=lambda episode: episode.missing_since,
    length=lambda episode: lengths.UKMPU,
    lengths=[lengths.UKMPU],
    stops=[tell_ukmpu, *OVER],
    publishes="due_at",
    ladder=Ladder([Level(0.8, Role.RESPONSE_INSPECTOR), Level(1.0, Role.DMM_CHAIR), Level(1.5, Role.SUPERINTENDENT)]),
)

DECIDED_DAILY = Deadline(
    "MC10",
    "A missing child decided at the daily management meeting",
    model=Episode,
    starts=[report, decide_daily],
    counts_from=lambda episode: episode.daily_decided_at or episode.reported_at,
    length=lambda episode: lengths.DAILY,
    lengths=[lengths.DAILY],
    besides=[lengths.DAILY_SITS, lengths.DAILY_PREPARED],
    until=when.at_the_next_daily_meeting,
    stops=[decide_daily, *OVER],  # beside the search: the board is not sorted by it
    ladder=Ladder([Level(1.0, Role.DMM_CHAIR), Level(2.0, Role.SUPERINTENDENT)]),
)

STRATEGY_ASKED = Deadline(
    "MC11",
    "Strategy meeting asked for about a missing child, or why not",
    model=Episode,
    starts=[report, *LEARNS, no_meeting],
    applies=may_need_a_meeting,
    counts_from=lambda episode: episode.needs_meeting_at,
    length=lambda episode: lengths.STRATEGY,
    lengths=[lengths.STRATEGY],
    besides=[lengths.A_DAY_MISSING],
    stops=[
        *(On(verb, of=when.needed_sooner) for verb in LEARNS),
        On(strategy.request, of=when.episode_met_about),
        On(found, of=when.no_meeting_any_more),
        no_meeting,
        transfer_accepted,
        recorded_in_error,
    ],
    ladder=Ladder(
        [Level(0.0, Role.MASH_SERGEANT), Level(1.0, Role.MASH_INSPECTOR), Level(6.0, Role.MASH_CHIEF_INSPECTOR)]
    ),
)

TRANSFER = Deadline(
    "MCT",
    "Another force's answer to a transfer of a missing child",
    model=Episode,
    starts=[offer_transfer],
    counts_from=lambda episode: episode.transfer_offered_at,
    length=lambda episode: lengths.TRANSFER,
    lengths=[lengths.TRANSFER],
    stops=[transfer_refused, *OVER],
    ladder=Ladder([Level(1.0, Role.RESPONSE_INSPECTOR), Level(2.0, Role.DMM_CHAIR)]),
)

ACTION = Deadline(
    "MCA",
    "Action for a missing child",
    model=PlanAction,
    starts=[give_action],
    counts_from=lambda action: action.given_at,
    length=lambda action: lengths.PLAN_ACTION,
    lengths=[lengths.PLAN_ACTION],
    besides=[lengths.TRIGGER_ACTION],
    until=lambda action: action.due_at,
    stops=[action_done, action_not_needed],
    ladder=Ladder([Level(1.0, Role.RESPONSE_SERGEANT), Level(1.5, Role.RESPONSE_INSPECTOR)]),
)

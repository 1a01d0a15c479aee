"""The clocks of recommendations and of what is done for them. They run from publication, never from when somebody here
began."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from access.roles import Role
from quality.improvement_lengths import (
    ACTION,
    ACTION_CHECKED,
    ACTION_PLAN,
    CONFIRMED,
    EVIDENCED,
    IMMEDIATELY,
    MONTHLY,
    OWNED,
    RED_COMMENTED,
    RED_IDLE,
)
from quality.models import ImprovementAction, MeasureSnapshot, Rag, Recommendation
from quality.personal import Own, PersonalLadder
from quality.workflow.improvement import (
    NOT_DONE,
    add_evidence,
    add_recommendation,
    confirm_met,
    name_sro,
    propose_met,
    rate,
    record_plan,
    reopen_recommendation,
    send_back,
)
from quality.workflow.improvement_actions import (
    action_not_done_yet,
    action_not_needed,
    action_said_done,
    close_action,
    give_figure_action,
    give_recommendation_action,
    give_scrutiny_action,
    owner_said_done,
)
from quality.workflow.improvement_snapshots import comment_on_month, take_snapshot
from sla.calendar import local
from sla.policy import Deadline, Ladder, Level, On

GOVERNANCE, CHIEF = Role.GOVERNANCE_LEAD, Role.CHIEF_OFFICER


def _begins(day: date) -> datetime:
    return local(day)


def _ends(day: date) -> datetime:
    return local(day + timedelta(days=1))


PLAN_SENT = Deadline(
    "GV1",
    "Action plan for a recommendation sent to the inspectorate",
    model=Recommendation,
    starts=[add_recommendation],
    counts_from=lambda recommendation: _begins(recommendation.published_on),
    length=lambda recommendation: ACTION_PLAN,
    lengths=[ACTION_PLAN],
    stops=[record_plan, confirm_met],
    publishes="due_at",
    ladder=Ladder([Level(0.5, GOVERNANCE), Level(0.8, Role.SUPERINTENDENT), Level(1.0, CHIEF)]),
)

MET = Deadline(
    "GV2",
    "Recommendation met, by its own timescale",
    model=Recommendation,
    starts=[add_recommendation, reopen_recommendation],
    counts_from=lambda recommendation: _begins(recommendation.published_on),
    until=lambda recommendation: _ends(recommendation.due_on),
    besides=[IMMEDIATELY],
    stops=[confirm_met],
    publishes="due_at",
    owner=lambda recommendation: recommendation.sro,
    ladder=PersonalLadder([Own(0.5, GOVERNANCE), Own(0.8, GOVERNANCE), Level(1.0, CHIEF)]),
)

OWNED_BY_SOMEBODY = Deadline(
    "GV6",
    "Somebody named answers for a recommendation",
    model=Recommendation,
    starts=[add_recommendation],
    counts_from=lambda recommendation: recommendation.added_at,
    length=lambda recommendation: OWNED,
    lengths=[OWNED],
    stops=[name_sro],
    publishes="due_at",
    ladder=Ladder([Level(0.8, GOVERNANCE), Level(1.0, Role.SUPERINTENDENT), Level(2.0, CHIEF)]),
)

HAS_EVIDENCE = Deadline(
    "GV7",
    "First evidence for a recommendation",
    model=Recommendation,
    starts=[name_sro],
    applies=lambda recommendation: not recommendation.evidence.exists(),
    counts_from=lambda recommendation: recommendation.added_at,
    length=lambda recommendation: EVIDENCED,
    lengths=[EVIDENCED],
    stops=[add_evidence],
    publishes="due_at",
    owner=lambda recommendation: recommendation.sro,
    ladder=PersonalLadder([Own(0.8, GOVERNANCE), Level(1.0, GOVERNANCE), Level(1.5, CHIEF)]),
)

DECIDED = Deadline(
    "GV8",
    "Recommendation that is ready for sign-off confirmed, or sent back",
    model=Recommendation,
    starts=[propose_met],
    counts_from=lambda recommendation: recommendation.proposed_at,
    length=lambda recommendation: CONFIRMED,
    lengths=[CONFIRMED],
    stops=[confirm_met, send_back],
    never_tells=lambda recommendation: [recommendation.proposed_by_id],
    ladder=Ladder([Level(0, CHIEF), Level(0.8, CHIEF), Level(1.0, GOVERNANCE)]),
)

KEPT_MONTHLY = Deadline(
    "GV3",
    "Measures of a recommendation kept each month",
    model=Recommendation,
    starts=[add_recommendation, reopen_recommendation],
    counts_from=lambda recommendation: recommendation.added_at,
    length=lambda recommendation: MONTHLY,
    lengths=[MONTHLY],
    restarts=[On(take_snapshot, of=lambda snapshot: snapshot.recommendation)],
    stops=[confirm_met],
    ladder=Ladder([Level(1.0, GOVERNANCE), Level(1.5, Role.SUPERINTENDENT)]),
)

RED_EXPLAINED = Deadline(
    "GV3R",
    "Red month of a recommendation explained",
    model=MeasureSnapshot,
    starts=[take_snapshot],
    applies=lambda snapshot: snapshot.state == MeasureSnapshot.State.TO_COMMENT,
    counts_from=lambda snapshot: snapshot.taken_at,
    length=lambda snapshot: RED_COMMENTED,
    lengths=[RED_COMMENTED],
    stops=[comment_on_month],
    publishes="due_at",
    owner=lambda snapshot: snapshot.recommendation.sro,
    ladder=PersonalLadder([Own(0, GOVERNANCE), Level(0.8, GOVERNANCE), Level(1.0, CHIEF)]),
)


def _is_idle(recommendation: Recommendation) -> bool:
    """Red, and nothing is being done about it."""
    return recommendation.rag == Rag.RED and not recommendation.actions.filter(state__in=NOT_DONE).exists()


def _not_red(recommendation: Recommendation) -> Recommendation | None:
    return recommendation if recommendation.rag != Rag.RED else None


SOMETHING_IS_DONE = Deadline(
    "GV9",
    "Something is done about a recommendation that is red",
    model=Recommendation,
    starts=[rate],
    applies=_is_idle,
    counts_from=lambda recommendation: recommendation.red_since,
    length=lambda recommendation: RED_IDLE,
    lengths=[RED_IDLE],
    stops=[
        On(rate, of=_not_red),
        On(give_recommendation_action, of=lambda action: action.recommendation),
        confirm_met,
    ],
    owner=lambda recommendation: recommendation.sro,
    ladder=PersonalLadder([Own(0.8, GOVERNANCE), Level(1.0, GOVERNANCE), Level(1.25, CHIEF)]),
)

ACTION_DONE = Deadline(
    "GV5",
    "Action of an audit, the scrutiny group, a recommendation or a red figure done",
    model=ImprovementAction,
    starts=[give_scrutiny_action, give_recommendation_action, give_figure_action, action_not_done_yet],
    counts_from=lambda action: action.given_at,
    until=lambda action: _ends(action.due_on),
    besides=[ACTION],
    stops=[action_said_done, owner_said_done, action_not_needed],
    publishes="due_at",
    owner=lambda action: action.owner,
    ladder=PersonalLadder(
        [Own(0.8, Role.QUALITY_LEAD), Level(1.0, Role.QUALITY_LEAD), Level(1.5, Role.SUPERINTENDENT)]
    ),
)

ACTION_LOOKED_AT = Deadline(
    "GV5C",
    "Action that is said to be done, checked by somebody else",
    model=ImprovementAction,
    starts=[action_said_done, owner_said_done],
    counts_from=lambda action: action.done_at,
    length=lambda action: ACTION_CHECKED,
    lengths=[ACTION_CHECKED],
    stops=[close_action, action_not_done_yet, action_not_needed],
    publishes="due_at",
    never_tells=lambda action: [each for each in (action.owner_id, action.done_by_id) if each],
    ladder=Ladder([Level(0.8, Role.QUALITY_LEAD), Level(1.0, Role.SUPERINTENDENT)]),
)

"""The clocks of the ViSOR hub, of transfers and of peer scrutiny. They run from when the first of us knew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from access.roles import Role
from offenders.codes import WITHOUT_DELAY, TaskKind
from offenders.hub_lengths import (
    ANSWERED,
    BEFORE_DEPARTURE,
    OTHER_TASK,
    SCRUTINY,
    SCRUTINY_ACTION,
    TRANSFER_IN,
    TRANSFER_OUT,
    VERIFIED,
    WITHOUT_DELAY_LENGTH,
)
from offenders.models import HubQuery, HubTask, ScrutinyItem, ScrutinyRound, Transfer
from offenders.workflow.hub_tasks import (
    answer_query,
    ask_question,
    close_without_update,
    find_error,
    join_duplicate,
    put_on_visor,
    query_not_needed,
    receive,
    take_query_back,
    take_up,
    verify_task,
)
from offenders.workflow.scrutiny import draw_round, grade_item, round_done, scrutiny_action_done
from offenders.workflow.transfers import (
    accept_transfer_in,
    accept_transfer_out,
    ask_transfer_in,
    ask_transfer_out,
    refuse_transfer,
    withdraw_transfer,
)
from sla.calendar import working_days_after
from sla.models import Clock
from sla.policy import At, Deadline, Ladder, Level, Moments, when_due

NEVER = timedelta(days=3650)


def _share(of: float) -> Callable[[Clock], datetime]:
    return lambda clock: clock.started_at + (clock.due_at - clock.started_at) * of


def _a_day_late(clock: Clock) -> datetime:
    return clock.due_at + timedelta(days=1)


def _two_working_days_late(clock: Clock) -> datetime:
    return working_days_after(clock.due_at, 2)


def _before_it_happens(task: HubTask) -> datetime:
    """A day before they leave; before they are out."""
    if task.happens_at is None:
        return task.received_at + NEVER
    if task.kind == TaskKind.TRAVEL_OUT:
        return task.happens_at - BEFORE_DEPARTURE.in_force(task.received_at)[0]
    return task.happens_at


def _told(last: Callable[[Clock], datetime], says: str) -> Moments:
    return Moments(
        [
            At(_share(0.5), "half the time has gone", Role.HUB_ADMINISTRATOR),
            At(_share(0.8), "four fifths of the time have gone", Role.HUB_MANAGER),
            At(when_due, "the time has gone", Role.OFFENDER_INSPECTOR, is_due=True),
            At(last, says, Role.DMM_CHAIR),
        ]
    )


WITHOUT_DELAY_ON_VISOR = Deadline(
    "RS9",
    "On ViSOR without delay",
    model=HubTask,
    starts=[receive, find_error],
    applies=lambda task: task.kind in WITHOUT_DELAY,
    counts_from=lambda task: task.received_at,
    length=lambda task: WITHOUT_DELAY_LENGTH,
    lengths=[WITHOUT_DELAY_LENGTH],
    besides=[BEFORE_DEPARTURE],
    until=_before_it_happens,
    pulled_in_by=[take_up],
    stops=[put_on_visor, close_without_update, join_duplicate],
    publishes="due_at",
    ladder=_told(_a_day_late, "a day late"),
)

OTHERS_ON_VISOR = Deadline(
    "RS10",
    "On ViSOR",
    model=HubTask,
    starts=[receive, find_error],
    applies=lambda task: task.kind not in WITHOUT_DELAY,
    counts_from=lambda task: task.received_at,
    length=lambda task: OTHER_TASK,
    lengths=[OTHER_TASK],
    until=_before_it_happens,
    pulled_in_by=[take_up],
    stops=[put_on_visor, close_without_update, join_duplicate],
    publishes="due_at",
    ladder=_told(_two_working_days_late, "two working days late"),
)

UPDATE_VERIFIED = Deadline(
    "RS9V",
    "Update on ViSOR checked by a second person",
    model=HubTask,
    starts=[put_on_visor],
    applies=lambda task: task.state == HubTask.State.UPDATED,
    counts_from=lambda task: task.updated_at,
    length=lambda task: VERIFIED,
    lengths=[VERIFIED],
    stops=[verify_task, find_error],
    publishes="due_at",
    ladder=Ladder(
        [Level(0.8, Role.HUB_ADMINISTRATOR), Level(1.0, Role.HUB_MANAGER), Level(2.0, Role.OFFENDER_INSPECTOR)]
    ),
)

QUERY_ANSWERED = Deadline(
    "RS9Q",
    "The ViSOR hub's question answered",
    model=HubQuery,
    starts=[ask_question],
    counts_from=lambda query: query.asked_at,
    length=lambda query: ANSWERED,
    lengths=[ANSWERED],
    until=lambda query: query.task.due_at,
    stops=[answer_query, query_not_needed, take_query_back],
    publishes="due_at",
    owner=lambda query: query.asked_of,
    ladder=Ladder(
        [
            Level(0, Role.OFFENDER_MANAGER),
            Level(0.8, Role.OFFENDER_SERGEANT),
            Level(1.0, Role.HUB_MANAGER),
            Level(2.0, Role.OFFENDER_INSPECTOR),
        ]
    ),
)

TRANSFER_DECIDED = Deadline(
    "RS20",
    "Transfer accepted or refused",
    model=Transfer,
    starts=[ask_transfer_in, ask_transfer_out],
    counts_from=lambda transfer: transfer.requested_at,
    length=lambda transfer: TRANSFER_IN if transfer.way == Transfer.Way.IN else TRANSFER_OUT,
    lengths=[TRANSFER_IN, TRANSFER_OUT],
    stops=[accept_transfer_in, accept_transfer_out, refuse_transfer, withdraw_transfer],
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.5, Role.OFFENDER_SERGEANT),
            Level(0.8, Role.OFFENDER_INSPECTOR),
            Level(1.0, Role.DMM_CHAIR),
            Level(2.0, Role.SUPERINTENDENT),
        ]
    ),
)

ROUND_DONE = Deadline(
    "RS22",
    "Records of a team looked at by another",
    model=ScrutinyRound,
    starts=[draw_round],
    counts_from=lambda drawn: drawn.counts_from,
    length=lambda drawn: SCRUTINY,
    lengths=[SCRUTINY],
    stops=[round_done],
    publishes="due_at",
    team=lambda drawn: drawn.looked_at_by or drawn.team,
    ladder=Ladder(
        [Level(0.8, Role.OFFENDER_SERGEANT), Level(1.0, Role.OFFENDER_INSPECTOR), Level(1.5, Role.DMM_CHAIR)]
    ),
)

SCRUTINY_ACTION_DONE = Deadline(
    "RS22A",
    "What a look by another team asks for, done",
    model=ScrutinyItem,
    starts=[grade_item],
    applies=lambda item: item.state == ScrutinyItem.State.GRADED,
    counts_from=lambda item: item.graded_at,
    length=lambda item: SCRUTINY_ACTION,
    lengths=[SCRUTINY_ACTION],
    stops=[scrutiny_action_done],
    publishes="action_due_at",
    owner=lambda item: item.nominal.manager,
    ladder=Ladder(
        [Level(0.8, Role.OFFENDER_MANAGER), Level(1.0, Role.OFFENDER_SERGEANT), Level(1.5, Role.OFFENDER_INSPECTOR)]
    ),
)

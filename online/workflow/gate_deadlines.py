"""The clocks of the children whom an online case concerns, and of enforcement. A very high level brings each nearer;
nothing moves one away, and nobody's leave holds one up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from access.roles import Role
from access.time import now
from accounts.models import User
from online.codes import Kirat
from online.gate_lengths import (
    DISCUSSION,
    LOOKED_FOR,
    LOOKED_FOR_SOON,
    NOTICE,
    NOTICE_SOON,
    OWED,
    RESULT,
    SOCIAL_WORKER,
)
from online.models import ChildrenCheck, Enforcement, GateOverride, LinkedChild, OnlineCase
from online.workflow import checks, children, enforcing
from sla.calendar import local
from sla.policy import Deadline, EachTime, Ladder, Level, Verb


def _very_high(case: OnlineCase) -> bool:
    return case.kirat == Kirat.VERY_HIGH


def _researcher(case: OnlineCase) -> User | None:
    return case.researcher


def _investigator(case: OnlineCase) -> User | None:
    return case.investigator


CHILDREN_LOOKED_FOR = Deadline(
    "OC7",
    "Children looked for at an attributed address",
    model=ChildrenCheck,
    starts=[checks.children_to_look_for, checks.look_again_for_children],
    counts_from=lambda check: check.asked_at,
    length=lambda check: LOOKED_FOR_SOON if _very_high(check.online_case) else LOOKED_FOR,
    lengths=[LOOKED_FOR, LOOKED_FOR_SOON],
    pulled_in_by=[checks.check_sooner],
    stops=[checks.no_child_found, checks.children_found, checks.check_not_needed],
    owner=lambda check: _researcher(check.online_case),
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, Role.CHILD_ABUSE_RESEARCHER),
            Level(0.5, Role.CHILD_ABUSE_SERGEANT),
            Level(1.0, Role.CHILD_ABUSE_INSPECTOR),
            Level(1.5, Role.DMM_CHAIR),
            Level(2.0, Role.SUPERINTENDENT),
        ]
    ),
)


def _notice(code: str, promise: str, role: Role, *, allocated: bool) -> Deadline:
    """The notice is the researcher's until an investigator has the case, and then the investigator's."""
    whose = _investigator if allocated else _researcher
    return Deadline(
        code,
        promise,
        model=LinkedChild,
        starts=[children.learn_of_child],
        applies=lambda child: (child.online_case.investigator_id is not None) == allocated,
        counts_from=lambda child: child.known_at,
        length=lambda child: NOTICE_SOON if _very_high(child.online_case) else NOTICE,
        lengths=[NOTICE, NOTICE_SOON],
        pulled_in_by=[children.child_sooner],
        stops=[children.child_noticed, children.covered_by_earlier_notice, children.no_child],
        owner=lambda child: whose(child.online_case),
        publishes="due_at",
        ladder=Ladder(
            [
                Level(0.0, role),
                Level(0.5, Role.CHILD_ABUSE_SERGEANT),
                Level(0.8, Role.CHILD_ABUSE_INSPECTOR),
                Level(1.0, Role.DMM_CHAIR),
                Level(2.0, Role.SUPERINTENDENT),
            ]
        ),
    )


NOTICE_BY_RESEARCHER = _notice(
    "OC8", "Notice about a child whom an online case concerns", Role.CHILD_ABUSE_RESEARCHER, allocated=False
)
NOTICE_BY_INVESTIGATOR = _notice(
    "OC8I",
    "Notice about a child whom an online case concerns, by its investigator",
    Role.CHILD_ABUSE_INVESTIGATOR,
    allocated=True,
)


def _end_of(day: date) -> datetime:
    """Midnight by the local clock, whichever way the clocks changed that night."""
    return local(day + timedelta(days=1))


def discussed_by(child: LinkedChild) -> datetime:
    """The end of the next day after the notice; with a very high level, of the same day."""
    day = timezone.localdate(child.notice_at)
    if _very_high(child.online_case):
        return _end_of(day)
    length, _ = DISCUSSION.in_force(now())
    return _end_of(day + timedelta(days=length.days))


DISCUSSED = Deadline(
    "OC9",
    "Strategy discussion about a child whom an online case concerns",
    model=LinkedChild,
    starts=[children.child_noticed, children.covered_by_earlier_notice],
    applies=lambda child: child.discussed_at is None,
    counts_from=lambda child: child.notice_at,
    until=discussed_by,
    besides=[DISCUSSION],
    pulled_in_by=[children.child_sooner],
    stops=[children.child_discussed, children.covered_by_discussion, children.no_child],
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, Role.MASH_SERGEANT),
            Level(0.0, Role.CHILD_ABUSE_SERGEANT),
            Level(0.8, Role.CHILD_ABUSE_INSPECTOR),
            Level(1.0, Role.DMM_CHAIR),
            Level(1.5, Role.SUPERINTENDENT),
        ]
    ),
)
DISCUSSION_OWED = Deadline(
    "OC9O",
    "Strategy discussion held that is owed because the safeguarding gate was passed by",
    model=GateOverride,
    starts=[enforcing.override_gate, enforcing.gate_was_shut],
    counts_from=lambda override: override.at,
    length=lambda override: OWED,
    lengths=[OWED],
    stops=[enforcing.owed_discussion_held],
    owner=lambda override: override.by,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, Role.CHILD_ABUSE_INSPECTOR),
            Level(0.0, Role.MASH_SERGEANT),
            Level(0.8, Role.CHILD_ABUSE_INSPECTOR),
            Level(1.0, Role.DMM_CHAIR),
            Level(1.5, Role.SUPERINTENDENT),
        ]
    ),
)

NOT_LINKED_ANY_MORE: list[Verb] = [children.care_decided, children.no_child, children.case_not_live]
TOLD: Sequence[Role] = [
    Role.CHILD_ABUSE_INVESTIGATOR,
    Role.CHILD_ABUSE_SERGEANT,
    Role.CHILD_ABUSE_INSPECTOR,
    Role.DMM_CHAIR,
    Role.SUPERINTENDENT,
]
IN_TOUCH = Deadline(
    "OC16",
    "Social worker of a child spoken to",
    model=LinkedChild,
    starts=[children.learn_of_child],
    counts_from=lambda child: child.known_at,
    length=lambda child: SOCIAL_WORKER,
    lengths=[SOCIAL_WORKER],
    restarts=[children.social_worker_spoken_to],
    stops=NOT_LINKED_ANY_MORE,
    owner=lambda child: _investigator(child.online_case),
    publishes="due_at",
    ladder=EachTime(TOLD),
)
RESULT_RECORDED = Deadline(
    "OC19",
    "What became of planned enforcement recorded",
    model=Enforcement,
    starts=[enforcing.plan_enforcement],
    counts_from=lambda enforcement: enforcement.planned_for,
    length=lambda enforcement: RESULT,
    lengths=[RESULT],
    stops=[enforcing.carry_out, enforcing.call_off],
    owner=lambda enforcement: _investigator(enforcement.online_case),
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.5, Role.CHILD_ABUSE_INVESTIGATOR),
            Level(1.0, Role.CHILD_ABUSE_SERGEANT),
            Level(1.5, Role.CHILD_ABUSE_INSPECTOR),
            Level(2.0, Role.DMM_CHAIR),
        ]
    ),
)

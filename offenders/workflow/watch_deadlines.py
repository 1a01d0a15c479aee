"""The clocks of approvals, of new information and of a child in contact with an offender. None waits for anybody's
leave: who is away is covered, and what is one manager's comes to their cover."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from access.roles import Role
from offenders.models import Approval, ChildContact, Intelligence
from offenders.watch_lengths import (
    APPROVED_HIGH,
    APPROVED_OTHER,
    ASSESSED,
    FIRST_CHASE,
    HEAD_OF_SERVICE,
    IN_THE_PLAN,
    NEXT_CHASE,
    NOTICE_WITHIN,
    SOCIAL_CARE_TOLD,
)
from offenders.workflow import approvals, contacts
from offenders.workflow.intelligence import assess_intelligence, record_intelligence
from sla.lengths import Length
from sla.models import Clock
from sla.policy import At, Deadline, Ladder, Level, Moments, Verb, when_due


def _approval(code: str, promise: str, role: Role, ladder: Ladder) -> Deadline:
    """The post that decides hears at once. Whoever wrote it does not, even as cover: somebody else decides."""
    return Deadline(
        code,
        promise,
        model=Approval,
        starts=[approvals.wait],
        applies=lambda approval: approval.role == role,
        counts_from=lambda approval: approval.submitted_at,
        length=lambda approval: APPROVED_OTHER if approval.risk in approvals.TOGETHER else APPROVED_HIGH,
        lengths=[APPROVED_HIGH, APPROVED_OTHER],
        stops=[approvals.approve, approvals.send_back, approvals.take_back],
        never_tells=approvals.must_not_decide,
        publishes="due_at",
        ladder=ladder,
    )


APPROVAL = _approval(
    "RS18",
    "Decision of a sergeant on what an offender manager wrote",
    Role.OFFENDER_SERGEANT,
    Ladder(
        [
            Level(0.0, Role.OFFENDER_SERGEANT),
            Level(0.8, Role.OFFENDER_SERGEANT),
            Level(1.0, Role.OFFENDER_INSPECTOR),
            Level(1.5, Role.DMM_CHAIR),
            Level(2.0, Role.SUPERINTENDENT),
        ]
    ),
)
APPROVAL_OF_INSPECTOR = _approval(
    "RS18I",
    "Decision of an inspector on what an offender manager proposes",
    Role.OFFENDER_INSPECTOR,
    Ladder(
        [
            Level(0.0, Role.OFFENDER_INSPECTOR),
            Level(0.8, Role.OFFENDER_INSPECTOR),
            Level(1.0, Role.DMM_CHAIR),
            Level(1.5, Role.SUPERINTENDENT),
        ]
    ),
)


def _intelligence(code: str, promise: str, was_reactive: bool, levels: Sequence[Level]) -> Deadline:
    return Deadline(
        code,
        promise,
        model=Intelligence,
        starts=[record_intelligence],
        applies=lambda item: item.was_reactive == was_reactive,
        counts_from=lambda item: item.received_at,
        length=lambda item: ASSESSED,
        lengths=[ASSESSED],
        stops=[assess_intelligence],
        owner=lambda item: item.nominal.manager,
        publishes="due_at",
        ladder=Ladder(levels),
    )


ASSESSMENT_OF_NEWS = _intelligence(
    "RS24",
    "New information about an offender assessed",
    False,
    [
        Level(0.0, Role.OFFENDER_MANAGER),
        Level(0.8, Role.OFFENDER_MANAGER),
        Level(1.0, Role.OFFENDER_SERGEANT),
        Level(1.5, Role.OFFENDER_INSPECTOR),
        Level(2.0, Role.DMM_CHAIR),
    ],
)
ASSESSMENT_OF_NEWS_REACTIVE = _intelligence(
    "RS24R",
    "New information about somebody who was not visited, assessed",
    True,
    [
        Level(0.0, Role.OFFENDER_MANAGER),
        Level(0.0, Role.OFFENDER_SERGEANT),
        Level(0.8, Role.OFFENDER_SERGEANT),
        Level(1.0, Role.OFFENDER_INSPECTOR),
        Level(1.5, Role.DMM_CHAIR),
    ],
)

WITH_NOTICE: list[Verb] = [contacts.notice_submitted, contacts.covered_by_notice]
ENDS: list[Verb] = [contacts.no_contact, contacts.finding_was_none]

NOTICE = Deadline(
    "RS16",
    "Notice submitted about an offender's contact with a child",
    model=ChildContact,
    starts=[contacts.learn_of_contact, contacts.contact_found],
    counts_from=lambda contact: contact.discovered_at,
    length=lambda contact: NOTICE_WITHIN,
    lengths=[NOTICE_WITHIN],
    stops=[*WITH_NOTICE, *ENDS],
    owner=lambda contact: contact.nominal.manager,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, Role.OFFENDER_MANAGER),
            Level(0.5, Role.OFFENDER_SERGEANT),
            Level(0.8, Role.OFFENDER_INSPECTOR),
            Level(1.0, Role.DMM_CHAIR),
            Level(2.0, Role.SUPERINTENDENT),
        ]
    ),
)

SHARED = Deadline(
    "RS16S",
    "Social care told of an offender's contact with a child",
    model=ChildContact,
    starts=WITH_NOTICE,
    applies=lambda contact: contact.shared_at is None,
    counts_from=lambda contact: contact.notice_at,
    length=lambda contact: SOCIAL_CARE_TOLD,
    lengths=[SOCIAL_CARE_TOLD],
    stops=[contacts.contact_shared, contacts.decision_known, *ENDS],
    owner=lambda contact: contact.nominal.manager,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.8, Role.OFFENDER_MANAGER),
            Level(1.0, Role.OFFENDER_SERGEANT),
            Level(1.5, Role.OFFENDER_INSPECTOR),
            Level(2.0, Role.DMM_CHAIR),
        ]
    ),
)


def _after(*lengths: Length) -> Callable[[Clock], datetime]:
    """When these have gone one after the other, since social care was told; by what the force had set then."""

    def when(clock: Clock) -> datetime:
        moment = clock.started_at
        for length in lengths:
            moment, _ = length.due(moment, clock.started_at)
        return moment

    return when


DECISION = Deadline(
    "RS17",
    "Decision of social care on a child in contact with an offender, known to us",
    model=ChildContact,
    starts=[contacts.contact_shared, *WITH_NOTICE],
    applies=lambda contact: contact.shared_at is not None,
    counts_from=lambda contact: contact.shared_at,
    length=lambda contact: FIRST_CHASE,
    lengths=[FIRST_CHASE],
    besides=[NEXT_CHASE, HEAD_OF_SERVICE],
    stops=[contacts.decision_known, *ENDS],
    owner=lambda contact: contact.nominal.manager,
    publishes="due_at",
    ladder=Moments(
        [
            At(when_due, "to be asked for", Role.OFFENDER_MANAGER, is_due=True),
            At(_after(FIRST_CHASE, NEXT_CHASE), "to be asked for again", Role.OFFENDER_MANAGER),
            At(_after(FIRST_CHASE, NEXT_CHASE, NEXT_CHASE), "asked for twice and not known", Role.OFFENDER_SERGEANT),
            At(_after(HEAD_OF_SERVICE), "inspector to head of service", Role.OFFENDER_INSPECTOR),
            At(_after(HEAD_OF_SERVICE, NEXT_CHASE), "still not known", Role.DMM_CHAIR),
            At(_after(HEAD_OF_SERVICE, HEAD_OF_SERVICE), "not known for as long again", Role.SUPERINTENDENT),
        ]
    ),
)

PLAN = Deadline(
    "RS17P",
    "Decision of social care taken up in the plan for the offender",
    model=ChildContact,
    starts=[contacts.decision_known, contacts.decision_changed],
    counts_from=lambda contact: contact.decision_at,
    length=lambda contact: IN_THE_PLAN,
    lengths=[IN_THE_PLAN],
    stops=[contacts.contact_in_plan, contacts.no_contact],
    owner=lambda contact: contact.nominal.manager,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, Role.OFFENDER_MANAGER),
            Level(0.8, Role.OFFENDER_MANAGER),
            Level(1.0, Role.OFFENDER_SERGEANT),
            Level(1.5, Role.OFFENDER_INSPECTOR),
            Level(2.0, Role.DMM_CHAIR),
        ]
    ),
)

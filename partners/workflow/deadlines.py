"""The clocks of sharing. A partner's silence is timed too, in working days, because partners keep those."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from access.roles import Role
from access.time import now
from partners.models import Delivery, Disagreement, Expects, Purpose, Recipient, WebhookCall
from partners.workflow import delivery as way
from partners.workflow import recipients, replies, webhooks
from partners.workflow.delivery import FAILED
from partners.workflow.disagreement import raise_disagreement, settle
from sla.calendar import DAY, is_working_day, local, working_days_after
from sla.lengths import Basis, Length
from sla.models import Clock
from sla.policy import At, Deadline, EachTime, Ladder, Level, Moments, Verb, when_due, working_day

WORKING_TOGETHER = (
    "Working Together to Safeguard Children: social care decides within one working day of a referral and tells the "
    "referrer. Read in procedures written to the 2023 edition; to be checked against 2026"
)


def ours(name: str, length: timedelta, source: str = "No authority found", *, working_days: bool = False) -> Length:
    return Length(name, length, Basis.LOCAL, source, is_our_default=True, working_days=working_days)


def days(number: int) -> timedelta:
    return timedelta(days=number)


TO_RECIPIENT = ours("Sending to a proposed agency, or refusing", timedelta(hours=24))
COUNTERSIGNED = ours("Countersignature of a decision not to share", timedelta(hours=4))
DELIVERED = ours("Delivery of what was sent", timedelta(minutes=30))
BY_PHONE = ours("Telephone call after a mail that could not be delivered", timedelta(minutes=30))
RECEIPT = ours("Receipt by a partner agency", days(1), working_days=True)
DECISION = Length("Decision of social care on a referral", days(1), Basis.GUIDANCE, WORKING_TOGETHER, working_days=True)
OUTCOME = ours(
    "Outcome of what was shared",
    days(10),
    "The inspection of June 2022 found notices seldom followed up; no length given",
    working_days=True,
)
OUTCOME_AGAIN = ours("Outcome of what was shared, asked again", days(7))
CALLED = ours("Call that tells a partner's system that something changed", timedelta(hours=1))
MORE = ours("Answer to a partner that asks for more", timedelta(hours=24))
DESTROYED = ours("Confirmation that what was taken back is destroyed", days(5), working_days=True)
STAGES = "The stages are in every partnership's procedure; the days are ours"
STAGE_2 = ours("Disagreement: managers", days(1), STAGES, working_days=True)
STAGE_3 = ours("Disagreement: heads of service", days(3), STAGES, working_days=True)

PROPOSED = Deadline(
    "PR",
    "A proposed agency is sent to, or refused with a reason",
    model=Recipient,
    starts=[recipients.propose, recipients.add_recipient, recipients.propose_again],
    counts_from=lambda recipient: recipient.proposed_at,
    length=lambda recipient: TO_RECIPIENT,
    lengths=[TO_RECIPIENT],
    stops=[recipients.send, recipients.countersign, recipients.cover],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)

COUNTERSIGN = Deadline(
    "CS",
    "A second person decides on not sharing",
    model=Recipient,
    starts=[recipients.refuse],
    counts_from=lambda recipient: recipient.refused_at,
    length=lambda recipient: COUNTERSIGNED,
    lengths=[COUNTERSIGNED],
    stops=[recipients.countersign, recipients.overrule, recipients.send],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)

SAYS_MORE: list[Verb] = [
    replies.receive_minutes,
    replies.record_interview,
    replies.interview_was_held,
    replies.there_was_no_interview,
]
"""Whoever says so has what they were sent, whether or not the mail ever told us."""

ON_ITS_WAY = Deadline(
    "PD",
    "What was sent is delivered",
    model=Delivery,
    starts=[way.hand_over],
    counts_from=lambda delivery: delivery.sent_at,
    length=lambda delivery: DELIVERED,
    lengths=[DELIVERED],
    besides=[way.TRY_AGAIN],
    stops=[
        way.delivered,
        way.fetched,
        way.told_by_phone,
        way.supersede,
        replies.acknowledge,
        replies.record_decision,
        replies.ask_for_more,
        replies.confirm_destroyed,
        *SAYS_MORE,
    ],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.COORDINATOR), Level(4.0, Role.MASH_SERGEANT)]),
)

TELEPHONE = Deadline(
    "PT",
    "What could not be delivered is told by telephone",
    model=Delivery,
    starts=[way.failed],
    applies=lambda delivery: delivery.state == FAILED,
    counts_from=lambda delivery: now(),
    length=lambda delivery: BY_PHONE,
    lengths=[BY_PHONE],
    stops=[*ON_ITS_WAY.stops, way.try_again],
    publishes="due_at",
    ladder=Ladder([Level(0.0, Role.COORDINATOR), Level(1.0, Role.MASH_SERGEANT), Level(4.0, Role.MASH_INSPECTOR)]),
)

ARRIVES: list[Verb] = [way.delivered, way.fetched, way.told_by_phone]
ANSWERED: list[Verb] = [
    replies.acknowledge,
    replies.record_decision,
    replies.ask_for_more,
    replies.confirm_destroyed,
    *SAYS_MORE,
]

ACKNOWLEDGED = Deadline(
    "P7",
    "The agency says that it has it",
    model=Delivery,
    starts=ARRIVES,
    applies=lambda delivery: Expects.RECEIPT in delivery.expects,
    counts_from=lambda delivery: delivery.delivered_at,
    length=lambda delivery: RECEIPT,
    lengths=[RECEIPT],
    stops=[*ANSWERED, way.failed, way.taken_back],
    publishes="due_at",
    ladder=Moments(
        [
            At(when_due, "one working day has gone: call them", Role.MASH_SERGEANT, is_due=True),
            At(working_day(2), "the second working day has gone", Role.MASH_INSPECTOR),
        ]
    ),
)

DECIDED = Deadline(
    "P8",
    "Social care decides, and tells us",
    model=Delivery,
    starts=[*ARRIVES, replies.acknowledge, replies.give_more],
    applies=lambda delivery: Expects.DECISION in delivery.expects and delivery.decided_at is None,
    counts_from=lambda delivery: delivery.delivered_at,
    length=lambda delivery: DECISION,
    lengths=[DECISION],
    stops=[replies.record_decision, way.failed, way.taken_back],
    publishes="due_at",
    ladder=Moments(
        [
            At(when_due, "one working day has gone", Role.COORDINATOR, is_due=True),
            At(working_day(2), "the second working day has gone", Role.MASH_SERGEANT),
            At(working_day(3), "the third working day has gone", Role.MASH_INSPECTOR),
        ]
    ),
)

MORE_ASKED = Deadline(
    "PM",
    "A partner that asked for more has it",
    model=Delivery,
    starts=[replies.ask_for_more],
    counts_from=lambda delivery: delivery.asked_at,
    length=lambda delivery: MORE,
    lengths=[MORE],
    stops=[replies.give_more, replies.record_decision, way.taken_back],
    publishes="due_at",
    ladder=Ladder([Level(0.0, Role.COORDINATOR), Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)

FOLLOWED_UP = Deadline(
    "P18",
    "What came of it is known",
    model=Delivery,
    starts=[way.hand_over],
    applies=lambda delivery: Expects.OUTCOME in delivery.expects,
    counts_from=lambda delivery: delivery.sent_at,
    length=lambda delivery: OUTCOME,
    lengths=[OUTCOME],
    stops=[replies.record_decision, way.supersede, way.taken_back],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT)]),
)

FOLLOWED_UP_AGAIN = Deadline(
    "P18W",
    "What came of it is known, asked each week",
    model=Delivery,
    after={FOLLOWED_UP: OUTCOME_AGAIN},
    first=OUTCOME_AGAIN,
    stops=FOLLOWED_UP.stops,
    ladder=EachTime([Role.MASH_SERGEANT]),
)

TAKEN_BACK = Deadline(
    "WD",
    "What was taken back is destroyed",
    model=Delivery,
    starts=[way.hand_over],
    applies=lambda delivery: delivery.purpose == Purpose.WITHDRAWAL,
    counts_from=lambda delivery: delivery.sent_at,
    length=lambda delivery: DESTROYED,
    lengths=[DESTROYED],
    stops=[replies.confirm_destroyed, way.supersede],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)


def end_of_the_day(clock: Clock) -> datetime:
    """The end of the day it was raised on, by the local clock; raised when nobody works, of the next working day."""
    day = timezone.localdate(clock.started_at)
    return local(day + DAY) if is_working_day(day) else working_days_after(clock.started_at, 1)


DISAGREEMENT = Deadline(
    "P19",
    "A disagreement with a partner is settled",
    model=Disagreement,
    starts=[raise_disagreement],
    counts_from=lambda disagreement: disagreement.raised_at,
    length=lambda disagreement: STAGE_3,
    lengths=[STAGE_3],
    besides=[STAGE_2],
    stops=[settle],
    publishes="due_at",
    ladder=Moments(
        [
            At(end_of_the_day, "not settled the same day: managers", Role.MASH_SERGEANT),
            At(
                lambda clock: STAGE_2.due(clock.started_at, clock.started_at)[0],
                "not settled on the next working day: heads of service",
                Role.MASH_INSPECTOR,
            ),
            At(when_due, "not settled in three working days: safeguarding partners", Role.SUPERINTENDENT, is_due=True),
        ]
    ),
)

SYSTEM_CALLED = Deadline(
    "WC",
    "A partner's system hears that something changed",
    model=WebhookCall,
    starts=[webhooks.owe_call],
    counts_from=lambda call: call.owed_at,
    length=lambda call: CALLED,
    lengths=[CALLED],
    besides=[webhooks.FIRST_WAIT, webhooks.LONGEST_WAIT],
    stops=[webhooks.called, webhooks.drop_call],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(4.0, Role.MASH_INSPECTOR)]),
)

"""Clocks of how somebody is managed for years: MAPPA, orders, the end of their period, a sentence that is awaited, and
that nobody stays wanted or missing without being looked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from access.roles import Role
from offenders import register_lengths as lengths
from offenders.codes import Category
from offenders.models import CivilOrder, IndefiniteReview, Nominal
from offenders.workflow import nominals, orders, periods, registrations, transfers
from offenders.workflow.register_deadlines import CHAIR, GONE, INSPECTOR, OM, SERGEANT, before, end_of
from sla.calendar import local
from sla.policy import At, Deadline, EachTime, Ladder, Level, Moments, Verb, when_due

TAKEN_ON: list[Verb] = [
    registrations.register,
    registrations.take_on,
    registrations.take_over,
    registrations.sentenced,
    transfers.taken_back,
]

MAPPA_REVIEWED = Deadline(
    "RS19",
    "MAPPA review held",
    model=Nominal,
    starts=[*TAKEN_ON, periods.set_mappa, periods.mappa_reviewed],
    applies=lambda nominal: nominal.category != Category.NONE,
    counts_from=lambda nominal: nominal.reviewed_at or nominal.began_at,
    length=lambda nominal: lengths.REVIEWS[nominal.level],
    lengths=[lengths.REVIEW_ONE, lengths.REVIEW_TWO, lengths.REVIEW_THREE],
    pulled_in_by=[periods.set_mappa],
    stops=[periods.mappa_reviewed, *GONE],
    publishes="review_due_at",
    owner=lambda nominal: nominal.manager,
    ladder=Ladder([Level(0.9, OM), Level(1.0, SERGEANT), Level(1.2, INSPECTOR)]),
)

PERIOD_ENDS = Deadline(
    "RS23",
    "End of a notification period: decided what follows",
    model=Nominal,
    starts=[*TAKEN_ON, registrations.add_requirement, periods.period_set],
    applies=lambda nominal: nominal.period_ends_on is not None,
    counts_from=lambda nominal: local(nominal.relevant_on),
    until=lambda nominal: local(nominal.period_ends_on + timedelta(days=1)),
    lengths=[lengths.PERIOD_FIRST, lengths.PERIOD_SECOND, lengths.PERIOD_THIRD],
    stops=[registrations.add_requirement, periods.period_set, *GONE],  # another requirement is another period
    ladder=Moments(
        [
            At(before(lengths.PERIOD_FIRST), "six months before, or as the force has set", SERGEANT),
            At(before(lengths.PERIOD_SECOND), "three months before, or as the force has set", SERGEANT),
            At(before(lengths.PERIOD_THIRD), "a month before, or as the force has set", SERGEANT),
            At(when_due, "the period is over", INSPECTOR, is_due=True),
        ]
    ),
)


def _sentence_asked(nominal: Nominal) -> datetime:
    return nominal.looked_for_at or nominal.began_at


SENTENCED = Deadline(
    "RSP",
    "Sentence recorded of somebody who would have to notify",
    model=Nominal,
    starts=[registrations.register_before_sentence, registrations.sentence_expected],
    applies=lambda nominal: nominal.sentence_on is not None,
    counts_from=_sentence_asked,
    until=lambda nominal: end_of(nominal.sentence_on, lengths.SENTENCED),
    lengths=[lengths.SENTENCED],
    stops=[registrations.sentence_expected, registrations.sentenced, *GONE],
    owner=lambda nominal: nominal.manager,
    ladder=Moments(
        [
            At(when_due, "the day is over", OM, is_due=True),
            At(lambda clock: clock.due_at + timedelta(days=1), "a day after it", SERGEANT),
            At(lambda clock: clock.due_at + timedelta(days=3), "three days after it", INSPECTOR),
        ]
    ),
)

SENTENCE_ASKED = Deadline(
    "RSPA",
    "Asked again when somebody who is charged is to be sentenced",
    model=Nominal,
    starts=[registrations.register_before_sentence, registrations.sentence_expected],
    applies=lambda nominal: nominal.sentence_on is None,
    counts_from=_sentence_asked,
    length=lambda nominal: lengths.SENTENCE_ASKED,
    lengths=[lengths.SENTENCE_ASKED],
    stops=[registrations.sentence_expected, registrations.sentenced, *GONE],
    owner=lambda nominal: nominal.manager,
    ladder=Ladder([Level(0.9, OM), Level(1.0, SERGEANT), Level(1.5, INSPECTOR)]),
)

LOOKED_FOR = Deadline(
    "RSW",
    "Looked again for a managed person who is wanted or missing",
    model=Nominal,
    starts=[periods.wanted_or_missing],
    counts_from=lambda nominal: nominal.looked_for_at,
    length=lambda nominal: lengths.LOOKED_FOR,
    lengths=[lengths.LOOKED_FOR],
    restarts=[periods.looked_for],
    stops=[periods.located, nominals.taken_in, *GONE],
    owner=lambda nominal: nominal.manager,
    ladder=EachTime([SERGEANT, INSPECTOR, CHAIR]),
)

ORDER_ENDS = Deadline(
    "RSO",
    "End of a court order recorded",
    model=CivilOrder,
    starts=[orders.make_order, orders.vary_order],
    applies=lambda order: order.ends_on is not None,
    counts_from=lambda order: local(order.made_on),
    until=lambda order: end_of(order.ends_on, lengths.ORDER_ENDED),
    lengths=[lengths.ORDER_ENDED],
    besides=[lengths.ORDER_WARNED],
    stops=[orders.vary_order, orders.end_order],  # a court may make it last longer
    owner=lambda order: order.nominal.manager,
    ladder=Moments(
        [
            At(before(lengths.ORDER_WARNED), "a month before, or as the force has set", OM),
            At(when_due, "its last day is over", OM, is_due=True),
            At(lambda clock: clock.due_at + timedelta(days=7), "a week after it", SERGEANT),
        ]
    ),
)

REVIEW_DECIDED = Deadline(
    "RS21",
    "Application to end an indefinite requirement decided",
    model=IndefiniteReview,
    starts=[periods.apply_for_review],
    counts_from=lambda review: review.applied_at,
    length=lambda review: lengths.INDEFINITE,
    lengths=[lengths.INDEFINITE],
    stops=[periods.requirement_continues, periods.requirement_ends],
    publishes="due_at",
    ladder=Ladder([Level(0.5, INSPECTOR), Level(0.8, Role.SUPERINTENDENT), Level(1.0, CHAIR)]),
)

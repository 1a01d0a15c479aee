"""The clocks of the register: looked at the same day, seen by the force within a day, and the age of the whole case.
The age counts from the first moment the force knew. No state, no transfer and no other case resets it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from access.roles import Role
from online import register_lengths as lengths
from online.models import CaseTransfer, OnlineCase, ReferralRow
from online.workflow import case_transfers, cases, closing, enforcing, referral_files
from sla.lengths import Length
from sla.models import Clock
from sla.policy import At, Deadline, Ladder, Level, Moments, Verb, when_due

RESEARCHER, SERGEANT, INSPECTOR, CHAIR, SUPERINTENDENT = (
    Role.CHILD_ABUSE_RESEARCHER,
    Role.CHILD_ABUSE_SERGEANT,
    Role.CHILD_ABUSE_INSPECTOR,
    Role.DMM_CHAIR,
    Role.SUPERINTENDENT,
)
GONE: list[Verb] = [cases.link, case_transfers.handed_over]
"""It is another case's, or another force's."""

TRIAGE = Deadline(
    "OC1",
    "Online referral looked at",
    model=OnlineCase,
    starts=[cases.register, cases.unlink],
    applies=lambda case: case.triaged_at is None,
    counts_from=lambda case: case.known_since,
    length=lambda case: lengths.TRIAGED,
    lengths=[lengths.TRIAGED],
    stops=[cases.triage, *GONE],
    pulled_in_by=[cases.older_than_known],
    owner=lambda case: case.researcher,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, RESEARCHER),
            Level(0.8, SERGEANT),
            Level(1.0, INSPECTOR),
            Level(1.5, CHAIR),
            Level(4.0, SUPERINTENDENT),
        ]
    ),
)

ON_RECORDS_SYSTEM = Deadline(
    "OC2",
    "Online referral visible in the records system",
    model=OnlineCase,
    starts=[cases.register, cases.not_seen_elsewhere, cases.unlink],
    applies=lambda case: case.external_at is None,
    counts_from=lambda case: case.known_since,
    length=lambda case: lengths.SEEN,
    lengths=[lengths.SEEN],
    stops=[cases.seen_elsewhere, *GONE],
    pulled_in_by=[cases.older_than_known],
    owner=lambda case: case.researcher,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.5, RESEARCHER),
            Level(0.8, SERGEANT),
            Level(1.0, INSPECTOR),
            Level(1.5, CHAIR),
            Level(4.0, SUPERINTENDENT),
        ]
    ),
)


def _at(length: Length) -> Callable[[Clock], datetime]:
    """When it is so old, by what the force had set when it began."""
    return lambda clock: clock.started_at + length.in_force(clock.started_at)[0]


AGE = Deadline(
    "OC5",
    "Online case acted on since it was received",
    model=OnlineCase,
    # Where it turns out to be older it begins anew from the earlier moment, so that each level comes as early as it
    # should have come. Later it never begins.
    starts=[cases.register, cases.older_than_known, cases.unlink, closing.reopen_case],
    applies=lambda case: case.executed_at is None,
    counts_from=lambda case: case.known_since,
    length=lambda case: lengths.AGE_FIRST,
    lengths=[lengths.AGE_FIRST],
    besides=[lengths.AGE_SECOND, lengths.AGE_THIRD],
    stops=[enforcing.carried_out, cases.older_than_known, closing.close_case, *GONE],
    publishes="due_at",
    ladder=Moments(
        [
            At(when_due, "it is a month old, or as the force has set", INSPECTOR, is_due=True),
            At(_at(lengths.AGE_SECOND), "it is two months old, or as the force has set", CHAIR),
            At(_at(lengths.AGE_THIRD), "it is three months old, or as the force has set", SUPERINTENDENT),
        ]
    ),
)

ROW = Deadline(
    "OC1R",
    "Row of a file of referrals that could not be read, typed in",
    model=ReferralRow,
    starts=[referral_files.row_unreadable],
    counts_from=lambda row: row.received_at,
    length=lambda row: lengths.ROW_READ,
    lengths=[lengths.ROW_READ],
    stops=[referral_files.type_in_row, referral_files.row_is_again, referral_files.settle_row],
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, RESEARCHER),
            Level(0.8, SERGEANT),
            Level(1.0, INSPECTOR),
            Level(1.5, CHAIR),
            Level(4.0, SUPERINTENDENT),
        ]
    ),
)

TRANSFER = Deadline(
    "OC18",
    "Answer of the force to which an online case is offered",
    model=CaseTransfer,
    starts=[case_transfers.offer_case],
    counts_from=lambda transfer: transfer.offered_at,
    length=lambda transfer: lengths.OTHER_FORCE,
    lengths=[lengths.OTHER_FORCE],
    stops=[case_transfers.case_accepted, case_transfers.case_refused, case_transfers.take_offer_back],
    owner=lambda transfer: transfer.offered_by,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.8, SERGEANT),
            Level(1.0, SERGEANT),
            Level(1.5, INSPECTOR),
            Level(2.0, CHAIR),
            Level(4.0, SUPERINTENDENT),
        ]
    ),
)

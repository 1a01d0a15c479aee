"""How long the work of the ViSOR hub may take, how much one person may manage, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length, Number

WITHOUT_DELAY_LENGTH = Length(
    "Travel, release, transfer, recall, wanted or contact with a child put on ViSOR",
    timedelta(days=1),
    Basis.LOCAL,
    "The College of Policing says “without delay” (APP); the working day is a default",
    is_our_default=True,
    working_days=True,
)
OTHER_TASK = Length(
    "Other work of the ViSOR hub put on ViSOR",
    timedelta(days=3),
    Basis.LOCAL,
    "No authority found: the ViSOR standards are not public",
    is_our_default=True,
    working_days=True,
)
BEFORE_DEPARTURE = Length(
    "How long before a departure ViSOR has to know of it",
    timedelta(hours=24),
    Basis.LOCAL,
    "No authority found: other forces and the border need a day to act on it",
    is_our_default=True,
)
VERIFIED = Length(
    "An update on ViSOR that was drawn checked by a second person",
    timedelta(days=2),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
ANSWERED = Length(
    "An offender manager's answer to the ViSOR hub",
    timedelta(days=1),
    Basis.LOCAL,
    "No authority found: the task it holds up goes on running",
    is_our_default=True,
    working_days=True,
)
TRANSFER_IN = Length(
    "Transfer of an offender to us accepted or refused",
    timedelta(days=2),
    Basis.LOCAL,
    "No authority found: until it is decided nobody here visits them",
    is_our_default=True,
    working_days=True,
)
TRANSFER_OUT = Length(
    "Transfer of an offender from us answered by the other force",
    timedelta(days=5),
    Basis.LOCAL,
    "No authority found: they stay ours until somebody there has accepted them",
    is_our_default=True,
    working_days=True,
)
SCRUTINY = Length(
    "Records of a team looked at by another team",
    timedelta(days=14),
    Basis.LOCAL,
    "Fortnightly, as inspectors found it in 2022",
    is_our_default=True,
)
SCRUTINY_ACTION = Length(
    "What a look at a record by another team asks for, done",
    timedelta(days=28),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)

VERIFY_SHARE = Number(
    "Updates on ViSOR checked by a second person, of a hundred",
    10,
    Basis.LOCAL,
    "No authority found; they are drawn at random",
    is_our_default=True,
)
SCRUTINY_SIZE = Number(
    "Records of a team looked at by another team each fortnight",
    5,
    Basis.LOCAL,
    "No authority found: inspectors in 2022 found a sample, and not how many",
    is_our_default=True,
)
MOST_REGISTERED = Number(
    "Registered sex offenders one person can manage",
    60,
    Basis.LOCAL,
    "As inspectors found it in 2022; no national limit was found",
    is_our_default=True,
)
MOST_MANAGED = Number(
    "Offenders of every kind one person can manage",
    80,
    Basis.LOCAL,
    "As inspectors found it in 2022; no national limit was found",
    is_our_default=True,
)

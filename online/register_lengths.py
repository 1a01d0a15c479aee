"""How long a referral may wait to be looked at and to be seen by the force, and when its age is told to whom."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

VISIBLE = "The inspection of June 2022 asks for referrals to be visible to the force in time; the length is ours"
AGES = "Inspectors found cases of up to 18 months; the length is ours"
NONE_FOUND = "No authority found; to be set by the force"


def _ours(name: str, length: timedelta, source: str = NONE_FOUND, *, working_days: bool = False) -> Length:
    return Length(name, length, Basis.LOCAL, source, is_our_default=True, working_days=working_days)


TRIAGED = _ours("Online referral looked at", timedelta(hours=8), "The same day; the length is ours")
SEEN = _ours("Online referral visible in the records system", timedelta(hours=24), VISIBLE)
AGE_FIRST = _ours("Age of an online case: the inspector is told", timedelta(days=30), AGES)
AGE_SECOND = _ours("Age of an online case: the daily management meeting is told", timedelta(days=60), AGES)
AGE_THIRD = _ours("Age of an online case: the superintendent is told", timedelta(days=90), AGES)
ROW_READ = _ours("Row of a file of referrals typed in by hand", timedelta(hours=24), VISIBLE)
OTHER_FORCE = _ours("Answer of a force to which an online case is offered", timedelta(days=2), working_days=True)

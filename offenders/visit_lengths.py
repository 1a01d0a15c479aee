"""How long may pass between visits, until an assessment and until a plan, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from offenders.codes import Risk
from sla.lengths import Basis, Length, Number

TARIFF_2017 = "The tariff in use until 2017, and since then where no plan says otherwise"
OURS = "No authority found"

FIRST_VISIT = Length(
    "First visit to a managed offender, or the first after release",
    timedelta(days=15),
    Basis.LOCAL,
    "Practice of forces, no published rule found: 15 days from when police were told",
    is_our_default=True,
)


def _tariff(risk: str, days: int, words: str) -> Length:
    return Length(
        f"Visit to a managed offender, {risk} risk",
        timedelta(days=days),
        Basis.GUIDANCE,
        f"{TARIFF_2017}: {words}, counted as at most {days} days",
        is_our_default=True,
    )


VERY_HIGH = _tariff("very high", 31, "each month")
HIGH = _tariff("high", 92, "every three months")
MEDIUM = _tariff("medium", 183, "every six months")
LOW = _tariff("low", 366, "each year")
TARIFF = {
    Risk.VERY_HIGH: VERY_HIGH,
    Risk.HIGH: HIGH,
    Risk.NOT_ASSESSED: HIGH,
    Risk.MEDIUM: MEDIUM,
    Risk.LOW: LOW,
}
"""By risk. Of whom nobody has assessed nobody knows that the risk is lower than high."""
LONGEST_INTERVAL = Length(
    "Longest time between visits that a risk management plan may set",
    timedelta(days=730),
    Basis.LOCAL,
    f"{OURS}: the plan sets the interval since 2017, and a supervisor answers for one longer than the tariff",
    is_our_default=True,
)


def _attempt(risks: str, after: timedelta) -> Length:
    return Length(f"Next attempt after nobody was seen, {risks} risk", after, Basis.LOCAL, OURS, is_our_default=True)


SOON = _attempt("high or very high", timedelta(hours=48))
WITHIN_A_WEEK = _attempt("medium", timedelta(days=7))
WITHIN_TWO_WEEKS = _attempt("low", timedelta(days=14))
NEXT_ATTEMPT = {
    Risk.VERY_HIGH: SOON,
    Risk.HIGH: SOON,
    Risk.NOT_ASSESSED: SOON,
    Risk.MEDIUM: WITHIN_A_WEEK,
    Risk.LOW: WITHIN_TWO_WEEKS,
}
VISIT_WRITTEN = Length(
    "Planned visit to an offender written down, or why it was not made",
    timedelta(hours=24),
    Basis.LOCAL,
    f"{OURS}: what nobody wrote down nobody else can know",
    is_our_default=True,
)

FIRST_ASSESSMENT = Length(
    "First assessment of a managed offender approved, after the first visit",
    timedelta(days=15),
    Basis.LOCAL,
    "Practice of forces, no published rule found",
    is_our_default=True,
    working_days=True,
)
YEARLY_ASSESSMENT = Length(
    "Assessment of a managed offender approved again",
    timedelta(days=365),
    Basis.LOCAL,
    "Practice of forces, no published rule found: each year",
    is_our_default=True,
)
REASSESSMENT = Length(
    "Assessment of a managed offender approved again after something happened",
    timedelta(days=15),
    Basis.LOCAL,
    f"{OURS}: as long as the first",
    is_our_default=True,
    working_days=True,
)
PROBATION_ASSESSES = Length(
    "Probation's assessment read after release",
    timedelta(days=15),
    Basis.GUIDANCE,
    "College of Policing, APP on managing sexual and violent offenders: an OASys informed by ARMS within 15 days of "
    "release where probation leads",
)
PLAN_WRITTEN = Length(
    "Risk management plan approved after an assessment",
    timedelta(days=10),
    Basis.LOCAL,
    f"{OURS}: until then nobody knows what is done about the risk that was found",
    is_our_default=True,
    working_days=True,
)
LONGEST_TASK = Length(
    "Longest time for a task of an offender's plan", timedelta(days=365), Basis.LOCAL, OURS, is_our_default=True
)
PUT_RIGHT = Length(
    "Visit, assessment or plan sent again after a supervisor returned it",
    timedelta(days=3),
    Basis.LOCAL,
    OURS,
    is_our_default=True,
    working_days=True,
)
PATTERN = Number(
    "Visits in a row that are a pattern (single-crewed, or always announced)",
    3,
    Basis.LOCAL,
    OURS,
    is_our_default=True,
)

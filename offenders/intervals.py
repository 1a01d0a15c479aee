"""How often somebody is visited: by the tariff of their risk, or as their plan says. Nothing here reads the database
but the lengths that a force has set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from access.time import now
from offenders.codes import Risk
from offenders.models import Nominal
from offenders.visit_lengths import LONGEST_INTERVAL, TARIFF
from sla.lengths import Length

RANK = {Risk.LOW: 1, Risk.MEDIUM: 2, Risk.NOT_ASSESSED: 3, Risk.HIGH: 3, Risk.VERY_HIGH: 4}


def rank(risk: str) -> int:
    """How high: who was never assessed stands as high."""
    return RANK[Risk(risk)]


def tariff_of(risk: str) -> Length:
    return TARIFF[Risk(risk)]


def tariff_days(risk: str, at: datetime) -> int:
    return tariff_of(risk).in_force(at)[0].days


def plan_governs(nominal: Nominal) -> bool:
    """Whether the interval of the plan counts alone: it was set for a risk as high as the one of today."""
    known = nominal.interval_days is not None and bool(nominal.interval_for)
    return known and rank(nominal.interval_for) >= rank(nominal.risk)


def interval_of(nominal: Nominal) -> Length:
    """The length that limits the next visit."""
    return LONGEST_INTERVAL if plan_governs(nominal) else tariff_of(nominal.risk)


def days_between_visits(nominal: Nominal, at: datetime) -> int:
    """At most so many days. A plan made for a lower risk can shorten the tariff of today, and not lengthen it."""
    if plan_governs(nominal):
        return nominal.interval_days or 0
    tariff = tariff_days(nominal.risk, at)
    return min(nominal.interval_days or tariff, tariff)


def next_visit_due(nominal: Nominal, since: datetime) -> datetime:
    """Counted from a visit, whenever it was written down."""
    return since.astimezone(UTC) + timedelta(days=days_between_visits(nominal, now()))


def waits_for_a_visit(nominal: Nominal) -> bool:
    """Nobody has seen them since police were told of them, they were released, or they were made active again."""
    if nominal.state in (Nominal.State.AWAITING_VISIT, Nominal.State.RELEASED):
        return True
    last, again = nominal.last_visited_at, nominal.active_again_at
    return last is None or (again is not None and last < again)

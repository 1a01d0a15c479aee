"""What notices warn of: high-risk domestic abuse in the last twelve months."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.utils.timezone import localdate

from access.actor import actor
from access.roles import Can
from access.time import today as local_day
from cases.markers import HIGH_RISK_ABUSE, MARKERS, Asked, MarkerShown
from cases.models import HowKnown
from cases.records import years_before
from ppn.models import DomesticAbuseRisk, Ppn, Subject

# SafeLives, definition of a repeat MARAC case: another incident within twelve months of the last referral.
MARAC_REPEAT_YEARS = 1


def high_risk_notices(asked: Asked) -> Iterable[MarkerShown]:
    """One for each notice about any of these people that the officer assessed as high risk. A notice twelve months old
    to the day still counts."""
    since = years_before(local_day(), MARAC_REPEAT_YEARS)
    rows = Subject.objects.filter(
        person__same_as__in=asked.people,
        ppn__da_risk=DomesticAbuseRisk.HIGH,
        ppn__submitted_at__date__gte=since,
    )
    rows = rows.select_related("ppn").order_by("ppn__submitted_at", "ppn", "name")
    for ppn, subjects in groupby(rows, key=lambda subject: subject.ppn):
        yield _marker(ppn, [subject.name for subject in subjects])


def _marker(ppn: Ppn, names: Iterable[str]) -> MarkerShown:
    return MarkerShown(
        kind=HIGH_RISK_ABUSE,
        label=f"{ppn.reference}, high-risk domestic abuse",
        about=", ".join(names),
        how_we_know=f"{HowKnown.RECORD.label}: {ppn.reference}",
        since=localdate(ppn.submitted_at),
        is_a_risk=True,
        url=ppn.get_absolute_url() if actor().can(Can.SEE_PPNS) else "",
    )


MARKERS.sources.append(high_risk_notices)

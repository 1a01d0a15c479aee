"""2. What waits in the triage hub and with the resolution centre, and how long callers wait for a first word."""

from __future__ import annotations

from insight.figures.of import CHILD, WAITS, by_choice, took
from quality.counting import MIDDLE, Better, Period, Rows, measure
from quality.measure_groups import QUEUES
from quality.measure_parts import YES_OR_NOT_KNOWN
from triage.codes import IN_HUB, WITH_A_TEAM
from triage.models import Destination, Incident

RISK = by_choice("Risk", Incident, "risk")


@measure(
    "Incidents that wait in the triage hub",
    "Incidents that the triage hub has not decided on, at the end of the period; the oldest by when it was reported",
    "incidents",
    "hub",
    group=QUEUES,
    numerator="Incidents to decide, or to look at a second time",
    **WAITS,
)
def hub_waiting(period: Period) -> Rows:
    rows = Incident.objects.filter(state__in=IN_HUB)
    return Rows(rows, since="reported_at", child=YES_OR_NOT_KNOWN, by=[CHILD, RISK])


@measure(
    "Incidents with the resolution centre",
    "Incidents to be dealt with by phone that are not resolved, at the end of the period; the oldest by when it was "
    "reported",
    "incidents",
    "resolution",
    group=QUEUES,
    numerator="Incidents allocated to the resolution centre and not resolved",
    **WAITS,
)
def resolution_waiting(period: Period) -> Rows:
    rows = Incident.objects.filter(state__in=WITH_A_TEAM, destination=Destination.RESOLUTION)
    return Rows(rows, since="reported_at", child=YES_OR_NOT_KNOWN, by=[CHILD, RISK])


@measure(
    "Incidents with the resolution centre whose caller has heard nothing",
    "Incidents to be dealt with by phone whose caller nobody has contacted, at the end of the period",
    "incidents",
    "resolution",
    "no_contact",
    group=QUEUES,
    numerator="Incidents allocated to the resolution centre, no contact yet; the oldest by when it was reported",
    **WAITS,
)
def callers_not_contacted(period: Period) -> Rows:
    rows = Incident.objects.filter(
        state__in=WITH_A_TEAM, destination=Destination.RESOLUTION, first_contact_at__isnull=True
    )
    return Rows(rows, since="reported_at", child=YES_OR_NOT_KNOWN, by=[CHILD, RISK])


@measure(
    "Time to the first contact with a caller",
    "Of incidents dealt with by phone whose caller was first contacted in the period: the time from the report to that "
    "contact, the middle one. Callers who still wait are not in it: see the figure beside it",
    "incidents",
    "resolution",
    group=QUEUES,
    numerator="The middle of the times from the report to the first contact",
    denominator="Incidents for the resolution centre whose caller was first contacted in the period",
    better=Better.LOWER,
    percentile=MIDDLE,
)
def first_contact_took(period: Period) -> Rows:
    rows = Incident.objects.filter(period.within("first_contact_at"), destination=Destination.RESOLUTION)
    return Rows(rows, took=took("first_contact_at", "reported_at"), by=[CHILD])

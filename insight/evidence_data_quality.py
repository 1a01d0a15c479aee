"""How good the data is: what nobody knew, what is not linked, clocks in trouble, and how late the sweep was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from access.actor import acting
from access.guarded import Guarded
from cohort.codes import Risk as MissingRisk
from insight.evidence import Span, section
from insight.evidence_kinds import COUNTS
from insight.evidence_tables import Table, columns
from missing.models import Episode
from offenders.codes import Risk as OffenderRisk
from offenders.models import Nominal
from online.models import OnlineCase
from ppn.models import Ppn, Subject
from sla.models import Clock, Escalation, Heartbeat
from strategy.models import MeetingChild, StrategyMeeting
from triage.codes import ENDED
from triage.models import Incident

NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Asked:
    """One thing that matters for a child, and when it counts as not known or not linked. `begun`: which date puts a
    record into the period."""

    what: str
    model: type[Guarded]
    begun: str
    lacks: Q
    among: Q = field(default_factory=Q)


KEY_FIELDS = [
    Asked("Incidents: is a child there?", Incident, "reported_at", Q(child=NOT_KNOWN)),
    Asked("Incidents: domestic abuse?", Incident, "reported_at", Q(domestic_abuse=NOT_KNOWN)),
    Asked("Incidents: risk of the last assessment", Incident, "reported_at", Q(risk=NOT_KNOWN)),
    Asked("Notices: is a child involved?", Ppn, "submitted_at", Q(child=NOT_KNOWN)),
    Asked("Notices: risk of domestic abuse", Ppn, "submitted_at", Q(da_risk=NOT_KNOWN)),
    Asked("People in notices: date of birth", Subject, "ppn__submitted_at", Q(born_on=None)),
    Asked("People in notices: where they live", Subject, "ppn__submitted_at", Q(address="")),
    Asked("Missing children: risk", Episode, "reported_at", Q(risk=MissingRisk.NOT_KNOWN)),
    Asked("Missing children: when last seen", Episode, "reported_at", Q(last_seen_at=None)),
    Asked("Online cases: immediate risk", OnlineCase, "received_at", Q(immediate_risk=NOT_KNOWN)),
    Asked("Online cases: level", OnlineCase, "received_at", Q(kirat="")),
    Asked("Managed offenders: risk", Nominal, "began_at", Q(risk=OffenderRisk.NOT_ASSESSED)),
    Asked("Managed offenders: children at home", Nominal, "began_at", Q(children_at_home=NOT_KNOWN)),
]
LINKS = [
    Asked(
        "Incidents with a child that ended without a notice and without a reason",
        Incident,
        "reported_at",
        Q(no_ppn_because="") & ~Q(Exists(Ppn.objects.model._base_manager.filter(arises_from=OuterRef("pk")))),
        Q(state__in=ENDED, child="yes"),
    ),
    Asked("People in notices who are nobody on record", Subject, "ppn__submitted_at", Q(person=None)),
    Asked(
        "Children of strategy meetings who are nobody on record", MeetingChild, "meeting__requested_at", Q(person=None)
    ),
    Asked("Missing children without the authority where they live", Episode, "reported_at", Q(host=None)),
    Asked(
        "Meetings held without minutes",
        StrategyMeeting,
        "requested_at",
        Q(minutes_recorded_at=None),
        Q(held_at__isnull=False),
    ),
    Asked("Online cases not visible to the rest of the force", OnlineCase, "received_at", Q(external_at=None)),
    Asked(
        "Registered offenders without a number in another system",
        Nominal,
        "began_at",
        Q(external_ref=""),
        Q(managed_as="rso"),
    ),
]


@section("data-quality", "How good the data is")
def statement(span: Span) -> Iterator[Table]:
    said = columns("What", "Not known or not linked", "Of", "Share")
    with acting(COUNTS, apart=True):
        known = [_row(asked, span) for asked in KEY_FIELDS]
        linked = [_row(asked, span) for asked in LINKS]
    lead = "Of all records of the period. What nobody knows is counted as not known, never as no."
    yield Table("sections/data-not-known", "What nobody knew", said, known, lead=lead)
    yield Table("sections/data-not-linked", "Records that are not linked as they should be", said, linked, lead=lead)
    yield Table("sections/data-clocks", "Whether the clocks were watched", columns("What", "How many"), _clocks(span))


def _row(asked: Asked, span: Span) -> list[Any]:
    period = {f"{asked.begun}__gte": span.begins, f"{asked.begun}__lt": span.ends}
    rows: QuerySet[Any] = asked.model.objects.filter(asked.among, **period).figures()
    among, lacking = rows.count(), rows.filter(asked.lacks).count()
    return [asked.what, lacking, among, f"{lacking / among:.0%}" if among else "No cases"]


def _clocks(span: Span) -> list[list[Any]]:
    raised = Escalation.objects.filter(raised_at__gte=span.begins, raised_at__lt=span.ends)
    late = raised.annotate(late=F("raised_at") - F("due_at")).filter(late__gt=Heartbeat.LATE_AFTER)
    longest = max((each.late for each in late.only("id")), default=timedelta(0)) if late.exists() else timedelta(0)
    due = Clock.objects.filter(due_at__gte=span.begins, due_at__lt=span.ends)
    trouble = Clock.objects.filter(started_at__lt=span.ends).exclude(trouble="")
    return [
        ["Clocks that fell due in the period", due.count()],
        ["Clocks whose last level could not be raised when this was put together", trouble.count()],
        ["Levels raised", raised.count()],
        ["Levels raised more than a minute after they were reached", late.count()],
        ["The longest of these delays, in minutes", round(longest.total_seconds() / 60)],
    ]  # fmt: skip

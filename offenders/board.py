"""What nobody may overlook of managed offenders: each kind with how many there are, since when the oldest waits, and
where they are listed. As whoever looks may see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.duty import Duty
from accounts.models import Posting
from offenders import visit_patterns
from offenders.codes import HIGH_FIRST
from offenders.hub_rows import A_DAY, departs_soon
from offenders.models import (
    VISITED,
    Approval,
    ChildContact,
    HubTask,
    Intelligence,
    Nominal,
    ScrutinyItem,
    ScrutinyRound,
    Spell,
    Transfer,
    Travel,
)
from offenders.visit_lengths import PATTERN
from offenders.workloads import everybody, with_manager_away, without_manager


@dataclass(frozen=True)
class Line:
    """One kind. `url`: where they are listed; empty = the page is not there."""

    code: str
    label: str
    count: int
    oldest: datetime | None = None
    url: str = ""
    more: str = ""


def lines_of(at: datetime) -> list[Line]:
    """Each kind, whether there are any or not: that there are none is worth knowing as well."""
    return [line for make in LINES for line in make(at)]


def _line(
    code: str, label: str, rows: QuerySet[Any], since: str, page: str = "", show: str = "", more: str = ""
) -> Line:
    found = rows.aggregate(n=Count("pk", distinct=True), oldest=Min(since))
    return Line(code, label, found["n"], found["oldest"], _url(page, show), more)


def _url(page: str, show: str = "") -> str:
    return f"{reverse(page)}{f'?show={show}' if show else ''}" if page else ""


def approvals(at: datetime) -> list[Line]:
    waiting = Approval.objects.filter(state=Approval.State.WAITING)
    duty = Duty(at)
    away = Posting.objects.filter(Q(ends=None) | Q(ends__gt=at), starts__lte=at, person__in=duty.away)
    post = Exists(away.filter(role=OuterRef("role"), team=OuterRef("at_team")))
    return [
        _line("approver_away", "Approvals whose approver is away: somebody covers", waiting.filter(post),
              "submitted_at", "offenders-cover"),
        _line("approval_late", "Approvals that are late", waiting.filter(due_at__lt=at),
              "submitted_at", "offenders-approvals", "overdue"),
    ]  # fmt: skip


def hub(at: datetime) -> list[Line]:
    late = HubTask.objects.filter(~Q(state=HubTask.State.CLOSED), due_at__lt=at)
    return [
        _line("hub_late", "Tasks of the ViSOR hub older than their limit", late,
              "received_at", "offenders-hub", "late"),
        _line("hub_travel", "Tasks of the ViSOR hub about somebody who leaves within a day, or has left",
              HubTask.objects.filter(departs_soon(at)), "happens_at", "offenders-hub", "departing"),
    ]  # fmt: skip


def leaving(at: datetime) -> list[Line]:
    unchecked = Travel.objects.filter(state=Travel.State.NOTIFIED, departs_at__lte=at + A_DAY)
    out = Spell.objects.filter(state=Spell.State.GOING_ON, release_due_at__lt=at)
    return [
        _line("travel", "Travel notices not checked, and they leave within a day or have left", unchecked,
              "departs_at", "offenders-travel", "leaving"),
        _line("release", "The day of release or return has passed, and nobody has recorded what happened", out,
              "release_due_at", "offenders-releases", "passed"),
    ]  # fmt: skip


def children(at: datetime) -> list[Line]:
    states = ChildContact.State
    contacts = ChildContact.objects.all()
    undecided = contacts.filter(state__in=[states.NOTICE, states.SHARED])
    return [
        _line("no_notice", "Contact with a child, and no public protection notice",
              contacts.filter(state=states.LEARNED), "discovered_at", "offenders-contacts", "no_notice"),
        _line("no_decision", "A notice about a child, and no decision of children's social care", undecided,
              "discovered_at", "offenders-contacts", "no_decision"),
        _line("not_in_plan", "Social care has decided, and the plan does not say what it changes",
              contacts.filter(state=states.DECIDED), "discovered_at", "offenders-contacts", "plan"),
    ]  # fmt: skip


def visits(at: datetime) -> list[Line]:
    overdue = Nominal.objects.filter(state__in=VISITED, visit_due_at__lt=at)
    return [
        _line(f"visit_{risk.value}", f"Visits overdue, risk: {risk.label.lower()}", overdue.filter(risk=risk),
              "visit_due_at", "offenders-visits", "overdue")
        for risk in HIGH_FIRST
    ]  # fmt: skip


def managers(at: datetime) -> list[Line]:
    over = [load for load in everybody() if load.over and not load.has_left]
    names = ", ".join(str(load.person) for load in over[:5])
    return [
        _line("no_manager", "Managed here, and no offender manager has them", without_manager(), "began_at",
              "offenders", "no_manager"),
        _line("manager_away", "Their offender manager is away: somebody covers", with_manager_away(), "began_at",
              "offenders-workload"),
        Line("over", "Offender managers with more than one person can manage", len(over),
             url=_url("offenders-workload"), more=names),
    ]  # fmt: skip


def transfers(at: datetime) -> list[Line]:
    late = Transfer.objects.filter(state=Transfer.State.REQUESTED, due_at__lt=at)
    moved = Transfer.objects.filter(state=Transfer.State.REQUESTED, moves_on__lt=localdate(at))
    return [
        _line("transfer_late", "Transfers that nobody has decided on in time", late, "requested_at",
              "offenders-transfers", "late"),
        _line("transfer_moved", "They have moved, and the transfer is not decided", moved, "requested_at",
              "offenders-transfers", "open"),
    ]  # fmt: skip


def patterns(at: datetime) -> list[Line]:
    """What is wrong with how somebody is visited, seen only over several visits."""
    number, _ = PATTERN.in_force(at)
    return [
        _line("single_crewed", f"Visited by one officer alone the last {number} times",
              visit_patterns.always_single_crewed(at), "pattern_since", "offenders-visits"),
        _line("announced", f"Told beforehand of each of the last {number} visits",
              visit_patterns.always_announced(at), "pattern_since", "offenders-visits"),
    ]  # fmt: skip


def knowledge(at: datetime) -> list[Line]:
    new = Intelligence.objects.filter(state=Intelligence.State.NEW, was_reactive=True)
    return [
        _line("intelligence", "Managed reactively, and something new nobody has assessed", new, "received_at",
              "offenders-intelligence", "reactive"),
        _line("empty_pillar", "Plan with a heading under which nothing is done",
              visit_patterns.plans_with_an_empty_pillar(localdate(at)), "approved_at", "offenders"),
        _line("no_plan", "Assessed, and nobody has a plan for them", visit_patterns.without_a_plan(), "assessed_at",
              "offenders"),
    ]  # fmt: skip


def scrutiny(at: datetime) -> list[Line]:
    late = ScrutinyRound.objects.filter(state=ScrutinyRound.State.DRAWN, due_at__lt=at)
    undone = ScrutinyItem.objects.filter(state=ScrutinyItem.State.GRADED, action_due_at__lt=at)
    return [
        _line("scrutiny", "Teams whose records nobody of another team has looked at for a fortnight", late,
              "counts_from", "offenders-scrutiny", "late"),
        _line("scrutiny_action", "What another team asked for, and is not done in time", undone, "graded_at",
              "offenders-scrutiny"),
    ]  # fmt: skip


LINES: list[Callable[[datetime], list[Line]]] = [
    children,
    visits,
    approvals,
    hub,
    leaving,
    managers,
    transfers,
    knowledge,
    patterns,
    scrutiny,
]

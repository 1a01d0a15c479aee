"""What nobody may overlook of the children whom online cases concern, and of enforcement."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from online.gate_shut import NO_DISCUSSION, NO_NOTICE, shut_plans, silent
from online.models import ChildrenCheck, Enforcement, GateOverride, LinkedChild
from online.wall import FEW, LINES, Line, line

PLANNED = Enforcement.State.PLANNED


def _named(code: str, label: str, rows: QuerySet[Any], since: str) -> Line:
    """Children by name, the oldest first."""
    found = line(code, label, rows, since, "online-children", code)
    first = rows.select_related("person").order_by(since, "pk")[:FEW] if found.count else []
    return replace(found, names=tuple(f"{each.named} ({each})" for each in first))


def children(at: datetime) -> list[Line]:
    rows = LinkedChild.objects.all()
    due = ChildrenCheck.objects.filter(state=ChildrenCheck.State.DUE)
    return [
        _named("no_notice", "Child of a case with no notice", rows.filter(NO_NOTICE), "known_at"),
        _named("no_discussion", "Notice and no strategy discussion", rows.filter(NO_DISCUSSION), "notice_at"),
        line("nobody_looked", "Nobody has looked for children at an address", due, "asked_at", "online-checks", "due"),
        _named("silent", "Social worker silent for too long", rows.filter(silent(at)), "known_at"),
    ]


def enforcement(at: datetime) -> list[Line]:
    planned = Enforcement.objects.filter(state=PLANNED)
    shut = planned.filter(pk__in=shut_plans())
    owed = GateOverride.objects.filter(state=GateOverride.State.OWED)
    page = "online-enforcement"
    return [
        line("shut", "Enforcement planned and the gate is shut", shut, "planned_at", page, "shut"),
        line("owed", "Enforcement without the gate: strategy discussion owed", owed, "at", page, "owed"),
        line(
            "no_result",
            "Planned time passed and nothing recorded",
            planned.filter(planned_for__lt=at),
            "planned_for",
            page,
            "passed",
        ),
    ]


LINES.extend([children, enforcement])

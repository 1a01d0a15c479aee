"""What the page of an approval shows of the record that is to be approved: all of it. Each kind says how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from offenders.models import Approval, Written
from offenders.models.managing import Approvable
from offenders.workflow.approvals import KINDS, record_of


@dataclass(frozen=True)
class Shown:
    """The template that draws the whole record, with what it needs, and what changed since the last approved one."""

    template: str = "offenders/approval_reference.html"
    context: Mapping[str, Any] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


SHOWS: dict[str, Callable[[Any, Any], Shown]] = {}
"""Approval.What -> how its record is shown, given the record and the last approved one of its kind, or None."""


def shown(approval: Approval) -> dict[str, Any]:
    """Context for the page: the whole record, as it will be approved."""
    record = record_of(approval)
    before = last_approved(approval.what, record)
    each = SHOWS.get(approval.what, lambda record, before: Shown())(record, before)
    return {"shown": each, "about": record, "before": before, **each.context}


def last_approved(what: str, record: Approvable) -> Approvable | None:
    """The last of its kind that was approved of the same offender, before this one."""
    rows = KINDS[what].objects.filter(nominal=record.nominal_id, state__in=[Written.APPROVED, Written.SUPERSEDED])
    found: Approvable | None = rows.exclude(pk=record.pk).order_by("-approved_at", "-pk").first()
    return found

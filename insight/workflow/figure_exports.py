"""Figures that leave as a file. What is on the file and what is kept of it are one."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import transaction

from access.actor import NotYours
from access.roles import Can
from access.time import holding, now
from accounts.models import User
from cases.models import next_reference
from insight.figure_files import written
from insight.models import FigureExport, MonthlySnapshot
from insight.workflow.figures import take_figures


def export_figures(
    *, by: User, snapshot: MonthlySnapshot | None, format: str, purpose: str, for_whom: str
) -> tuple[FigureExport, bytes]:
    """The file, and the entry that it was taken: both or neither. Raises NotYours, NotNow."""
    if not by.can(Can.PREPARE_EVIDENCE):
        raise NotYours(f"You may not {Can.PREPARE_EVIDENCE.label}.")
    at = now()
    with holding(at), transaction.atomic():
        export = FigureExport(reference=next_reference("FX"), snapshot=snapshot, format=format, taken_by=by)
        export.purpose, export.for_whom = purpose.strip(), for_whom.strip()
        content = written(export, at)
        about: dict[str, Any] = {"snapshot": snapshot, "format": format, "purpose": purpose, "for_whom": for_whom}
        return take_figures(export, by=by, sha256=sha256(content).hexdigest(), **about), content

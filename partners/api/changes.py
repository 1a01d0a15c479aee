"""What is new for an agency since it last asked: every row once, none missed, however many write at the same time.

Rows are numbered as they are written, and a row with a smaller number may be committed after one with a larger. So
nothing is told beyond the number below which nothing more can appear (`disclosures_complete_to`). A transaction that
sends something and is left open for an hour holds the feed up for an hour, and loses nothing.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.db import connection
from rest_framework.request import Request
from rest_framework.response import Response

from access.actor import System, acting, current
from access.problems import Problem
from access.roles import Can
from access.time import now
from partners.api.asked import must_be_known
from partners.api.base import AgencyApi
from partners.api.operations import WHAT_CHANGED
from partners.models import Disclosure, Purpose

MOST = 100
"""Rows that are told at a time; `more` says whether there are others."""
WHAT = {Purpose.SHARE.value: "new", Purpose.CORRECTION.value: "corrected", Purpose.WITHDRAWAL.value: "withdrawn"}
SHOWN = ("pk", "purpose", "kind", "reference", "sent_at", "replaces_id", "number")
START = 0
"""Before every number."""


class Changes(AgencyApi):
    """What was sent, corrected and taken back after `after`, in the order in which it was written.

    What was corrected since is told too: whoever fetches it is led to what is right.
    """

    may = Can.PULL_SHARED
    schema = WHAT_CHANGED

    def get(self, request: Request) -> Response:
        must_be_known(request, {"after"})
        after = self._place(request.query_params.get("after", ""))
        rows = written_after(self.agency, after)
        more, rows = len(rows) > MOST, rows[:MOST]
        if (stretch := current()) and rows:
            stretch.handed_over.setdefault(Disclosure._meta.label_lower, set()).update(row["pk"] for row in rows)
        last = rows[-1]["number"] if rows else after
        return Response({"changes": [_told(row) for row in rows], "cursor": self._signer.sign(str(last)), "more": more})

    @property
    def _signer(self) -> signing.Signer:
        return signing.Signer(salt=f"changes of {self.agency}")

    def _place(self, cursor: str) -> int:
        if not cursor:
            return START
        try:
            return int(self._signer.unsign(cursor))
        except (signing.BadSignature, ValueError) as error:
            raise Problem(422, "This is no cursor of ours.", field="after", code="invalid") from error


def written_after(agency: int, after: int) -> list[dict[str, Any]]:
    """The rows as Longstop sees them: what was replaced since belongs to what happened."""
    up_to = complete_to()
    with acting(System("what is new for an agency"), apart=True):
        rows = Disclosure.objects.filter(
            agency=agency, number__gt=after, number__lte=up_to, available_until__gt=now()
        ).order_by("number")
        return list(rows.figures().values(*SHOWN)[: MOST + 1])


def complete_to() -> int:
    """Asked in a statement of its own, before the rows are: what is complete now can be seen by the next one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT disclosures_complete_to()")
        (number,) = cursor.fetchone()
    return int(number)


def _told(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: row[name] for name in ("kind", "reference", "sent_at")}
    return {"what": WHAT[row["purpose"]], "id": row["pk"], **told, "replaces": row["replaces_id"]}

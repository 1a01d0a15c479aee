"""What is new for an agency since it last asked: every row once, none missed, however many write at the same time.

Rows are numbered by the transaction that wrote them and by a sequence. A transaction with a smaller number may commit
after one with a larger; so nothing is told until every transaction that still runs is younger than it. A transaction
that writes and is left open for an hour holds the feed up for an hour, and loses nothing.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.db.models import Q
from django.db.models.expressions import RawSQL
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
NOBODY_WRITES_BEFORE = RawSQL("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", ())
SHOWN = ("pk", "purpose", "kind", "reference", "sent_at", "replaces_id", "written_in", "number")
Place = tuple[int, int]
"""Number of the transaction, and of the row in it."""
START: Place = (0, 0)


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
        last = (rows[-1]["written_in"], rows[-1]["number"]) if rows else after
        return Response(
            {"changes": [_told(row) for row in rows], "cursor": self._signer.sign(_text(last)), "more": more}
        )

    @property
    def _signer(self) -> signing.Signer:
        return signing.Signer(salt=f"changes of {self.agency}")

    def _place(self, cursor: str) -> Place:
        if not cursor:
            return START
        try:
            transaction, number = self._signer.unsign(cursor).split(".")
        except (signing.BadSignature, ValueError) as error:
            raise Problem(422, "This is no cursor of ours.", field="after", code="invalid") from error
        return int(transaction), int(number)


def written_after(agency: int, after: Place) -> list[dict[str, Any]]:
    """The rows as Longstop sees them: what was replaced since belongs to what happened."""
    transaction, number = after
    beyond = Q(written_in__gt=transaction) | Q(written_in=transaction, number__gt=number)
    with acting(System("what is new for an agency"), apart=True):
        rows = Disclosure.objects.filter(
            beyond,
            agency=agency,
            written_in__gte=transaction,  # said twice: this is what the index serves
            written_in__lt=NOBODY_WRITES_BEFORE,
            available_until__gt=now(),
        )
        return list(rows.order_by("written_in", "number").figures().values(*SHOWN)[: MOST + 1])


def _told(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: row[name] for name in ("kind", "reference", "sent_at")}
    return {"what": WHAT[row["purpose"]], "id": row["pk"], **told, "replaces": row["replaces_id"]}


def _text(place: Place) -> str:
    return f"{place[0]}.{place[1]}"

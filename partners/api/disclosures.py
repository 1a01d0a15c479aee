"""What an agency was sent: listed, one by one, and what has become of what is not there any more."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Expression, F, JSONField, OuterRef, Subquery, Value
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from access.actor import current
from access.problems import problem
from access.roles import Can
from partners.api.asked import DisclosureFilter, fields_of, filtered, must_be_known
from partners.api.base import AgencyApi
from partners.api.operations import ONE_SENT_TO_YOU, SENT_TO_YOU
from partners.api.paging import PARAMETERS, Row, page_of
from partners.api.written import JsonText, Written, a_list, with_record
from partners.models import DisclosedDocument, Disclosure, Purpose
from partners.replaced import what_replaced
from partners.workflow.looking import looked

OF_A_DOCUMENT = ("id", "name", "media_type", "size", "sha256")
DOCUMENTS = (
    DisclosedDocument._base_manager.filter(disclosure=OuterRef("pk"))
    .order_by()
    .values("disclosure")
    .annotate(written=JSONBAgg(JSONObject(**{name: name for name in OF_A_DOCUMENT}), order_by=["name"]))
    .values("written")
)
"""Those of what they are given: the rows around it are guarded."""
WRITTEN: dict[str, Expression | F] = {
    "id": F("id"),
    "kind": F("kind"),
    "reference": F("reference"),
    "purpose": F("purpose"),
    "sent_at": F("sent_at"),
    "available_until": F("available_until"),
    "replaces": F("replaces_id"),
    "because": F("because"),
    "state": F("delivery__state"),
    "expects": F("delivery__expects"),
    "acknowledged_at": F("delivery__acknowledged_at"),
    "outcome": NullIf(F("delivery__outcome"), Value("")),
    "content": F("content"),
    "withheld": KeyTransform("withheld", "content"),
    "documents": Coalesce(Subquery(DOCUMENTS), Value([], JSONField())),
}
"""Each field of a disclosure that PostgreSQL writes. `record` is ours to write: see `opaque`."""
FIELDS = ["record", *WRITTEN]
GONE = {
    Purpose.CORRECTION: ("corrected", "This was corrected. What is right is under replaced_by."),
    Purpose.WITHDRAWAL: ("withdrawn", "This was taken back. What is to be done with it is under replaced_by."),
}


def opaque(agency: int, record: UUID) -> UUID:
    """The same for everything an agency is sent about one record; it tells no two agencies that they have the same."""
    said = f"record of agency {agency}: {record}".encode()
    return UUID(bytes=hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")[:16], version=5)


class Disclosures(AgencyApi):
    """Everything the agency was sent and that stands, the newest first; of one kind where there is a `kind`."""

    may = Can.PULL_SHARED
    schema = SENT_TO_YOU
    kind: ClassVar[str] = ""

    def get(self, request: Request) -> Response:
        must_be_known(request, {*PARAMETERS, *DisclosureFilter.base_filters, "fields"})
        fields = fields_of(request, FIELDS)
        rows = filtered(request, DisclosureFilter, of_kind(self.kind))
        whose = f"disclosures {self.kind} {self.agency}"
        page = page_of(rows, request, by="sent_at", written=as_json(fields), of=whose)
        return Response(a_list(shown(self, page.rows, fields), next=page.next, previous=page.previous))


class OneDisclosure(AgencyApi):
    """One of them; 410 where it was corrected or taken back, with what replaces it."""

    may = Can.PULL_SHARED
    schema = ONE_SENT_TO_YOU
    kind: ClassVar[str] = ""

    def get(self, request: Request, key: str) -> Response:
        must_be_known(request, {"fields"})
        fields = fields_of(request, FIELDS)
        rows = rows_of(of_kind(self.kind).filter(pk=key_of(key)), fields)
        if not rows:
            return gone(self.agency, key_of(key), self.kind)
        return Response(Written(shown(self, rows, fields)[0]))


def of_kind(kind: str) -> Any:
    """What whoever acts may see, of one kind or of any."""
    return Disclosure.objects.filter(kind=kind) if kind else Disclosure.objects.all()


def as_json(fields: Collection[str]) -> Expression:
    return JsonText({name: WRITTEN[name] for name in fields if name in WRITTEN})


def rows_of(found: Any, fields: Collection[str]) -> list[Row]:
    return [Row(*each) for each in found.figures().values_list("pk", "sent_at", "record", as_json(fields))]


def shown(view: AgencyApi, rows: Sequence[Row], fields: Collection[str]) -> list[str]:
    """Each as JSON, once it is on record that their system has seen it. By then what was on its way has arrived."""
    keys = [row.key for row in rows]
    stretch = current()
    if stretch and keys:
        stretch.handed_over.setdefault(Disclosure._meta.label_lower, set()).update(keys)
    if keys and looked(view.actor, keys, how="system"):
        now_written = {row.key: row.written for row in rows_of(Disclosure.objects.filter(pk__in=keys), fields)}
        rows = [replace(row, written=now_written.get(row.key, row.written)) for row in rows]
    if "record" not in fields:
        return [row.written for row in rows]
    return [with_record(row.written, opaque(view.agency, row.record)) for row in rows]


def key_of(key: str) -> UUID:
    """Raises Http404 where it is no key: such a disclosure is as unknown as any other."""
    try:
        return UUID(key)
    except ValueError as error:
        raise Http404 from error


def gone(agency: int, key: UUID, kind: str = "") -> Response:
    """The answer 410, where this was theirs and was replaced. Raises Http404 for everything else, and for all alike."""
    after = what_replaced(agency, key, kind)
    if after is None:
        raise Http404
    what, in_words = GONE[Purpose(after.purpose)]
    answer = problem(410, in_words)
    answer.data |= {"what": what, "replaced_by": str(after.pk)}
    return answer


def resource(kind: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """The list and the one of a kind, as views."""
    listed: Any = type("Disclosures", (Disclosures,), {"kind": kind, "__doc__": Disclosures.__doc__})
    one: Any = type("OneDisclosure", (OneDisclosure,), {"kind": kind, "__doc__": OneDisclosure.__doc__})
    return listed.as_view(), one.as_view()

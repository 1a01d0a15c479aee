"""One page after another of a list, the newest first, while more is being written to it.

A cursor is the place of a row, signed for one agency and one list: it is right whatever has come in since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Expression, Q
from django.http import QueryDict
from rest_framework.request import Request

from access.problems import Problem

USUAL, MOST = 25, 100
"""Rows of a page."""
PARAMETERS = {"cursor", "page_size"}
OLDER, NEWER = "older", "newer"


@dataclass(frozen=True)
class Row:
    """One row of a page: its key, its place, what else was asked for, and how it is written."""

    key: UUID
    at: datetime
    record: UUID
    written: str


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next and the previous ones are (None = there are none)."""

    rows: Sequence[Row]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Place:
    """From where a page is read, and which way. None = from the newest."""

    way: str
    at: datetime
    key: UUID


def page_of(rows: Any, request: Request, *, by: str, written: Expression, of: str) -> Page:
    """One page of these rows by moment `by`, each written as `written`. `of`: whose list, and which.

    One query whatever the size. Raises Problem where cursor or page_size is not one.
    """
    size, place = size_of(request.query_params), place_of(request.query_params, of)
    back = place is not None and place.way == NEWER
    order = [by, "id"] if back else [f"-{by}", "-id"]
    found = (_beyond(rows, place, by) if place else rows).order_by(*order)
    got = [Row(*each) for each in found.figures().values_list("pk", by, "record", written)[: size + 1]]
    more, got = len(got) > size, got[:size]
    if back:
        got.reverse()
    there = {OLDER: more or back, NEWER: more if back else place is not None}
    return Page(
        got,
        next=_address(request, OLDER, got[-1], of) if got and there[OLDER] else None,
        previous=_address(request, NEWER, got[0], of) if got and there[NEWER] else None,
    )


def _beyond(rows: Any, place: Place, by: str) -> Any:
    way = "gt" if place.way == NEWER else "lt"
    beyond = Q(**{f"{by}__{way}": place.at}) | Q(**{by: place.at, f"id__{way}": place.key})
    return rows.filter(beyond, **{f"{by}__{way}e": place.at})  # said twice: the second is what the index serves


def size_of(asked: QueryDict) -> int:
    said = asked.get("page_size", str(USUAL))
    if not (said.isascii() and said.isdigit() and len(said) <= 3 and 1 <= int(said) <= MOST):
        raise Problem(422, f"A page has 1 to {MOST} rows.", field="page_size", code="invalid")
    return int(said)


def place_of(asked: QueryDict, of: str) -> Place | None:
    if "cursor" not in asked:
        return None
    try:
        way, at, key = signing.loads(str(asked["cursor"]), salt=of)
    except (signing.BadSignature, ValueError) as error:
        raise Problem(422, "This cursor is none of this list.", field="cursor", code="invalid") from error
    return Place(way, datetime.fromisoformat(at), UUID(key))


def _address(request: Request, way: str, row: Row, of: str) -> str:
    query = request.query_params.copy()
    query["cursor"] = signing.dumps([way, row.at.isoformat(), str(row.key)], salt=of)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

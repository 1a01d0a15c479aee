"""What nobody may overlook of online abuse: each kind with how many there are, since when the oldest waits, and where
they are listed. As whoever looks may see them. Each part of the app adds its own kinds to `LINES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse


@dataclass(frozen=True)
class Line:
    """One kind. `url`: where they are listed; `names`: the first few by reference, the oldest first."""

    code: str
    label: str
    count: int
    oldest: datetime | None = None
    url: str = ""
    names: tuple[str, ...] = ()


LINES: list[Callable[[datetime], list[Line]]] = []
FEW = 5


def lines_of(at: datetime) -> list[Line]:
    """Each kind, whether there are any or not: that there are none is worth knowing as well."""
    return [line for make in LINES for line in make(at)]


def line(code: str, label: str, rows: QuerySet[Any], since: str, page: str = "", show: str = "") -> Line:
    """One kind from the records that are of it. `since`: the field that says since when; `show`: the list's filter."""
    found = rows.aggregate(n=Count("pk", distinct=True), oldest=Min(since))
    first = rows.order_by(since, "pk")[:FEW] if found["n"] else []
    url = f"{reverse(page)}{f'?show={show}' if show else ''}" if page else ""
    return Line(code, label, found["n"], found["oldest"], url, tuple(str(each) for each in first))

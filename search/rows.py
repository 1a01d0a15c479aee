"""Rows as PostgreSQL takes them in one statement: as columns, for `unnest`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def columns(rows: Sequence[Sequence[Any]], number_of_columns: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(number_of_columns)]


def array(items: Iterable[object]) -> str:
    """Numbers, dates or keys as PostgreSQL writes them: the driver's own way takes longer than the search.

    Not for text, which would have to be quoted.
    """
    return "{" + ",".join(map(str, items)) + "}"

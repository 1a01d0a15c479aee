"""Forgetting the present: from here on every remembered row is built from what is remembered of it."""

from __future__ import annotations

from datetime import datetime

from django.db import connections

from history.replay import remembered_tables


def build_every_row_from_memory(at: datetime) -> None:
    """As if each row of each remembered table had been changed at that moment, and had held until then what it holds.

    Needs rows that are committed: the application's role may not write what is remembered, the owner may.
    """
    with connections["owner"].cursor() as cursor:
        for each in remembered_tables(at):
            rows = f"SELECT '{each.table}', t.{each.key}::text, 'UPDATE', %s, to_jsonb(t) FROM {each.table} t"  # noqa: S608
            cursor.execute(f'INSERT INTO history_earlierrow ("table", "row", operation, at, was) {rows}', [at])

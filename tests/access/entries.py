"""What stands in the ledger, read as the owner of the database: the application's own role cannot."""

from typing import Any

from django.db import connections


def _rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def alterations(table: str, row: Any = None) -> list[tuple[str, str, list[str]]]:
    """(actor, operation, names of the changed columns), oldest first."""
    return _rows(
        'SELECT actor, operation, fields FROM ledger_alteration WHERE "table" = %s AND coalesce("row" = %s, true) '
        "ORDER BY id",
        table,
        None if row is None else str(row),
    )


def consultations() -> list[tuple[str, str, str, list[Any]]]:
    """(actor, page, kind, keys), oldest first."""
    return _rows("SELECT actor, page, kind, records FROM ledger_consultation ORDER BY id")


def count(table: str) -> int:
    return int(_rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - a name from the test

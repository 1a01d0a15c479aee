"""A database for each test process: migrated once as the owner, used as the application's role, copied when dirty.

The tests run with the rights the application has, so a test cannot do what the application could not.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from access import scratch, time

THE_CLOCK = "movable_clock"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
ALWAYS_ON = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
SCHEMA = """
SELECT md5(string_agg(what, ',' ORDER BY what)) FROM (
    SELECT concat_ws(' ', oid, relname, relnatts, relacl, relhastriggers) AS what
      FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', attrelid, attname, attacl) FROM pg_attribute WHERE attacl IS NOT NULL
    UNION ALL SELECT concat_ws(' ', oid, defaclacl) FROM pg_default_acl
    UNION ALL SELECT concat_ws(' ', oid, tgenabled) FROM pg_trigger
    UNION ALL SELECT concat_ws(' ', oid, xmin) FROM pg_constraint
    UNION ALL SELECT concat_ws(' ', oid, xmin) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', oid, nspname, nspacl) FROM pg_namespace WHERE nspname !~ '^pg_'
) AS everything
"""
NAME = f"longstop_test_{os.getpid()}"  # two runs at once do not share one


def _template_name() -> str:
    """One template for each set of migrations."""
    root = Path(settings.BASE_DIR)
    sources = [*root.glob("*/migrations/*.py"), *root.glob("*/sql.py"), root / "access" / "time.py"]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(sources)))
    return f"longstop_template_{digest.hexdigest()[:12]}"


def create() -> None:
    """The database of this test process, from the template, which the first process makes."""
    template = _template_name()
    with scratch.server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(694)")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if cursor.fetchone() is None:
            unfinished = f"{template}_unfinished"
            scratch.drop(unfinished)
            scratch.build(unfinished)
            for alias in connections:
                connections[alias].close()
            cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {template}")
        _clear_up(cursor)
    settings.SCRATCH_TEMPLATE = template
    fresh()


def _clear_up(cursor: Any) -> None:
    """Databases of runs that were killed."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^longstop_test_[0-9]+$'")
    for (name,) in cursor.fetchall():
        if not Path("/proc", name.removeprefix("longstop_test_")).exists():
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")


has_been_used = False
"""Whether a test that was rolled back may have left entries in the ledger."""


@dataclass(frozen=True)
class AsCopied:
    """What a database held when it was copied from the template."""

    schema: str
    kept: dict[str, str]
    """Tables that the migrations filled, and a digest of each."""
    numbered: dict[str, int | None]
    """Sequences, and the number each gave last."""


_as_copied: AsCopied | None = None


def fresh() -> None:
    """As it was copied from the template: around a test that commits."""
    global has_been_used
    has_been_used = False
    if _as_copied is None or not _emptied(_as_copied):
        _copied()


def _copied() -> None:
    """Thrown away and copied. It takes a second, because a copy is many hundred files."""
    global _as_copied
    scratch.drop(NAME)
    scratch.build(NAME, _template_name())
    with connections["owner"].cursor() as cursor:
        kept = {table: _digest(cursor, table) for table in _with_rows(cursor) if table != THE_CLOCK}
        _as_copied = AsCopied(_schema(cursor), kept, _numbered(cursor))


def _emptied(was: AsCopied) -> bool:
    """Only what tests have written is taken out, which is much quicker. False = a test has changed more than that."""
    scratch.end_sessions(NAME)
    with connections["owner"].cursor() as cursor, transaction.atomic(using="owner"):
        kept = {table: _digest(cursor, table) for table in was.kept}
        if _schema(cursor) != was.schema or kept != was.kept:
            return False
        _empty(cursor, _with_rows(cursor) - {THE_CLOCK, *kept})
        for sequence, number in _numbered(cursor).items():
            if number != (before := was.numbered[sequence]):
                cursor.execute("SELECT setval(%s, %s, %s)", [sequence, before or 1, before is not None])
    time.run_freely()
    return True


def _empty(cursor: Any, tables: set[str]) -> None:
    """What forbids to remove a row is a trigger, so those are off meanwhile. Keys hold until the end of all of it."""
    cursor.execute(ALWAYS_ON)
    always_on = [(table, trigger) for table, trigger in cursor.fetchall() if table in tables]
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for table in tables:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - its name comes from the catalogue
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for table, trigger in always_on:
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def _with_rows(cursor: Any) -> set[str]:
    cursor.execute(TABLES)
    asked = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for (table,) in cursor.fetchall()]  # noqa: S608
    cursor.execute(" UNION ALL ".join(asked))
    return {table for (table,) in cursor.fetchall()}


def _digest(cursor: Any, table: str) -> str:
    cursor.execute(f"SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {table} t")  # noqa: S608
    return str(cursor.fetchone()[0])


def _schema(cursor: Any) -> str:
    cursor.execute(SCHEMA)
    return str(cursor.fetchone()[0])


def _numbered(cursor: Any) -> dict[str, int | None]:
    cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
    return dict(cursor.fetchall())


def drop() -> None:
    scratch.drop(NAME)

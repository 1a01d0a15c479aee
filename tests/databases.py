"""A database for each test process: migrated once as the owner, used as the application's role, copied when dirty.

The tests run with the rights the application has, so a test cannot do what the application could not.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from access import scratch

NAME = f"longstop_test_{os.getpid()}"  # two runs at once do not share one


def _template_name() -> str:
    """One template for each set of migrations."""
    root = Path(settings.BASE_DIR)
    sources = [*root.glob("*/migrations/*.py"), root / "access" / "sql.py", root / "access" / "time.py"]
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
    fresh()


def _clear_up(cursor: Any) -> None:
    """Databases of runs that were killed."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^longstop_test_[0-9]+$'")
    for (name,) in cursor.fetchall():
        if not Path("/proc", name.removeprefix("longstop_test_")).exists():
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")


has_been_used = False
"""Whether a test that was rolled back may have left entries in the ledger."""


def fresh() -> None:
    """Throw the database away and copy the template: around a test that commits."""
    global has_been_used
    has_been_used = False
    scratch.drop(NAME)
    with scratch.server() as cursor:
        cursor.execute(f"CREATE DATABASE {NAME} TEMPLATE {_template_name()} STRATEGY file_copy")
    scratch.point_at(NAME)


def drop() -> None:
    scratch.drop(NAME)

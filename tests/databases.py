"""A database for each test process: migrated once as the owner, used as the application's role, copied when it is dirty.

The tests run with the rights the application has, so a test cannot do what the application could not.
"""

import hashlib
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from access.time import install_movable_clock

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
NAME = f"longstop_test_{WORKER}"


def _template_name() -> str:
    """One template for each set of migrations."""
    digest = hashlib.sha256()
    for path in sorted(Path(settings.BASE_DIR).glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    digest.update((Path(settings.BASE_DIR) / "access" / "sql.py").read_bytes())
    digest.update((Path(settings.BASE_DIR) / "access" / "time.py").read_bytes())
    return f"longstop_template_{digest.hexdigest()[:12]}"


def _server() -> Any:
    """A connection to the server itself, as the owner, outside any of our databases."""
    owner = connections["owner"].settings_dict
    connection = psycopg2.connect(
        dbname="postgres",
        user=owner["USER"],
        password=owner["PASSWORD"] or None,
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
    )
    connection.autocommit = True
    return closing(connection)


def _point_at(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def create() -> None:
    """The database of this test process, from the template, which the first process makes."""
    template = _template_name()
    with _server() as server, server.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(694)")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if cursor.fetchone() is None:
            _make_template(cursor, template)
        cursor.execute("SELECT pg_advisory_unlock(694)")
    fresh()


def _make_template(cursor: Any, template: str) -> None:
    cursor.execute(f"DROP DATABASE IF EXISTS {template}_unfinished WITH (FORCE)")
    cursor.execute(f"CREATE DATABASE {template}_unfinished")
    _point_at(f"{template}_unfinished")
    call_command("migrate", database="owner", verbosity=0)
    install_movable_clock()
    for alias in connections:
        connections[alias].close()
    cursor.execute(f"ALTER DATABASE {template}_unfinished RENAME TO {template}")


def fresh() -> None:
    """Throw the database away and copy the template: after a test that committed."""
    _point_at(NAME)
    with _server() as server, server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {NAME} TEMPLATE {_template_name()} STRATEGY file_copy")


def drop() -> None:
    for alias in connections:
        connections[alias].close()
    with _server() as server, server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")

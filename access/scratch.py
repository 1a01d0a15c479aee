"""A separate, empty database on the same server: for replays and for tests, never for a force's records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from access.time import install_movable_clock


class NoScratchDatabase(RuntimeError):
    """The server does not let the owner's role create a database. The message is one line for the person."""


@contextmanager
def server(alias: str = "owner") -> Iterator[Any]:
    """A cursor on the server itself, outside any of our databases; every statement stands alone."""
    role = connections[alias].settings_dict
    named = {"user": role["USER"], "password": role["PASSWORD"], "host": role["HOST"], "port": role["PORT"]}
    with closing(psycopg2.connect(dbname="postgres", **{k: v for k, v in named.items() if v})) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def point_at(name: str) -> None:
    """From now on every connection of this process goes to that database."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def build(name: str, template: str = "") -> None:
    """Create it, migrate it, make its time movable, and leave this process pointing at it.

    `template`: a database that was built before, to copy instead, which takes seconds where migrating takes a minute.
    """
    copied = f" TEMPLATE {template} STRATEGY file_copy" if template else ""
    with server() as cursor:
        try:
            cursor.execute(f"CREATE DATABASE {name}{copied}")
        except psycopg2.Error as error:
            raise NoScratchDatabase(f"cannot create the database {name}: {str(error).splitlines()[0]}") from error
    point_at(name)
    if not template:
        call_command("migrate", database="owner", verbosity=0)
        install_movable_clock()


def end_sessions(name: str) -> None:
    """Nobody is connected to it any more. Each role ends its own sessions: the owner may not end the application's."""
    for alias in connections:
        connections[alias].close()
    for alias in ("default", "owner"):
        with server(alias) as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = %s AND usename = current_user AND backend_type = 'client backend'",
                [name],
            )


def drop(name: str) -> None:
    """Throw it away."""
    end_sessions(name)
    with server() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")


@contextmanager
def scratch_database(name: str) -> Iterator[None]:
    """Inside, everything happens in a new database that is gone afterwards; nothing in it is meant to survive."""
    before = str(connections["default"].settings_dict["NAME"])
    try:
        build(name, settings.SCRATCH_TEMPLATE)
        with server() as cursor:
            cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        point_at(name)
        yield
    finally:
        drop(name)
        point_at(before)

"""The one place time comes from: PostgreSQL's `app_now()`.

Workers and web servers disagree about the time; the database does not disagree with itself. In production
`app_now()` is `clock_timestamp()`. Tests, the demo and replays install a movable one (`install_movable_clock`),
which only the owner of the database can move, so that no session of the application can.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.db import connection, connections
from django.utils import timezone

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def today() -> date:
    """The day it is here, by the local clock: ages and homes go by days."""
    return timezone.localdate(now())


def now() -> datetime:
    """The moment it is (aware, UTC). Inside a signed transaction it is the same for everybody who asks."""
    return held() or _ask_the_database()


def held() -> datetime | None:
    """The moment that is held for everybody inside, if one is."""
    return _held.get()


def _ask_the_database() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


@contextmanager
def holding(moment: datetime) -> Iterator[None]:
    """What happens inside happens at one moment: a step, its clocks and its record agree to the microsecond.

    A signed transaction holds its own; by hand only for loading what another system recorded at the time.
    """
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


MOVABLE = """
CREATE TABLE IF NOT EXISTS movable_clock (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    frozen_at timestamptz,
    shift interval NOT NULL DEFAULT '0'
);
INSERT INTO movable_clock DEFAULT VALUES ON CONFLICT DO NOTHING;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON movable_clock FROM PUBLIC, longstop_app;
GRANT SELECT ON movable_clock TO longstop_app;
CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS
    'SELECT coalesce(frozen_at, clock_timestamp()) + shift FROM public.movable_clock';
"""


def install_movable_clock() -> None:
    """Make time movable in this database: for tests, the demo and replays, never for a live force."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(MOVABLE)


def freeze(at: datetime) -> None:
    """Time stands still at this moment until it is moved."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE movable_clock SET frozen_at = %s, shift = '0'", [at])


def shift(by: timedelta) -> None:
    """Move time forward (or back) by this much; running time runs on from there."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE movable_clock SET shift = shift + make_interval(secs => %s)", [by.total_seconds()])


def run_freely() -> None:
    """Back to the time of day."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE movable_clock SET frozen_at = NULL, shift = '0'")

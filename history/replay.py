"""Any page as it stood at a moment: the same code, reading tables as they were.

Inside `as_it_stood(at)` every remembered table that has changed since is covered by a temporary view of its name that
gives the rows of that moment: those that were changed are built once, the others are read where they are. Everything
that asks for the time is given that moment, and nothing can be written. So a queue, a board or a record is rebuilt by
the code that shows it, and can differ from what was shown only where that code has changed.

Who may see what is asked as it is now. People, cases, restrictions, conflicts of interest and who was part of which
case are never covered; the acts of whoever looks are those they have today; and of a record that was open to them then
it is asked whether it is today. What is closed now stays closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from access.actor import Acting, Actor, NotYours, acting, current
from access.guarded import ALSO
from access.roles import Can
from access.time import holding, now


@dataclass(frozen=True)
class Replayed:
    """What is being replayed: `at`, of the tables `covered`. `present`: when it really is."""

    at: datetime
    present: datetime
    covered: frozenset[str]


_replayed: ContextVar[Replayed | None] = ContextVar("replayed", default=None)

OVERLAYS: dict[str, dict[str, str]] = {}
"""Table -> column -> how it is worked out of rows of other tables, where its own changes are not kept. An expression
over the row `t`; `%(at)s` is the moment, `%(changed)s` when the row was first changed after it (null = never)."""


class NotYet(ValueError):
    """The moment is still to come. The message is plain English, for the person."""


@dataclass(frozen=True)
class Remembered:
    """A table whose earlier rows are kept. `key_type`: the type of its key in the database; `born`: since when a row
    is there, where the row itself says so; `changed`: whether anything in it has changed since."""

    table: str
    key: str
    key_type: str
    born: str
    changed: bool


def replayed_at() -> datetime | None:
    """The moment that is being replayed, if one is."""
    replayed = _replayed.get()
    return replayed.at if replayed else None


@contextmanager
def as_it_stood(at: datetime) -> Iterator[None]:
    """Inside, all that is read is as it stood at that moment, what happened exactly then included.

    Raises NotYet of a moment to come, NotYours where whoever acts may not look back.
    """
    present, stretch = now(), current()
    if at > present:
        raise NotYet("That moment has not come yet.")
    if stretch is not None and not stretch.who.can(Can.REPLAY):
        raise NotYours("You may not see a page as it stood at another time.")
    with transaction.atomic(), _without_keys():
        token = _replayed.set(Replayed(at, present, _cover(at)))
        try:
            with holding(at), _acting_as_today(stretch):
                yield
        finally:
            _replayed.reset(token)
            transaction.set_rollback(True)


@contextmanager
def _acting_as_today(stretch: Acting | None) -> Iterator[None]:
    """What was kept of whoever acts, their posts among it, is of today; it was asked before the replay began."""
    if stretch is None:
        yield
        return
    with acting(stretch.who) as inner:
        inner.kept |= stretch.kept
        yield


@contextmanager
def _without_keys() -> Iterator[None]:
    """A view has no key by which Django could group."""
    before = connection.features.allows_group_by_selected_pks
    connection.features.allows_group_by_selected_pks = False
    try:
        yield
    finally:
        connection.features.allows_group_by_selected_pks = before


def may_see_today(model: type[models.Model], who: Actor) -> Q:
    """In a replay: of these records, those that this person may see as things stand now, too."""
    replayed = _replayed.get()
    if replayed is None or model._meta.db_table not in replayed.covered:
        return Q()
    seen: Any = model.given_to if who.is_outside else model.visible_to  # type: ignore[attr-defined]
    with holding(replayed.present):
        rows: models.QuerySet[Any, Any] = models.QuerySet(model).filter(seen(who)).order_by().values("pk")
    try:
        query, values = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:  # none at all: Django knows it without asking
        return Q(pk__in=[])
    return Q(pk__in=RawSQL(re.sub(r'\b(FROM|JOIN) "', r'\1 public."', query), values))  # noqa: S611 - Django wrote it


ALSO.append(may_see_today)


def _cover(at: datetime) -> frozenset[str]:
    tables = [each for each in remembered_tables(at) if each.changed or each.born]
    with connection.cursor() as cursor:
        columns = _columns(cursor, [each.table for each in tables])
        for each in tables:
            if each.changed:
                cursor.execute(_changed_rows(each, at))
            cursor.execute(_view(each, columns[each.table], at))
        cursor.execute("SET TRANSACTION READ ONLY")
    return frozenset(each.table for each in tables)


def remembered_tables(at: datetime) -> list[Remembered]:
    """What the database itself says: the tables with the trigger, and whether they have changed since. Names in the
    catalogue are collated otherwise than text: without COLLATE the index over `table` and `at` is of no use."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, split_part(args.said, chr(1), 1), format_type(a.atttypid, a.atttypmod),
                   split_part(args.said, chr(1), 2),
                   coalesce((SELECT max(h.at) FROM history_earlierrow h
                             WHERE h."table" = c.relname::text COLLATE "default") > %s, false)
            FROM pg_trigger t
            JOIN pg_class c ON c.oid = t.tgrelid
            CROSS JOIN LATERAL (SELECT replace(encode(t.tgargs, 'escape'), '\\000', chr(1)) AS said) args
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = split_part(args.said, chr(1), 1)
            WHERE t.tgname = 'remembered' AND NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
            ORDER BY c.relname
            """,
            [at],
        )
        return [Remembered(*row) for row in cursor.fetchall()]


def _columns(cursor: Any, tables: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Table -> its columns in their order, each with its type in the database."""
    cursor.execute(
        """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relname = ANY(%s) AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname, a.attnum
        """,
        [tables],
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for table, name, kind in cursor.fetchall():
        found.setdefault(table, []).append((name, kind))
    return found


def _changed_rows(each: Remembered, at: datetime) -> str:
    """Those rows that were changed later, built once from what they are now and what their columns held before: of
    several changes of one column the first one after the moment says how it was. `there`: whether it was there then."""
    table = each.table
    return f"""
CREATE TEMPORARY TABLE stood_{table} ON COMMIT DROP AS
WITH later AS (
    SELECT h.id, h."row"::{each.key_type} AS key, h.operation, h.at, h.was
    FROM public.history_earlierrow h WHERE h."table" = '{table}' AND h.at > {_literal(at)}
), first AS (
    SELECT DISTINCT ON (key) key, operation, at FROM later ORDER BY key, at, id
), held AS (
    SELECT key, jsonb_object_agg(kept.name, kept.value ORDER BY at DESC, id DESC) AS was
    FROM later CROSS JOIN LATERAL jsonb_each(was) AS kept (name, value) GROUP BY key
)
SELECT first.key, first.at AS changed, first.operation <> 'INSERT' AS there,
       CASE WHEN first.operation <> 'INSERT' THEN jsonb_populate_record(t, held.was) END AS t
FROM first LEFT JOIN held USING (key) LEFT JOIN public.{table} t ON t.{each.key} = first.key;
CREATE UNIQUE INDEX ON stood_{table} (key);
ANALYZE stood_{table} (key)
"""  # noqa: S608 - names of our own tables, and a moment


def _view(each: Remembered, columns: list[tuple[str, str]], at: datetime) -> str:
    """The rows of a table as they stood: those that have not changed, and those that have as they were. Columns are
    named one by one, so that whoever asks for a few rows is answered by the table's own indexes."""
    born = f"{each.born} <= {_literal(at)}" if each.born else "true"
    if not each.changed:
        shown = _shown(each.table, columns, at, changed="NULL::timestamptz")
        return f"CREATE TEMPORARY VIEW {each.table} AS SELECT {shown} FROM public.{each.table} t WHERE {born}"  # noqa: S608
    return f"""
CREATE TEMPORARY VIEW {each.table} AS
SELECT {_shown(each.table, columns, at, changed="NULL::timestamptz")} FROM public.{each.table} t
WHERE NOT EXISTS (SELECT FROM stood_{each.table} stood WHERE stood.key = t.{each.key}) AND {born}
UNION ALL
SELECT {_shown(each.table, columns, at, changed="t.stood_changed")} FROM (
    SELECT (stood.t).*, stood.changed AS stood_changed FROM stood_{each.table} stood WHERE stood.there
) t WHERE {born}
"""  # noqa: S608 - names of our own tables, and a moment


def _shown(table: str, columns: list[tuple[str, str]], at: datetime, *, changed: str) -> str:
    """Its columns; where one is worked out of other tables, how."""
    worked_out = OVERLAYS.get(table, {})
    about = {"at": _literal(at), "changed": changed}
    return ", ".join(
        f"({worked_out[name] % about})::{kind} AS {name}" if name in worked_out else f't."{name}"'
        for name, kind in columns
    )


def _literal(at: datetime) -> str:
    return f"'{at.astimezone(UTC).isoformat()}'::timestamptz"

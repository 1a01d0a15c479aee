"""Migration operations: a table whose rows are remembered as they stood."""

from __future__ import annotations

from django.db.migrations import RunSQL

from access.sql import APP_ROLE

FUNCTION = RunSQL(
    rf"""
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON history_earlierrow FROM {APP_ROLE};

-- SECURITY DEFINER, with pg_temp last, as in access/sql.py: a replay makes temporary views that are named as tables.
-- The moment is the one that the transaction holds (access.actor.signed), which its step has too.
CREATE FUNCTION history_remember() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  moment timestamptz := coalesce(nullif(current_setting('app.at', true), '')::timestamptz, app_now());
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  was jsonb := before;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(key, value) INTO was FROM jsonb_each(before) WHERE after -> key IS DISTINCT FROM value;
    IF was IS NULL THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO history_earlierrow ("table", "row", operation, at, was)
  VALUES (TG_TABLE_NAME, coalesce(before, after) ->> TG_ARGV[0], TG_OP, moment, was);
  RETURN NULL;
END $$;
""",  # noqa: S608 - the name of our own role
    "DROP FUNCTION history_remember();",
)


def remembered(table: str, *, key: str = "id", born: str = "", columns: str = "") -> RunSQL:
    """Each change of a row is kept, told backwards. Replays show this table as it stood.

    `born`: an expression over the row `t` that says since when it has been there; then nothing is kept when one is
    added. `columns`: only changes that name one of these are kept.
    """
    of = f" OF {columns}" if columns else ""
    events = f"UPDATE{of} OR DELETE" if born else f"INSERT OR UPDATE{of} OR DELETE"
    quoted = born.replace("'", "''")
    return RunSQL(
        f"CREATE TRIGGER remembered AFTER {events} ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION history_remember('{key}', '{quoted}');",
        f"DROP TRIGGER remembered ON {table};",
    )

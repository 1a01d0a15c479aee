"""Migration operations: who may do what to a table, and a row ledger that nobody can rewrite.

Migrations run as the owner of the database; the application runs as `longstop_app`, which owns nothing.
"""

from collections.abc import Sequence

from django.db.migrations import RunSQL

APP_ROLE = "longstop_app"

ROLES = RunSQL(
    f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN CREATE ROLE {APP_ROLE} LOGIN; END IF;
END $$;
GRANT USAGE ON SCHEMA public TO {APP_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP_ROLE};
GRANT SELECT ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
""",
    RunSQL.noop,
)

TIME = RunSQL(
    "CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT clock_timestamp()'",
    "DROP FUNCTION app_now()",
)

LEDGER_FUNCTIONS = RunSQL(
    r"""
CREATE FUNCTION ledger_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.at := clock_timestamp();
  NEW.xid := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;

-- SECURITY DEFINER: it writes as the owner what the application's role may not write itself. pg_temp comes last in its
-- search path, or a temporary table of the ledger's name would swallow the entries.
CREATE FUNCTION ledger_alteration() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  who text := current_setting('app.actor', true);
  was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
  is_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
  changed text[];
BEGIN
  IF coalesce(who, '') = '' THEN
    RAISE EXCEPTION 'no actor: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT coalesce(array_agg(key ORDER BY key), '{}') INTO changed
    FROM jsonb_object_keys(was || is_now) AS key WHERE was -> key IS DISTINCT FROM is_now -> key;
  INSERT INTO ledger_alteration (actor, "table", "row", operation, fields)
  VALUES (who, TG_TABLE_NAME, coalesce(is_now ->> 'id', was ->> 'id'), TG_OP, changed);
  RETURN NULL;
END $$;
""",
    "DROP FUNCTION ledger_alteration(); DROP FUNCTION ledger_refuse(); DROP FUNCTION ledger_stamp();",
)


def never_rewritten(table: str) -> RunSQL:
    """Rows are added and stay as they are, against the application's role and against the owner's haste."""
    return RunSQL(
        f"""
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE};
CREATE TRIGGER never_rewritten BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION ledger_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER never_rewritten;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER never_emptied;
""",
        f"DROP TRIGGER never_emptied ON {table}; DROP TRIGGER never_rewritten ON {table};",
    )


def ledger(table: str, *, app_may_insert: Sequence[str] = ()) -> RunSQL:
    """A ledger table: stamped by the database; the application may at most add rows, naming only these columns.

    Column grants, because with a grant on the whole table the application could choose `id`, forge an order and make
    later rows fail.
    """
    grant = f"GRANT INSERT ({', '.join(app_may_insert)}) ON {table} TO {APP_ROLE};" if app_may_insert else ""
    return RunSQL(
        f"""
REVOKE ALL ON {table} FROM {APP_ROLE};
{grant}
CREATE TRIGGER stamped BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_stamp();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER stamped;
""",
        f"DROP TRIGGER stamped ON {table};",
    )


def never_deleted(table: str) -> RunSQL:
    """The application never removes a row of this table; disposal is an act of its own."""
    return RunSQL(
        f"REVOKE DELETE, TRUNCATE ON {table} FROM {APP_ROLE};",
        f"GRANT DELETE ON {table} TO {APP_ROLE};",
    )


def audited(table: str, *, columns: str = "") -> RunSQL:
    """Every added, changed or removed row is entered in the ledger with the actor; without an actor it is refused.

    `columns`: the only ones to watch, where another is written by Django itself at sign-in, with nobody acting yet.
    """
    of = f" OF {columns}" if columns else ""
    return RunSQL(
        f"CREATE TRIGGER audited AFTER INSERT OR UPDATE{of} OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION ledger_alteration();",
        f"DROP TRIGGER audited ON {table};",
    )

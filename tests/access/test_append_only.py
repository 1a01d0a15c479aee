"""What the application's role may not do to the ledger, the steps, the escalations, the lengths and the disclosures."""

import io

import psycopg2
import pytest
from django.db import DatabaseError, connection, connections, transaction

from access.time import now
from tests.access.entries import alterations, consultations, count
from tests.stories import called_in, hours, submitted, swept

LEDGER = ["ledger_alteration", "ledger_consultation"]
NEVER_REWRITTEN = [
    *LEDGER,
    "workflow_step",
    "sla_escalation",
    "sla_setting",
    "accounts_signedin",
    "insight_shiftpattern",
    "partners_disclosure",
    "partners_reply",
    "strategy_authoritysanswer",
    "strategy_attendee",
    "strategy_decision",
    "strategy_minutes",
    "triage_thrive",
    "accounts_idempotentanswer",
    "quality_trainingrecord",
    "quality_mark",
    "quality_secondlook",
    "insight_evidencefile",
    "insight_evidencereader",
    "insight_evidencecopy",
    "briefing_agendatext",
    "briefing_decision",
    "briefing_reckoning",
]
ON_EVERY_TABLE = [
    "UPDATE {table} SET id = id",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "TRUNCATE {table} CASCADE",
    "DROP TABLE {table}",
    "DROP TABLE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER never_rewritten",
    "ALTER TABLE {table} ADD COLUMN forged text",
    "ALTER TABLE {table} RENAME TO hidden",
    "ALTER TABLE {table} OWNER TO longstop_app",
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "DROP TRIGGER never_rewritten ON {table}",
    "DROP TRIGGER never_emptied ON {table}",
    "CREATE TRIGGER mine BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
    "CREATE RULE mine AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "CREATE INDEX mine ON {table} (id)",
    "GRANT ALL ON {table} TO longstop_app WITH GRANT OPTION; UPDATE {table} SET id = id",
    "WITH gone AS (DELETE FROM {table} RETURNING 1) SELECT count(*) FROM gone",
    "SELECT * FROM {table} FOR UPDATE",
    "MERGE INTO {table} USING (SELECT 1) AS x ON true WHEN MATCHED THEN DELETE",
    "SET session_replication_role = replica; DELETE FROM {table}",
    "SET ROLE longstop_owner; DELETE FROM {table}",
    "SET SESSION AUTHORIZATION longstop_owner; DELETE FROM {table}",
]
ON_THE_LEDGER = [
    "SELECT * FROM {table}",
    "SELECT count(*) FROM {table}",
    "COPY {table} TO STDOUT",
    "COPY {table} FROM STDIN",
    "COPY {table} (id, actor, page, kind, records) FROM STDIN",
    "COPY {table} (xid, actor, page, kind, records) FROM STDIN",
    "INSERT INTO {table} (id, actor) OVERRIDING SYSTEM VALUE VALUES (1, 'user: 1')",
    "INSERT INTO {table} (id, actor) VALUES (9000000000, 'user: 1')",
    "INSERT INTO {table} (at, actor) VALUES ('1999-01-01', 'user: 1')",
    "INSERT INTO {table} (xid, actor) VALUES (1, 'user: 1')",
    "SELECT setval(pg_get_serial_sequence('{table}', 'id'), 1)",
    "LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE",
]
ON_THE_ALTERATIONS = [
    'INSERT INTO ledger_alteration (actor, "table", "row", operation, fields) '
    "VALUES ('user: 1', 'x', '1', 'x', '{}')",
    "INSERT INTO ledger_alteration DEFAULT VALUES",
]
ON_THE_HOUSE = [
    "SET ROLE longstop_owner",
    "SET SESSION AUTHORIZATION longstop_owner",
    "SET session_replication_role = replica",
    "ALTER ROLE longstop_app SUPERUSER",
    "ALTER ROLE longstop_owner PASSWORD 'mine'",
    "GRANT longstop_owner TO longstop_app",
    "CREATE ROLE mine SUPERUSER",
    "CREATE TABLE public.ledger_alteration_2 (id int)",
    "CREATE SCHEMA mine",
    "CREATE OR REPLACE FUNCTION ledger_alteration() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE OR REPLACE FUNCTION ledger_stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
    "ALTER FUNCTION ledger_alteration() SECURITY INVOKER",
    "DROP FUNCTION ledger_refuse() CASCADE",
    "ALTER DEFAULT PRIVILEGES FOR ROLE longstop_owner GRANT ALL ON TABLES TO PUBLIC",
    "ALTER TABLE ppn_ppn DISABLE TRIGGER audited",
    "DROP TRIGGER audited ON ppn_ppn",
    "DROP TRIGGER only_nearer ON sla_clock",
    "ALTER TABLE sla_clock DISABLE TRIGGER only_nearer",
]
STATEMENTS = {
    **{table: [each.format(table=table) for each in ON_EVERY_TABLE] for table in NEVER_REWRITTEN},
    **{f"{table} as a ledger": [each.format(table=table) for each in ON_THE_LEDGER] for table in LEDGER},
    "alterations": ON_THE_ALTERATIONS,
    "the house": ON_THE_HOUSE,
}


@pytest.fixture
def lived_in(clock, cast, olly, callie):
    """A database in which there is something to tamper with."""
    submitted(olly)
    called_in(callie)
    swept(clock, hours(25))


@pytest.mark.django_db
def test_the_application_is_not_the_owner_and_is_no_superuser():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreaterole, rolbypassrls, pg_has_role('longstop_owner', 'member') "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("longstop_app", False, False, False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("statements", STATEMENTS.values(), ids=STATEMENTS)
def test_the_applications_role_succeeds_with_none_of_them(lived_in, statements):
    assert [statement for statement in statements if _succeeds(statement)] == []


def _succeeds(statement):
    try:
        with transaction.atomic():
            _execute(statement)
    except (DatabaseError, psycopg2.Error):
        return False
    return True


def _execute(statement):
    with connection.cursor() as cursor:
        if statement.startswith("COPY"):
            cursor.cursor.copy_expert(statement, io.StringIO("1\tuser: 1\thome\tppn.ppn\t{}\n"))
        else:
            cursor.execute(statement)


def test_the_list_is_long_enough_to_mean_something():
    assert sum(len(statements) for statements in STATEMENTS.values()) > 200


@pytest.mark.django_db
@pytest.mark.parametrize("table", NEVER_REWRITTEN)
def test_the_triggers_stand_also_while_triggers_are_switched_off_for_replication(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'A' AND tgname LIKE 'never%%'",
            [table],
        )
        assert {name for (name,) in cursor.fetchall()} == {"never_rewritten", "never_emptied"}


@pytest.mark.django_db
@pytest.mark.parametrize("table", NEVER_REWRITTEN)
def test_even_the_owner_empties_nothing_while_the_triggers_stand(table):
    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
@pytest.mark.parametrize("table", ["ledger_alteration", "workflow_step", "sla_escalation", "triage_thrive"])
def test_even_the_owner_changes_no_row_while_the_triggers_stand(lived_in, table, statement):
    before = count(table)
    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
        cursor.execute(statement.format(table=table))
    assert count(table) == before > 0


@pytest.mark.django_db(transaction=True)
def test_a_moment_given_by_the_application_is_replaced_by_the_databases_own(clock, olly):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_consultation (at, xid, actor, page, kind, records) "
            "VALUES ('1999-01-01', 1, 'user: 1', 'home', 'ppn.ppn', '{}') "
            "RETURNING at > now() - interval '1 minute', xid > 1"
        )
        assert cursor.fetchone() == (True, True)


@pytest.mark.django_db(transaction=True)
def test_the_ledger_keeps_the_time_of_day_also_where_our_own_time_can_be_moved(clock, olly):
    submitted(olly)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT bool_and(abs(extract(epoch FROM now() - at)) < 600) FROM ledger_alteration")
        assert cursor.fetchone() == (True,)
    assert alterations("ppn_ppn")
    assert consultations() == []


MOVING_TIME = [
    "UPDATE movable_clock SET frozen_at = '2030-01-01'",
    "UPDATE movable_clock SET shift = '1 day'",
    "DELETE FROM movable_clock",
    "TRUNCATE movable_clock",
    "INSERT INTO movable_clock VALUES (false, '2030-01-01', '0')",
    "INSERT INTO movable_clock DEFAULT VALUES ON CONFLICT (only_row) DO UPDATE SET shift = '1 day'",
    "DROP TABLE movable_clock",
    "ALTER TABLE movable_clock RENAME TO hidden",
    "CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
    "DROP FUNCTION app_now()",
    "CREATE TEMP TABLE movable_clock AS SELECT true AS only_row, '2030-01-01'::timestamptz AS frozen_at, "
    "'0'::interval AS shift",
    "CREATE TEMP VIEW movable_clock AS SELECT '2030-01-01'::timestamptz AS frozen_at, '0'::interval AS shift",
    "CREATE FUNCTION pg_temp.app_now() RETURNS timestamptz LANGUAGE sql AS 'SELECT ''2030-01-01''::timestamptz'",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", MOVING_TIME, ids=lambda statement: statement[:32])
def test_the_applications_role_cannot_move_time(clock, statement):
    before = now()
    _succeeds(statement)
    assert now() == before

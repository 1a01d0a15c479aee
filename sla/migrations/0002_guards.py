from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten

ONLY_NEARER = migrations.RunSQL(
    """
CREATE FUNCTION sla_only_nearer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.stopped_at IS NOT NULL THEN
    RAISE EXCEPTION 'a stopped clock stays as it is';
  END IF;
  IF NEW.due_at > OLD.due_at OR NEW.every > OLD.every THEN
    RAISE EXCEPTION 'a due time only ever moves nearer';
  END IF;
  IF (NEW.deadline, NEW.kind, NEW.record, NEW.started_at) IS DISTINCT FROM (OLD.deadline, OLD.kind, OLD.record, OLD.started_at)
     OR NEW.level < OLD.level THEN
    RAISE EXCEPTION 'what a clock times, since when, and what it has raised do not change';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_nearer BEFORE UPDATE ON sla_clock FOR EACH ROW EXECUTE FUNCTION sla_only_nearer();
ALTER TABLE sla_clock ENABLE ALWAYS TRIGGER only_nearer;
""",
    "DROP TRIGGER only_nearer ON sla_clock; DROP FUNCTION sla_only_nearer();",
)


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("sla", "0001_initial")]

    operations = [
        ONLY_NEARER,
        never_deleted("sla_clock"),
        never_rewritten("sla_escalation"),
        never_deleted("sla_notification"),
        audited("sla_setting"),
        never_rewritten("sla_setting"),
    ]

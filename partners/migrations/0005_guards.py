from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten

WATCHED = ["sharingrule", "recipient", "delivery", "disagreement"]
ONLY_ENDS = migrations.RunSQL(
    """
CREATE FUNCTION partners_rule_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ends_at IS NOT NULL OR NEW.ends_at IS NULL
     OR to_jsonb(NEW) - '{ends_at,ended_by_id,ended_because}'::text[]
        IS DISTINCT FROM to_jsonb(OLD) - '{ends_at,ended_by_id,ended_because}'::text[] THEN
    RAISE EXCEPTION 'a rule of sharing is never edited: it ends, and another begins'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_ends BEFORE UPDATE ON partners_sharingrule FOR EACH ROW
  EXECUTE FUNCTION partners_rule_only_ends();
""",
    "DROP TRIGGER only_ends ON partners_sharingrule; DROP FUNCTION partners_rule_only_ends();",
)


class Migration(migrations.Migration):
    """What the application may not do to rules, recipients, deliveries and replies, and what the ledger watches."""

    dependencies = [("partners", "0004_our_default_rules")]

    operations = [
        *(audited(f"partners_{table}") for table in WATCHED),
        *(never_deleted(f"partners_{table}") for table in WATCHED),
        audited("partners_reply"),
        never_rewritten("partners_reply"),
        ONLY_ENDS,
    ]

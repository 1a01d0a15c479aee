from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten
from history.sql import remembered

NEVER_REWRITTEN = ["monthlysnapshot", "figureexport"]

# Why a figure is red is added later; what was counted never changes, whoever writes.
FROZEN = migrations.RunSQL(
    """
CREATE TRIGGER frozen BEFORE UPDATE ON insight_monthlyfigure FOR EACH ROW
WHEN (to_jsonb(OLD) - '{state,comment,commented_at,commented_by_id,due_at}'::text[]
  IS DISTINCT FROM to_jsonb(NEW) - '{state,comment,commented_at,commented_by_id,due_at}'::text[]
  OR (OLD.comment <> '' AND OLD.comment IS DISTINCT FROM NEW.comment))
EXECUTE FUNCTION ledger_refuse();
ALTER TABLE insight_monthlyfigure ENABLE ALWAYS TRIGGER frozen;
""",
    "DROP TRIGGER frozen ON insight_monthlyfigure;",
)


class Migration(migrations.Migration):
    """What the application's role may not do, what the ledger watches, and what replays know."""

    dependencies = [("access", "0001_ledger"), ("history", "0001_initial"), ("insight", "0002_figures")]

    operations = [
        *(
            operation
            for name in NEVER_REWRITTEN
            for operation in (audited(f"insight_{name}"), never_rewritten(f"insight_{name}"))
        ),
        audited("insight_monthlyfigure"),
        never_deleted("insight_monthlyfigure"),
        FROZEN,
        *(remembered(f"insight_{name}") for name in [*NEVER_REWRITTEN, "monthlyfigure"]),
    ]

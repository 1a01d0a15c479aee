from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten

KEPT = [
    *("sampled", "sample", "review", "feedback"),
    *("theme", "learningaction", "retest", "course", "coursetheme", "trainingdue", "trainingneed", "champion"),
    *("attendancefile", "attendancerow", "publication"),
    *("scrutinymeeting", "scrutinymember", "scrutinypaper"),
    *("recommendation", "improvementaction", "measuresnapshot"),
]
HISTORY = ["secondlook", "mark", "themenote", "trainingrecord", "scrutinyconflict", "evidenceitem"]

# Why a red month is red is added later; what was counted never changes, whoever writes.
FROZEN = migrations.RunSQL(
    """
CREATE TRIGGER frozen BEFORE UPDATE ON quality_measuresnapshot FOR EACH ROW
WHEN ((OLD.figures, OLD.rag, OLD.month, OLD.taken_at, OLD.recommendation_id)
  IS DISTINCT FROM (NEW.figures, NEW.rag, NEW.month, NEW.taken_at, NEW.recommendation_id))
EXECUTE FUNCTION ledger_refuse();
ALTER TABLE quality_measuresnapshot ENABLE ALWAYS TRIGGER frozen;
""",
    "DROP TRIGGER frozen ON quality_measuresnapshot;",
)


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("quality", "0003_our_default_courses")]

    operations = [
        *(operation for name in KEPT for operation in (audited(f"quality_{name}"), never_deleted(f"quality_{name}"))),
        *(
            operation
            for name in HISTORY
            for operation in (audited(f"quality_{name}"), never_rewritten(f"quality_{name}"))
        ),
        FROZEN,
    ]

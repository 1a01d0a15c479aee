from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten
from history.sql import remembered

KEPT = ["pack", "draw", "case"]
HISTORY = ["file", "reader", "copy"]


class Migration(migrations.Migration):
    """What the application's role may not do, what the ledger watches, and what a replay knows of evidence packs."""

    dependencies = [("access", "0001_ledger"), ("history", "0001_initial"), ("insight", "0006_evidence")]

    operations = [
        *(audited(f"insight_evidence{name}") for name in [*KEPT, *HISTORY]),
        *(never_deleted(f"insight_evidence{name}") for name in KEPT),
        *(never_rewritten(f"insight_evidence{name}") for name in HISTORY),
        *(remembered(f"insight_evidence{name}") for name in [*KEPT, *HISTORY]),
    ]

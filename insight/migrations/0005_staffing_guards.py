from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten
from history.sql import remembered


class Migration(migrations.Migration):
    """What the application's role may not do, what the ledger watches, and what a replay remembers."""

    dependencies = [("access", "0001_ledger"), ("history", "0001_initial"), ("insight", "0004_staffing")]

    operations = [
        audited("insight_shiftplan"),
        never_deleted("insight_shiftplan"),
        remembered("insight_shiftplan"),
        audited("insight_shiftpattern"),
        never_rewritten("insight_shiftpattern"),
        remembered("insight_shiftpattern", born="t.at"),
    ]

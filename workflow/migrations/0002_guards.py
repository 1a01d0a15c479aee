from django.db import migrations

from access.sql import never_rewritten


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("workflow", "0001_initial")]

    operations = [
        never_rewritten("workflow_step"),
    ]

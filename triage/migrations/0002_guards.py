from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("triage", "0001_initial")]

    operations = [
        audited("triage_incident"),
        never_deleted("triage_incident"),
        audited("triage_thrive"),
        never_rewritten("triage_thrive"),
        never_deleted("triage_calllogimport"),
        audited("triage_rowtocheck"),
        never_deleted("triage_rowtocheck"),
    ]

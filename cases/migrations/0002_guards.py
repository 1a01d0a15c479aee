from django.db import migrations

from access.sql import audited, never_deleted


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("cases", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE reference_number START 1001", "DROP SEQUENCE reference_number"),
        audited("cases_case"),
        never_deleted("cases_case"),
        audited("cases_restriction"),
    ]

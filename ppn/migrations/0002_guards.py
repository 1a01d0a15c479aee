from django.db import migrations

from access.sql import audited, never_deleted


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("ppn", "0001_initial")]

    operations = [
        audited("ppn_ppn"),
        never_deleted("ppn_ppn"),
        audited("ppn_subject"),
        never_deleted("ppn_subject"),
    ]

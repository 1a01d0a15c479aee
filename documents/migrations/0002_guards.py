from django.db import migrations

from access.sql import audited, never_deleted


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("documents", "0001_initial")]

    operations = [
        audited("documents_attachment"),
        never_deleted("documents_attachment"),
        audited("documents_storecheck"),
        never_deleted("documents_storecheck"),
    ]

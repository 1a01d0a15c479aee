from django.db import migrations

from access.sql import audited, never_deleted


class Migration(migrations.Migration):
    """Where systems of agencies are called, and each call, stay on record."""

    dependencies = [("partners", "0008_webhooks")]

    operations = [
        *(audited(f"partners_{table}") for table in ("webhook", "webhookcall")),
        *(never_deleted(f"partners_{table}") for table in ("webhook", "webhookcall")),
    ]

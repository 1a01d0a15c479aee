from django.db import migrations

from access.sql import audited, never_deleted


class Migration(migrations.Migration):
    """What the application's role may not do to markers, and that the ledger watches them."""

    dependencies = [("cases", "0005_markers")]

    operations = [
        audited("cases_placemarker"),
        never_deleted("cases_placemarker"),
    ]

from django.db import migrations

from access.sql import audited, never_deleted

TABLES = ("concern", "domesticabuse", "detailrequest", "childconsidered", "trigger", "draft")


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("ppn", "0004_mash")]

    operations = [guard(f"ppn_{table}") for table in TABLES for guard in (audited, never_deleted)]

from django.db import migrations

from access.sql import audited, never_deleted

WATCHED = ["agencyaccount", "agencyperson"]


class Migration(migrations.Migration):
    """Who of an agency is let in stays on record, and so does who looked."""

    dependencies = [("partners", "0006_agencies")]

    operations = [
        *(audited(f"partners_{table}") for table in WATCHED),
        *(never_deleted(f"partners_{table}") for table in WATCHED),
        audited("partners_look"),
        never_deleted("partners_look"),
    ]

from django.db import migrations

from access.sql import audited, never_deleted

WATCHED = ["agencyaccount", "agencyperson"]


class Migration(migrations.Migration):
    """Who of an agency is let in stays on record, and so does who looked."""

    dependencies = [("partners", "0006_agencies")]

    operations = [
        *(audited(f"partners_{table}") for table in WATCHED),
        *(never_deleted(f"partners_{table}") for table in WATCHED),
        # How often and when last is counted at each look, which is in the ledger of consultations already.
        audited("partners_look", columns="disclosure_id, agency_id, case_id, signature, who, first_at"),
        never_deleted("partners_look"),
        migrations.RunSQL(
            "ALTER TABLE partners_look SET (fillfactor = 70)", "ALTER TABLE partners_look RESET (fillfactor)"
        ),
    ]

from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("partners", "0001_initial")]

    operations = [
        audited("partners_agency"),
        never_deleted("partners_agency"),
        audited("partners_disclosure"),
        never_rewritten("partners_disclosure"),
    ]

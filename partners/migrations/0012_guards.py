from django.db import migrations

from access.sql import audited, never_rewritten


class Migration(migrations.Migration):
    """What went with a disclosure is history."""

    dependencies = [("access", "0001_ledger"), ("partners", "0011_disclosed_documents")]

    operations = [audited("partners_discloseddocument"), never_rewritten("partners_discloseddocument")]

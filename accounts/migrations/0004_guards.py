from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten


class Migration(migrations.Migration):
    """A system that is let in, and what it was answered, stay on record."""

    dependencies = [("accounts", "0003_service_accounts")]

    operations = [
        audited("accounts_serviceaccount"),
        never_deleted("accounts_serviceaccount"),
        never_rewritten("accounts_idempotentanswer"),
    ]

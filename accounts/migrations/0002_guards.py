from django.db import migrations

from access.sql import audited, never_deleted

# Django writes last_login at sign-in, before anybody is acting.
COLUMNS = "username, password, first_name, last_name, email, is_active, is_staff, is_superuser"


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("accounts", "0001_initial")]

    operations = [
        audited("accounts_user", columns=COLUMNS),
        never_deleted("accounts_user"),
        audited("accounts_team"),
        never_deleted("accounts_team"),
        audited("accounts_posting"),
        never_deleted("accounts_posting"),
        audited("accounts_absence"),
    ]

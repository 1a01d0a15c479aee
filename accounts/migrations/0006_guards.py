from django.db import migrations

from access.sql import audited

# Django writes last_login at sign-in, before anybody is acting.
COLUMNS = "username, password, first_name, last_name, email, is_active, is_staff, is_superuser, is_outside"


class Migration(migrations.Migration):
    """Short tokens are entered as they are given out; when they have run out they may go. Who is outside is watched."""

    dependencies = [("accounts", "0005_agencies")]

    operations = [
        migrations.RunSQL("DROP TRIGGER audited ON accounts_user", audited("accounts_user").sql),
        audited("accounts_user", columns=COLUMNS),
        audited("accounts_accesstoken"),
    ]

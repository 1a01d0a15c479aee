from django.db import migrations

from access.sql import audited, never_rewritten
from history.sql import remembered


class Migration(migrations.Migration):
    """That somebody signed in is never changed; a replay knows who had."""

    dependencies = [("accounts", "0012_sign_ins"), ("history", "0001_initial")]

    operations = [
        audited("accounts_signedin"),
        never_rewritten("accounts_signedin"),
        remembered("accounts_signedin", born="t.at"),
    ]

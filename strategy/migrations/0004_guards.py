from django.db import migrations

from access.sql import audited, never_deleted


class Migration(migrations.Migration):
    """What an agency sent as minutes stays on record, and so does what somebody here made of it."""

    dependencies = [("access", "0001_ledger"), ("strategy", "0003_received_minutes")]

    operations = [audited("strategy_receivedminutes"), never_deleted("strategy_receivedminutes")]

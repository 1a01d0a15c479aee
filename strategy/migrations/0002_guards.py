from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("strategy", "0001_initial")]

    operations = [
        audited("strategy_strategymeeting"),
        never_deleted("strategy_strategymeeting"),
        audited("strategy_action"),
        never_deleted("strategy_action"),
        audited("strategy_meetingchild"),
        never_deleted("strategy_meetingchild"),
        # What was answered, who was there and what was decided is history.
        audited("strategy_authoritysanswer"),
        never_rewritten("strategy_authoritysanswer"),
        audited("strategy_attendee"),
        never_rewritten("strategy_attendee"),
        audited("strategy_decision"),
        never_rewritten("strategy_decision"),
        audited("strategy_minutes"),
        never_rewritten("strategy_minutes"),
    ]

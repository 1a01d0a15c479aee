from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches. What was written down beside an episode is
    history and stays as it was written."""

    dependencies = [("access", "0001_ledger"), ("missing", "0001_initial")]

    operations = [
        audited("missing_episode"),
        never_deleted("missing_episode"),
        audited("missing_planaction"),
        never_deleted("missing_planaction"),
        audited("missing_interviewrequest"),
        never_deleted("missing_interviewrequest"),
        audited("missing_missingnotice"),
        never_deleted("missing_missingnotice"),
        audited("missing_learned"),
        never_deleted("missing_learned"),
        audited("missing_riskanswer"),
        never_rewritten("missing_riskanswer"),
        audited("missing_systemcheck"),
        never_rewritten("missing_systemcheck"),
        audited("missing_riskdecision"),
        never_rewritten("missing_riskdecision"),
        audited("missing_enquiry"),
        never_rewritten("missing_enquiry"),
        audited("missing_reassessment"),
        never_rewritten("missing_reassessment"),
        audited("missing_review"),
        never_rewritten("missing_review"),
        audited("missing_dailydecision"),
        never_rewritten("missing_dailydecision"),
        audited("missing_preventioninterview"),
        never_rewritten("missing_preventioninterview"),
        audited("missing_schoolscheme"),
        never_rewritten("missing_schoolscheme"),
    ]

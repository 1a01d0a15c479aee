from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("cohort", "0001_initial")]

    operations = [
        audited("cohort_triggerplan"),
        never_deleted("cohort_triggerplan"),
        audited("cohort_philomenaform"),
        never_deleted("cohort_philomenaform"),
        audited("cohort_cohortentry"),
        never_deleted("cohort_cohortentry"),
        audited("cohort_riskplan"),
        never_deleted("cohort_riskplan"),
        audited("cohort_planstep"),
        never_deleted("cohort_planstep"),
        audited("cohort_cohortmeeting"),
        never_deleted("cohort_cohortmeeting"),
        # What was found, written, decided and who was there is history.
        audited("cohort_exploitationassessment"),
        never_rewritten("cohort_exploitationassessment"),
        audited("cohort_riskplanversion"),
        never_rewritten("cohort_riskplanversion"),
        audited("cohort_meetingattendee"),
        never_rewritten("cohort_meetingattendee"),
        audited("cohort_meetingdecision"),
        never_rewritten("cohort_meetingdecision"),
    ]

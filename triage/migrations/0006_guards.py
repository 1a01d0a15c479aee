from django.db import migrations, models

from access.sql import audited, never_deleted, never_rewritten

ADDED_ONLY = [
    "triage_abusequestions",
    "triage_allocation",
    "triage_childvoice",
    "triage_contactattempt",
    "triage_resourcingdecision",
]


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("triage", "0005_owners")]

    operations = [
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                "awaiting_resource",
                                "in_triage",
                                "second_look",
                                "allocated",
                                "accepted",
                                "assigned",
                                "attended",
                                "outcome_recorded",
                            ],
                        ),
                        _negated=True,
                    ),
                    ("owner__isnull", False),
                    _connector="OR",
                ),
                name="an_open_incident_has_an_owner",
            ),
        ),
        *(guard(table) for table in ADDED_ONLY for guard in (audited, never_rewritten)),
        audited("triage_unit"),
        never_deleted("triage_unit"),
    ]

import django.contrib.postgres.fields
from django.db import migrations, models

from access.sql import LEDGER_FUNCTIONS, ROLES, TIME, ledger, never_rewritten


def _ledger_row():
    return [
        ("id", models.BigAutoField(primary_key=True, serialize=False)),
        (
            "at",
            models.DateTimeField(help_text="By the database's own clock; a value given by the application is ignored"),
        ),
        ("xid", models.BigIntegerField(help_text="The transaction, for sealing")),
        ("actor", models.TextField(help_text="user: key, or system: reason")),
    ]


class Migration(migrations.Migration):
    """First of all: what later tables grant to the application's role is decided here."""

    initial = True
    run_before = [("contenttypes", "0001_initial"), ("auth", "0001_initial"), ("sessions", "0001_initial")]

    operations = [
        ROLES,
        TIME,
        LEDGER_FUNCTIONS,
        migrations.CreateModel(
            name="Alteration",
            fields=[
                *_ledger_row(),
                ("table", models.TextField()),
                ("row", models.TextField()),
                ("operation", models.TextField()),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), help_text="Names of the columns that changed", size=None
                    ),
                ),
            ],
            options={"db_table": "ledger_alteration"},
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                *_ledger_row(),
                ("page", models.TextField(help_text="The name of the page, never its address")),
                ("kind", models.TextField(help_text="Model, as app.model")),
                ("records", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
            ],
            options={"db_table": "ledger_consultation"},
        ),
        ledger("ledger_alteration"),
        never_rewritten("ledger_alteration"),
        ledger("ledger_consultation", app_may_insert=["actor", "page", "kind", "records"]),
        never_rewritten("ledger_consultation"),
    ]

from django.db import migrations, models

from history.sql import FUNCTION


class Migration(migrations.Migration):
    initial = True
    dependencies = [("access", "0001_ledger")]

    operations = [
        migrations.CreateModel(
            name="EarlierRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table", models.TextField()),
                ("row", models.TextField(help_text="Its key")),
                (
                    "operation",
                    models.CharField(
                        choices=[("INSERT", "Added"), ("UPDATE", "Changed"), ("DELETE", "Removed")], max_length=6
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        help_text="The moment of the transition that changed it, which its step has too"
                    ),
                ),
                (
                    "was",
                    models.JSONField(help_text="Column -> value until then; of an added row nothing", null=True),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["table", "at", "id"], name="earlier_row_after")],
            },
        ),
        FUNCTION,
    ]

from django.db import migrations

from access.sql import audited, never_deleted

TABLES = [
    "encompass_schoolnotice",
    "encompass_attends",
    "encompass_addressee",
    "encompass_keyadult",
    "encompass_practice",
    "encompass_exemption",
    "encompass_schoolcalendar",
    "encompass_schoolhours",
    "encompass_calendarimport",
]


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches."""

    dependencies = [("access", "0001_ledger"), ("encompass", "0001_initial")]

    operations = [guard(table) for table in TABLES for guard in (audited, never_deleted)]

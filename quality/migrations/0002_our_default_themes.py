from datetime import UTC, datetime

from django.db import migrations

# What the inspection of June 2022 found, in its order. A force adds its own and retires what it does not use.
THEMES = [
    ("Professional curiosity", "Nobody asked the next question: who else is there, what was not said"),
    ("Child not asked about", "A call or a visit where children were not asked for, or not written down"),
    ("Risk assessed with THRIVE", "THRIVE was not used, not recorded, or not looked at again when things changed"),
    ("Repeat not recognised", "It had happened before, and nobody looked or nobody saw it"),
    ("Wrong grade", "The grade did not fit what was known"),
    ("Caller not told of a delay", "Somebody waited and was not told how long, or what to do until then"),
    ("Voice of the child", "The child was not seen, not heard, or what they said and how they were is not written"),
    ("Other children", "Brothers, sisters and other children in the home were not thought of"),
    ("Notice not written or late", "A notice was due and was not written, or came too late to be of use"),
    ("Agency not told", "An agency that needed to know was not among those told, or was told too late"),
    ("Strategy meeting not recognised", "What was known met the test of a strategy meeting, and none was asked for"),
    ("Nothing done for a missing child", "Missing, and for hours nobody did or wrote down anything"),
    ("Return interview not used", "What a child said after being missing was not read, or not put to use"),
    ("Plan not written for this person", "A plan that would fit anybody"),
    (
        "Contact with children not followed",
        "An offender was in contact with a child, and nobody heard what was decided",
    ),
    ("Record does not show it", "It may have been done: the record does not say so"),
    ("Waited for a supervisor", "Work stood still because whoever decides was not there"),
]
SINCE = datetime(2022, 6, 1, tzinfo=UTC)


def add(apps, schema_editor):
    theme = apps.get_model("quality", "Theme")
    theme.objects.using(schema_editor.connection.alias).bulk_create(
        theme(state="in_use", name=name, means=means, added_at=SINCE) for name, means in THEMES
    )


class Migration(migrations.Migration):
    """Written before the ledger watches them: they are nobody's act."""

    dependencies = [("quality", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

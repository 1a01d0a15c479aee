from datetime import UTC, datetime

from django.db import migrations

OURS = "Longstop's default. Ask your safeguarding partnership"
CORE = ["identity", "voice", "happened", "risk", "address", "family"]
CARE = [*CORE, "contact", "schooling", "health", "offences", "risk_person", "research"]
NURSE = [*CORE, "contact", "health"]
SCHOOL = ["identity", "voice", "happened", "risk"]
ADULTS = ["identity", "happened", "risk", "offences", "risk_person"]
RED_OR_AMBER = {"facts": ["child"], "grades": ["red", "amber"]}
ABUSE = {"facts": ["child"], "types": ["domestic_abuse"]}
# Working Together's school ages; a nurse of the 0-19 service sees all children.
AT_SCHOOL = {"from_age": 4, "to_age": 17}

RULES = [
    ("social_care", "A child at risk, graded red or amber: social care decides what is done", CARE, RED_OR_AMBER, OURS),
    ("health", "A child at risk, graded red or amber: the nurses see the child", NURSE, RED_OR_AMBER, OURS),
    ("gp", "A child at risk, graded red or amber: the doctor sees the child", NURSE, RED_OR_AMBER, OURS),
    (
        "education",
        "A child at risk, graded red or amber: the school sees the child each day",
        SCHOOL,
        {**RED_OR_AMBER, **AT_SCHOOL},
        OURS,
    ),
    ("social_care", "A child is a victim of domestic abuse, whatever the grade", CARE, ABUSE, OURS),
    ("health", "A child is a victim of domestic abuse, whatever the grade", NURSE, ABUSE, OURS),
    (
        "education",
        "A child is a victim of domestic abuse: the school is told",
        SCHOOL,
        {**ABUSE, **AT_SCHOOL},
        "Domestic Abuse Act 2021, section 49A",
    ),
    (
        "domestic_abuse",
        "Domestic abuse at high risk: an adviser, and the MARAC",
        [*CORE, "contact", "offences", "risk_person"],
        {"facts": ["da_high"], "types": ["domestic_abuse"]},
        OURS,
    ),
    ("midwifery", "An unborn child: the midwives see the mother", NURSE, {"facts": ["unborn"]}, OURS),
    (
        "exploitation",
        "A child is exploited, sexually or criminally",
        [*CORE, "contact", "offences", "risk_person", "research"],
        {"facts": ["exploitation"]},
        OURS,
    ),
    (
        "allegations",
        "The person posing a risk works or volunteers with children",
        [*ADULTS, "voice"],
        {"facts": ["position_of_trust"]},
        OURS,
    ),
    (
        "youth_justice",
        "The person alleged to pose a risk is a young person: a child too",
        [*CORE, "offences", "risk_person"],
        {"facts": ["youth"]},
        OURS,
    ),
    ("probation", "The person posing a risk is on licence", ADULTS, {"facts": ["on_licence"]}, OURS),
    ("offenders", "The person posing a risk is on licence", ADULTS, {"facts": ["on_licence"]}, OURS),
    ("probation", "The person posing a risk is a registered sex offender", ADULTS, {"facts": ["rso"]}, OURS),
    ("offenders", "The person posing a risk is a registered sex offender", ADULTS, {"facts": ["rso"]}, OURS),
    (
        "adult_care",
        "An adult at risk",
        ["identity", "happened", "risk", "address", "contact", "health", "offences"],
        {"types": ["adult_at_risk"]},
        OURS,
    ),
]
ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)


def load(apps, schema_editor):
    rules = apps.get_model("partners", "SharingRule").objects.using(schema_editor.connection.alias)
    for kind, why, field_classes, when, source in RULES:
        rules.create(
            kind=kind,
            why=why,
            field_classes=sorted(field_classes),
            source=source,
            is_our_default=source == OURS,
            starts_at=ALWAYS,
            **when,
        )


class Migration(migrations.Migration):
    """The table by which recipients are proposed, until a force has made its own. Loaded before the ledger watches it:
    nobody has entered it."""

    dependencies = [("partners", "0003_sharing")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

from datetime import UTC, datetime

from django.db import migrations

CONTROL_ROOM = ["contact_officer", "dispatcher", "contact_supervisor"]
ATTENDS = ["attending_officer", "response_sgt", "npt_sgt", "icat_investigator", "missing_coord", "offender_manager"]
MASH = ["mash_coordinator", "mash_sgt", "mash_insp", "mash_ci"]
# What inspectors found given in 2022: (name, what for, months until it is taken again, posts, themes it answers). That the
# training of MASH staff is refreshed each year is theirs; the posts of the others are ours.
COURSES = [
    (
        "Voice of the child",
        "To see, hear and write down the child: what they said, how they were, what their home is like",
        None,
        [*CONTROL_ROOM, *ATTENDS],
        ["Voice of the child", "Child not asked about", "Other children", "Professional curiosity"],
    ),
    (
        "Adverse childhood experiences (ACEs)",
        "What living with abuse, neglect or fear does to a child, and how it shows",
        None,
        [*CONTROL_ROOM, *ATTENDS],
        ["Other children"],
    ),
    (
        "Public protection notice (PPN)",
        "When a notice is due, what it has to say, and who needs it",
        None,
        ATTENDS,
        ["Notice not written or late", "Agency not told", "Record does not show it"],
    ),
    (
        "Risk assessment (THRIVE)",
        "To assess threat, harm and risk, to write it down, and to look again when things change",
        None,
        [*CONTROL_ROOM, *ATTENDS],
        ["Risk assessed with THRIVE", "Repeat not recognised", "Wrong grade"],
    ),
    (
        "MASH refresher",
        "Vulnerability, notices, the voice of the child, domestic abuse and its effect on children, risk assessment",
        12,
        MASH,
        ["Strategy meeting not recognised", "Voice of the child", "Agency not told"],
    ),
]
SINCE = datetime(2022, 6, 1, tzinfo=UTC)


def add(apps, schema_editor):
    course, theme, answers = (apps.get_model("quality", name) for name in ("Course", "Theme", "CourseTheme"))
    alias = schema_editor.connection.alias
    themes = {each.name: each for each in theme.objects.using(alias).all()}
    for name, what_for, months, roles, about in COURSES:
        made = course.objects.using(alias).create(
            state="in_use", name=name, what_for=what_for, refresh_months=months, roles=roles, added_at=SINCE
        )
        answers.objects.using(alias).bulk_create(answers(course=made, theme=themes[each]) for each in about)


class Migration(migrations.Migration):
    """Written before the ledger watches them: they are nobody's act."""

    dependencies = [("quality", "0002_our_default_themes")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

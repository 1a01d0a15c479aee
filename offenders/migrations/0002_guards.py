from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten

PILLARS = [
    ("supervision", "Supervision", 1),
    ("monitoring", "Monitoring and control", 2),
    ("interventions", "Interventions and treatment", 3),
    ("victim_safety", "Victim safety", 4),
]


def four_pillars(apps, schema_editor):
    """The headings of MAPPA guidance, chapter 12: a default, because boards need not use them."""
    pillar = apps.get_model("offenders", "Pillar")
    pillar.objects.using(schema_editor.connection.alias).bulk_create(
        pillar(code=code, heading=heading, position=position, starts="2000-01-01")
        for code, heading, position in PILLARS
    )


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches; the headings of a plan."""

    dependencies = [("access", "0001_ledger"), ("offenders", "0001_initial")]

    operations = [
        migrations.RunPython(four_pillars, migrations.RunPython.noop),  # before the ledger watches: nobody signs it
        audited("offenders_pillar"),
        never_deleted("offenders_pillar"),
        audited("offenders_approval"),
        never_deleted("offenders_approval"),
        audited("offenders_assessment"),
        never_deleted("offenders_assessment"),
        audited("offenders_importedlist"),
        never_deleted("offenders_importedlist"),
        audited("offenders_nominal"),
        never_deleted("offenders_nominal"),
        audited("offenders_managementplan"),
        never_deleted("offenders_managementplan"),
        audited("offenders_legacyfolder"),
        never_rewritten("offenders_legacyfolder"),
        audited("offenders_intelligence"),
        never_deleted("offenders_intelligence"),
        audited("offenders_indefinitereview"),
        never_deleted("offenders_indefinitereview"),
        audited("offenders_hubtask"),
        never_deleted("offenders_hubtask"),
        audited("offenders_civilorder"),
        never_deleted("offenders_civilorder"),
        audited("offenders_approvalread"),
        never_rewritten("offenders_approvalread"),
        audited("offenders_notificationduty"),
        never_deleted("offenders_notificationduty"),
        audited("offenders_offenderdisclosure"),
        never_deleted("offenders_offenderdisclosure"),
        audited("offenders_offendervisit"),
        never_deleted("offenders_offendervisit"),
        audited("offenders_childcontact"),
        never_deleted("offenders_childcontact"),
        audited("offenders_plantask"),
        never_deleted("offenders_plantask"),
        audited("offenders_reactiveproposal"),
        never_deleted("offenders_reactiveproposal"),
        audited("offenders_requirement"),
        never_rewritten("offenders_requirement"),
        audited("offenders_scrutinyround"),
        never_deleted("offenders_scrutinyround"),
        audited("offenders_scrutinyitem"),
        never_deleted("offenders_scrutinyitem"),
        audited("offenders_spell"),
        never_deleted("offenders_spell"),
        audited("offenders_transfer"),
        never_deleted("offenders_transfer"),
        audited("offenders_travel"),
        never_deleted("offenders_travel"),
        audited("offenders_unreadablerow"),
        never_rewritten("offenders_unreadablerow"),
        audited("offenders_visitattempt"),
        never_rewritten("offenders_visitattempt"),
        audited("offenders_assessedfactor"),
        never_deleted("offenders_assessedfactor"),
        audited("offenders_hubquery"),
        never_deleted("offenders_hubquery"),
    ]

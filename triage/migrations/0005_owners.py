from django.db import migrations

OWNERS = """
SELECT set_config('app.actor', 'system: migration', true);
UPDATE triage_incident i SET owner_id = coalesce(
    i.attended_by_id,
    (SELECT t.by_id FROM triage_thrive t WHERE t.incident_id = i.id AND t.by_id IS NOT NULL ORDER BY t.at DESC LIMIT 1),
    (SELECT p.person_id FROM accounts_posting p WHERE p.role IN ('contact_supervisor', 'fim') ORDER BY p.starts LIMIT 1)
) WHERE owner_id IS NULL;
UPDATE triage_incident SET child_known_at = reported_at WHERE child = 'yes' AND child_known_at IS NULL;
"""


class Migration(migrations.Migration):
    """Every incident that is there already becomes somebody's, and its child known since the call."""

    dependencies = [("triage", "0004_initial_contact")]

    operations = [migrations.RunSQL(OWNERS, migrations.RunSQL.noop)]

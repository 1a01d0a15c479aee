from django.db import migrations

from matching.numbers import phone

SIGN = "SELECT set_config('app.actor', 'system: telephone numbers as they are compared', true)"


def plain_numbers(apps, schema_editor):
    """Telephones that are on record already, as they are compared."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(SIGN)
    phones = apps.get_model("cases", "Phone").objects.using(schema_editor.connection.alias)
    for each in phones.filter(plain="").iterator():
        if plain := phone(each.number):
            phones.filter(pk=each.pk).update(plain=plain)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_guards")]

    operations = [migrations.RunPython(plain_numbers, migrations.RunPython.noop)]

from django.db import migrations

from access.sql import audited, never_deleted


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches.

    Districts and postcodes are not watched: they are copied from a published list by imports, which say themselves who
    and when, and an entry for each of 110,000 rows would say nothing about anybody. Where a district belongs follows
    from `places_localauthority.gss`, which is watched, and so is each school.
    """

    dependencies = [("access", "0001_ledger"), ("places", "0001_initial")]

    operations = [
        audited("places_localauthority"),
        never_deleted("places_localauthority"),
        never_deleted("places_district"),
        never_deleted("places_postcode"),
        audited("places_school"),
        never_deleted("places_school"),
        never_deleted("places_placesimport"),
        audited("places_placetocheck"),
        never_deleted("places_placetocheck"),
    ]

from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten

FACTS = [
    "person",
    "address",
    "residence",
    "relationship",
    "sighting",
    "protectedaddress",
    "involvement",
    "alias",
    "phone",
    "reference",
    "flag",
    "match",
    "finding",
    "evidence",
    "conflict",
]


# Each part stands on its own, so that a question about one person goes by the indexes of that person.
LINKS = """
CREATE VIEW cases_link AS
WITH home AS NOT MATERIALIZED (
  SELECT r.id, p.same_as_id AS root, r.address_id, r.starts, r.ends, r.case_id, r.recorded_at
  FROM cases_residence r JOIN cases_person p ON p.id = r.person_id WHERE r.withdrawn_at IS NULL
), relation AS NOT MATERIALIZED (
  SELECT r.id, a.same_as_id AS root, r.kind, b.same_as_id AS other, r.starts, r.ends, r.case_id, r.recorded_at
  FROM cases_relationship r JOIN cases_person a ON a.id = r.person_id JOIN cases_person b ON b.id = r.other_id
  WHERE r.withdrawn_at IS NULL
), sighting AS NOT MATERIALIZED (
  SELECT s.id, a.same_as_id AS root, b.same_as_id AS company, s.address_id, s.case_id, s.recorded_at,
         (s.seen_at AT TIME ZONE 'Europe/London')::date AS day
  FROM cases_sighting s JOIN cases_person a ON a.id = s.person_id LEFT JOIN cases_person b ON b.id = s.company_id
  WHERE s.withdrawn_at IS NULL
)
SELECT mine.root, theirs.root AS other, 'same_home' AS kind, '' AS relation, 'cases.residence' AS fact_kind,
       CASE WHEN mine.recorded_at > theirs.recorded_at THEN mine.id ELSE theirs.id END AS fact, mine.address_id,
       greatest(mine.starts, theirs.starts) AS since, least(mine.ends, theirs.ends) AS until,
       mine.case_id, theirs.case_id AS other_case_id, greatest(mine.recorded_at, theirs.recorded_at) AS recorded_at
FROM home mine JOIN home theirs ON theirs.address_id = mine.address_id AND theirs.root <> mine.root
  AND coalesce(mine.starts, '-infinity') <= coalesce(theirs.ends, 'infinity')
  AND coalesce(theirs.starts, '-infinity') <= coalesce(mine.ends, 'infinity')
UNION ALL
SELECT root, other, 'related', kind, 'cases.relationship', id, NULL, starts, ends, case_id, NULL, recorded_at
FROM relation WHERE root <> other
UNION ALL
SELECT other, root, 'related', 'of ' || kind, 'cases.relationship', id, NULL, starts, ends, case_id, NULL, recorded_at
FROM relation WHERE root <> other
UNION ALL
SELECT root, company, 'seen', '', 'cases.sighting', id, address_id, day, day, case_id, NULL, recorded_at
FROM sighting WHERE company <> root
UNION ALL
SELECT company, root, 'seen', '', 'cases.sighting', id, address_id, day, day, case_id, NULL, recorded_at
FROM sighting WHERE company <> root
UNION ALL
SELECT s.root, h.root, 'seen', '', 'cases.sighting', s.id, s.address_id, s.day, s.day, s.case_id, h.case_id,
       greatest(s.recorded_at, h.recorded_at)
FROM sighting s JOIN home h ON h.address_id = s.address_id AND h.root <> s.root
  AND s.day BETWEEN coalesce(h.starts, '-infinity') AND coalesce(h.ends, 'infinity')
UNION ALL
SELECT h.root, s.root, 'seen', '', 'cases.sighting', s.id, s.address_id, s.day, s.day, s.case_id, h.case_id,
       greatest(s.recorded_at, h.recorded_at)
FROM sighting s JOIN home h ON h.address_id = s.address_id AND h.root <> s.root
  AND s.day BETWEEN coalesce(h.starts, '-infinity') AND coalesce(h.ends, 'infinity')
"""


class Migration(migrations.Migration):
    """What the application's role may not do, and what the ledger watches; and every link between people as one view.

    Match keys are derived and watched by nobody; a search and a look at a protected address say themselves who and why.
    """

    dependencies = [("cases", "0003_people")]

    operations = [
        *(operation(f"cases_{table}") for table in FACTS for operation in (audited, never_deleted)),
        never_rewritten("cases_reveal"),
        never_rewritten("cases_searchmade"),
        never_deleted("cases_matchkeys"),
        migrations.RunSQL(LINKS, "DROP VIEW cases_link"),
    ]

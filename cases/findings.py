"""Which children our own records put together with a person posing a risk, in whatever order the facts came in.

Read with SQL over everybody's records, as the software, from the view `cases_link` (migration 0004): every direct link
between two people, read from either end, where records of one person are one (`same_as`). Only who is near enough to
matter is asked of the tables themselves, which leaves out nobody whom the view links. What is found is a `Finding`, and
who may see it is decided there, fact by fact.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from access.time import today as local_day
from cases.models.person import ADULT_AT

# Everybody next to these people, by the links of the view, step by step: each step looks at one table, by these people
# or addresses alone. As one question to the view it would be planned as a whole, and a plan made before there are
# statistics (a database just filled) read everybody's homes for each link between any two people.
NEXT_TO = """
WITH mine AS MATERIALIZED (
  SELECT id FROM cases_person WHERE same_as_id = ANY(%(people)s::uuid[])
), home AS MATERIALIZED (
  SELECT address_id, coalesce(starts, '-infinity') AS starts, coalesce(ends, 'infinity') AS ends
  FROM cases_residence WHERE person_id IN (SELECT id FROM mine) AND withdrawn_at IS NULL
), seen_at AS MATERIALIZED (
  SELECT address_id FROM cases_sighting WHERE person_id IN (SELECT id FROM mine) AND withdrawn_at IS NULL
), near AS MATERIALIZED (
  SELECT r.person_id AS id FROM cases_residence r JOIN home ON home.address_id = r.address_id
    AND home.starts <= coalesce(r.ends, 'infinity') AND coalesce(r.starts, '-infinity') <= home.ends
  WHERE r.withdrawn_at IS NULL
  UNION
  SELECT other_id FROM cases_relationship WHERE person_id IN (SELECT id FROM mine) AND withdrawn_at IS NULL
  UNION
  SELECT person_id FROM cases_relationship WHERE other_id IN (SELECT id FROM mine) AND withdrawn_at IS NULL
  UNION
  SELECT company_id FROM cases_sighting WHERE person_id IN (SELECT id FROM mine) AND withdrawn_at IS NULL
  UNION
  SELECT person_id FROM cases_sighting WHERE company_id IN (SELECT id FROM mine) AND withdrawn_at IS NULL
  UNION
  SELECT person_id FROM cases_residence WHERE address_id IN (SELECT address_id FROM seen_at) AND withdrawn_at IS NULL
  UNION
  SELECT person_id FROM cases_sighting WHERE address_id IN (SELECT address_id FROM home) AND withdrawn_at IS NULL
)
SELECT DISTINCT same_as_id FROM cases_person WHERE id IN (SELECT id FROM near)
"""

RISKS = """
SELECT p.same_as_id, min(coalesce(f.starts, '-infinity')) AS starts, min(f.recorded_at) AS recorded_at
FROM cases_flag f JOIN cases_person p ON p.id = f.person_id
WHERE f.kind IN ('rso', 'poses_risk') AND f.withdrawn_at IS NULL AND (f.ends IS NULL OR f.ends >= %(today)s)
"""

# Links count from the day the risk began: somebody who lived there years before is no risk to who lives there now.
FOUND = f"""
WITH risk AS (
  {RISKS} AND p.same_as_id = ANY(%(risks)s::uuid[]) GROUP BY p.same_as_id
), near_risk AS (
  SELECT link.root AS risk, risk.recorded_at AS risk_recorded_at, link.*
  FROM cases_link link JOIN risk ON risk.same_as_id = link.root
  WHERE link.root = ANY(%(risks)s::uuid[]) AND (link.until IS NULL OR link.until >= risk.starts)
), found AS (
  SELECT risk, other AS child, kind, fact_kind, fact, NULL::uuid AS through, address_id, since, case_id, other_case_id,
         greatest(recorded_at, risk_recorded_at) AS known_since
  FROM near_risk
  UNION ALL
  SELECT n.risk, child.same_as_id, CASE WHEN n.kind = 'same_home' THEN 'carers_home' ELSE 'family' END,
         CASE WHEN n.recorded_at > r.recorded_at THEN n.fact_kind ELSE 'cases.relationship' END,
         CASE WHEN n.recorded_at > r.recorded_at THEN n.fact ELSE r.id END, n.other, n.address_id,
         greatest(n.since, r.starts), n.case_id, r.case_id,
         greatest(n.recorded_at, r.recorded_at, n.risk_recorded_at)
  FROM near_risk n
  JOIN cases_person carer ON carer.same_as_id = n.other
  JOIN cases_relationship r ON r.person_id = carer.id AND r.withdrawn_at IS NULL
    AND r.kind IN ('parent', 'step_parent', 'carer', 'grandparent') AND (r.ends IS NULL OR r.ends >= %(today)s)
  JOIN cases_person child ON child.id = r.other_id AND child.same_as_id NOT IN (n.risk, n.other)
  WHERE (n.until IS NULL OR n.until >= %(today)s) AND (n.kind = 'same_home' OR n.relation IN (
    'parent', 'step_parent', 'grandparent', 'sibling', 'partner', 'of parent', 'of step_parent', 'of sibling',
    'of partner'))
)
SELECT DISTINCT ON (child, risk, kind, fact) child, risk, kind, fact_kind, fact, through, address_id AS address, since,
       case_id AS case, other_case_id AS other_case, known_since
FROM found
WHERE (  -- a child, unless a date of birth or somebody who knows makes them an adult: where nobody knows, a child is
  SELECT coalesce(bool_or(p.born_to > %(adult_from)s) FILTER (WHERE p.born_to IS NOT NULL),
                  bool_or(p.said_to_be_child = 'yes') OR NOT bool_or(p.said_to_be_child = 'no'))
  FROM cases_person p WHERE p.same_as_id = found.child)
ORDER BY child, risk, kind, fact
"""  # noqa: S608 - two texts of our own


@dataclass(frozen=True)
class Linked:
    """One fact that puts a child and a person posing a risk together."""

    child: UUID
    risk: UUID
    kind: str
    fact_kind: str
    fact: UUID
    through: UUID | None
    address: UUID | None
    since: date | None
    case: UUID | None
    other_case: UUID | None
    known_since: datetime


def linked(people: Collection[UUID] | None = None) -> list[Linked]:
    """Every such fact; with `people` (keys of `same_as`), those that something new about them can have brought."""
    today = local_day()
    risks = _risks(None if people is None else _near(people), today)
    if not risks:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FOUND, {"today": today, "adult_from": adult_from(today), "risks": risks})
        return [Linked(**dict(zip((each.name for each in fields(Linked)), row, strict=True))) for row in cursor]


def _near(people: Collection[UUID]) -> set[UUID]:
    """Whoever is one or two links away: the only people for whom something new about these people can matter."""
    first = _next_to(people)
    return {*people, *first, *_next_to(first)}


def _next_to(people: Collection[UUID]) -> set[UUID]:
    return {key for (key,) in _rows(NEXT_TO, people=list(people))}


def _risks(among: Collection[UUID] | None, today: date) -> list[UUID]:
    """Those among these people, or all, who pose a risk today."""
    if among is None:
        return [key for key, *_ in _rows(f"{RISKS} GROUP BY p.same_as_id", today=today)]
    these = f"{RISKS} AND p.same_as_id = ANY(%(among)s::uuid[]) GROUP BY p.same_as_id"
    return [key for key, *_ in _rows(these, today=today, among=list(among))]


def _rows(query: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def adult_from(today: date) -> date:
    """Whoever was born on or before this day is an adult today."""
    try:
        return today.replace(year=today.year - ADULT_AT)
    except ValueError:  # 29 February: somebody born on 1 March comes of age tomorrow
        return today.replace(year=today.year - ADULT_AT, day=28)

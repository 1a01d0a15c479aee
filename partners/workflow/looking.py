"""Somebody of an agency has read what it was sent, or their system has fetched it: whoever sent it sees that."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection

from access.actor import Actor, signed
from access.ledger import as_array
from access.roles import Can
from partners.actor import OnBehalf, on_behalf
from partners.models import Delivery
from partners.workflow.delivery import ON_ITS_WAY, fetched
from workflow.transitions import NotNow

# In the order of their keys, as everybody who looks at some of the same does it: so that nobody waits in a circle.
LOOK = """
WITH looks AS (
INSERT INTO partners_look (id, disclosure_id, agency_id, case_id, signature, who, first_at, last_at, times)
SELECT gen_random_uuid(), id, agency_id, case_id, %(signature)s, %(who)s, %(at)s, %(at)s, 1
  FROM partners_disclosure WHERE id = ANY(%(keys)s::uuid[]) ORDER BY id
ON CONFLICT (disclosure_id, signature) DO UPDATE
   SET times = partners_look.times + 1, last_at = greatest(partners_look.last_at, excluded.last_at)
)
SELECT id FROM partners_delivery WHERE disclosure_id = ANY(%(keys)s::uuid[]) AND state = ANY(%(waiting)s) ORDER BY id
"""


def looked(who: Actor, keys: Collection[UUID], *, how: str, may: Can = Can.PULL_SHARED) -> int:
    """These disclosures were shown to them. Returns how many had been on their way, and have arrived with that.

    The caller has read them as `who`, so that they are theirs. `how`: a `Delivery.Told`. Raises NotYours.
    """
    with on_behalf(who, may=may) as hand, signed(hand) as at, connection.cursor() as cursor:
        said: dict[str, Any] = {"signature": who.signature(), "who": str(who)[:200], "at": at}
        cursor.execute(LOOK, {**said, "keys": as_array(keys), "waiting": ON_ITS_WAY})
        waiting = [key for (key,) in cursor.fetchall()]
        return sum(_arrived(each, hand, how) for each in _deliveries(waiting))


def _deliveries(keys: Collection[UUID]) -> Any:
    return Delivery.objects.filter(pk__in=keys).order_by("pk") if keys else []


def _arrived(delivery: Delivery, hand: OnBehalf, how: str) -> bool:
    try:
        fetched(delivery, by=hand, how=how)
    except NotNow:
        return False  # it was told by telephone, or fetched by another of their systems, in between
    return True

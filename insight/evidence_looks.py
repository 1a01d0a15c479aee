"""Who looked at the records of a pack, and when: an extract of the consultation ledger, which belongs to the owner of
the database. The application's own role cannot read it, so this is no part of a pack."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connections
from django.utils.timezone import localtime

from access.actor import acting
from accounts.models import User
from history.replay import as_it_stood
from insight.evidence_build import BUILDS
from insight.evidence_chronology import Posts, named
from insight.evidence_family import families, staff
from insight.evidence_redaction import RULES, Redactor, staff_labels
from insight.evidence_tables import Holds, Table, columns
from insight.models import EvidenceCase, EvidencePack

LOOKS = """
    SELECT at, actor, page, kind, key FROM ledger_consultation, unnest(records) AS key
    WHERE records && %s::uuid[] AND key = ANY(%s::uuid[]) AND at <= %s ORDER BY at, id, key
"""
PERSON = "user: "


def looks_at(pack: EvidencePack) -> Table:
    """Every look at a record of its cases up to its moment, staff named as its profile says; of the records that
    whoever prepared it may see. Raises django.db.DatabaseError where whoever runs this does not own the ledger."""
    said = columns("When", "Case", "Record", "Kind", "Page", "Who", "Their post then", who=Holds.STAFF)
    records = _records(pack)
    keys = sorted(map(str, records))
    with connections["owner"].cursor() as cursor:
        cursor.execute(LOOKS, [keys, keys, pack.as_at])
        found = cursor.fetchall()
    posts, people = Posts(), {f"{PERSON}{each.pk}": each for each in User.objects.all()}
    rows = [
        [localtime(at), *records[key], kind.split(".")[1], page, *_who(actor, at, posts, people)]
        for at, actor, page, kind, key in found
    ]
    redactor = Redactor(RULES[pack.profile], {}, staff_labels(staff(), posts))
    return redactor.table(Table("looks", f"Who looked at the records of {pack.reference}", said, rows))


def _records(pack: EvidencePack) -> dict[UUID, tuple[str, str]]:
    """Key of each record -> the case it is in, and how it is named."""
    with acting(BUILDS, apart=True):
        chosen = list(
            EvidenceCase.objects.filter(pack=pack.pk, state=EvidenceCase.State.IN).order_by("record_reference")
        )
    inside = [(each.kind, each.record, each.record_reference) for each in chosen]
    with acting(pack.prepared_by, apart=True), as_it_stood(pack.as_at):
        return {
            key: (family.reference, named(record))
            for family in families(inside)
            for key, record in family.records.items()
        }


def _who(actor: str, at: Any, posts: Posts, people: dict[str, User]) -> tuple[str, str]:
    if (person := people.get(actor)) is not None:
        return str(person), posts.of(person.pk, at)
    return "Longstop", actor.removeprefix("system: ")

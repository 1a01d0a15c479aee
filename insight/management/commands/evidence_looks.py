"""Who looked at the records of an evidence pack, from the consultation ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from access.actor import System, acting
from insight.evidence_looks import looks_at
from insight.evidence_tables import as_csv
from insight.models import EvidencePack


class Command(BaseCommand):
    help = "Write who looked at the records of an evidence pack (CSV). Only the owner of the database can read that."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        with acting(System("extract of the consultation ledger")):
            packs = EvidencePack.objects.filter(reference=options["reference"], prepared_by__isnull=False)
            pack = packs.select_related("prepared_by").first()
        if pack is None:
            raise CommandError("There is no such pack, or nobody has put it together.")
        try:
            table = looks_at(pack)
        except DatabaseError as problem:
            refused = f"The ledger cannot be read: run this as the owner of the database ({problem})."
            raise CommandError(refused) from problem
        options["file"].write_bytes(as_csv(table))
        self.stdout.write(f"{len(table.rows)} looks, up to the moment of the pack.")

"""Load where things stand in the secure folders of before. They are shown and never added to by hand."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from access.actor import System, signed
from access.time import now
from offenders.list_files import decoded
from offenders.models import LegacyFolder, Nominal

COLUMNS = ["nominal", "system", "number", "title", "dated_on"]
LOADS = System("references of the secure folders of before")


class Command(BaseCommand):
    help = "Load references of secure folders (CSV: nominal, system, number, title, dated_on). Bad rows are listed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV; nominal is our reference or that of ViSOR")

    def handle(self, *args: Any, **options: Any) -> None:
        reader = csv.DictReader(io.StringIO(decoded(options["file"].read_bytes())))
        missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or [])]
        if missing:
            raise CommandError(f"The file has no column headed {', '.join(missing)}. Nothing was loaded.")
        loaded, there, bad = 0, 0, 0
        for number, row in enumerate(reader, 2):
            try:
                made = _load({name: (row.get(name) or "").strip() for name in COLUMNS})
            except ValueError as error:
                bad += 1
                self.stderr.write(f"line {number}: {error}")
            else:
                loaded, there = loaded + made, there + (not made)
        self.stdout.write(f"{loaded} loaded, {there} there already, {bad} not loaded")


def _load(said: dict[str, str]) -> bool:
    """Whether it is new. Raises ValueError in words."""
    if not said["system"] or not said["number"]:
        raise ValueError("it names no folder")
    try:
        dated_on = date.fromisoformat(said["dated_on"]) if said["dated_on"] else None
    except ValueError as error:
        raise ValueError(f"“{said['dated_on']}” is no date (YYYY-MM-DD)") from error
    with signed(LOADS):
        rows = Nominal.objects.filter(reference__iexact=said["nominal"])
        nominal = rows.first() or Nominal.objects.filter(external_ref__iexact=said["nominal"]).first()
        if nominal is None or not said["nominal"]:
            raise ValueError(f"nobody we manage has the reference “{said['nominal']}”")
        _, made = LegacyFolder.objects.get_or_create(
            nominal=nominal,
            system=said["system"][:80],
            number=said["number"][:80],
            defaults={"title": said["title"][:200], "dated_on": dated_on, "recorded_at": now()},
        )
    return bool(made)

"""Load a list of schools: a download of the register, or one of two other layouts that are told by their headings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from access.actor import System
from accounts.models import User
from places.importing import load_schools
from places.management.place_files import PlacesCommand
from places.models import PlacesImport


class Command(PlacesCommand):
    help = "Load schools. Rows not loaded, and schools not placed, are listed for a person to work through (/places/)."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="the list of schools, CSV or CSV.gz")
        parser.add_argument(
            "--as-at",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day of which the list is; needed where its name does not give it",
        )

    def load(self, by: User | System, options: dict[str, Any]) -> Iterable[PlacesImport]:
        return [load_schools(options["file"], by=by, as_at=options["as_at"])]

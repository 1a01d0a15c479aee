"""Load Ordnance Survey's Code-Point Open, and try again to place the schools that nobody could."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from access.actor import System
from accounts.models import User
from places.code_point import read_names
from places.importing import load_postcodes
from places.management.place_files import PlacesCommand
from places.models import PlacesImport


class Command(PlacesCommand):
    help = "Load postcodes. Loading them again corrects them. Rows not loaded are listed (/places/)."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("files", type=Path, nargs="+", metavar="file", help="Code-Point Open, CSV or CSV.gz")
        parser.add_argument("--districts", type=Path, help="names of districts by their codes, JSON")
        parser.add_argument("--counties", type=Path, help="names of counties by their codes, JSON")

    def load(self, by: User | System, options: dict[str, Any]) -> Iterable[PlacesImport]:
        districts, counties = read_names(options["districts"]), read_names(options["counties"])
        return load_postcodes(options["files"], by=by, districts=districts, counties=counties)

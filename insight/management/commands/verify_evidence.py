"""Look whether an evidence pack is as it was put together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from insight.evidence_manifest import wrong_with


class Command(BaseCommand):
    help = "Check every part of an evidence pack (ZIP) against its list of contents. It reads no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--manifest", default="", help="SHA-256 of its list of contents, as the page of the pack shows it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as problem:
            raise CommandError(f"The file cannot be read: {problem}") from problem
        if found := wrong_with(content, options["manifest"]):
            raise CommandError("\n".join(found))
        self.stdout.write("Every part is as it was put together.")
        if not options["manifest"]:
            self.stdout.write("Give --manifest with the hash on the page of the pack to know that it is the same pack.")

"""Take over the caseload of before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from access.actor import NotYours
from accounts.models import User
from offenders.importing import NotAList, load


class Command(BaseCommand):
    help = "Take over managed offenders from a CSV file. Rows not loaded are listed; loading it again loads the rest."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV with one person a row")
        parser.add_argument("--by", metavar="USERNAME", required=True, help="who of the hub loads it")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Nobody here is called {options['by']}", returncode=2)
        try:
            loaded = load(options["file"].read_text(encoding="utf-8-sig"), by=by)
        except (NotAList, NotYours, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error), returncode=2) from error
        for line, whose, why in loaded.not_loaded:
            self.stderr.write(f"{options['file'].name}, line {line} ({whose}): {why}")
        summary = {"taken_over": loaded.taken_over, "here_already": loaded.here_already}
        self.stdout.write(json.dumps({**summary, "not_loaded": len(loaded.not_loaded)}))

"""What the commands that load places share: who loads, and one clear line when a file cannot be used."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from access.actor import NotYours, System
from accounts.models import User
from places.files import PlacesFileError
from places.models import PlacesImport, PlaceToCheck


class PlacesCommand(BaseCommand):
    """A file that cannot be used, or somebody who may not: one line, exit 2, and nothing is loaded."""

    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", metavar="USERNAME", help="who loads it; the software itself when nobody is named")

    def load(self, by: User | System, options: dict[str, Any]) -> Iterable[PlacesImport]:
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = list(self.load(self._who(options["by"]), options))
        except (PlacesFileError, NotYours) as error:
            raise CommandError(str(error), returncode=2) from error
        for each in loaded:
            for row in each.to_check.filter(kind=PlaceToCheck.Kind.NOT_LOADED).order_by("line"):
                self.stderr.write(f"{each.file_name}, {row}")
            self.stdout.write(json.dumps({"file": each.file_name, **each.summary}))

    def _who(self, username: str | None) -> User | System:
        if username is None:
            return System("import of places")
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody here is called {username}", returncode=2)
        return person

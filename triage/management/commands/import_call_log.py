"""Load a force's call log through the same intake as a call."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser

from access.actor import System
from access.roles import Can
from accounts.models import User
from triage.importing import load
from triage.management.call_logs import CallLogCommand


class Command(CallLogCommand):
    help = "Load a call log. Rows that cannot be loaded are listed for a person to work through (/call-log/)."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--by", metavar="USERNAME", help="who loads it; the software itself when nobody is named")

    def handle(self, *args: Any, **options: Any) -> None:
        log, profile = self.read(options["file"], options["profile"])
        if profile.stretch != 1:
            raise self.refuse("a profile that stretches time is for replays: its times never happened")
        came_with = load(options["file"], log, by=self._who(options["by"]))
        self.stdout.write(json.dumps(came_with.summary))

    def _who(self, username: str | None) -> User | System:
        if username is None:
            return System("import of a call log")
        person = User.objects.filter(username=username).first()
        if person is None or not person.can(Can.IMPORT_CALLS):
            raise self.refuse(f"{username} may not {Can.IMPORT_CALLS.label}")
        return person

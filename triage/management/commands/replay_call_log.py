"""Run a call log again through the live clocks, on a database of its own, and write down every escalation."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from access.scratch import NoScratchDatabase, scratch_database
from triage.management.call_logs import CallLogCommand
from triage.replay import Raised, replay, summary


class Command(CallLogCommand):
    help = "Replay a call log with a simulated clock. Writes one row per escalation, then prints a JSON summary."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--output", type=Path, required=True, help="where the escalations go, CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path = options["output"]
        if not output.parent.is_dir():
            raise self.refuse(f"{output.parent} is not a folder")
        log, profile = self.read(options["file"], options["profile"])
        try:
            with scratch_database(f"longstop_replay_{os.getpid()}"):
                raised = replay(log, profile.horizon_at)
        except NoScratchDatabase as error:
            raise self.refuse(error) from error
        _write(output, raised)
        self.stdout.write(json.dumps(summary(log, raised)))


def _write(output: Path, raised: list[Raised]) -> None:
    with output.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["incident", "clock", "level", "due_at", "raised_at"])
        for each in raised:
            rows.writerow([each.incident, each.clock, each.level, each.due_at.isoformat(), each.raised_at.isoformat()])

"""What June 2022 comes to with many seeds, beside what the inspectors counted. No database is touched."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from simulator.inspection import inspected, table
from simulator.numbers import BadProfile
from simulator.reading import load


class Command(BaseCommand):
    help = "Simulate June 2022 with many seeds and say what waits on the morning of the inspection. Writes no record."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seeds", default="1-12", help="from which seed to which (1-12)")
        parser.add_argument("--profile", default="june_2022.toml", help="another force in its place")
        parser.add_argument("--size", type=float, default=1, help="a smaller force of the same kind")

    def handle(self, *args: Any, **options: Any) -> None:
        first, _, last = str(options["seeds"]).partition("-")
        if not first.isdecimal() or not (last or first).isdecimal() or options["size"] <= 0:
            raise CommandError("--seeds has to be like 1-12, and --size more than 0.")
        try:
            profile = load(options["profile"]).scaled(options["size"])
        except BadProfile as refusal:
            raise CommandError(str(refusal)) from refusal
        found = [inspected(profile, seed) for seed in range(int(first), int(last or first) + 1)]
        if not found:
            raise CommandError("--seeds has to name at least one seed, the least first.")
        for line in table(found, options["size"]):
            self.stdout.write(line)

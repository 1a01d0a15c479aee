"""How often what the forecast says holds in months of a simulated force. No database is touched."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from insight.forecast_months import HORIZONS
from simulator.backtest import shares, tried
from simulator.numbers import BadProfile
from simulator.reading import load
from simulator.series import JUNE

PATHS = 120


class Command(BaseCommand):
    help = "Says how often the interval of the forecast held in simulated months. About 80 of 100 should."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seeds", type=int, default=10, help="how many seeds of each force (10)")
        parser.add_argument("--first", type=int, default=1, help="the first of them (1)")
        parser.add_argument("--size", type=float, default=0.2, help="of each force (0.2)")
        parser.add_argument("--profiles", nargs="+", default=["vale.toml", "june_2022.toml"])

    def handle(self, *args: Any, **options: Any) -> None:
        seeds = range(options["first"], options["first"] + options["seeds"])
        if not seeds or options["size"] <= 0:
            raise CommandError("--seeds has to be at least 1, and --size more than 0.")
        days = ", ".join(str(each + 1) for each in HORIZONS)
        self.stdout.write(f"| Force and queue (days ahead: {days}) | Said | Held | Share |\n|---|---|---|---|")
        found = []
        for name in options["profiles"]:
            try:
                found.append(tried(load(name).scaled(options["size"]), seeds, JUNE, paths=PATHS))
            except BadProfile as refusal:
                raise CommandError(str(refusal)) from refusal
            for each in found[-1].scores:
                self.stdout.write(
                    f"| {found[-1].profile}: {each.kind} | {each.said} | {each.right} | {each.share:.0%} |"
                )
        said, right = shares(found)
        self.stdout.write(f"| All | {said} | {right} | {right / said:.0%} |")

"""How often what the forecast says holds: over invented months, and over each queue's own past."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from access.time import now
from insight.backlog_history import life_of
from insight.backlog_history import tried as tried_on_its_past
from insight.forecast_months import HORIZONS, tried
from insight.queues import ALL


class Command(BaseCommand):
    help = "Says how often the interval of the forecast held. About 80 of 100 should."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--months", type=int, default=35, help="Invented months of each kind")

    def handle(self, *args: Any, **options: Any) -> None:
        scores = tried(options["months"], seed="months", paths=120)
        said, right = sum(each.said for each in scores), sum(each.right for each in scores)
        days = ", ".join(str(each + 1) for each in HORIZONS)
        self.stdout.write(f"| Kind of queue (days ahead: {days}) | Said | Held | Share |\n|---|---|---|---|")
        for each in scores:
            self.stdout.write(f"| {each.kind} | {each.said} | {each.right} | {each.share:.0%} |")
        self.stdout.write(f"| All | {said} | {right} | {right / said:.0%} |\n" if said else "Nothing was tried.")
        at = now()
        for queue in ALL:
            found = tried_on_its_past(queue, life_of(queue, at))
            words = f"{found.right} of {found.said}" if found.said else "too little is known"
            self.stdout.write(f"{queue.name}: a week ahead, {words}")

"""Keeps the figures of a month that is over, by hand or from cron: python manage.py keep_figures [2026-02]"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from insight.figure_months import last_month, month_named
from insight.workflow.figures import keep_month


class Command(BaseCommand):
    help = "Keeps the figures of last month, or of a month before it, as the records stood when it ended."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", nargs="?", help="2026-02; left out, the month before this one")

    def handle(self, *args: Any, **options: Any) -> None:
        month = month_named(options["month"]) if options["month"] else last_month()
        if month is None:
            raise CommandError("Name a month that is over, as 2026-02.")
        kept = keep_month(month)
        self.stdout.write(f"The figures of {month:%B %Y} are kept." if kept else "They had been kept already.")

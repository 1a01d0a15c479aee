"""Move the demo's clock, to see who is told when nobody acts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localtime

from access.time import now, run_freely, shift
from demo.clock import is_movable


class Command(BaseCommand):
    help = "Move the demo's clock. The workers notice within a second or two; what they did meanwhile stays done."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        for unit in ("days", "hours", "minutes"):
            parser.add_argument(f"--{unit}", type=float, default=0, help=f"forward by so many {unit}")
        parser.add_argument("--back-to-now", action="store_true", help="back to the time of day")

    def handle(self, *args: Any, **options: Any) -> None:
        by = timedelta(**{unit: options[unit] for unit in ("days", "hours", "minutes")})
        if not is_movable():
            raise CommandError("The time of this database cannot be moved: it is not the demo's.")
        if bool(by) == options["back_to_now"] or by < timedelta(0):
            raise CommandError("Say how far forward (--days, --hours, --minutes), or --back-to-now.")
        if by:
            shift(by)
        else:
            run_freely()
        self.stdout.write(f"For Longstop it is now {localtime(now()):%A %-d %B %Y, %H:%M}.")

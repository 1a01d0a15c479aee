"""Invent a force: people, notices and calls, as the inspectors found them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.seed import NotForTheDemo, seed


class Command(BaseCommand):
    help = "Fill an empty database with invented people and work. A database that holds anything else is refused."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seed(self._say)
        except NotForTheDemo as refusal:
            raise CommandError(str(refusal)) from refusal

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

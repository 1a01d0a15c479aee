"""One sweep by hand or from cron: the fallback when no worker runs."""

from typing import Any

from django.core.management.base import BaseCommand

from sla import engine


class Command(BaseCommand):
    help = "Raise everything that is due, once. Safe beside running workers, and as often as wanted."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{engine.sweep()} clocks had something to raise")

"""manage.py look_for_links: read every link between children and people posing a risk again, now."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.workflow.findings import look


class Command(BaseCommand):
    help = "Put to somebody every child that our records link with a person posing a risk, and nobody has decided on."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{look()} children newly linked with a person posing a risk.")

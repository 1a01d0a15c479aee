from typing import Any

from django.core.management.base import BaseCommand

from triage import nightly


class Command(BaseCommand):
    help = "Looks again whether a child may be involved in any incident that waits; each night Celery does the same."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{nightly.look_for_children()} incidents may involve a child that nobody knew of")

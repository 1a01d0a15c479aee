"""manage.py compare_people: the nightly comparison of every record with every other, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.nightly import compare_everybody
from matching.nightly import LinkageNotInstalled


class Command(BaseCommand):
    help = "Compare every person on record with every other, and suggest those that are likely one person."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = compare_everybody()
        except LinkageNotInstalled as missing:
            raise CommandError(str(missing)) from missing
        self.stdout.write(f"{found} new suggestions.")

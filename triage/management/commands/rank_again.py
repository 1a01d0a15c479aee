from typing import Any

from django.core.management.base import BaseCommand

from triage import nightly


class Command(BaseCommand):
    help = "Ranks every waiting incident by the rule as it is now: run it after the rule (triage/ranking.py) changed."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{nightly.rank_again()} incidents have another rank")

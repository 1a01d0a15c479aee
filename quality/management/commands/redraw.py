"""Draw a sample again from its seed, and say whether the same records come out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from access.actor import System, acting
from quality.models import Review, Sample
from quality.workflow.samples import the_draw


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="The number of the sample, for example QA-001234")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting(System("a sample drawn again")):
            drawn = Sample.objects.filter(reference=options["reference"]).first()
            if drawn is None:
                raise CommandError(f"There is no sample {options['reference']}.")
            kept = Review.objects.filter(sample=drawn).figures().values_list("record_reference", flat=True)
            again = the_draw(drawn)
            self.stdout.write(f"{drawn.reference}: {drawn.size_asked} of {len(drawn.drawn_from)}, seed {drawn.seed}")
            for reference in again:
                self.stdout.write(reference)
            if sorted(again) != sorted(kept):
                raise CommandError("These are not the records that were drawn.")
        self.stdout.write("The same records as were drawn.")

"""manage.py evaluate_matching FILE.csv: how well the matching does on records of which it is known who is who."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.labelled import ColumnsMissing, evaluate

ASKED_FOR = ["records", "pairs", "likely", "candidates", "seconds"]


class Command(BaseCommand):
    help = (
        "Run the matching on a labelled file (columns record, cluster, first_name, surname, date_of_birth, address, "
        "postcode; empty values allowed) and print its figures, last, as one line of JSON."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            figures = evaluate(options["file"])
        except (OSError, ColumnsMissing) as trouble:
            raise CommandError(str(trouble)) from trouble
        figures_asked_for = {name: figures.pop(name) for name in ASKED_FOR}
        for name, figure in figures.items():
            self.stdout.write(f"{name.replace('_', ' ')}: {figure}")
        self.stdout.write(json.dumps(figures_asked_for))

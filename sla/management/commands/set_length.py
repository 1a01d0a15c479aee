"""A force chooses its own length of time, from a moment on, for a reason."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from access.actor import NotYours
from access.time import now
from accounts.models import User
from sla.lengths import LENGTHS, FixedByLaw, NotALength, set_length


class Command(BaseCommand):
    help = "Set a length of time. Rows are added, never edited; running clocks keep theirs. Names: " + "; ".join(
        LENGTHS
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--minutes", type=int, required=True)
        parser.add_argument("--because", required=True)
        parser.add_argument("--by", metavar="USERNAME", required=True)
        parser.add_argument("--starts", help="ISO 8601 with its offset; now when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username=options["by"]).first()
        starts = parse_datetime(options["starts"]) if options["starts"] else now()
        if person is None:
            raise CommandError(f"--by: nobody is called {options['by']}")
        if starts is None or starts.tzinfo is None:
            raise CommandError("--starts: give a moment with its offset, for example 2026-04-01T00:00+01:00")
        length = timedelta(minutes=options["minutes"])
        try:
            setting = set_length(options["name"], by=person, length=length, starts=starts, because=options["because"])
        except (NotYours, NotALength, FixedByLaw) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(str(setting))

"""A force chooses its own length of time, or number, from a moment on, for a reason."""

from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from access.actor import NotYours
from access.time import now
from accounts.models import User
from sla.lengths import LENGTHS, NUMBERS, FixedByLaw, NotALength, NotANumber, set_length, set_number
from sla.models import Setting


class Command(BaseCommand):
    help = "Set a length of time or a number. Rows are added, never edited; running clocks keep theirs. Names: "
    help += "; ".join([*LENGTHS, *NUMBERS])

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        value = parser.add_mutually_exclusive_group(required=True)
        value.add_argument("--minutes", type=int, help="A working day is 1440 of them")
        value.add_argument("--number", type=int)
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
        try:
            self.stdout.write(str(self._set(person, starts, **options)))
        except (NotYours, NotALength, NotANumber, FixedByLaw) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _set(self, by: User, starts: datetime, *, name: str, because: str, **options: Any) -> Setting:
        if options["number"] is not None:
            return set_number(name, by=by, number=options["number"], starts=starts, because=because)
        length = timedelta(minutes=options["minutes"])
        return set_length(name, by=by, length=length, starts=starts, because=because)

"""Live through days of a force that does not exist."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo import password
from demo.people import CANNOT_SIGN_IN
from demo.seed import is_the_demo
from simulator.drive import NotForASimulation, closing_table, let_it_be_then, live
from simulator.numbers import BadProfile
from simulator.profile import Profile
from simulator.reading import load
from simulator.series import local_midnight


class Command(BaseCommand):
    help = "Fill an empty database with days of a simulated force, through the verbs that people use."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        length = parser.add_mutually_exclusive_group(required=True)
        length.add_argument("--days", type=int, help="how many days")
        length.add_argument("--until", help="to this hour by the local clock (2022-06-15T10:00) in place of --days")
        parser.add_argument(
            "--lately", type=int, help="what was over before the last so many days is simulated and leaves no record"
        )
        parser.add_argument("--profile", default="vale.toml", help="a profile of Longstop's, or a file (vale.toml)")
        parser.add_argument("--seed", default="694", help="the same seed gives the same force (694)")
        parser.add_argument("--from", dest="since", default="2022-06-01", help="the first day (2022-06-01)")
        parser.add_argument(
            "--size", type=float, default=1, help="a smaller force of the same kind: 0.05 is a twentieth"
        )
        parser.add_argument(
            "--as-demo",
            action="store_true",
            help="people can sign in; a demo that is there is left as it is",
        )
        parser.add_argument("--into-empty-only", action="store_true", help="always so: anything else is refused")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["as_demo"] and is_the_demo():
            self._say("The invented people and their work are here already; nothing was changed.")
            return
        if options["size"] <= 0:
            raise CommandError("--size has to be more than 0.")
        try:
            profile = load(options["profile"]).scaled(options["size"])
            starts = local_midnight(profile, _day(options["since"]))
            days = options["days"] if options["until"] is None else _until(profile, starts, options["until"])
            if days <= 0:
                raise CommandError("--days has to be at least 1, and --until after --from.")
            words = password.made() if options["as_demo"] else None
            about = {"lately": options["lately"], "password_hash": make_password(words) if words else CANNOT_SIGN_IN}
            lived = live(profile, options["seed"], starts, days, self._say, **about)
        except (BadProfile, NotForASimulation) as refusal:
            raise CommandError(str(refusal)) from refusal
        let_it_be_then(lived.stage.ends)
        for line in closing_table(lived):
            self._say(line)
        self._say(f"For Longstop it is now the end of it: {lived.stage.ends:%-d %B %Y, %H:%M} UTC.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _day(said: str) -> datetime:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise CommandError("--from has to be a day, such as 2022-06-01.") from None
    return datetime(day.year, day.month, day.day)


def _until(profile: Profile, starts: datetime, said: str) -> float:
    """In days of 24 hours: one with a change of the clocks counts as it is."""
    try:
        moment = datetime.fromisoformat(said).replace(minute=0, second=0, microsecond=0, tzinfo=profile.zone)
    except ValueError:
        raise CommandError("--until has to be a day and an hour, such as 2022-06-15T10:00.") from None
    return (moment.astimezone(UTC) - starts) / timedelta(days=1)

"""manage.py replay_queue: a queue as it stood, as a table or as CSV."""

import csv
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from access.actor import NotYours, acting
from access.time import now
from accounts.models import User
from govuk.times import exactly
from history.replay import NotYet
from insight.looking_back import NotThen, queues, rows_then
from sla.work import Work

COLUMNS = ["reference", "title", "grade", "child", "state", "owner", "since", "due", "late"]


class Command(BaseCommand):
    help = "A queue as it stood at a moment, as somebody sees it who may see it today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("queue", help="the name of its page; `list` prints them all")
        parser.add_argument("--at", help='local time, for example "2026-03-02 09:00", or with an offset')
        parser.add_argument("--as", dest="who", metavar="USERNAME", help="whose need-to-know applies")
        parser.add_argument("--show", default="", help="one of its chips, else the first")
        parser.add_argument("--csv", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = queues()
        if options["queue"] == "list":
            self.stdout.write("\n".join(f"{name:28}{view.heading}" for name, view in found.items()))
            return
        if options["queue"] not in found:
            raise CommandError(f"queue: there is no {options['queue']}; `replay_queue list` names them")
        view, who, at = found[options["queue"]], _person(options["who"]), _moment(options["at"])
        if view.may is not None and not who.can(view.may):
            raise CommandError(f"--as: {who} may not {view.may.label}")
        try:
            with acting(who):
                rows = rows_then(view, who, at, show=options["show"])
        except (NotYet, NotYours, NotThen) as refusal:
            raise CommandError(str(refusal)) from refusal
        self._write(rows, at, as_csv=options["csv"])
        self.stderr.write(f"{len(rows)} as it stood on {exactly(at)}, asked on {exactly(now())}")

    def _write(self, rows: list[Work], at: datetime, *, as_csv: bool) -> None:
        if as_csv:
            writer = csv.writer(self.stdout)
            writer.writerows([COLUMNS, *(_cells(row, at) for row in rows)])
            return
        for row in rows:
            self.stdout.write("  ".join(cell for cell in _cells(row, at) if cell))


def _cells(row: Work, at: datetime) -> list[str]:
    late = "late" if row.due and row.due < at else ""
    since, due = (exactly(moment) if moment else "" for moment in (row.started, row.due))
    return [row.reference, row.title, row.grade or "", row.child, row.state, row.owner, since, due, late]


def _person(username: str | None) -> User:
    found = User.objects.filter(username=username or "", is_active=True).first()
    if found is None:
        raise CommandError(f"--as: there is no {username or 'name; say whose need-to-know applies'}")
    return found


def _moment(text: str | None) -> datetime:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        raise CommandError('--at: give a day and a time, for example "2026-03-02 09:00"') from None
    return moment if moment.tzinfo else timezone.make_aware(moment)

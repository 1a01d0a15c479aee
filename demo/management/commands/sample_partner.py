"""Play the system of a partner agency, so that whoever looks at the demo sees answers come in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.partner_account import folder, kept
from demo.sample_partner import Client, Memory, SamplePartner, run


class Command(BaseCommand):
    help = "The system of the demo's council: it fetches what is sent, says that it has it, and decides."
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="where Longstop answers")
        parser.add_argument("--every", type=float, default=5.0, help="seconds between two looks")

    def handle(self, *args: Any, **options: Any) -> None:
        account, place = kept(), folder()
        if account is None or place is None:
            raise CommandError("No system is let in: the demo was invented before there was one (make demo-reset).")
        client = Client(options["url"], account.client_id, account.client_secret)
        partner = SamplePartner(client, Memory.kept_in(place / "memory.json"), say=self._say)
        run(partner, options["every"])

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

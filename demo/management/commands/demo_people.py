"""Who there is to sign in as."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from demo import agency_people
from demo.password import kept
from demo.people import everybody, in_short
from demo.seed import is_the_demo


class Command(BaseCommand):
    help = "Say who can sign in to the demo, and the password: the first line in short, then everybody."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_the_demo():
            self.stdout.write("nobody yet: the invented people are not in this database (manage.py seed_demo)")
            return
        self.stdout.write(f"{in_short()} - password {kept() or 'not set: nobody can sign in'}")
        for line in [*everybody(), *agency_people.everybody()]:
            self.stdout.write(f"  {line}")

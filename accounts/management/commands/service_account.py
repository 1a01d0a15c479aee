"""manage.py service_account: let a system in, give it a new token, cut it off, see which there are."""

from argparse import ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from access.actor import NotYours
from access.roles import Can
from access.time import now
from accounts.models import ServiceAccount, User
from accounts.workflow import NotPossible, cut_off, issue_account, renew


class Command(BaseCommand):
    help = (
        "Accounts of systems that act by themselves. A token is printed once and kept nowhere: put it at once where "
        "the system reads it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        add = steps.add_parser("add", help="let a system in; prints its token")
        add.add_argument("name")
        add.add_argument("--acts", type=an_act, nargs="+", required=True, help="for example take-call see-incidents")
        again = steps.add_parser("renew", help="print a new token; the old one stops at once")
        again.add_argument("name")
        for each in (add, again):
            each.add_argument("--days", type=int, required=True)
        cut = steps.add_parser("cut-off", help="from its next request on, and for good")
        cut.add_argument("name")
        cut.add_argument("--because", required=True)
        for each in (add, again, cut):
            each.add_argument("--by", metavar="USERNAME", required=True)
        steps.add_parser("list", help="which systems are let in, for what, and until when")

    def handle(self, *args: Any, **options: Any) -> None:
        step: str = options["step"]
        try:
            getattr(self, step.replace("-", "_"))(**options)
        except (NotYours, NotPossible) as refusal:
            raise CommandError(str(refusal)) from refusal

    def add(self, *, name: str, acts: list[Can], days: int, by: str, **options: Any) -> None:
        self._show_once(*issue_account(name, by=_person(by), acts=acts, lasts=timedelta(days=days)))

    def renew(self, *, name: str, days: int, by: str, **options: Any) -> None:
        self._show_once(*renew(_account(name), by=_person(by), lasts=timedelta(days=days)))

    def cut_off(self, *, name: str, because: str, by: str, **options: Any) -> None:
        self.stdout.write(f"{cut_off(_account(name), by=_person(by), because=because)} is cut off.")

    def list(self, **options: Any) -> None:
        at = now()
        for account in ServiceAccount.objects.order_by("name").select_related("cut_off_by"):
            self.stdout.write(f"{account}: {', '.join(account.acts)}; {_state(account, at)}")

    def _show_once(self, account: ServiceAccount, token: str) -> None:
        self.stdout.write(f"{account}: works until {_day(account.expires_at)}. Its token, which is not shown again:")
        self.stdout.write(token)


def an_act(words: str) -> Can:
    """An act as it is typed: take-call, or "take call"."""
    try:
        return Can(words.replace("-", " "))
    except ValueError as unknown:
        known = ", ".join(act.value.replace(" ", "-") for act in Can)
        raise ArgumentTypeError(f"there is no act {words}; there are {known}") from unknown


def _person(username: str) -> User:
    person = User.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"--by: nobody is called {username}")
    return person


def _account(name: str) -> ServiceAccount:
    account = ServiceAccount.objects.filter(name=name).first()
    if account is None:
        raise CommandError(f"there is no account called {name}")
    return account


def _day(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%d %B %Y, %H:%M")


def _state(account: ServiceAccount, at: Any) -> str:
    if account.cut_off_at:
        return f"cut off {_day(account.cut_off_at)} by {account.cut_off_by}: {account.cut_off_because}"
    return f"{'works until' if account.works_at(at) else 'expired'} {_day(account.expires_at)}"

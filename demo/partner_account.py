"""The account of the sample partner: made with the demo; its secret is kept in the demo's own folder, readable by its
owner only."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from accounts.models import User
from accounts.tokens import client_id_of
from partners.models import Agency
from partners.workflow.access import let_system_in

AGENCY = "Wessex Vale children's social care"
NAME = "Wessex Vale social care records (sample)"
LASTS = timedelta(days=365)


@dataclass(frozen=True)
class Account:
    """What an agency is given to connect with."""

    client_id: str
    client_secret: str


def folder() -> Path | None:
    """Where the sample partner keeps what is its own."""
    run = os.environ.get("LONGSTOP_RUN")
    return Path(run) / "sample-partner" if run else None


def kept() -> Account | None:
    """The account, if there is one."""
    place = folder()
    secret = place / "account.json" if place else None
    return Account(**json.loads(secret.read_text())) if secret and secret.exists() else None


def let_in(agencies: Sequence[Agency], by: User) -> None:
    """The system of the demo's council is let in. Where there is no folder for its secret, nobody is."""
    place = folder()
    if place is None:
        return
    agency = next(each for each in agencies if each.name == AGENCY)
    of_agency, secret = let_system_in(agency, by=by, name=NAME, lasts=LASTS)
    _keep(place, Account(client_id_of(of_agency.account), secret))


def _keep(place: Path, account: Account) -> None:
    """In place of whatever an earlier demo left: its cursor would mean nothing to this one."""
    place.mkdir(mode=0o700, exist_ok=True)
    for left in place.iterdir():
        left.unlink()
    with open(os.open(place / "account.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(vars(account), file)

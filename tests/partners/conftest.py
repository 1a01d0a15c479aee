"""The real application over HTTP, an agency that was let in, and the client that partners use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from longstop_partner import Client

from access import time
from demo.people import hire
from partners.models import Agency, AgencyAccount
from partners.workflow.access import let_system_in
from ppn.models import Ppn
from tests.conftest import MONDAY
from tests.partners.scenes import an_agency, sent
from tests.stories import submitted


@dataclass
class Scene:
    """A force, one agency, its system, and where the pages are."""

    url: str
    people: dict[str, Any]
    agency: Agency
    account: AgencyAccount
    secret: str
    lasts: timedelta = timedelta(days=30)

    def client(self, **options: Any) -> Client:
        return Client(self.url, f"ls_{self.account.account_id}", self.secret, **options)

    def notice(self) -> Ppn:
        return submitted(self.people["olly"])

    def sends(self, notice: Ppn | None = None, **said: Any) -> Any:
        """The co-ordinator sends the agency the sheet of a notice. Gives the delivery."""
        return sent(notice or self.notice(), self.agency, self.people["cora"], **said)


@pytest.fixture
def scene(transactional_db: None, live_server: Any) -> Iterator[Scene]:
    cache.clear()  # what was counted of other tests' requests
    time.freeze(MONDAY)
    people = hire(MONDAY - timedelta(days=365))
    agency = an_agency()
    account, secret = let_system_in(agency, by=people["ines"], name="Their system", lasts=Scene.lasts)
    yield Scene(live_server.url, people, agency, account, secret)
    time.run_freely()


@pytest.fixture(autouse=True)
def many_requests(settings: Any) -> None:
    """The tests of what agencies use ask more often in a minute than an agency may."""
    settings.AGENCY_RATE = settings.TOKEN_RATE = "1000000/min"

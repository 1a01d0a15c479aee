"""Managed offenders of the tests. All invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from access.roles import Can
from access.time import now
from accounts.models import User
from offenders.models import Nominal, OffenderDisclosure
from offenders.workflow.disclosures import propose_disclosure
from offenders.workflow.registrations import NominalFacts, take_on
from tests.households import on_record
from tests.partners.scenes import an_agency


def managed(by: User, manager: User, name: str = "Desmond Garmere", **facts: Any) -> Nominal:
    """A violent offender who is not registered, managed by this offender manager."""
    said = {"managed_as": "violent", "category": "2", **facts}
    person = on_record(by, name, born=date(1958, 2, 11))
    taker = by if by.can(Can.MANAGE_OFFENDERS) else manager  # the hub takes on nobody who is not registered
    return take_on(Nominal(), by=taker, person=person, facts=NominalFacts(manager=manager, **said), notified_at=now())


def disclosure_of(nominal: Nominal, by: User) -> OffenderDisclosure:
    """A manager proposes that a nursery is told."""
    said = {
        "whom": "Designated safeguarding lead",
        "told": "A man who collects Poppy may not be alone with children. Do not hand her over to him.",
        "why": "Poppy is collected by her grandfather",
    }
    nursery = an_agency("Vale Nursery", "school")
    return propose_disclosure(OffenderDisclosure(), by=by, nominal=nominal, agency=nursery, **said)

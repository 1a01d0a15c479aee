"""What the force knew before, for the page of a record: it is there before anybody thinks to look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from access.time import today as local_day
from cases.meet import flags_of
from cases.models import Address, Person
from cases.picture import people_at, timeline, whom_of
from cases.workflow.findings import open_findings


def known_already(people: Iterable[Person], *, address: Address | None, but_not: UUID) -> dict[str, Any]:
    """Flags, open findings and the timeline of these people, of their homes, and of one address with its household.

    `but_not`: the record whose page it is for.
    """
    today = local_day()
    household = [home for home in people_at(address) if home.is_current(today)] if address else []
    everybody = {person.same_as_id: person for person in [*people, *(home.person for home in household)]}
    whom = whom_of(everybody.values())
    here = {address.pk} if address else set()
    whom = replace(whom, records=whom.records - {but_not}, addresses=whom.addresses | here)
    return {
        "whose": True,
        "household": household,
        "history": [event for event in timeline(whom) if event.record != but_not],
        "findings": open_findings(whom.people),
        "flags": [flag for flags in flags_of(everybody).values() for flag in flags],
    }

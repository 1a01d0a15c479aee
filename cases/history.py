"""What the force knew before, for the page of a record: it is there before anybody thinks to look."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from access.time import now
from cases.models import Address, Person
from cases.picture import Seen, Whom, people_at, timeline
from cases.workflow.findings import open_findings


def known_already(people: Iterable[Person], *, address: Address | None, but_not: UUID) -> dict[str, Any]:
    """Flags, open findings and the timeline of these people, of their homes, and of one address with its household.

    `but_not`: the record whose page it is for.
    """
    today = now().date()
    there = people_at(address) if address else []
    household = [home.person for home in there if home.is_current(today)]
    everybody = {person.same_as_id: person for person in [*people, *household]}
    seen = [Seen.of(person) for person in everybody.values()]
    homes = {home.address_id for each in seen for home in each.residences if not home.withdrawn_at}
    whom = Whom(
        people=frozenset(key for each in seen for key in each.whom().people),
        records=frozenset(key for each in seen for key in each.whom().records) - {but_not},
        addresses=frozenset(homes | ({address.pk} if address else set())),
    )
    return {
        "whose": True,
        "household": [home for home in there if home.is_current(today)],
        "history": [event for event in timeline(whom) if event.record != but_not],
        "findings": open_findings(whom.people),
        "flags": [flag for each in seen for flag in each.flags if flag.holds_on(today)],
    }

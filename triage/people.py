"""Who takes part in an incident, on the record of each person."""

from __future__ import annotations

from accounts.models import User
from cases.models import HowKnown, Person
from cases.records import Details, Home, Source, involve, lives_at, new_people
from cases.workflow.people import newly_known
from triage.models import Incident


def takes_part(
    incident: Incident, part: str, person: Person | None, details: Details, home: Home | None, by: User
) -> Person:
    """They are in it as this part, and live there; None = somebody new."""
    source = Source(how=HowKnown.RECORD.value, says=incident.reference, by=by, case=incident.case)
    somebody = person or new_people([details], learned_in=incident.case)[0]
    involve([(somebody, part)], incident, source)
    if home:
        lives_at(somebody, home, source)
    newly_known([somebody], are_new=person is None)
    return somebody

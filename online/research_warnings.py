"""What nobody may overlook of the people at an address."""

from __future__ import annotations

from collections.abc import Iterable

from online.models import Occupant
from online.research_missing import nobody_asked


def warnings_of(people: Iterable[Occupant]) -> list[str]:
    """Each a sentence without its full stop."""
    found = []
    for each in people:
        if each.state != Occupant.State.THERE:
            continue
        if each.known_offender:
            found.append(f"{each} is a managed offender ({each.known_offender})")
        if each.works_with_children == "yes":
            found.append(f"{each} works with children: {each.post}")
        if nobody_asked(each):
            found.append(f"Nobody has asked whether {each} works with children")
    return found

"""What every verb here asks of a child first."""

from __future__ import annotations

from typing import Any

from access.actor import System, acting
from cases.models import Person

LONGSTOP = System("the missing team's records")


def lock(person: Person) -> None:
    """Held until this is committed: two people who write about one child at once wait for each other."""
    with acting(LONGSTOP, apart=True):
        list(
            Person.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk=person.same_as_id)
            .figures()
            .values_list("pk")
        )


def current_of(model: Any, person: Person) -> list[Any]:
    """The current records of one kind about this child, whichever record of them names them. Longstop looks: what
    somebody may not see is replaced and counted all the same."""
    with acting(LONGSTOP, apart=True):
        return list(model.objects.filter(person__same_as=person.same_as_id, state="current"))

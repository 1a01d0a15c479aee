"""Opening a case and restricting who may see it."""

from collections.abc import Iterable

from access.actor import Actor, NotYours, signed
from access.roles import Can
from accounts.models import User
from cases.indexing import index_again_after_restricting
from cases.models import Case, Restriction, next_reference


def open_case() -> Case:
    """A new case for a household not met before. Called inside the transition that needs it."""
    return Case.objects.create(reference=next_reference("CASE"))


def restrict(case: Case, *, by: Actor, people: Iterable[User], because: str) -> Case:
    """From now on only these people may see the case; for everybody else it is not there."""
    if not by.can(Can.RESTRICT_CASE):
        raise NotYours(f"You may not {Can.RESTRICT_CASE.label}.")
    with signed(by) as moment:
        for person in people:
            Restriction.objects.get_or_create(case=case, person=person, defaults={"because": because, "since": moment})
        Case.objects.filter(pk=case.pk).update(restricted=True)
        index_again_after_restricting(case)
    case.restricted = True
    return case

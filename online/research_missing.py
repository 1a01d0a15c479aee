"""What is missing of the people at attributed addresses before a level can be set. Pure reading."""

from __future__ import annotations

from collections.abc import Iterator

from access.actor import System, acting
from govuk.fields import YesNoNotKnown as Answer
from online.codes import CHECKS, ResearchKind
from online.models import CandidateAddress, Occupant, OnlineCase

READS = System("what research has not asked")
HIDDEN = "Somebody whom you may not see"


def not_checked(case: OnlineCase) -> list[str]:
    """In words; empty = nothing. Whom the reader may not see counts as well, and is not named."""
    with acting(READS, apart=True):
        attributed = CandidateAddress.objects.filter(online_case=case, state=CandidateAddress.State.ATTRIBUTED)
        addresses = list(attributed.order_by("attributed_at", "reference"))
        there = Occupant.objects.filter(at__in=addresses, state=Occupant.State.THERE).prefetch_related("checks")
        occupants = list(there.order_by("recorded_at", "reference"))
    keys = [each.pk for each in occupants]
    seen = set(Occupant.objects.filter(pk__in=keys).figures().values_list("pk", flat=True))
    living_at = {each.at_id for each in occupants}
    missing = [f"Nobody has said who lives at {each}." for each in addresses if each.pk not in living_at]
    for each in occupants:
        missing += _of_one(each, str(each) if each.pk in seen else HIDDEN)
    return missing


def _of_one(occupant: Occupant, name: str) -> Iterator[str]:
    if left := [str(ResearchKind(system).label) for system in not_asked(occupant)]:
        yield f"{name} has not been checked in: {', '.join(left)}."
    if nobody_asked(occupant):
        yield f"Nobody has asked whether {name[0].lower() + name[1:] if name == HIDDEN else name} works with children."


def not_asked(occupant: Occupant) -> list[str]:
    """Systems in which nobody has looked. Reads `checks` as they were fetched."""
    asked = {check.system for check in occupant.checks.all()}
    return [system for system in CHECKS if system not in asked]


def nobody_asked(occupant: Occupant) -> bool:
    """Whether anybody has been asked about their work. Not known, with whom we asked, is an answer for now."""
    return occupant.may_be_adult and occupant.works_with_children == Answer.NOT_KNOWN and not occupant.works_how

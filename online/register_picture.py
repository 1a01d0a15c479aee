"""Online cases on the picture of a person or a household: for those whose work it is, and who may see the case. Nobody
else learns from a child's or a suspect's page that there is one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from cases.picture import PICTURE, Event, Whom
from online.models import CandidateAddress, LinkedChild, Occupant, OnlineCase, Suspect
from online.register_rows import title_of

AS_CHILD, AS_SUSPECT, AS_OCCUPANT, AS_HOME = (
    "A child who may be concerned",
    "A suspect",
    "Lives, or has been, at an address it may lead to",
    "An address it may lead to",
)

RULED_OUT = CandidateAddress.State.RULED_OUT


def online_cases(whom: Whom) -> Iterable[Event]:
    roles = _roles(whom)
    for case in OnlineCase.objects.filter(pk__in=list(roles)).select_related("researcher", "investigator"):
        yield Event(
            when=case.received_at,
            what="Online abuse",
            title=f"{case.reference}: {title_of(case)}",
            url=case.get_absolute_url(),
            lines=[*roles[case.pk], str(OnlineCase.State(case.state).label)],
            by=str(case.investigator or case.researcher or ""),
            kind="Open" if case.is_open else "",
            record=case.pk,
        )


def _roles(whom: Whom) -> dict[UUID, list[str]]:
    """Each case, and what these people or homes are in it; a record that the reader may not see counts for nothing."""
    found: dict[UUID, list[str]] = {}
    concerned: list[tuple[Any, str]] = [
        (LinkedChild.objects.filter(person__in=whom.people).exclude(state=LinkedChild.State.IN_ERROR), AS_CHILD),
        (Suspect.objects.filter(person__in=whom.people), AS_SUSPECT),
        (Occupant.objects.filter(person__in=whom.people, state=Occupant.State.THERE), AS_OCCUPANT),
        (CandidateAddress.objects.filter(address__in=whom.addresses).exclude(state=RULED_OUT), AS_HOME),
    ]
    for rows, role in concerned:
        for key in rows.figures().values_list("online_case", flat=True).distinct():
            found.setdefault(key, []).append(role)
    return found


PICTURE.sources.append(online_cases)

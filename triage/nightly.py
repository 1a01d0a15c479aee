"""Looking again at everything that waits: more becomes known about who lives where, and rules change."""

from __future__ import annotations

from access.actor import System, signed
from triage import workflow
from triage.children import possible_child
from triage.codes import NOT_ATTENDED
from triage.models import Answer, Incident
from triage.ranking import band
from workflow.transitions import NotNow

RESCAN = System("is a child involved?")
BATCH = 200


def look_for_children() -> int:
    """Every incident that waits is looked at again for a child. Returns how many may have one that nobody knew of."""
    with signed(RESCAN):
        waiting = Incident.objects.filter(state__in=NOT_ATTENDED, possible_child_because="").exclude(child=Answer.YES)
        found = [incident for incident in waiting.iterator(BATCH) if _something_new(incident)]
    return sum(_asked(incident) for incident in found)


def _asked(incident: Incident) -> bool:
    """Where somebody has ended it meanwhile there is nothing to ask, and the others are asked all the same."""
    try:
        workflow.look_for_a_child(incident, by=RESCAN)
    except NotNow:
        return False
    return True


def _something_new(incident: Incident) -> bool:
    because = possible_child(incident)
    return bool(because) and because != incident.no_child_although


def rank_again() -> int:
    """Every open incident gets the rank that the rule gives it now. Returns how many changed."""
    with signed(System("the rule of ranking has changed")):
        waiting = list(Incident.objects.filter(state__in=NOT_ATTENDED))
        changed = [incident for incident in waiting if incident.rank != band(incident.facts())]
        for incident in changed:
            Incident.objects.filter(pk=incident.pk).update(rank=band(incident.facts()).value)
    return len(changed)

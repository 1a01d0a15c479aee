"""What the hub and the specialist sergeant say of an incident, heard for its report of shared images."""

from __future__ import annotations

from typing import Any

from access.actor import actor
from accounts.models import User
from online import image_rows
from online.workflow.shared_images import OPEN, Guidance, give_guidance
from triage.codes import WITH_A_TEAM
from triage.models import Answer, Destination, Incident
from triage.shared_images import begin_report
from triage.workflow import hub

AS_ABOVE = "As the guidance above says"


def allocated(incident: Incident) -> None:
    """Whoever decides where it goes has answered the question about images."""
    last = hub.last_allocation(incident)
    if last and last.images_shared != Answer.NO:
        _with_guidance(incident, last.images_shared)


def noted(incident: Incident) -> None:
    """The specialist's guidance on an incident is guidance on its report."""
    _with_guidance(incident, Answer.YES)


def _with_guidance(incident: Incident, answer: str) -> None:
    report, by = begin_report(incident, answer), actor()
    note = incident.specialist_note
    if (
        note
        and report.state in OPEN
        and note not in report.guidance
        and isinstance(by, User)
        and by.can(give_guidance.may)
    ):
        give_guidance(report, by=by, guidance=Guidance(note, AS_ABOVE, AS_ABOVE, AS_ABOVE))


def by_phone() -> Any:
    """Keys of what is with the resolution centre."""
    rows = Incident.objects.filter(state__in=WITH_A_TEAM, destination=Destination.RESOLUTION)
    return rows.figures().values("pk")


hub.allocate.watchers.append(allocated)
hub.add_specialist_note.watchers.append(noted)
image_rows.WITH_THE_PHONE_TEAM.append(by_phone)

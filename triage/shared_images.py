"""An incident about images of a child that were shared has a report of its own, which asks for the child to be seen in
person. The hub's answer begins it; the specialist sergeant's guidance counts for both."""

from __future__ import annotations

from access.actor import System, acting
from access.roles import Can
from accounts.models import User
from online.models import SharedImage
from online.workflow.shared_images import ImageFacts, report_from, report_shared_image
from triage.models import Answer, Incident
from workflow.transitions import NotNow

FOLLOWS = System("an incident about images of a child that were shared")


def begin_report(incident: Incident, answer: str) -> SharedImage:
    """Once for each incident, since the call: whoever decides on it later does not make it younger."""
    known = report_from(incident.pk)
    if known is not None:
        return known
    doubt = "" if answer == Answer.YES else "It is not known whether images of a child were shared. "
    facts = ImageFacts(
        what=f"{doubt}{incident.what_happened}",
        child_said=(incident.children or "Not known").splitlines()[0][:200],
        reported_at=incident.reported_at,
    )
    with acting(FOLLOWS):
        return report_shared_image(
            SharedImage(),
            by=FOLLOWS,
            facts=facts,
            arises_from=incident.pk,
            from_reference=incident.reference,
            case=incident.case,
        )


def specialist_has_said_how(incident: Incident) -> bool:
    """On the incident or on its report: either counts."""
    report = report_from(incident.pk)
    return bool(incident.specialist_note or (report and report.guidance))


def child_must_have_been_seen(incident: Incident) -> None:
    """A child whose image was shared is seen in person, whatever the specialist's guidance says about the rest."""
    report = report_from(incident.pk)
    if report and report.state != SharedImage.State.IN_ERROR and report.seen_at is None:
        raise NotNow(
            f"Images of a child were, or may have been, shared, and nobody has seen the child in person ({report}). It "
            "cannot be resolved by phone before that."
        )


def shown_to(user: User, incident: Incident) -> SharedImage | None:
    """The report, for whoever may see it."""
    if not user.can(Can.SEE_SHARED_IMAGES):
        return None
    return SharedImage.objects.filter(arises_from=incident.pk).first()

"""A notice raised from an incident is filled in from it: what happened, the children heard, when police first knew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from ppn.models import Subject, Type
from ppn.origins import ORIGINS, Origin
from triage.models import ChildVoice, Incident


def from_incident(key: UUID) -> Origin | None:
    incident = Incident.objects.filter(pk=key).first()
    return _origin(incident) if incident else None


def _origin(incident: Incident) -> Origin:
    about = [Type.DOMESTIC_ABUSE.value] if incident.domestic_abuse == "yes" else []
    return Origin(
        reference=incident.reference,
        url=incident.get_absolute_url(),
        first_known_at=incident.reported_at,
        notice={"types": about, "child": incident.child, "narrative": incident.what_happened},
        subjects=list(_children(incident)),
    )


def _children(incident: Incident) -> Iterator[dict[str, Any]]:
    """The last that was recorded of each child, word for word."""
    voices = {voice.child: voice for voice in ChildVoice.objects.filter(incident=incident).order_by("at", "pk")}
    for voice in voices.values():
        yield {
            "part": Subject.Part.CHILD.value,
            "name": voice.child,
            "address": incident.location,
            "seen": voice.seen,
            "spoken_to": voice.spoken_to,
            "with_whom": voice.with_whom,
            "own_words": voice.own_words,
            "demeanour": voice.demeanour,
            "communicates": voice.communicates,
            "home": voice.home,
            "wants": voice.wants,
            "not_spoken_to_because": voice.why_not,
            "who_will": voice.who_will,
            "see_by": voice.see_by,
        }


ORIGINS.append(from_incident)

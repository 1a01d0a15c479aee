"""Incidents on the picture of a person or an address."""

from __future__ import annotations

from collections.abc import Iterable

from cases.picture import PICTURE, Event, Whom
from triage.models import ENDED, Incident, State


def incidents(whom: Whom) -> Iterable[Event]:
    found = Incident.objects.filter(pk__in=whom.records) | Incident.objects.filter(address__in=whom.addresses)
    for incident in found:
        yield Event(
            when=incident.reported_at,
            what="Incidents",
            title=f"Incident {incident.reference}: {incident.category or incident.what_happened[:80]}",
            url=incident.get_absolute_url(),
            lines=[incident.location, State(incident.state).label],
            kind="" if incident.state in ENDED else "Open",
            record=incident.pk,
        )


PICTURE.sources.append(incidents)

"""Missing episodes on the picture of a person, and as a warning while the child is missing."""

from __future__ import annotations

from collections.abc import Iterable

from cases.markers import MARKERS, Asked, MarkerShown
from cases.picture import PICTURE, Event, Whom
from missing.codes import ENDED, MISSING, State
from missing.models import Episode
from missing.rows import risk_in_words


def episodes(whom: Whom) -> Iterable[Event]:
    for episode in Episode.objects.filter(person__in=whom.people).select_related("person", "reported_by"):
        found = [f"Found at {episode.found_where}"] if episode.found_at else []
        yield Event(
            when=episode.reported_at,
            what="Missing episodes",
            title=f"{episode.person} reported missing, {episode.reference}",
            url=episode.get_absolute_url(),
            lines=[State(episode.state).label, *found],
            by=f"by {episode.reported_by}",
            kind="" if episode.state in ENDED else "Open",
            record=episode.pk,
        )


def missing_now(asked: Asked) -> Iterable[MarkerShown]:
    rows = Episode.objects.filter(person__same_as__in=asked.people, state__in=MISSING).select_related("person")
    for episode in rows:
        yield MarkerShown(
            kind="missing",
            label=f"Missing now. {risk_in_words(episode)}",
            about=str(episode.person),
            how_we_know=episode.reference,
            since=episode.missing_since.date(),
            is_a_risk=True,
            url=episode.get_absolute_url(),
        )


PICTURE.sources.append(episodes)
MARKERS.sources.append(missing_now)

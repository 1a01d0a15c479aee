"""What the cohort hears of episodes: for the agenda and pack of a meeting, and for what joins children."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from cohort.hooks import EPISODES, LINKS, EpisodeLine, Link
from matching.names import fold
from missing.codes import State
from missing.models import Episode, InterviewRequest, Learned
from missing.rows import risk_in_words


def episodes(roots: Collection[UUID], since: datetime, until: datetime) -> Iterable[EpisodeLine]:
    """Every time one of these children was reported missing in that time, but for reports in error."""
    rows = Episode.objects.filter(person__same_as__in=roots, reported_at__gt=since, reported_at__lte=until)
    for episode in rows.exclude(state=State.IN_ERROR).select_related("person").order_by("reported_at", "pk"):
        yield EpisodeLine(
            when=episode.reported_at,
            ended=episode.found_at,
            root=episode.person.same_as_id,
            reference=episode.reference,
            url=episode.get_absolute_url(),
            risk=risk_in_words(episode),
            found_where=episode.found_where,
            words=State(episode.state).label,
        )


def learned(roots: Collection[UUID]) -> Iterable[Link]:
    """Places and people that return interviews named: the same words, however they are spelt, are the same thing."""
    kinds = {Learned.Kind.PLACE.value: "place", Learned.Kind.PERSON.value: "person"}
    rows = Learned.objects.filter(interview__episode__person__same_as__in=roots, kind__in=kinds)
    rows = rows.filter(interview__state=InterviewRequest.State.READ)
    for row in rows.select_related("interview__episode__person").order_by("interview__read_at", "pk"):
        interview = row.interview
        yield Link(
            root=interview.episode.person.same_as_id,
            kind=kinds[row.kind],
            key=f"told {fold(row.text)}",
            label=row.text,
            url=interview.get_absolute_url(),
            why=f"Told in the return interview {interview.reference}",
            when=interview.read_at or interview.requested_at,
        )


EPISODES.append(episodes)
LINKS.append(learned)

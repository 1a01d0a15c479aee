"""Missing episodes on the picture of a person, and as a warning while the child is missing."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from access.roles import Can
from access.time import today as local_day
from cases.markers import MARKERS, Asked, MarkerShown
from cases.models import Person
from cases.picture import PICTURE, Event, Offer, Whom
from govuk.fields import YesNoNotKnown as Answer
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


def report(person: Person) -> Iterable[Offer]:
    """A child, or somebody of whom nobody knows whether they are one."""
    if person.child_on(local_day()) != Answer.NO:
        yield Offer("Report them missing", reverse("missing-report", args=[person.pk]), Can.REPORT_MISSING)


PICTURE.sources.append(episodes)
PICTURE.offers.append(report)
MARKERS.sources.append(missing_now)

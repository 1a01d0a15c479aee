"""Strategy meetings on the picture of a person."""

from __future__ import annotations

from collections.abc import Iterable

from cases.picture import PICTURE, Event, Whom
from strategy.codes import OPEN, State
from strategy.models import StrategyMeeting
from strategy.rows import warnings


def meetings(whom: Whom) -> Iterable[Event]:
    found = StrategyMeeting.objects.filter(pk__in=whom.records).select_related("authority", "requested_by")
    for meeting in found:
        held = meeting.held_at is not None
        yield Event(
            when=meeting.held_at or meeting.requested_at,
            what="Strategy meetings",
            title=f"Strategy meeting {meeting.reference} {'held' if held else 'asked for'}",
            url=meeting.get_absolute_url(),
            lines=[State(meeting.state).label, f"Asked of {meeting.authority}", *warnings(meeting)],
            by=f"by {meeting.requested_by}",
            kind="Open" if meeting.state in OPEN else "",
            record=meeting.pk,
        )


PICTURE.sources.append(meetings)

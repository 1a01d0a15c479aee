"""What the clocks of a missing child ask of an episode: which of their lengths applies, and from when."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from access.actor import System, acting
from access.time import now
from cohort.codes import Risk
from missing import lengths
from missing.codes import MISSING
from missing.models import Episode, PreventionInterview
from missing.workflow.returning import has_a_ppn, owes_a_request
from sla.calendar import local
from sla.lengths import Length
from strategy.models import StrategyMeeting

CLOCKS = System("clocks of missing children")
LOW = [Risk.LOW.value, Risk.VERY_LOW.value]


def reassessed_every(episode: Episode) -> Length:
    return lengths.REASSESSED_HIGH if episode.risk == Risk.HIGH else lengths.REASSESSED


def reassessed_last(episode: Episode) -> datetime:
    return episode.reassessed_at or episode.reported_at


def attended_within(episode: Episode) -> Length:
    """Not known yet counts as a priority here, and not as low."""
    if episode.risk == Risk.HIGH:
        return lengths.ATTENDED_HIGH
    return lengths.ATTENDED_LOW if episode.risk in LOW else lengths.ATTENDED


def as_agreed(episode: Episode) -> datetime:
    """With a low risk by when it was agreed with the reporter; otherwise the length alone says it."""
    agreed = episode.attend_within if episode.risk in LOW else None
    return episode.reported_at + (agreed or timedelta(days=365))


def graded_low(episode: Episode) -> Episode | None:
    """A supervisor in the control room has graded it low."""
    return episode if episode.risk in LOW else None


def ratified_within(episode: Episode) -> Length:
    return lengths.RATIFIED_HIGH if episode.is_cautious else lengths.RATIFIED


def active_every(episode: Episode) -> Length:
    if episode.is_cautious:
        return lengths.INACTIVE_HIGH
    return lengths.INACTIVE_LOW if episode.risk in LOW else lengths.INACTIVE


def was_active(episode: Episode) -> Episode | None:
    """Only what was done to find the child, later than the last, keeps the promise. Looking at the record does not."""
    return episode if episode.moved else None


def reviewed_every(episode: Episode) -> Length:
    if episode.is_cautious:
        return lengths.REVIEW_HIGH
    return lengths.REVIEW_LOW if episode.risk in LOW else lengths.REVIEW


def reviewed_last(episode: Episode) -> datetime:
    return episode.reviewed_at or episode.reported_at


def of_every_turn(episode: Episode) -> bool:
    """A child who is not at low risk is looked at by each turn."""
    return episode.risk not in LOW and episode.state in MISSING


def looked_at_by_the_next_turn(episode: Episode) -> datetime:
    """Some time after the next turn has begun."""
    return lengths.TURN_LOOKS.due(next_turn(reviewed_last(episode)), now())[0]


def next_turn(moment: datetime) -> datetime:
    """When the next turn begins, by the local clock."""
    numbers = (lengths.EARLY_TURN, lengths.LATE_TURN, lengths.NIGHT_TURN)
    starts = sorted(number.in_force(now())[0] % 24 for number in numbers)
    return next_of(moment, starts)


def next_of(moment: datetime, hours: list[int]) -> datetime:
    """The first moment after this one that is at one of these hours of the local clock."""
    day = timezone.localdate(moment)
    at = [local(day + timedelta(days=later), time(hour)) for later in (0, 1) for hour in hours]
    return min(each for each in at if each > moment)


def inspected_within(episode: Episode) -> Length:
    if episode.risk == Risk.HIGH:
        return lengths.INSPECTOR_HIGH if episode.inspector_reviewed_at else lengths.INSPECTOR_FIRST
    return lengths.INSPECTOR_LOW if episode.risk in LOW else lengths.INSPECTOR


def inspected_last(episode: Episode) -> datetime:
    return episode.inspector_reviewed_at or episode.reported_at


LONG = [lengths.LONG_FIRST, lengths.LONG_SECOND, lengths.LONG_THIRD]


def long_reviewed_within(episode: Episode) -> Length:
    """The next of 72 hours, 7 days and 28 days after the report that the last review does not stand for: it stands for
    the one that it is nearer to than to the one before."""
    before = since = episode.reported_at
    last = episode.long_reviewed_at or since
    for each in LONG:
        due = each.due(since, now())[0]
        if last < before + (due - before) / 2:
            return each
        before = due
    return lengths.LONG_NEXT


def long_reviewed_from(episode: Episode) -> datetime:
    """The first three count from the report, the others from the one before."""
    if long_reviewed_within(episode) is not lengths.LONG_NEXT:
        return episode.reported_at
    return episode.long_reviewed_at or episode.reported_at


def at_the_next_daily_meeting(episode: Episode) -> datetime:
    """The end of the next meeting after it was last decided, or reported. What comes in shortly before a meeting is for
    the one after."""
    at = now()
    listed, _ = lengths.DAILY_PREPARED.due(episode.daily_decided_at or episode.reported_at, at)
    begins = next_of(listed, [lengths.DAILY_MEETING.in_force(at)[0] % 24])
    return lengths.DAILY_SITS.due(begins, at)[0]


def no_meeting_any_more(episode: Episode) -> Episode | None:
    """Found within the day, and nothing else asks for one."""
    return None if episode.needs_meeting_at else episode


def needed_sooner(episode: Episode) -> Episode | None:
    """A new need that counts from an earlier moment than what asked for a meeting so far."""
    return episode if episode.needed_sooner else None


def episode_met_about(meeting: StrategyMeeting) -> Episode | None:
    if meeting.about_kind != Episode._meta.label_lower or meeting.about is None:
        return None
    with acting(CLOCKS):
        return Episode.objects.filter(pk=meeting.about).first()


def heard_within(episode: Episode) -> Length:
    if episode.is_cautious:
        return lengths.HEARD_HIGH
    return lengths.HEARD_LOW if episode.risk in LOW else lengths.HEARD


def owes_a_notice(episode: Episode) -> bool:
    return not has_a_ppn(episode)


def owes_an_interview(episode: Episode) -> bool:
    with acting(CLOCKS):
        return owes_a_request(episode)


def was_heard_at(episode: Episode) -> datetime:
    with acting(CLOCKS):
        row = PreventionInterview.objects.filter(episode=episode).order_by("-recorded_at").first()
    return row.recorded_at if row else episode.interviewed_at or now()

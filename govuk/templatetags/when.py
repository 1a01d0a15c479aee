"""{% load when %}: moments and time left. The page's own `now` is always given; nothing reads a clock."""

from datetime import date, datetime, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from govuk import times

register = template.Library()


@register.filter
def exactly(moment: datetime | date | None) -> str:
    """{{ ppn.submitted_at|exactly }} -> Mon 2 March 2026, 09:14."""
    return times.exactly(moment or None)


@register.filter
def in_words(span: timedelta) -> str:
    """{{ length|in_words }} -> 24 hours, for a length that was promised."""
    return times.hours(span)


@register.simple_tag
def time_left(due: datetime | None, now: datetime, started: datetime | None = None) -> SafeString | str:
    """{% time_left clock.due_at now clock.started_at %} -> 3 hours 12 minutes left, in a <time>.

    With `started`, the last quarter of the time counts as close; without it the last hour does.
    """
    if not due:
        return "no time set"
    urgency = times.urgency(due, now, started or None)
    said = times.left_or_over(due, now, started or None)
    return _time(due, said, f"app-time app-time--{urgency}")


@register.simple_tag
def ago(moment: datetime | None, now: datetime) -> SafeString | str:
    """{% ago child.last_seen_at now %} -> 3 hours 12 minutes ago, in a <time>."""
    return _time(moment, times.ago(moment, now), "app-time") if moment else times.NOT_RECORDED


@register.simple_tag
def moment(at: datetime | None) -> SafeString | str:
    """{% moment ppn.submitted_at %} -> the exact time in a <time>."""
    return _time(at, times.exactly(at), "app-time") if at else times.NOT_RECORDED


def _time(at: datetime, said: str, classes: str) -> SafeString:
    stamp, exact = at.isoformat(timespec="seconds"), times.exactly(at)
    if said == exact:
        return format_html('<time class="{}" datetime="{}">{}</time>', classes, stamp, said)
    return format_html('<time class="{}" datetime="{}" title="{}">{}</time>', classes, stamp, exact, said)

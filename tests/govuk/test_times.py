"""Moments and lengths of time in words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template

from govuk import times

NOW = datetime(2026, 3, 2, 3, 12, tzinfo=UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def test_a_moment_is_shown_exactly_on_the_local_clock() -> None:
    assert times.exactly(datetime(2026, 3, 2, 9, 14, tzinfo=UTC)) == "Mon 2 March 2026, 09:14"
    assert times.exactly(datetime(2026, 7, 2, 8, 14, tzinfo=UTC)) == "Thu 2 July 2026, 09:14"
    assert times.exactly(date(2026, 3, 2)) == "Mon 2 March 2026"
    assert times.exactly(None) == "not recorded"


def test_the_hour_that_comes_twice_says_which() -> None:
    assert times.exactly(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)).endswith("01:30 BST")
    assert times.exactly(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)).endswith("01:30 GMT")


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(0), "less than a minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (hours(1), "1 hour"),
        (hours(3.2), "3 hours 12 minutes"),
        (timedelta(days=1, minutes=5), "1 day"),
        (timedelta(days=2, hours=4, minutes=59), "2 days 4 hours"),
        (-hours(2), "2 hours"),
    ],
)
def test_a_length_is_said_in_its_two_largest_parts(span: timedelta, said: str) -> None:
    assert times.length(span) == said


@pytest.mark.parametrize(
    ("left", "started", "urgency"),
    [
        (hours(7), None, "on-time"),
        (hours(1), None, "on-time"),
        (hours(0.99), None, "close"),
        (hours(6), hours(18), "close"),
        (hours(6.01), hours(17.99), "on-time"),
        (timedelta(0), None, "over"),
        (-hours(1), hours(24), "over"),
    ],
)
def test_close_is_the_last_quarter_and_always_the_last_hour(
    left: timedelta, started: timedelta | None, urgency: str
) -> None:
    assert times.urgency(NOW + left, NOW, NOW - started if started else None) == urgency


def test_time_left_is_true_over_a_change_of_the_clocks() -> None:
    zone = ZoneInfo("Europe/London")
    before, after = datetime(2026, 3, 29, 0, 0, tzinfo=zone), datetime(2026, 3, 29, 3, 0, tzinfo=zone)
    assert times.left_or_over(after, before) == "2 hours left"


def drawn(text: str, **context: object) -> str:
    return Template("{% load when %}" + text).render(Context(context))


def test_time_left_says_in_words_how_urgent_it_is() -> None:
    shown = "{% time_left due now started %}"
    assert "3 hours 12 minutes left<" in drawn(shown, due=NOW + hours(3.2), now=NOW, started=NOW)
    assert "42 minutes left, due soon<" in drawn(shown, due=NOW + hours(0.7), now=NOW, started=NOW)
    over = drawn(shown, due=NOW - hours(52), now=NOW, started=NOW - hours(76))
    assert over == (
        '<time class="app-time app-time--over" datetime="2026-02-27T23:12:00+00:00" '
        'title="Fri 27 February 2026, 23:12">2 days 4 hours over</time>'
    )


def test_ago_looks_back_and_ahead() -> None:
    assert "5 hours ago" in drawn("{% ago at now %}", at=NOW - hours(5), now=NOW)
    assert "in 5 hours" in drawn("{% ago at now %}", at=NOW + hours(5), now=NOW)


def test_a_time_nobody_has_set_says_so() -> None:
    assert drawn("{% time_left due now %}", due=None, now=NOW) == "no time set"
    assert drawn("{% ago at now %}", at=None, now=NOW) == "not recorded"
    assert drawn("{{ at|exactly }}", at=None) == "not recorded"

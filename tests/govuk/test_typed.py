"""Dates and times as people type them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from govuk.typed import DateParts, MomentParts, read_date, read_moment, read_time, typed_moment

LONDON = ZoneInfo("Europe/London")


def parts_refused(refusal: ValidationError) -> set[str]:
    return {part for error in refusal.error_list for part in error.params["parts"]}


@pytest.mark.parametrize(
    "typed", [("27", "3", "2014"), ("27", "03", "2014"), ("27", "March", "2014"), ("27", "mar", "2014")]
)
def test_a_date_is_read_however_its_month_is_written(typed: tuple[str, str, str]) -> None:
    assert read_date(DateParts(*typed)) == date(2014, 3, 27)


@pytest.mark.parametrize(
    ("typed", "said", "parts"),
    [
        (("", "3", "2014"), "The date must include a day", {"day"}),
        (("27", "", ""), "The date must include a month and a year", {"month", "year"}),
        (("27", "3", "14"), "The year must have 4 numbers, for example 2026", {"year"}),
        (("27", "soon", "2014"), "The month must be a number", {"month"}),
        (("²", "3", "2014"), "The day must be a number", {"day"}),
        (("31", "2", "2014"), "Enter a real date, for example 27 3 2026", {"day", "month", "year"}),
        (("1", "1", "0001"), "The year must be between 1900 and 2199", {"year"}),
    ],
)
def test_a_wrong_date_is_refused_with_the_boxes_that_are_wrong(
    typed: tuple[str, str, str], said: str, parts: set[str]
) -> None:
    with pytest.raises(ValidationError) as refused:
        read_date(DateParts(*typed))
    assert refused.value.messages == [said]
    assert parts_refused(refused.value) == parts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("09:14", time(9, 14)),
        ("9.14", time(9, 14)),
        ("914", time(9, 14)),
        ("0914", time(9, 14)),
        ("9:14pm", time(21, 14)),
        ("9pm", time(21)),
        ("12am", time(0)),
        ("12pm", time(12)),
        (" 23:59 ", time(23, 59)),
    ],
)
def test_a_time_is_read_however_it_is_written(typed: str, meant: time) -> None:
    assert read_time(typed).time == meant


@pytest.mark.parametrize("typed", ["9", "25:00", "13pm", "0am", "12:60", "noonish", "09:14:00"])
def test_a_time_that_is_not_one_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        read_time(typed)


def moment(*typed: str) -> datetime:
    return read_moment(MomentParts(*typed), LONDON)


def test_a_moment_is_read_on_the_local_clock_and_kept_in_utc() -> None:
    assert moment("2", "3", "2026", "09:14") == datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
    summer = moment("2", "7", "2026", "09:14")
    assert summer == datetime(2026, 7, 2, 8, 14, tzinfo=UTC)
    assert summer.tzinfo is UTC


def test_the_hour_that_never_was_is_refused() -> None:
    with pytest.raises(ValidationError, match="clocks went forward"):
        moment("29", "3", "2026", "01:30")


def test_the_hour_that_came_twice_asks_which_and_takes_either() -> None:
    with pytest.raises(ValidationError, match="01:30 BST for the first or 01:30 GMT for the second"):
        moment("25", "10", "2026", "01:30")
    assert moment("25", "10", "2026", "01:30 BST") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment("25", "10", "2026", "01:30 gmt") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_zone_the_clocks_were_not_on_is_refused() -> None:
    with pytest.raises(ValidationError, match="on BST that day, not GMT"):
        moment("2", "7", "2026", "09:14 GMT")


def test_both_halves_are_refused_together() -> None:
    with pytest.raises(ValidationError) as refused:
        moment("2", "", "2026", "25:00")
    assert parts_refused(refused.value) == {"month", "time"}


@pytest.mark.parametrize("hour", range(24))
def test_what_is_shown_reads_back_as_the_same_moment_on_the_night_the_clocks_go_back(hour: int) -> None:
    at = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    assert read_moment(typed_moment(at, LONDON), LONDON) == at

"""A list of who attended: every row is put on record, was known, or waits until somebody has typed it in."""

from datetime import date

import pytest

from quality.models import AttendanceFile
from quality.workflow.attendance import read_attendance, settle_attendance, type_in_attendance
from tests.quality.attendance_scenes import a_list, rows_of, taken_in
from tests.quality.training_scenes import course_of, due_of, required, took
from tests.stories import clock_of
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def test_each_row_is_put_on_record_once_by_user_name_or_name(cast, quinn, cora, cole, sam):
    required(cora)
    took(sam, quinn, date(2026, 2, 27))
    file = taken_in(
        quinn, "cora;27/02/2026;C-1", "Cole Co-ordinator;2026-02-27;", "Sergeant, Sam;27/2/2026;", "cora;27/02/2026;C-1"
    )
    assert (file.rows, file.recorded, file.known_already, file.unreadable) == (4, 2, 2, 0)
    first, second, third, fourth = rows_of(file)
    assert (first.state, first.training.person, first.training.certificate) == ("recorded", cora, "C-1")
    assert (second.training.person, third.training.person, fourth.training) == (cole, sam, first.training)
    assert due_of(cora).taken_on == date(2026, 2, 27)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Nobody Known;27/02/2026;", "Nobody here is called “Nobody Known”"),
        (";27/02/2026;", "Nobody here is called “”"),
        ("cora;last week;", "“last week” is no date"),
        ("cora;31/02/2026;", "is no day of the calendar"),
        ("cora;27/04/2026;", "in the future"),
        ("cora;27/02/2026;C;more", "more cells than there are columns"),
        (f"cora;27/02/2026;{'C' * 81}", "longer than 80 letters"),
    ],
)
def test_a_row_that_cannot_be_read_waits_with_the_reason_and_costs_no_other(cast, quinn, row, why):
    file = taken_in(quinn, row, "cole;27/02/2026;")
    assert (file.recorded, file.unreadable) == (1, 1)
    waiting = rows_of(file)[0]
    assert waiting.state == "unreadable"
    assert why in waiting.because
    assert clock_of(waiting, "QB5").stopped_at is None


def test_it_is_typed_in_or_somebody_says_why_not(clock, cast, quinn, cora):
    first, second = rows_of(taken_in(quinn, "Kora;27/02/2026;", "Trainer;27/02/2026;"))
    with pytest.raises(NotNow, match="in the future"):
        type_in_attendance(first, by=quinn, person=cora, taken_on=date(2026, 4, 1), certificate="")
    first = type_in_attendance(first, by=quinn, person=cora, taken_on=date(2026, 2, 27), certificate="")
    assert (first.state, first.training.person, clock_of(first, "QB5").stopped_at) == ("settled", cora, clock.at)
    with pytest.raises(NotNow, match="why nothing is put on record"):
        settle_attendance(second, by=quinn, because=" ")
    assert settle_attendance(second, by=quinn, because="The trainer, of another force").training is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b" \n", "The file is empty"),
        (a_list(), "headings and no rows"),
        (a_list("cora", headings="Who"), "must name the columns"),
        (a_list("cora;27/02/2026;x", headings="Who;Taken on;Shoe size"), "must name the columns"),
        (a_list("cora;cora;27/02/2026", headings="Who;Who;Taken on"), "must name the columns"),
        (b"PK\x03\x04\x00\x00", "not a CSV file"),
        (a_list('"cora;27/02/2026'), "cannot be read as CSV"),
        (b"x" * 1_000_001, "too large"),
        (a_list(*["cora;27/02/2026;"] * 2001), "too many rows"),
    ],
)
def test_what_is_no_such_list_is_refused_as_a_whole(cast, quinn, content, why):
    with pytest.raises(NotNow, match=why):
        read_attendance(AttendanceFile(), by=quinn, course=course_of(), name="list.csv", content=content)


def test_the_same_file_is_taken_in_once(cast, quinn):
    file = taken_in(quinn, "cora;27/02/2026;")
    with pytest.raises(NotNow, match=f"see {file.reference}"):
        taken_in(quinn, "cora;27/02/2026;")

"""A file of referrals: every row becomes a case, is known already, or waits with the reason until it is typed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from access.time import now
from online import moments
from online.models import ReferralFile
from online.referral_files import COLUMNS, MOST_ROWS, SAMPLE, sample
from online.workflow.cases import link
from online.workflow.referral_files import read_referrals, row_is_again, settle_row, type_in_row
from tests.online.register_scenes import (
    A_ROW,
    a_file,
    every_case,
    referral,
    rows_of,
    said_of,
    taken_in,
    unreadable,
    used,
)
from tests.online.scenes import as_it_is, received
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def why_not(rory: Any, **said: str) -> str:
    """Why this row could not be read."""
    (row,) = rows_of(taken_in(rory, {**A_ROW, **said}))
    assert (row.state, every_case()) == ("unreadable", [])
    return row.because


def test_each_row_becomes_a_case_with_everything_it_says(clock: Any, rory: Any) -> None:
    content = sample().encode()
    clock.set(datetime(2026, 3, 2, 9, tzinfo=UTC))
    file = read_referrals(ReferralFile(), by=rory, name="march.csv", content=content, received_at=now())
    (case,) = every_case()
    assert (file.rows, file.registered, file.known_already, file.unreadable) == (1, 1, 0, 0)
    assert (case.sender, case.sender_ref, case.category_a, case.channel) == ("nca", "NCA-2026-0117", 2, "file")
    assert case.received_at == datetime(2026, 3, 2, 8, 15, tzinfo=UTC)
    assert said_of(case) == [
        ("email", "kestrel@example.org"),
        ("ip", "203.0.113.7"),
        ("phone", "07700 900461"),
        ("username", "blue.kestrel.41"),
    ]
    assert len(SAMPLE[1]) == len(COLUMNS)


def test_a_row_that_does_not_say_when_counts_from_when_the_file_reached_the_force(clock: Any, rory: Any) -> None:
    taken_in(rory, A_ROW, received_at=clock.at - timedelta(days=2))
    assert every_case()[0].known_since == clock.at - timedelta(days=2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_what_spreadsheets_write_is_read(clock: Any, rory: Any, separator: str, encoding: str) -> None:
    row = {**A_ROW, "what": "Zoë says “four”, and a comma; a semicolon", "name": "Zoë Fernfold"}
    content = a_file(row, separator=separator, encoding=encoding)
    read_referrals(ReferralFile(), by=rory, name="a.csv", content=content, received_at=now())
    (case,) = every_case()
    assert (case.what, said_of(case)) == (row["what"], [("name", "Zoë Fernfold")])


MOMENTS = [
    ("01/03/2026 23:40", datetime(2026, 3, 1, 23, 40, tzinfo=UTC)),
    ("1.3.2026 23:40:12", datetime(2026, 3, 1, 23, 40, 12, tzinfo=UTC)),
    ("2026-03-01 23:40", datetime(2026, 3, 1, 23, 40, tzinfo=UTC)),
    ("2026-03-01T23:40:12Z", datetime(2026, 3, 1, 23, 40, 12, tzinfo=UTC)),
    ("2026-03-01T23:40:12+01:00", datetime(2026, 3, 1, 22, 40, 12, tzinfo=UTC)),
    ("2026-03-01T23:40:12.5Z", datetime(2026, 3, 1, 23, 40, 12, 500_000, tzinfo=UTC)),
    ("15/07/2026 12:00", datetime(2026, 7, 15, 11, tzinfo=UTC)),
    ("25/10/2026 01:30 BST", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("25/10/2026 01:30 GMT", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ("29/03/2026 02:00", datetime(2026, 3, 29, 1, tzinfo=UTC)),
]


@pytest.mark.parametrize(("written", "moment"), MOMENTS, ids=[written for written, _ in MOMENTS])
def test_a_moment_is_read_in_local_time_unless_it_says_otherwise(written: str, moment: datetime) -> None:
    assert moments.read(written) == moment


NO_MOMENTS = [
    ("yesterday", "is no date and time"),
    ("03/27/2026 12:00", "is no day of the calendar"),
    ("30/02/2026 12:00", "is no day of the calendar"),
    ("01/03/26 12:00", "is no date and time"),
    ("01/03/0026 12:00", "check the year"),
    ("01/03/2026 25:00", "is no time of day"),
    ("01/03/2026", "has no time of day"),
    ("25/10/2026 01:30", "came round twice"),
    ("29/03/2026 01:30", "the clocks went forward"),
    ("15/07/2026 12:00 GMT", "not GMT"),
    ("2026-03-01T23:40:12+25:00", "no such zone"),
]


@pytest.mark.parametrize(("written", "says"), NO_MOMENTS, ids=[written for written, _ in NO_MOMENTS])
def test_an_hour_that_could_be_another_household_s_is_not_guessed(written: str, says: str) -> None:
    with pytest.raises(moments.NoMoment, match=says):
        moments.read(written)


WRONG = [
    ({"sender": "somebody"}, "Nobody knows the sender “somebody”"),
    ({"sender": " "}, "It has no sender"),
    ({"what": ""}, "Say what they say"),
    ({"received_at": "yesterday"}, "“yesterday” is no date and time"),
    ({"received_at": "05/03/2026 09:00"}, "in the future"),
    ({"category_a": "many"}, "category_a “many” is no number"),
    ({"category_a": "-1"}, "no number"),
    ({"sender_ref": "A" * 81}, "sender_ref is longer than 80"),
    ({"ip": "203.0.113.7", "ip_from": "27/02/2026"}, "has no time of day"),
    ({"ip": "203.0.113.7|203.0.113.8", "ip_from": "27/02/2026 09:00"}, "ip_from has 1 times for 2 IP addresses"),
    ({"ip": "203.0.113.7", "ip_from": "27/02/2026 09:00", "ip_to": "26/02/2026 09:00"}, "end before they begin"),
    ({"what": "data:image/png;base64,iVBORw0KGgo="}, "No image is ever stored here"),
]


@pytest.mark.parametrize(("said", "says"), WRONG, ids=[says for _, says in WRONG])
def test_a_row_that_cannot_be_read_stands_with_the_reason(
    clock: Any, rory: Any, said: dict[str, str], says: str
) -> None:
    assert says in why_not(rory, **said)


def test_of_an_image_in_a_row_nothing_is_kept(clock: Any, rory: Any) -> None:
    (row,) = rows_of(taken_in(rory, {**A_ROW, "what": "data:image/png;base64,iVBORw0KGgo="}))
    assert (row.state, row.text) == ("unreadable", "A file written as text stood in this row. It was not kept.")


def test_one_row_that_cannot_be_read_costs_no_other(clock: Any, rory: Any) -> None:
    bad = {**A_ROW, "sender": "somebody", "sender_ref": "NCA-2", "what": "Said, once"}
    file = taken_in(rory, A_ROW, bad, {**A_ROW, "sender_ref": "NCA-3"})
    assert [row.state for row in rows_of(file)] == ["registered", "unreadable", "registered"]
    assert rows_of(file)[1].text == "somebody | Referrals bureau | NCA-2 | Said, once"
    assert (file.rows, file.registered, file.unreadable) == (3, 2, 1)


def test_a_row_with_more_cells_than_headings_is_not_read_as_something_else(clock: Any, rory: Any) -> None:
    content = b"sender,what\nnca,Four images, one of them new\n"
    file = read_referrals(ReferralFile(), by=rory, name="a.csv", content=content, received_at=now())
    assert "more cells than there are columns" in rows_of(file)[0].because


def test_a_row_over_several_lines_and_an_empty_one_keep_the_line_numbers(clock: Any, rory: Any) -> None:
    content = b'sender,what\nnca,"Four\nimages"\n\nnca,Five\n'
    file = read_referrals(ReferralFile(), by=rory, name="a.csv", content=content, received_at=now())
    assert [row.line for row in rows_of(file)] == [2, 5]


def test_the_number_that_is_known_is_no_second_case_in_one_file_or_in_two(clock: Any, rory: Any) -> None:
    first = received(rory, sender_ref="nca-1")
    file = taken_in(
        rory, A_ROW, {**A_ROW, "sender_ref": "NCA-2"}, {**A_ROW, "sender_ref": "NCA-2", "phone": "07700 900461"}
    )
    assert [row.state for row in rows_of(file)] == ["known", "registered", "known"]
    assert rows_of(file)[0].online_case == first
    assert as_it_is(first).received_again_at == clock.at
    assert len(every_case()) == 2
    assert said_of(every_case()[1]) == [("phone", "07700 900461")]


def test_what_comes_again_and_reached_us_before_makes_the_case_that_old(clock: Any, rory: Any) -> None:
    first = received(rory, sender_ref="NCA-1")
    taken_in(rory, {**A_ROW, "received_at": "27/02/2026 10:00"})
    assert as_it_is(first).known_since == datetime(2026, 2, 27, 10, tzinfo=UTC)


def test_a_number_that_is_part_of_another_case_is_known_too(clock: Any, rory: Any) -> None:
    part, lead = received(rory, sender_ref="NCA-1"), received(rory)
    link(part, by=rory, to=lead, because="One account")
    file = taken_in(rory, A_ROW)
    assert rows_of(file)[0].online_case == part
    assert len(every_case()) == 2


def test_the_same_file_twice_is_refused_and_names_the_first(clock: Any, rory: Any) -> None:
    file = taken_in(rory, A_ROW)
    with pytest.raises(NotNow, match=f"see {file.reference}. Nothing was done twice"):
        taken_in(rory, A_ROW, name="again.csv")


WHOLE = [
    (b"", "The file is empty"),
    (b" \n", "The file is empty"),
    (b"sender,what\n", "headings and no rows"),
    (b"sender,text\nnca,Four\n", "a column headed text, which nobody reads"),
    (b"sender,what,image\nnca,Four,x\n", "a column headed image, which nobody reads"),
    (b"what\nFour\n", "no column headed sender"),
    (b"sender,what,what\nnca,Four,Five\n", "two columns headed what"),
    (b"PK\x03\x04\x00\x00", "not a CSV file"),
    (b'sender,what\nnca,"Four\n', "cannot be read as CSV"),
    (b"sender,what\n" + b"nca,Four\n" * (MOST_ROWS + 1), "at most 500 rows"),
    (b"sender,what\nnca," + b"x" * 1_000_000, "too large: at most 500 rows and 1 MB"),
]


@pytest.mark.parametrize(("content", "says"), WHOLE, ids=[says for _, says in WHOLE])
def test_what_is_no_such_file_is_refused_as_a_whole_and_nothing_is_kept(
    clock: Any, rory: Any, content: bytes, says: str
) -> None:
    with pytest.raises(NotNow, match=says):
        read_referrals(ReferralFile(), by=rory, name="a.csv", content=content, received_at=now())
    assert every_case() == []


def test_a_file_cannot_have_come_in_the_future(clock: Any, rory: Any) -> None:
    with pytest.raises(NotNow, match="in the future"):
        taken_in(rory, A_ROW, received_at=clock.at + timedelta(seconds=1))


# Rows that waited


def test_whoever_types_in_a_row_makes_a_case_as_old_as_the_file(clock: Any, rory: Any, iris: Any) -> None:
    row = unreadable(rory)
    clock.shift(timedelta(hours=30))
    with pytest.raises(NotNow, match="with the file, or before"):
        type_in_row(row, by=iris, facts=referral())
    row = type_in_row(row, by=iris, facts=referral(received_at=row.received_at, said=used()))
    assert (row.state, row.settled_by, row.online_case.known_since) == ("settled", iris, row.received_at)
    with pytest.raises(NotNow, match="cannot be done now"):
        settle_row(row, by=iris, because="It is nothing")


def test_a_row_that_is_a_case_we_have_is_that_case_again(clock: Any, rory: Any) -> None:
    case, row = received(rory), unreadable(rory)
    row = row_is_again(row, by=rory, case=case, facts=referral(said=used()))
    assert (row.state, row.online_case) == ("settled", case)
    assert said_of(case) == [("ip", "203.0.113.7"), ("username", "blue.kestrel.41")]


def test_a_row_that_is_nothing_is_settled_only_with_what_it_is(clock: Any, rory: Any) -> None:
    row = unreadable(rory)
    with pytest.raises(NotNow, match="why it is no case"):
        settle_row(row, by=rory, because=" ")
    assert settle_row(row, by=rory, because="The line says “end of list”").state == "settled"

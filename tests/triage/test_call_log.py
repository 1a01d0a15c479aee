"""What a force may rely on when its call log is read, sentence by sentence."""

import csv
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.call_log import BadRow, Call, CallLog, CallLogError, Duplicate, Flag, Profile, read_call_log

COLUMNS = ("No", "Agency", "Kind", "Grade", "Start", "Sent", "There", "Shut")
PLAIN: dict[str, Any] = {
    "zone": "Europe/London",
    "id": "No",
    "start": "Start",
    "dispatch": "Sent",
    "arrive": "There",
    "close": "Shut",
    "formats": ["%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S"],
    "only": {"Agency": ["POLICE"]},
    "grade": {"column": "Grade", "map": {"G1": ["1"], "G2": ["2", "3"], "G3": ["4"], "G4": ["[5-9]"]}},
    "child": {"column": "Kind", "regex": "CHILD|MISSING"},
}
WINTER = {
    "No": "A1",
    "Agency": "POLICE",
    "Kind": "MISSING CHILD",
    "Grade": "1",
    "Start": "2025-01-10 10:00:00",
    "Sent": "2025-01-10 10:02:00",
    "There": "2025-01-10 10:12:00",
    "Shut": "2025-01-10 11:00:00",
}
TIMES_OF_DAY = {"date": "Agency", "date_format": "%d/%m/%Y", "formats": ["%H:%M:%S"], "only": None}


class Desk:
    """A desk with one profile and one log on it, each written to a real file before it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def profile(self, **changes: Any) -> Profile:
        return self.load(json.dumps(PLAIN | changes).encode())

    def load(self, data: bytes) -> Profile:
        path = self.folder / "profile.json"
        path.write_bytes(data)
        return Profile.load(path)

    def read(self, *rows: dict[str, str], **changes: Any) -> CallLog:
        return self.read_cells([[(WINTER | row)[column] for column in COLUMNS] for row in rows], **changes)

    def read_cells(self, rows: Iterable[Iterable[str]], **changes: Any) -> CallLog:
        text = io.StringIO(newline="")
        csv.writer(text).writerows([COLUMNS, *rows])
        return self.read_bytes(text.getvalue().encode(), **changes)

    def read_bytes(self, data: bytes, name: str = "calls.csv", **changes: Any) -> CallLog:
        path = self.folder / name
        path.write_bytes(data)
        return read_call_log(path, self.profile(**changes))

    def call(self, **values: str) -> Call:
        return self.call_with({}, **values)

    def call_with(self, changes: dict[str, Any], **values: str) -> Call:
        log = self.read(values, **changes)
        assert not log.bad_rows, log.bad_rows[0].reason
        return log.calls[0]

    def reason(self, changes: dict[str, Any] | None = None, **values: str) -> str:
        log = self.read(values, **(changes or {}))
        assert log.calls == []
        return log.bad_rows[0].reason


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def csv_of(*lines: str) -> bytes:
    return "\n".join([",".join(COLUMNS), *lines, ""]).encode()


GOOD_LINE = "A1,POLICE,FIRE,1,2025-01-10 10:00:00,,,"


# What a call is


def test_a_call_carries_what_the_control_room_wrote_with_times_in_utc(desk: Desk) -> None:
    assert desk.call() == Call(
        id="A1",
        row=1,
        line=2,
        reported_at=utc("2025-01-10T10:00"),
        resourced_at=utc("2025-01-10T10:02"),
        attended_at=utc("2025-01-10T10:12"),
        ended_at=None,
        grade="G1",
        child=True,
        category="MISSING CHILD",
        flags=(),
    )


def test_every_time_is_aware_and_says_utc(desk: Desk) -> None:
    call = desk.call(Start="2025-07-10 10:00:00", Sent="", There="2025-07-10 11:00:00")
    assert call.reported_at.tzinfo is UTC
    assert call.attended_at == utc("2025-07-10T10:00")
    assert call.attended_at.tzinfo is UTC


def test_spaces_around_headings_and_values_do_not_matter(desk: Desk) -> None:
    heading = ",".join(f" {column} " for column in COLUMNS)
    log = desk.read_bytes(
        f"{heading}\n A1 , POLICE,  CHILD ,\t1, 2025-01-10 10:00:00 ,,,\n".encode(), only={"Agency": ["POLICE "]}
    )
    assert [(call.id, call.category, call.grade) for call in log.calls] == [("A1", "CHILD", "G1")]


def test_formats_are_tried_in_order(desk: Desk) -> None:
    exact, whole = desk.call(Start="2025-01-10 09:59:59.250").reported_at, desk.call().reported_at
    assert (exact, whole) == (utc("2025-01-10T09:59:59.250"), utc("2025-01-10T10:00"))
    british_first = {"formats": ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"]}
    values = {"Sent": "", "There": "", "Shut": ""}
    assert desk.call_with(british_first, Start="02/03/2025 10:00", **values).reported_at == utc("2025-03-02T10:00")


def test_a_stop_that_was_never_written_is_none(desk: Desk) -> None:
    call = desk.call(Sent="", There="  ", Shut="")
    assert (call.resourced_at, call.attended_at, call.ended_at) == (None, None, None)


@pytest.mark.parametrize("nothing", ["NULL", "null", " NULL "])
def test_null_as_databases_export_it_is_an_empty_value(desk: Desk, nothing: str) -> None:
    call = desk.call(There=nothing, Shut=nothing, Kind=nothing)
    assert (call.attended_at, call.ended_at, call.category) == (None, None, "")
    assert desk.read({"No": nothing}, {"No": nothing}).without_id == 2


def test_the_close_ends_a_call_only_where_nobody_arrived(desk: Desk) -> None:
    assert desk.call(There="").ended_at == utc("2025-01-10T11:00")
    assert desk.call(Shut="2025-01-10 10:05:00").ended_at is None


@pytest.mark.parametrize("absent", [None, "left away"])
def test_a_log_without_dispatch_arrival_or_close_is_read_all_the_same(desk: Desk, absent: str | None) -> None:
    keys = ("dispatch", "arrive", "close", "child")
    profile = {key: value for key, value in PLAIN.items() if key not in keys} | (
        dict.fromkeys(keys) if absent is None else {}
    )
    path = desk.folder / "calls.csv"
    path.write_text("No,Agency,Grade,Start\nA1,POLICE,4,2025-01-10 10:00:00\n")
    (call,) = read_call_log(path, desk.load(json.dumps(profile).encode())).calls
    assert (call.resourced_at, call.attended_at, call.ended_at, call.child, call.category) == (None,) * 3 + (False, "")


# Which rows are read, and how they are graded


def test_rows_of_other_agencies_are_left_out_before_anything_else_is_judged(desk: Desk) -> None:
    fire = {"Agency": "FIRE"}
    log = desk.read(fire, {}, fire | {"No": ""}, fire | {"Start": "yesterday"}, fire | {"Kind": "a\0b"})
    assert (len(log.calls), log.left_out) == (1, 4)
    assert (log.bad_rows, log.duplicates, log.without_id) == ([], [], 0)


def test_a_row_must_suit_every_column_that_only_names(desk: Desk) -> None:
    only = {"Agency": ["POLICE", "BTP"], "Kind": ["CHILD"]}
    log = desk.read({"Kind": "CHILD"}, {}, {"No": "B", "Agency": "BTP", "Kind": "CHILD"}, only=only)
    assert ([call.id for call in log.calls], log.left_out) == (["A1", "B"], 1)


def test_a_grade_is_the_first_full_match_in_the_order_of_the_map(desk: Desk) -> None:
    grading = {"column": "Grade", "map": {"G3": ["1", "2"], "G1": ["1.*"]}, "otherwise": "G4"}
    grades = [desk.call_with({"grade": grading}, Grade=value).grade for value in ("1", "10", "2", "21", "")]
    assert grades == ["G3", "G1", "G3", "G4", "G4"]


def test_a_priority_the_profile_does_not_know_makes_the_row_bad(desk: Desk) -> None:
    assert desk.reason(Grade="10") == "Grade '10' has no grade in the profile"


def test_a_call_is_child_related_if_the_pattern_is_found_anywhere(desk: Desk) -> None:
    assert desk.call(Kind="2 CHILDREN").child
    assert not desk.call(Kind="child").child
    assert desk.call(Kind=" NOISE ").category == "NOISE"


# Rows that somebody must look at


def test_a_bad_row_says_where_it_is_and_what_it_said(desk: Desk) -> None:
    log = desk.read({}, {"No": "B", "Start": "yesterday"})
    reason = "Start 'yesterday' is not a time in any format of the profile"
    assert log.bad_rows == [BadRow(2, 3, reason, WINTER | {"No": "B", "Start": "yesterday"})]


@pytest.mark.parametrize("empty", ["", "  ", "NULL"])
def test_a_call_without_a_start_is_bad(desk: Desk, empty: str) -> None:
    assert desk.reason(Start=empty) == f"Start {empty.strip()!r} is no start"


@pytest.mark.parametrize("column", ["Start", "Sent", "There", "Shut"])
@pytest.mark.parametrize("value", ["soon", "2025-02-30 10:00:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59"])
def test_an_unreadable_time_makes_the_row_bad_whichever_column_it_is_in(desk: Desk, column: str, value: str) -> None:
    assert desk.reason(None, **{column: value}).startswith(f"{column} '{value}' is not a time")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (GOOD_LINE + ",extra", "9 fields under 8 columns: 'extra' follows Shut"),
        ("A1,POLICE,FIRE", "3 fields under 8 columns: nothing for Grade after 'FIRE'"),
        ("A1,FIRE,FIRE", "3 fields under 8 columns: nothing for Grade after 'FIRE'"),
    ],
)
def test_a_row_with_shifted_columns_is_bad_whatever_agency_it_seems_to_name(desk: Desk, line: str, reason: str) -> None:
    log = desk.read_bytes(csv_of(line))
    assert (log.calls, log.left_out) == ([], 0)
    assert log.bad_rows[0].reason == reason
    assert list(log.bad_rows[0].values.values()) == line.split(",")


def test_a_null_byte_makes_the_row_bad_and_is_shown_by_its_sign(desk: Desk) -> None:
    log = desk.read({"Kind": "a\0b"}, {"Agency": "POLICE\0"})
    assert [row.reason for row in log.bad_rows] == [
        r"Kind 'a\x00b' holds a null byte",
        r"Agency 'POLICE\x00' holds a null byte",
    ]
    assert log.bad_rows[0].values["Kind"] == "a␀b"


def test_a_reason_stays_one_short_line(desk: Desk) -> None:
    reason = desk.reason(Start="one\n" + "x" * 5000)
    assert "\n" not in reason
    assert len(reason) < 150


# Incident numbers


def test_the_first_good_row_of_a_number_wins(desk: Desk) -> None:
    log = desk.read({"Start": "?"}, {"Grade": "2"}, {"Grade": "3"}, {"No": "B"}, {"Start": "?"}, {"Grade": "4"})
    assert [(call.id, call.row, call.grade) for call in log.calls] == [("A1", 2, "G2"), ("B", 4, "G1")]
    assert log.duplicates == [Duplicate("A1", 3, 4), Duplicate("A1", 6, 7)]
    assert [row.row for row in log.bad_rows] == [1, 5]


def test_a_call_without_a_number_is_an_incident_of_its_own_named_by_its_place(desk: Desk) -> None:
    log = desk.read({"Agency": "FIRE"}, {"No": ""}, {}, {"No": " "})
    assert [call.id for call in log.calls] == ["row2", "A1", "row4"]
    assert (log.without_id, log.duplicates) == (2, [])


def test_a_log_that_has_no_numbers_names_every_call_by_its_place(desk: Desk) -> None:
    log = desk.read({}, {}, {"No": ""}, id="__row__")
    assert [call.id for call in log.calls] == ["row1", "row2", "row3"]
    assert (log.without_id, log.duplicates) == (0, [])


def test_a_number_that_looks_like_a_place_never_merges_two_calls(desk: Desk) -> None:
    log = desk.read({"No": ""}, {"No": "row1"}, {"No": "row1_"}, {"No": "row5"}, {"No": ""})
    assert [call.id for call in log.calls] == ["row1__", "row1", "row1_", "row5", "row5_"]
    assert (log.without_id, log.duplicates) == (2, [])


# Where a row stands in the file


def test_the_line_is_where_the_row_starts_even_after_fields_of_many_lines(desk: Desk) -> None:
    many = 'A1,POLICE,"a\nb\r\nc",1,2025-01-10 10:00:00,,,'
    log = desk.read_bytes(csv_of(many, "", many.replace("A1", "B"), "C,POLICE,x,1,?,,,"))
    assert [(call.id, call.row, call.line) for call in log.calls] == [("A1", 1, 2), ("B", 2, 6)]
    assert [(row.row, row.line) for row in log.bad_rows] == [(3, 9)]
    assert log.calls[0].category == "a\nb\r\nc"


def test_a_blank_line_is_no_row(desk: Desk) -> None:
    log = desk.read_bytes(b"\n\r\n" + csv_of("", GOOD_LINE, "", ""))
    assert [(call.row, call.line) for call in log.calls] == [(1, 5)]
    assert log.bad_rows == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_will_do(desk: Desk, ending: str) -> None:
    log = desk.read_bytes(csv_of(GOOD_LINE).replace(b"\n", ending.encode()))
    assert [(call.id, call.line) for call in log.calls] == [("A1", 2)]


# Times around the start


def test_a_stop_before_the_start_counts_as_at_the_start_and_is_flagged(desk: Desk) -> None:
    call = desk.call(Sent="2025-01-10 09:59:59", There="", Shut="2025-01-10 09:00:00")
    assert call.resourced_at == call.ended_at == call.reported_at
    assert call.flags == (
        Flag("Sent", "2025-01-10 09:59:59", "is before the start: taken as at the start"),
        Flag("Shut", "2025-01-10 09:00:00", "is before the start: taken as at the start"),
    )


def test_a_stop_at_the_start_is_not_flagged(desk: Desk) -> None:
    call = desk.call(Sent=WINTER["Start"], There=WINTER["Start"])
    assert call.attended_at == call.resourced_at == call.reported_at
    assert call.flags == ()


def test_a_close_that_stops_nothing_is_not_flagged(desk: Desk) -> None:
    assert desk.call(Shut="2025-01-10 09:00:00").flags == ()


def test_a_log_counts_every_flag(desk: Desk) -> None:
    early = "2025-01-10 09:00:00"
    assert desk.read({"Sent": early, "There": early}, {"No": "B", "Sent": early}, {"No": "C"}).flagged == 3


# The nights the clocks change

LONDON, NEW_YORK = "Europe/London", "America/New_York"
TWICE, NEVER = "came twice that night: the first is taken", "never came that night"


@pytest.mark.parametrize(
    ("zone", "local", "expected", "doubt"),
    [
        (LONDON, "2025-10-26 00:59:59", "2025-10-25T23:59:59", None),
        (LONDON, "2025-10-26 01:00:00", "2025-10-26T00:00:00", TWICE),
        (LONDON, "2025-10-26 01:59:59", "2025-10-26T00:59:59", TWICE),
        (LONDON, "2025-10-26 02:00:00", "2025-10-26T02:00:00", None),
        (LONDON, "2025-03-30 00:59:59", "2025-03-30T00:59:59", None),
        (LONDON, "2025-03-30 01:00:00", "2025-03-30T01:00:00", NEVER),
        (LONDON, "2025-03-30 01:59:59", "2025-03-30T01:59:59", NEVER),
        (LONDON, "2025-03-30 02:00:00", "2025-03-30T01:00:00", None),
        (NEW_YORK, "2025-11-02 00:59:59", "2025-11-02T04:59:59", None),
        (NEW_YORK, "2025-11-02 01:30:00", "2025-11-02T05:30:00", TWICE),
        (NEW_YORK, "2025-11-02 02:00:00", "2025-11-02T07:00:00", None),
        (NEW_YORK, "2025-03-09 01:59:59", "2025-03-09T06:59:59", None),
        (NEW_YORK, "2025-03-09 02:30:00", "2025-03-09T07:30:00", NEVER),
        (NEW_YORK, "2025-03-09 03:00:00", "2025-03-09T07:00:00", None),
    ],
)
def test_a_local_time_is_read_in_its_zone(desk: Desk, zone: str, local: str, expected: str, doubt: str | None) -> None:
    call = desk.call_with({"zone": zone}, Start=local, Sent="", There="", Shut="")
    assert call.reported_at == utc(expected)
    assert call.flags == ((Flag("Start", local, doubt),) if doubt else ())


def test_the_hour_that_came_twice_counts_in_how_long_an_arrival_took(desk: Desk) -> None:
    call = desk.call(Start="2025-10-26 00:30:00", Sent="", There="2025-10-26 02:30:00")
    assert call.attended_at is not None
    assert call.attended_at - call.reported_at == timedelta(hours=3)


def test_an_arrival_in_the_hour_that_came_twice_may_be_flagged_for_both_reasons(desk: Desk) -> None:
    call = desk.call(Start="2025-10-26 01:50:00", Sent="", There="2025-10-26 01:10:00")
    assert [(flag.column, flag.why) for flag in call.flags] == [
        ("Start", TWICE),
        ("There", TWICE),
        ("There", "is before the start: taken as at the start"),
    ]


def test_an_offset_in_the_file_is_honoured_and_leaves_no_doubt(desk: Desk) -> None:
    offset = {"formats": ["%Y-%m-%dT%H:%M:%S%z"]}
    values = {"Start": "2025-10-26T01:30:00+01:00", "Sent": "2025-10-26T01:30:00Z", "There": "", "Shut": ""}
    call = desk.call_with(offset, **values)
    assert (call.reported_at, call.resourced_at) == (utc("2025-10-26T00:30"), utc("2025-10-26T01:30"))
    assert call.flags == ()


# Logs whose moments are only times of day


def on_tenth_january(desk: Desk, start: str, there: str) -> Call:
    return desk.call_with(TIMES_OF_DAY, Agency="10/01/2025", Start=start, Sent="", There=there, Shut="")


@pytest.mark.parametrize(
    ("start", "there", "expected", "flags"),
    [
        ("13:00:00", "13:00:00", "2025-01-10T13:00:00", 0),
        ("13:00:00", "23:59:59", "2025-01-10T23:59:59", 0),
        ("13:00:00", "01:00:00", "2025-01-10T13:00:00", 1),
        ("13:00:00", "00:59:59", "2025-01-11T00:59:59", 0),
        ("23:50:00", "00:05:00", "2025-01-11T00:05:00", 0),
        ("00:05:00", "23:50:00", "2025-01-10T23:50:00", 0),
    ],
)
def test_only_a_time_more_than_twelve_hours_before_the_start_belongs_to_the_next_day(
    desk: Desk, start: str, there: str, expected: str, flags: int
) -> None:
    call = on_tenth_january(desk, start, there)
    assert (call.attended_at, len(call.flags)) == (utc(expected), flags)


def test_the_twelve_hours_are_those_of_the_clock_on_the_wall(desk: Desk) -> None:
    # Twelve hours on the wall, thirteen in truth: the clocks went back in between.
    night = {"Agency": "02/11/2025", "Start": "13:30:00", "Sent": "", "There": "01:30:00", "Shut": ""}
    call = desk.call_with(TIMES_OF_DAY | {"zone": NEW_YORK}, **night)
    assert call.attended_at == call.reported_at == utc("2025-11-02T18:30")


def test_times_of_day_with_an_offset_keep_it(desk: Desk) -> None:
    changes = TIMES_OF_DAY | {"formats": ["%H:%M:%S%z"]}
    values = {"Agency": "10/07/2025", "Start": "23:30:00+0100", "There": "22:45:00+0000", "Sent": "", "Shut": ""}
    call = desk.call_with(changes, **values)
    assert (call.reported_at, call.attended_at) == (utc("2025-07-10T22:30"), utc("2025-07-10T22:45"))


@pytest.mark.parametrize("day", ["", "NULL", "2025-01-10", "31/02/2025"])
def test_a_date_that_cannot_be_read_makes_the_row_bad(desk: Desk, day: str) -> None:
    reason = desk.reason(TIMES_OF_DAY, Agency=day, Start="10:00:00", Sent="", There="", Shut="")
    assert reason == f"Agency {day!r} is not a date in the date_format of the profile"


def test_a_date_at_the_edge_of_the_calendar_makes_the_row_bad(desk: Desk) -> None:
    reason = desk.reason(TIMES_OF_DAY, Agency="31/12/9999", Start="10:00:00", Sent="", There="", Shut="")
    assert reason.startswith("Start '10:00:00' is not a time")


# A slower force


def test_stretch_multiplies_the_span_from_the_start_to_each_stop(desk: Desk) -> None:
    slow = desk.call_with({"stretch": 2.5}, There="")
    assert slow.reported_at == utc("2025-01-10T10:00")
    assert (slow.resourced_at, slow.ended_at) == (utc("2025-01-10T10:05"), utc("2025-01-10T12:30"))


def test_stretch_multiplies_real_hours_not_those_on_the_wall(desk: Desk) -> None:
    call = desk.call_with({"stretch": 2}, Start="2025-10-26 00:30:00", Sent="", There="2025-10-26 02:30:00")
    assert call.attended_at == utc("2025-10-26T05:30")


def test_a_stretch_beyond_the_calendar_makes_the_row_bad(desk: Desk) -> None:
    assert desk.reason({"stretch": 1e300}) == "Sent '2025-01-10 10:02:00' is stretched beyond the calendar"


# The file as a whole


def test_a_byte_order_mark_is_not_part_of_the_first_heading(desk: Desk) -> None:
    assert [call.id for call in desk.read_bytes(b"\xef\xbb\xbf" + csv_of(GOOD_LINE)).calls] == ["A1"]


@pytest.mark.parametrize("name", ["calls.csv.gz", "calls.csv"])
def test_a_gzipped_log_is_read_whatever_it_is_called(desk: Desk, name: str) -> None:
    assert [call.id for call in desk.read_bytes(gzip.compress(csv_of(GOOD_LINE)), name).calls] == ["A1"]


def test_a_log_with_a_heading_and_no_rows_is_an_empty_log(desk: Desk) -> None:
    assert desk.read_bytes(csv_of()) == CallLog([], [], [], 0, 0)


def test_a_gzip_file_broken_off_at_any_byte_loads_nothing(desk: Desk) -> None:
    data = gzip.compress(csv_of(*[GOOD_LINE] * 50))
    for end in range(len(data)):
        with pytest.raises(CallLogError):
            desk.read_bytes(data[:end], "calls.csv.gz")


def test_a_damaged_gzip_file_is_named_so(desk: Desk) -> None:
    whole = gzip.compress(csv_of(GOOD_LINE))
    damaged = whole[:-6] + b"\0\0" + whole[-4:], whole + b"more", whole[:12] + b"\xff" * 9 + whole[21:], b"not gzip"
    for data in damaged:
        with pytest.raises(CallLogError, match=r"^calls\.csv\.gz is a damaged gzip file: "):
            desk.read_bytes(data, "calls.csv.gz")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"calls\.csv is empty"),
        (b"\n\n\r\n", r"calls\.csv is empty"),
        (b"\xef\xbb\xbf", r"calls\.csv is empty"),
        (csv_of(GOOD_LINE) + b"B,POLICE,Caf\xe9", r"calls\.csv is not UTF-8 text: line 3, .*"),
        (",".join(COLUMNS).encode("utf-16"), r"calls\.csv is not UTF-8 text: line 1, .*"),
        (",".join(COLUMNS).encode("utf-16-le"), r"calls\.csv: column 'No' \(wanted by id\) is missing; .*"),
        (
            b"No,Kind,Grade,Start,Sent,There,Shut\n",
            r"calls\.csv: column 'Agency' \(wanted by only\) is missing",
        ),
        (
            b"No,Agency,Start,Sent,Shut\n",
            r"calls\.csv: column 'There' \(wanted by arrive\) is missing; "
            r"column 'Grade' \(wanted by grade\.column\) is missing; "
            r"column 'Kind' \(wanted by child\.column\) is missing",
        ),
        (b"Start," + csv_of(), r"calls\.csv: column 'Start' \(wanted by start\) is there twice"),
        (
            csv_of(GOOD_LINE, GOOD_LINE.replace("FIRE", "x" * 131_073)),
            r"calls\.csv: the row that starts on line 3 cannot be read: field larger than field limit.*",
        ),
        (
            csv_of(GOOD_LINE, GOOD_LINE + '"unclosed', GOOD_LINE, GOOD_LINE),
            r"calls\.csv: the row that starts on line 3 cannot be read: unexpected end of data",
        ),
        (
            csv_of(GOOD_LINE.replace("FIRE", '"FI"RE"')),
            r"calls\.csv: the row that starts on line 2 cannot be read: ',' expected after '\"'",
        ),
    ],
)
def test_a_file_that_cannot_be_trusted_loads_nothing_and_says_why_in_one_line(
    desk: Desk, data: bytes, message: str
) -> None:
    with pytest.raises(CallLogError) as refused:
        desk.read_bytes(data)
    assert re.fullmatch(message, str(refused.value)), str(refused.value)


@pytest.mark.parametrize("name", ["nowhere.csv", ".", "a\0b"])
def test_a_log_or_profile_that_cannot_be_opened_is_said_so(desk: Desk, name: str) -> None:
    profile = desk.profile()
    with pytest.raises(CallLogError, match="cannot be read: "):
        read_call_log(desk.folder / name, profile)
    with pytest.raises(CallLogError, match="cannot be read: "):
        Profile.load(str(desk.folder / name))


# The profile

UNWANTED = object()
GRADE, CHILD = PLAIN["grade"], PLAIN["child"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"zone": "Mars/Base"}, "zone: 'Mars/Base' is not a known time zone"),
        ({"zone": "../etc/passwd"}, "zone: '../etc/passwd' is not a known time zone"),
        ({"zone": "Europe"}, "zone: 'Europe' is not a known time zone"),
        ({"zone": 7}, "zone: 7 is not a known time zone"),
        ({"zone": None}, "missing key 'zone'"),
        ({"id": UNWANTED}, "missing key 'id'"),
        ({"start": UNWANTED, "grade": None}, "missing key 'start'; missing key 'grade'"),
        ({"start": 5}, "start: 5 is not a text"),
        ({"id": ""}, "id: '' is not a text"),
        ({"formats": UNWANTED}, "missing key 'formats'"),
        ({"formats": []}, "formats: [] is not a list of texts"),
        ({"formats": "%H"}, "formats: '%H' is not a list of texts"),
        ({"formats": ["%Q"]}, "formats: '%Q' is not a format that can be read"),
        ({"formats": ["%Y-%m-%d %"]}, "formats: '%Y-%m-%d %' is not a format that can be read"),
        ({"formats": ["%Y %Y"]}, "formats: '%Y %Y' is not a format that can be read"),
        ({"formats": ["%H:%M"]}, "formats: without a date column each must give day, month and year"),
        ({"date": "Agency"}, "missing key 'date_format': date and date_format need each other"),
        ({"date_format": "%d/%m/%Y"}, "missing key 'date': date and date_format need each other"),
        ({"date": "Agency", "date_format": "%d/%m"}, "date_format: '%d/%m' does not give day, month and year"),
        ({"only": ["POLICE"]}, "only: ['POLICE'] is not an object with keys"),
        ({"only": {"Agency": "POLICE"}}, "only: Agency: 'POLICE' is not a list of texts"),
        ({"only": {"Agency": []}}, "only: Agency: [] is not a list of texts"),
        ({"only": {"Agency": None}}, "only: missing key 'Agency'"),
        ({"grade": {"map": {}}}, "grade: missing key 'column'"),
        ({"grade": {"column": "Grade"}}, "grade: missing key 'map'"),
        ({"grade": GRADE | {"map": {"G1": ["("]}}}, "grade: map: G1: '(' is not a regular expression: .*"),
        ({"grade": GRADE | {"map": {"G5": ["1"]}}}, "grade: map: unknown key 'G5' (not one of G1 G2 G3 G4)"),
        ({"grade": GRADE | {"otherwise": "G9"}}, "grade: otherwise: 'G9' is not one of G1 G2 G3 G4"),
        ({"grade": GRADE | {"else": "G4"}}, "grade: unknown key 'else' (not one of column map otherwise)"),
        ({"child": {"column": "Kind"}}, "child: missing key 'regex'"),
        ({"child": CHILD | {"regex": "*"}}, "child: regex: '*' is not a regular expression: .*"),
        ({"child": CHILD | {"flags": "i"}}, "child: unknown key 'flags' (not one of column regex)"),
        ({"horizon": "some day"}, "horizon: 'some day' is not a date and time"),
        ({"horizon": 2025}, "horizon: 2025 is not a date and time"),
        ({"horizon": "9999-12-31"}, "horizon: '9999-12-31' is beyond the calendar"),
        ({"stretch": 0}, "stretch: 0 is not a positive number"),
        ({"stretch": -1.5}, "stretch: -1.5 is not a positive number"),
        ({"stretch": "2"}, "stretch: '2' is not a positive number"),
        ({"stretch": True}, "stretch: True is not a positive number"),
        ({"stretch": float("nan")}, "stretch: nan is not a positive number"),
        ({"stretch": float("inf")}, "stretch: inf is not a positive number"),
        ({"stretch": 10**400}, "stretch: 1000.* is not a positive number"),
        ({"zone": "X", "stretch": 0}, "zone: 'X' is not a known time zone; stretch: 0 is not a positive number"),
    ],
)
def test_a_profile_that_is_wrong_is_refused_with_everything_that_is_wrong(
    desk: Desk, changes: dict[str, Any], message: str
) -> None:
    wrong = {key: value for key, value in (PLAIN | changes).items() if value is not UNWANTED}
    with pytest.raises(CallLogError) as refused:
        desk.load(json.dumps(wrong).encode())
    pattern = re.escape(f"profile.json: {message}").replace(r"\.\*", ".*")
    assert re.fullmatch(pattern, str(refused.value)), str(refused.value)


@pytest.mark.parametrize("form", ["%Y-%m-%d %I:%M", "%Y-%m-%d", "%Y-%m-%d %H", "%Y-%m-%d %H:%M %Z"])
def test_a_format_that_would_read_a_time_wrongly_is_refused(desk: Desk, form: str) -> None:
    with pytest.raises(CallLogError, match="does not give hour and minute of the day, or has %Z"):
        desk.profile(formats=[form])


@pytest.mark.parametrize("form", ["%m/%d/%y %I:%M:%S %p", "%d%b%Y:%H:%M", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y %j %H%M"])
def test_the_ways_forces_write_times_are_accepted(desk: Desk, form: str) -> None:
    assert desk.profile(formats=[form]).formats == [form]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not JSON: "),
        (b"{'zone': 1}", "is not JSON: "),
        (b"[]", r": \[\] is not an object with keys"),
        (b'{"zone": "UTC", "zone": "UTC"}', ": key 'zone' is given twice"),
        (b'{"zone": "\xe9"}', "is not UTF-8 text: line 1, "),
        (b"[" * 100_000, ": .*recursion"),
        (b'{"speed": 5}', r"unknown key 'speed' \(not one of id start "),
    ],
)
def test_a_profile_that_is_no_profile_is_refused(desk: Desk, data: bytes, message: str) -> None:
    with pytest.raises(CallLogError, match=message):
        desk.load(data)


@pytest.mark.parametrize(
    ("zone", "written", "expected"),
    [
        (NEW_YORK, "2025-10-26T00:00:00", "2025-10-26T04:00"),
        (NEW_YORK, "2025-12-31", "2025-12-31T05:00"),
        (LONDON, "2025-10-26T01:30:00", "2025-10-26T00:30"),
        (LONDON, "2025-10-26T01:30:00+00:00", "2025-10-26T01:30"),
    ],
)
def test_the_horizon_is_a_local_time_given_in_utc(desk: Desk, zone: str, written: str, expected: str) -> None:
    assert desk.profile(zone=zone, horizon=written).horizon_at == utc(expected)


def test_a_profile_needs_no_horizon_and_stretches_nothing_unless_told(desk: Desk) -> None:
    assert (desk.profile().horizon_at, desk.profile().stretch) == (None, 1.0)


# What holds for every log

# Each example is written to a real file, and a busy machine must not fail a true sentence for being slow.
unhurried = settings(deadline=None)

SOME_TIME = st.datetimes(datetime(2025, 1, 1), datetime(2025, 12, 31)).map(lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}")
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
CELLS = st.one_of(SOME_TIME, ANY_TEXT, st.sampled_from(["", "NULL", "POLICE", "FIRE", "1", "2", "A1", "row2", "row3"]))
LIKELY_ROW = st.tuples(
    st.sampled_from(["", "NULL", "A1", "A2", "row1", "row2", "row2_"]),
    st.sampled_from(["POLICE", "POLICE", "FIRE"]),
    ANY_TEXT,
    st.sampled_from(["1", "2", "9", "?"]),
    *[st.one_of(SOME_TIME, st.sampled_from(["", "NULL", "soon"]))] * 4,
).map(list)
ROWS = st.lists(st.one_of(LIKELY_ROW, st.lists(CELLS, min_size=2, max_size=10)), max_size=12)
GOOD_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "A1", "A2", "A3"]), st.just("POLICE"), ANY_TEXT.filter(lambda text: "\0" not in text),
        st.sampled_from("123"), *[SOME_TIME] * 4,
    ).map(list),
    max_size=6,
)  # fmt: skip
BAD_ROW = st.sampled_from(
    [
        ["A1", "POLICE", "", "1", "", "", "", ""],
        ["A1", "POLICE", "", "1", "soon", "", "", ""],
        ["", "POLICE", "", "?", "2025-01-10 10:00:00", "", "", ""],
        ["A2", "POLICE", "\0", "1", "2025-01-10 10:00:00", "", "", ""],
        ["A3", "POLICE", "", "1", "2025-01-10 10:00:00", "", "", "soon"],
        ["A1", "POLICE", "one", "two", "1", "2025-01-10 10:00:00", "", "", ""],
        ["A1", "POLICE"],
    ]
)


@unhurried
@given(rows=ROWS)
def test_every_row_ends_as_exactly_one_of_call_bad_row_duplicate_or_left_out(desk: Desk, rows: list[list[str]]) -> None:
    log = desk.read_cells(rows)
    kinds: tuple[list[Call] | list[BadRow] | list[Duplicate], ...] = (log.calls, log.bad_rows, log.duplicates)
    ends = Counter(each.row for kind in kinds for each in kind)
    outside = {
        n for n, row in enumerate(rows, 1) if len(row) == 8 and row[1].strip() != "POLICE" and "\0" not in row[1]
    }
    assert ends == Counter(set(range(1, len(rows) + 1)) - outside)
    assert log.left_out == len(outside)


@unhurried
@given(rows=ROWS)
def test_no_two_calls_share_a_number_and_none_is_without(desk: Desk, rows: list[list[str]]) -> None:
    log = desk.read_cells(rows)
    assert all(call.id for call in log.calls)
    assert len({call.id for call in log.calls}) == len(log.calls)
    assert {again.id for again in log.duplicates} <= {call.id for call in log.calls}


@unhurried
@given(rows=ROWS)
def test_a_stop_never_comes_before_the_start(desk: Desk, rows: list[list[str]]) -> None:
    for call in desk.read_cells(rows).calls:
        stops = [stop for stop in (call.resourced_at, call.attended_at, call.ended_at) if stop]
        assert all(stop >= call.reported_at for stop in stops)


def without_place(log: CallLog) -> list[Call]:
    return [replace(call, row=0, line=0, id=re.sub(r"^row\d+", "row", call.id)) for call in log.calls]


@unhurried
@given(rows=GOOD_ROWS, bad=BAD_ROW, data=st.data())
def test_an_added_bad_row_never_changes_the_calls(
    desk: Desk, rows: list[list[str]], bad: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(rows)))
    before, after = desk.read_cells(rows), desk.read_cells([*rows[:place], bad, *rows[place:]])
    assert without_place(after) == without_place(before)
    assert [row.row for row in after.bad_rows] == [place + 1]
    assert (len(after.duplicates), after.without_id) == (len(before.duplicates), before.without_id)


@unhurried
@given(
    stops=st.lists(st.integers(-100, 10**6), min_size=2, max_size=2),
    stretch=st.floats(0, 1000, exclude_min=True),
)
def test_stretch_never_reorders_two_stops(desk: Desk, stops: list[int], stretch: float) -> None:
    start = datetime(2025, 1, 10, 10)
    first, second = (f"{start + timedelta(seconds=stop):%Y-%m-%d %H:%M:%S}" for stop in sorted(stops))
    call = desk.call_with({"stretch": stretch}, Sent=first, There=second)
    assert call.resourced_at is not None
    assert call.attended_at is not None
    assert call.reported_at <= call.resourced_at <= call.attended_at


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6), st.just("%Y-%m-%d %H:%M")),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=6,
)


def refusal(read: Callable[[], object]) -> str:
    try:
        read()
    except CallLogError as refused:
        return str(refused)
    return ""


# Python warns of a pattern such as "[[" whose meaning may change one day.
@pytest.mark.filterwarnings("ignore::FutureWarning")
@unhurried
@given(key=st.sampled_from([*PLAIN, "date", "date_format", "horizon", "stretch", "otherwise"]), value=JSON)
def test_a_profile_is_either_read_or_refused_in_one_line(desk: Desk, key: str, value: Any) -> None:
    said = refusal(lambda: desk.profile(**{key: value}))
    assert not said or said.startswith("profile.json")
    assert "\n" not in said


BYTES = st.one_of(st.binary(max_size=60), st.text('\0\n\r",;A1 é', max_size=60).map(str.encode))


@unhurried
@given(data=BYTES)
def test_a_log_is_either_read_or_refused_in_one_line(desk: Desk, data: bytes) -> None:
    for whole in (data, csv_of(GOOD_LINE) + data):
        said = refusal(lambda whole=whole: desk.read_bytes(whole))  # type: ignore[misc]
        assert not said or said.startswith("calls.csv")
        assert "\n" not in said


# Two months of real calls, against counts made without this code

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL = SHARED / "cad_alexandria_va_2025_w35-w42.csv.gz"
MINUTES = {"G1": 15, "G2": 60, "G3": 48 * 60}
AGAIN = {"G1": 30, "G2": 60, "G3": 240}
ESCALATED_AT = {"G1": (100, 150), "G2": (50, 75, 100, 150), "G3": (75, 100)}
LIMITS = {"1": "G1", "2": "G2", "3": "G2", "4": "G3"}
CHILD_WORDS = ("RUNAWAY", "MISSING PERSON", "DOMESTIC VIOL", "SEXUAL OFFENSE", "JUVENILE", "CHILD")

Incident = tuple[str, bool, datetime, datetime | None, datetime | None]
Counts = dict[int | str, tuple[int, int]]
real_calls = pytest.mark.skipif(not REAL.exists(), reason="the public call log is not beside the repository")

# By grade: attended late / never attended and closed late, at each per cent of the limit; re-assessments likewise.
AS_IT_WAS: dict[str, Counts] = {
    "G1": {100: (7, 1), 150: (3, 1), "again": (9, 13)},
    "G2": {50: (641, 229), 75: (365, 190), 100: (247, 152), 150: (122, 105), "again": (560, 322)},
    "G2 child": {50: (55, 10), 75: (30, 9), 100: (16, 9), 150: (10, 7)},
    "G3": {75: (3, 0), 100: (1, 0), "again": (18, 0)},
}
SLOW_FORCE: dict[str, Counts] = {
    "G1": {100: (217, 11), "again": (275, 83)},
    "G2": {100: (2016, 368), "again": (6383, 2483)},
    "G2 child": {100: (154, 17)},
    "G3": {100: (29, 3)},
}


def oracle(stretch: float) -> list[Incident]:
    with gzip.open(REAL, "rt", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Agency"] == "POLICE"]
    return [naive_incident(row, stretch) for row in rows]


def naive_incident(row: dict[str, str], stretch: float) -> Incident:
    start = naive_time(row["Incident_Start_Time"])
    assert start
    arrived, closed = naive_time(row["Incident_Arrival_Time"]), naive_time(row["Incident_First_Close_Time"])
    if arrived:
        closed = None
    arrived, closed = (stop and start + (stop - start) * stretch for stop in (arrived, closed))
    child = any(word in row["Problem"] for word in CHILD_WORDS)
    return LIMITS.get(row["Priority_Number"], "G4"), child, start, arrived, closed


def naive_time(text: str) -> datetime | None:
    if text == "NULL":
        return None
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


def late(incidents: list[Incident], horizon: datetime) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for grade, child, start, arrived, closed in incidents:
        end = arrived or min(closed or horizon, horizon)
        for step in steps(grade, start, end) if grade != "G4" else ():
            for group in (grade, f"{grade} child")[: 1 + child]:
                attended, never = counts.setdefault(group, {}).get(step, (0, 0))
                counts[group][step] = (attended + bool(arrived), never + (not arrived))
    return counts


def steps(grade: str, start: datetime, end: datetime) -> Iterator[int | str]:
    limit = timedelta(minutes=MINUTES[grade])
    for per_cent in ESCALATED_AT[grade]:
        if end > start + limit * per_cent / 100:
            yield per_cent
    due = start + limit
    while due < end:
        yield "again"
        due += timedelta(minutes=AGAIN[grade])


@real_calls
@pytest.mark.parametrize(
    ("name", "expected", "escalations", "assessments"),
    [("alexandria_dev", AS_IT_WAS, 2067, 922), ("alexandria_dev_slow_force", SLOW_FORCE, 10_910, 9_811)],
)
def test_the_real_log_gives_the_lateness_that_its_readme_counted(
    name: str, expected: dict[str, Counts], escalations: int, assessments: int
) -> None:
    profile = Profile.load(SHARED / "profiles" / f"{name}.json")
    calls = read_call_log(REAL, profile).calls
    read = [(call.grade, call.child, call.reported_at, call.attended_at, call.ended_at) for call in calls]
    assert read == oracle(profile.stretch)
    assert profile.horizon_at is not None
    counted = late(read, profile.horizon_at)
    assert {group: {step: counted[group][step] for step in row} for group, row in expected.items()} == expected
    again = [sum(counted[grade].pop("again")) for grade in MINUTES]
    assert sum(again) == assessments
    assert sum(sum(n) for grade in MINUTES for n in counted[grade].values()) == escalations


@real_calls
def test_the_real_log_is_read_without_losing_or_merging_a_call() -> None:
    log = read_call_log(REAL, Profile.load(SHARED / "profiles" / "alexandria_dev.json"))
    assert (len(log.calls), log.without_id, log.left_out) == (7072, 3, 4418)
    assert (log.bad_rows, log.duplicates, log.flagged) == ([], [], 0)
    assert [call.id for call in log.calls if call.id.startswith("row")] == ["row267", "row1026", "row5677"]
    assert Counter(call.grade for call in log.calls) == {"G1": 277, "G2": 4960, "G3": 1630, "G4": 205}
    assert sum(call.child for call in log.calls) == 345

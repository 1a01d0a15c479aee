"""A force's call log, read through its profile into calls that can be imported or replayed.

Nothing here guesses: what cannot be trusted becomes a bad row or a flag, or the whole file is refused, so that no
child's call is quietly lost.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from triage.call_profile import BY_ROW, CallLogError, Profile, in_calendar, read_text, shown

__all__ = ["BadRow", "Call", "CallLog", "CallLogError", "Duplicate", "Flag", "Profile", "read_call_log"]


@dataclass(frozen=True, slots=True)
class Flag:
    """A time that could not be taken quite as written: its column, its text in the file, and why, in plain English."""

    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Call:
    """One incident as the control room logged it.

    Times are aware, in UTC; a stop that never came is None, and ``ended_at`` is given only where nobody arrived.
    ``row`` is the place after the heading, from 1; ``line`` the physical line of the file on which the row starts.
    """

    id: str
    row: int
    line: int
    reported_at: datetime
    resourced_at: datetime | None
    attended_at: datetime | None
    ended_at: datetime | None
    grade: str
    child: bool
    category: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that became no incident, so somebody must look at it: why, and what it said, by column."""

    row: int
    line: int
    reason: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A later row for an incident number already read; the first good row stands."""

    id: str
    row: int
    line: int


@dataclass(frozen=True, slots=True)
class CallLog:
    """All that a log held: each row is one call, bad row or duplicate, or is counted in ``left_out``.

    ``without_id`` counts the calls that had no number of their own and were named after their row.
    """

    calls: list[Call]
    bad_rows: list[BadRow]
    duplicates: list[Duplicate]
    without_id: int
    left_out: int

    @property
    def flagged(self) -> int:
        """How many times could not be taken quite as written, over all calls."""
        return sum(len(call.flags) for call in self.calls)


def read_call_log(path: str | Path, profile: Profile) -> CallLog:
    """Every call in a log (CSV, perhaps gzipped), sorted into what can be loaded and what somebody must look at.

    The whole file is read first: one that breaks off half-way raises CallLogError and gives no calls at all.
    """
    path = Path(path)
    (_, heading), *rows = list(_rows(path.name, read_text(path))) or [(0, [])]
    _check_heading(path.name, heading, profile)
    judged = [_judge(profile, heading, row, line, fields) for row, (line, fields) in enumerate(rows, 1)]
    calls, duplicates, unnamed = _tell_apart([each for each in judged if isinstance(each, Call)])
    bad_rows = [each for each in judged if isinstance(each, BadRow)]
    return CallLog(calls, bad_rows, duplicates, 0 if profile.id == BY_ROW else unnamed, judged.count(None))


def _rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    # Strict: after a stray quote nobody can say where a row ends, and whole calls would be swallowed unseen.
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for fields in reader:
            if fields:
                yield line, [each.strip() for each in fields]
            line = reader.line_num + 1
    except csv.Error as error:
        raise CallLogError(f"{name}: the row that starts on line {line} cannot be read: {error}") from error


def _check_heading(name: str, heading: list[str], profile: Profile) -> None:
    if not heading:
        raise CallLogError(f"{name} is empty")
    wrong = [
        f"column {shown(column)} (wanted by {key}) is {'there twice' if column in heading else 'missing'}"
        for key, column in profile.columns()
        if heading.count(column) != 1
    ]
    if wrong:
        raise CallLogError(f"{name}: {'; '.join(wrong)}")


def _tell_apart(good: list[Call]) -> tuple[list[Call], list[Duplicate], int]:
    first: dict[str, Call] = {}
    for call in good:
        first.setdefault(call.id, call)
    calls = [call if call.id else _named(call, first) for call in good if not call.id or first[call.id] is call]
    again = [Duplicate(call.id, call.row, call.line) for call in good if call.id and first[call.id] is not call]
    return calls, again, sum(not call.id for call in good)


def _named(call: Call, taken: Mapping[str, Call]) -> Call:
    name = f"row{call.row}"
    while name in taken:
        name += "_"
    return replace(call, id=name)


class _BadValue(ValueError):
    pass


def _judge(profile: Profile, heading: list[str], row: int, line: int, fields: list[str]) -> Call | BadRow | None:
    beyond = [f"field {n}" for n in range(len(heading) + 1, len(fields) + 1)]
    values = dict(zip(heading + beyond, fields, strict=False))
    try:
        # Before ``only``: where columns may have shifted, nobody can say that the call is none of ours.
        _refuse_shifted(heading, fields)
        reading = _Row(profile, values, [])
        return reading.call(row, line) if reading.in_scope() else None
    except _BadValue as why:
        # PostgreSQL stores no null byte in text; the sign for one (U+2400) can be stored and seen.
        return BadRow(row, line, str(why), {column: text.replace("\0", "␀") for column, text in values.items()})


def _refuse_shifted(heading: list[str], fields: list[str]) -> None:
    known, found = len(heading), len(fields)
    if found > known:
        raise _BadValue(f"{found} fields under {known} columns: {shown(fields[known])} follows {heading[-1]}")
    if found < known:
        raise _BadValue(f"{found} fields under {known} columns: nothing for {heading[found]} after {shown(fields[-1])}")


@dataclass(frozen=True, slots=True)
class _Row:
    profile: Profile
    values: dict[str, str]
    flags: list[Flag]

    def in_scope(self) -> bool:
        self.refuse_null_bytes(self.profile.only)
        return all(self.values[column] in kept for column, kept in self.profile.only.items())

    def refuse_null_bytes(self, columns: Iterable[str]) -> None:
        for column in columns:
            if "\0" in self.values[column]:
                raise self.bad(column, "holds a null byte")

    def call(self, row: int, line: int) -> Call:
        self.refuse_null_bytes(self.values)
        profile, start = self.profile, self.clock(self.profile.start)
        if start is None:
            raise self.bad(profile.start, "is no start")
        reported, resourced = self.at(profile.start, start), self.stop(profile.dispatch, start)
        attended = self.stop(profile.arrive, start)
        child = profile.child
        category = self.text(child.column) if child else ""
        return Call(
            id="" if profile.id == BY_ROW else self.text(profile.id),
            row=row,
            line=line,
            reported_at=reported,
            resourced_at=resourced,
            attended_at=attended,
            ended_at=self.end(attended, start),
            grade=self.grade(),
            child=bool(child and child.regex.search(category)),
            category=category,
            flags=tuple(self.flags),
        )

    def grade(self) -> str:
        grading = self.profile.grade
        grade = grading.of(self.values[grading.column])
        if grade is None:
            raise self.bad(grading.column, "has no grade in the profile")
        return grade

    def end(self, attended: datetime | None, start: datetime) -> datetime | None:
        if attended is None:
            return self.stop(self.profile.close, start)
        # A close after an arrival stops nothing, but one that cannot be read still condemns the row.
        self.clock(self.profile.close)
        return None

    def stop(self, column: str | None, start: datetime) -> datetime | None:
        moment = self.clock(column)
        if column is None or moment is None:
            return None
        if self.profile.date and self.profile.wall(start) - self.profile.wall(moment) > timedelta(hours=12):
            moment += timedelta(days=1)
        began, at = self.profile.utc(start)[0], self.at(column, moment)
        if at < began:
            self.flags.append(Flag(column, self.values[column], "is before the start: taken as at the start"))
        try:
            return began + max(at - began, timedelta()) * self.profile.stretch
        except OverflowError:
            raise self.bad(column, "is stretched beyond the calendar") from None

    def at(self, column: str, moment: datetime) -> datetime:
        at, doubt = self.profile.utc(moment)
        if doubt:
            self.flags.append(Flag(column, self.values[column], doubt))
        return at

    def clock(self, column: str | None) -> datetime | None:
        text = self.text(column)
        if column is None or not text:
            return None
        moment, day = self.profile.moment(text), self.day()
        if moment and day:
            moment = datetime.combine(day, moment.timetz())
        if moment is None or not in_calendar(moment):
            raise self.bad(column, "is not a time in any format of the profile")
        return moment

    def day(self) -> date | None:
        column, form = self.profile.date, self.profile.date_format
        if column is None or form is None:
            return None
        try:
            return datetime.strptime(self.text(column), form).date()
        except ValueError:
            raise self.bad(column, "is not a date in the date_format of the profile") from None

    def text(self, column: str | None) -> str:
        # Database exports write NULL for nothing; two incidents numbered NULL must not become one.
        value = self.values[column] if column else ""
        return "" if value.upper() == "NULL" else value

    def bad(self, column: str, why: str) -> _BadValue:
        return _BadValue(f"{column} {shown(self.values[column])} {why}")

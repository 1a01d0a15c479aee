"""What the columns of one force's call log mean: the profile, a small JSON file, read and checked as a whole."""

import gzip
import json
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

GRADES = ("G1", "G2", "G3", "G4")
BY_ROW = "__row__"


class CallLogError(ValueError):
    """The whole call log or profile cannot be used and nothing of it was loaded; ``str()`` is one line saying why."""


@dataclass(frozen=True, slots=True)
class Grading:
    """How the force's own priorities become G1 to G4: the first full match in the order of ``map``."""

    column: str
    map: Mapping[str, list[re.Pattern[str]]]
    otherwise: str | None = None

    def of(self, value: str) -> str | None:
        """The grade of a priority as written; None if the profile has no answer for it."""
        fits = (grade for grade, patterns in self.map.items() if any(each.fullmatch(value) for each in patterns))
        return next(fits, self.otherwise)


@dataclass(frozen=True, slots=True)
class ChildRule:
    """Which calls concern a child: those where ``regex`` is found anywhere in the column, in the case it is given."""

    column: str
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the columns of one force's call log mean; each field is the profile's key of that name, read."""

    zone: ZoneInfo
    id: str
    start: str
    formats: list[str]
    grade: Grading
    dispatch: str | None = None
    arrive: str | None = None
    close: str | None = None
    date: str | None = None
    date_format: str | None = None
    only: Mapping[str, list[str]] = field(default_factory=dict)
    child: ChildRule | None = None
    horizon: datetime | None = None
    stretch: float = 1.0

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Reads a profile (JSON). Raises CallLogError, before any log is opened, naming every key that is wrong."""
        path = Path(path)
        text = read_text(path)
        try:
            return cls(**_dates_agree(_keys(json.loads(text, object_pairs_hook=_once), _PROFILE, _NEEDED)))
        except json.JSONDecodeError as error:
            raise CallLogError(f"{path.name} is not JSON: {error}") from error
        except (ValueError, RecursionError) as error:
            raise CallLogError(f"{path.name}: {error}") from error

    @property
    def horizon_at(self) -> datetime | None:
        """When a replay ends, in UTC; what is still open then has not been attended."""
        return self.utc(self.horizon)[0] if self.horizon else None

    def columns(self) -> list[tuple[str, str]]:
        """The columns a log must have, each as (profile key, column)."""
        named = [(key, getattr(self, key)) for key in ("id", "start", "dispatch", "arrive", "close", "date")]
        named += [("only", column) for column in self.only] + [("grade.column", self.grade.column)]
        named += [("child.column", self.child.column)] if self.child else []
        return [(key, column) for key, column in named if column and (key, column) != ("id", BY_ROW)]

    def moment(self, text: str) -> datetime | None:
        """A time as written: without a zone, or with the offset that %z found; None if no format fits."""
        for form in self.formats:
            try:
                return datetime.strptime(text, form)
            except ValueError:
                continue
        return None

    def utc(self, moment: datetime) -> tuple[datetime, str]:
        """A time as written, in UTC, and in words what is doubtful about it ("" if nothing)."""
        if moment.tzinfo:
            return moment.astimezone(UTC), ""
        # PEP 495: the folds differ only where the clocks change, and the first is the earlier only in autumn.
        first, second = (moment.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first == second:
            return first, ""
        return first, "came twice that night: the first is taken" if first < second else "never came that night"

    def wall(self, moment: datetime) -> datetime:
        """A time as written, as the clock on the control room's wall showed it: local, without a zone."""
        return moment.astimezone(self.zone).replace(tzinfo=None) if moment.tzinfo else moment


def read_text(path: Path) -> str:
    """All the text of a file, gzipped or not. Raises CallLogError if it is unreadable, damaged or not UTF-8."""
    try:
        data = path.read_bytes()
        # No UTF-8 text begins with gzip's two magic bytes (RFC 1952), so a wrong name cannot mislead.
        zipped = data.startswith(b"\x1f\x8b") or (data and path.suffix.lower() == ".gz")
        return (gzip.decompress(data) if zipped else data).decode("utf-8-sig")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise CallLogError(f"{path.name} is a damaged gzip file: {error}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CallLogError(f"{path.name} is not UTF-8 text: line {line}, {error.reason}") from error
    except (OSError, ValueError) as error:
        raise CallLogError(f"{path.name} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def shown(value: object) -> str:
    """A value from a file, quoted on one line and cut to 80 characters, so that a message stays readable."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def in_calendar(moment: datetime) -> bool:
    """Whether a day or an offset more still falls within the years 1 to 9999 that Python knows."""
    return 1 < moment.year < 9999


_Parser = Callable[[object], object]


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = [key for key, _ in pairs]
    if twice := [key for key in keys if keys.count(key) > 1]:
        raise ValueError(f"key {shown(twice[0])} is given twice")
    return dict(pairs)


def _keys(raw: object, known: Mapping[str, _Parser], needed: Iterable[str] = ()) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise ValueError(f"{shown(raw)} is not an object with keys")
    given = {key: value for key, value in raw.items() if value is not None}
    wrong = [f"missing key {shown(key)}" for key in needed if key not in given]
    wrong += [f"unknown key {shown(key)} (not one of {' '.join(known)})" for key in raw if key not in known]
    values = {}
    for key in [key for key in given if key in known]:
        try:
            values[key] = known[key](given[key])
        except ValueError as error:
            wrong.append(f"{key}: {error}" if key.isprintable() else f"{shown(key)}: {error}")
    if wrong:
        raise ValueError("; ".join(wrong))
    return values


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw:
        raise ValueError(f"{shown(raw)} is not a text")
    return raw


def _texts(raw: object) -> list[str]:
    if not isinstance(raw, list) or not raw or not all(isinstance(each, str) for each in raw):
        raise ValueError(f"{shown(raw)} is not a list of texts")
    return raw


def _zone(raw: object) -> ZoneInfo:
    try:
        return ZoneInfo(_text(raw))
    except (KeyError, OSError, ValueError):
        raise ValueError(f"{shown(raw)} is not a known time zone") from None


def _regex(raw: object) -> re.Pattern[str]:
    try:
        return re.compile(_text(raw))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{shown(raw)} is not a regular expression: {error}") from error


def _read_back(form: str) -> datetime:
    # An afternoon on a 13th: a format without am or pm, or without the whole date, cannot bring it back.
    probe = datetime(2001, 2, 13, 16, 5, tzinfo=UTC)
    try:
        return datetime.strptime(probe.strftime(form), form)
    except (ValueError, re.error, KeyError, IndexError):
        raise ValueError(f"{shown(form)} is not a format that can be read") from None


def _has_date(form: str) -> bool:
    return _read_back(form).date() == datetime(2001, 2, 13).date()


def _date_format(raw: object) -> str:
    if not _has_date(_text(raw)):
        raise ValueError(f"{shown(raw)} does not give day, month and year")
    return _text(raw)


def _formats(raw: object) -> list[str]:
    for form in _texts(raw):
        read = _read_back(form)
        # strptime reads a zone's name and then forgets it: the time would quietly become a local one.
        if (read.hour, read.minute) != (16, 5) or "%Z" in form.replace("%%", ""):
            raise ValueError(f"{shown(form)} does not give hour and minute of the day, or has %Z in place of %z")
    return _texts(raw)


def _dates_agree(values: dict[str, Any]) -> dict[str, Any]:
    lone = {"date", "date_format"} - values.keys()
    if len(lone) == 1:
        raise ValueError(f"missing key {shown(lone.pop())}: date and date_format need each other")
    if lone and not all(map(_has_date, values["formats"])):
        raise ValueError("formats: without a date column each must give day, month and year")
    return values


def _only(raw: object) -> dict[str, list[str]]:
    columns = raw if isinstance(raw, dict) else {}
    return _keys(raw, dict.fromkeys(columns, lambda kept: [each.strip() for each in _texts(kept)]), needed=columns)


def _grade(raw: object) -> str:
    if raw not in GRADES:
        raise ValueError(f"{shown(raw)} is not one of {' '.join(GRADES)}")
    return str(raw)


def _grade_map(raw: object) -> dict[str, list[re.Pattern[str]]]:
    return _keys(raw, dict.fromkeys(GRADES, lambda patterns: [_regex(each) for each in _texts(patterns)]))


def _grading(raw: object) -> Grading:
    parsers: dict[str, _Parser] = {"column": _text, "map": _grade_map, "otherwise": _grade}
    return Grading(**_keys(raw, parsers, ("column", "map")))


def _child(raw: object) -> ChildRule:
    return ChildRule(**_keys(raw, {"column": _text, "regex": _regex}, ("column", "regex")))


def _horizon(raw: object) -> datetime:
    try:
        horizon = datetime.fromisoformat(_text(raw))
    except ValueError:
        raise ValueError(f"{shown(raw)} is not a date and time") from None
    if not in_calendar(horizon):
        raise ValueError(f"{shown(raw)} is beyond the calendar")
    return horizon


def _stretch(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 < raw <= sys.float_info.max:
        raise ValueError(f"{shown(raw)} is not a positive number")
    return float(raw)


_PROFILE: dict[str, _Parser] = {
    **dict.fromkeys(("id", "start", "dispatch", "arrive", "close", "date"), _text),
    "zone": _zone,
    "formats": _formats,
    "date_format": _date_format,
    "only": _only,
    "grade": _grading,
    "child": _child,
    "horizon": _horizon,
    "stretch": _stretch,
}
_NEEDED = ("zone", "id", "start", "formats", "grade")

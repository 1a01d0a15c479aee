"""Attendance lists, in words."""

from __future__ import annotations

from typing import Any

from access.actor import acting
from accounts.models import User
from quality.models import AttendanceFile, AttendanceRow
from quality.workflow.attendance import read_attendance
from tests.quality.learning_scenes import TEST
from tests.quality.training_scenes import course_of

HEADINGS = "Who;Taken on;Certificate"


def a_list(*rows: str, headings: str = HEADINGS) -> bytes:
    return "\n".join([headings, *rows]).encode()


def taken_in(by: User, *rows: str, **more: Any) -> AttendanceFile:
    about = {"course": course_of(), "name": "march.csv", "content": a_list(*rows, **more)}
    return read_attendance(AttendanceFile(), by=by, **about)


def rows_of(file: AttendanceFile) -> list[AttendanceRow]:
    with acting(TEST):
        return list(file.lines.select_related("file__course", "training__person").order_by("line"))


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """One record of each kind of this part, by the prefix of its addresses."""
    file = taken_in(people["quinn"], "Somebody Unknown;27/02/2026;")
    return {"attendancefile": file, "attendancerow": rows_of(file)[0]}

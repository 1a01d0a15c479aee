"""A list of who attended is taken in: every row is put on record, was known already, or waits for somebody."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.db import transaction

from access.actor import System
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import Team, User
from cases.models import next_reference
from quality.attendance_files import Attended, NoList, Row, read
from quality.models import AttendanceFile, AttendanceRow, Course, TrainingRecord
from quality.workflow.training import record_training
from quality.workflow.training_due import stands_on_record
from workflow.transitions import NotNow, must_say
from workflow.transitions import transition as verb

State = AttendanceRow.State
READS = System("reading a list of who attended")


@verb(target=AttendanceFile.State.READ.value, may=Can.KEEP_TRAINING, secret=("content",))
def read_attendance(file: AttendanceFile, *, by: User, course: Course, name: str, content: bytes) -> None:
    """Every row is put on record, or stands as unreadable: none is dropped. All of it, or nothing."""
    file.team = Team.objects.select_for_update(no_key=True).get(pk=team_of(Role.QUALITY_LEAD).pk)
    digest = sha256(content).hexdigest()
    if (before := AttendanceFile.objects.filter(sha256=digest).first()) is not None:
        raise NotNow(f"This very file was taken in already: see {before.reference}. Nothing was done twice.")
    try:
        rows = read(content)
    except NoList as refusal:
        raise NotNow(str(refusal)) from refusal
    file.reference, file.name, file.sha256 = next_reference("ATT"), name[:200], digest
    file.course, file.read_at, file.read_by, file.rows = course, now(), by, len(rows)
    became = [_take(row, file, by) for row in rows]
    file.recorded, file.known_already = became.count(State.RECORDED), became.count(State.KNOWN)
    file.unreadable = became.count(State.UNREADABLE)


def _take(row: Row, file: AttendanceFile, by: User) -> State:
    """What became of this row."""
    kept = AttendanceRow(
        file=file, reference=f"{file.reference}/{row.line}", line=row.line, text=row.text, received_at=file.read_at
    )
    if row.attended is None:
        attendance_unreadable(kept, by=READS, because=row.because)
        return State.UNREADABLE
    said: Attended = row.attended
    before = stands_on_record(said.person, file.course).filter(taken_on=said.taken_on).first()
    if before is not None:
        attendance_known(kept, by=READS, training=before)
        return State.KNOWN
    try:
        with transaction.atomic():
            training = _record(file, by, said.person, said.taken_on, said.certificate)
    except NotNow as refusal:
        attendance_unreadable(kept, by=READS, because=str(refusal))
        return State.UNREADABLE
    attendance_recorded(kept, by=READS, training=training)
    return State.RECORDED


def _record(file: AttendanceFile, by: User, person: User, taken_on: date, certificate: str) -> TrainingRecord:
    return record_training(
        TrainingRecord(), by=by, course=file.course, person=person, taken_on=taken_on, certificate=certificate
    )


@verb(target=State.RECORDED.value, may=Can.KEEP_TRAINING)
def attendance_recorded(row: AttendanceRow, *, by: System, training: TrainingRecord) -> None:
    """The row is on record."""
    row.training = training


@verb(target=State.KNOWN.value, may=Can.KEEP_TRAINING)
def attendance_known(row: AttendanceRow, *, by: System, training: TrainingRecord) -> None:
    """It was on record already."""
    row.training = training


@verb(target=State.UNREADABLE.value, may=Can.KEEP_TRAINING)
def attendance_unreadable(row: AttendanceRow, *, by: System, because: str) -> None:
    """The row could not be read: somebody has to type it in, or say why not."""
    row.because = because


@verb(source=State.UNREADABLE.value, target=State.SETTLED.value, may=Can.KEEP_TRAINING)
def type_in_attendance(row: AttendanceRow, *, by: User, person: User, taken_on: date, certificate: str) -> None:
    """Somebody has read it with their own eyes, and puts it on record."""
    row.training = _record(row.file, by, person, taken_on, certificate)
    row.settled_at, row.settled_by = now(), by


@verb(source=State.UNREADABLE.value, target=State.SETTLED.value, may=Can.KEEP_TRAINING)
def settle_attendance(row: AttendanceRow, *, by: User, because: str) -> None:
    """It is nobody of ours, or says nothing: somebody says which."""
    must_say(because, "why nothing is put on record")
    row.settled_at, row.settled_by, row.settled_because = now(), by, because.strip()

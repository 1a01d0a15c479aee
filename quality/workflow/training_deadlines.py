"""The clocks of training: taken for the first time, taken again, and what was proposed is answered and taken."""

from __future__ import annotations

from datetime import datetime, timedelta

from access.roles import Role
from quality.models import AttendanceRow, TrainingDue, TrainingNeed
from quality.personal import Above, Own, PersonalLadder
from quality.training_lengths import (
    BOOKED_TAKEN,
    FIRST_TAKEN,
    PROPOSAL_ANSWERED,
    RECORDED_WITHIN,
    ROW_TYPED,
    TAKEN_AGAIN,
)
from quality.workflow.attendance import attendance_unreadable, settle_attendance, type_in_attendance
from quality.workflow.training import book_training, decline_training, propose_training, proposed_training_taken
from quality.workflow.training_due import no_longer_required, require_course, required_again, training_changed
from sla.calendar import local
from sla.policy import Deadline, Ladder, Level, Verb

TEN_OF_TWELVE = 10 / 12
"""MASH training is taken again after twelve months, and warned of after ten; with other months in the same share."""
STANDS: list[Verb] = [require_course, training_changed, required_again]
CHANGED: list[Verb] = [training_changed, no_longer_required]

AGAIN = Deadline(
    "Q6",
    "Required training taken again",
    model=TrainingDue,
    starts=STANDS,
    applies=lambda due: due.refresh_at is not None,
    counts_from=lambda due: local(due.taken_on),
    length=lambda due: TAKEN_AGAIN,
    lengths=[TAKEN_AGAIN],
    until=lambda due: due.refresh_at,
    stops=CHANGED,
    publishes="due_at",
    owner=lambda due: due.person,
    ladder=PersonalLadder(
        [
            Own(TEN_OF_TWELVE, Role.QUALITY_LEAD),
            Level(TEN_OF_TWELVE, Role.QUALITY_LEAD),
            Above(1.0, Role.QUALITY_LEAD),
            Level(13 / 12, Role.SUPERINTENDENT),
        ]
    ),
)

FIRST = Deadline(
    "QB2",
    "Required training taken for the first time",
    model=TrainingDue,
    starts=STANDS,
    applies=lambda due: due.taken_on is None,
    counts_from=lambda due: due.since,
    length=lambda due: FIRST_TAKEN,
    lengths=[FIRST_TAKEN],
    stops=CHANGED,
    publishes="due_at",
    owner=lambda due: due.person,
    ladder=PersonalLadder(
        [
            Own(0.5, Role.QUALITY_LEAD),
            Above(1.0, Role.QUALITY_LEAD),
            Level(1.5, Role.QUALITY_LEAD),
            Level(2.0, Role.SUPERINTENDENT),
        ]
    ),
)

ANSWERED = Deadline(
    "QB3",
    "Training that was proposed booked or declined",
    model=TrainingNeed,
    starts=[propose_training],
    counts_from=lambda need: need.proposed_at,
    length=lambda need: PROPOSAL_ANSWERED,
    lengths=[PROPOSAL_ANSWERED],
    stops=[book_training, decline_training, proposed_training_taken],
    publishes="due_at",
    owner=lambda need: need.person,
    ladder=PersonalLadder([Own(0.5, Role.QUALITY_LEAD), Above(1.0, Role.QUALITY_LEAD), Level(1.5, Role.QUALITY_LEAD)]),
)


def _on_record_by(need: TrainingNeed) -> datetime:
    within, _ = RECORDED_WITHIN.in_force(need.booked_at or need.proposed_at)
    return local(need.booked_for + timedelta(days=1)) + within if need.booked_for else need.proposed_at


BOOKED = Deadline(
    "QB4",
    "Training that was booked taken",
    model=TrainingNeed,
    starts=[book_training],
    counts_from=lambda need: need.booked_at,
    length=lambda need: BOOKED_TAKEN,
    lengths=[BOOKED_TAKEN],
    besides=[RECORDED_WITHIN],
    until=_on_record_by,
    stops=[decline_training, proposed_training_taken],
    publishes="due_at",
    owner=lambda need: need.person,
    ladder=PersonalLadder([Own(1.0, Role.QUALITY_LEAD), Above(1.25, Role.QUALITY_LEAD), Level(1.5, Role.QUALITY_LEAD)]),
)

TYPED = Deadline(
    "QB5",
    "Row of an attendance list that could not be read typed in",
    model=AttendanceRow,
    starts=[attendance_unreadable],
    counts_from=lambda row: row.received_at,
    length=lambda row: ROW_TYPED,
    lengths=[ROW_TYPED],
    stops=[type_in_attendance, settle_attendance],
    publishes="due_at",
    ladder=Ladder([Level(0.8, Role.QUALITY_LEAD), Level(2.0, Role.SUPERINTENDENT)]),
)

"""The clocks of what follows a return. Each counts from the return, from when the child was heard, or from when an
answer came: never from when somebody wrote it down. None waits for a weekend but those that partners work by."""

from __future__ import annotations

from access.roles import Role
from encompass.terms import BELL
from missing.models import InterviewRequest, MissingNotice
from missing.return_lengths import (
    ASKED_FIRST,
    AUTHORITY_TOLD,
    CHASED_AGAIN,
    HELD_WITHIN,
    READ_WITHIN,
    RECEIVED_WITHIN,
)
from missing.workflow.interviews import (
    interview_came,
    interview_held,
    no_interview,
    read_interview,
    request_interview,
)
from missing.workflow.notices import not_sent, overtaken, raise_notice, say_authority, say_school, send_notice
from partners.replies import ANSWER_CLOCK
from sla.policy import Deadline, Ladder, Level

Whom = MissingNotice.Whom

INTERVIEW_HELD = Deadline(
    "MC16",
    "Return interview held",
    model=InterviewRequest,
    starts=[request_interview],
    counts_from=lambda interview: interview.returned_at,
    length=lambda interview: HELD_WITHIN,
    lengths=[HELD_WITHIN],
    besides=[CHASED_AGAIN, ASKED_FIRST],
    stops=[interview_held, interview_came, no_interview],
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.66, Role.MISSING_COORDINATOR),
            Level(1.0, Role.MISSING_SERGEANT),
            Level(1.5, Role.DMM_CHAIR),
        ]
    ),
)

INTERVIEW_RECEIVED = Deadline(
    "MC17",
    "Result of the return interview back with police",
    model=InterviewRequest,
    starts=[interview_held],
    counts_from=lambda interview: interview.held_at,
    length=lambda interview: RECEIVED_WITHIN,
    lengths=[RECEIVED_WITHIN],
    pulled_in_by=[interview_held],  # told again with an earlier day it is due sooner
    stops=[interview_came, no_interview],
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.66, Role.MISSING_COORDINATOR),
            Level(1.0, Role.MISSING_SERGEANT),
            Level(2.0, Role.MASH_INSPECTOR),
        ]
    ),
)

INTERVIEW_READ = Deadline(
    "MC17R",
    "Return interview that came back, read into the record",
    model=InterviewRequest,
    starts=[interview_came, no_interview],
    counts_from=lambda interview: interview.received_at,
    length=lambda interview: READ_WITHIN,
    lengths=[READ_WITHIN],
    stops=[read_interview],
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, Role.MISSING_COORDINATOR),
            Level(1.0, Role.MISSING_SERGEANT),
            Level(2.0, Role.MASH_INSPECTOR),
        ]
    ),
)


def _before_and_after() -> Ladder:
    """Whoever sends it hears while there is still time."""
    return Ladder(
        [
            Level(0.75, Role.MISSING_COORDINATOR),
            Level(1.0, Role.MISSING_SERGEANT),
            Level(1.5, Role.MASH_INSPECTOR),
        ]
    )


SCHOOL_TOLD = Deadline(
    "MC18",
    "School told that a child is missing or found, before its next day begins",
    model=MissingNotice,
    starts=[raise_notice, say_school],
    applies=lambda notice: notice.whom == Whom.SCHOOL and not notice.not_sent_because,
    counts_from=lambda notice: notice.known_at,
    until=lambda notice: notice.due_at,
    lengths=[BELL],
    pulled_in_by=[say_school],
    stops=[send_notice, not_sent, overtaken],
    ladder=_before_and_after(),
)

AUTHORITY_IS_TOLD = Deadline(
    "MC18A",
    "Local authority told that a child is missing or found",
    model=MissingNotice,
    starts=[raise_notice, say_authority],
    applies=lambda notice: notice.whom == Whom.AUTHORITY and not notice.not_sent_because,
    counts_from=lambda notice: notice.known_at,
    until=lambda notice: notice.due_at,
    lengths=[AUTHORITY_TOLD],
    stops=[send_notice, not_sent, overtaken],
    ladder=_before_and_after(),
)

ANSWER_CLOCK[InterviewRequest._meta.label_lower] = INTERVIEW_HELD.code

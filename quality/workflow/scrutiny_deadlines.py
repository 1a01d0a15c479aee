"""The clocks of the scrutiny group. The quarter runs from the last meeting, whether anybody has planned the next."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localtime

from access.roles import Role
from quality.models import ScrutinyMeeting
from quality.scrutiny_lengths import PAPERS_BEFORE, QUARTERLY, RECORDED, REPORTED
from quality.workflow.scrutiny import (
    call_off_meeting,
    hold_meeting,
    plan_instead,
    plan_meeting,
    report_meeting,
    send_papers,
    want_meeting,
)
from sla.calendar import is_working_day, local
from sla.policy import Deadline, Ladder, Level

CHAIR = Role.MASH_CHIEF_INSPECTOR


def papers_due(meeting: ScrutinyMeeting) -> datetime:
    """The same local time so many working days before it meets."""
    meets = localtime(meeting.meets_at)
    day, left = meets.date(), PAPERS_BEFORE.in_force(meeting.counts_from)[0].days
    while left:
        day -= timedelta(days=1)
        left -= is_working_day(day)
    return local(day, meets.time())


HELD_QUARTERLY = Deadline(
    "Q4",
    "Scrutiny group held each quarter",
    model=ScrutinyMeeting,
    starts=[want_meeting, plan_instead],
    counts_from=lambda meeting: meeting.counts_from,
    length=lambda meeting: QUARTERLY,
    lengths=[QUARTERLY],
    stops=[hold_meeting, call_off_meeting],
    publishes="due_at",
    owner=lambda meeting: meeting.chair,
    ladder=Ladder(
        [
            Level(0.5, CHAIR),
            Level(0.8, CHAIR),
            Level(1.0, Role.SUPERINTENDENT),
            Level(1.25, Role.CHIEF_OFFICER),
        ]
    ),
)

PAPERS_SENT = Deadline(
    "Q4P",
    "Papers of the scrutiny group sent before it meets",
    model=ScrutinyMeeting,
    starts=[plan_meeting, plan_instead],
    counts_from=lambda meeting: meeting.counts_from,
    until=papers_due,
    besides=[PAPERS_BEFORE],
    stops=[send_papers, call_off_meeting],
    publishes="due_at",
    owner=lambda meeting: meeting.chair,
    ladder=Ladder([Level(0.8, Role.QUALITY_REVIEWER), Level(0.9, CHAIR), Level(1.0, Role.SUPERINTENDENT)]),
)

MEETING_RECORDED = Deadline(
    "QC1",
    "Meeting of the scrutiny group recorded, or called off",
    model=ScrutinyMeeting,
    starts=[send_papers],
    counts_from=lambda meeting: meeting.meets_at,
    length=lambda meeting: RECORDED,
    lengths=[RECORDED],
    stops=[hold_meeting, call_off_meeting],
    publishes="due_at",
    owner=lambda meeting: meeting.chair,
    ladder=Ladder([Level(0.5, CHAIR), Level(1.0, Role.SUPERINTENDENT)]),
)

MEETING_REPORTED = Deadline(
    "QC2",
    "Report of the scrutiny group sent to its members",
    model=ScrutinyMeeting,
    starts=[hold_meeting],
    counts_from=lambda meeting: meeting.held_at,
    length=lambda meeting: REPORTED,
    lengths=[REPORTED],
    stops=[report_meeting],
    publishes="due_at",
    owner=lambda meeting: meeting.chair,
    ladder=Ladder([Level(0.5, CHAIR), Level(1.0, Role.QUALITY_LEAD), Level(1.5, Role.SUPERINTENDENT)]),
)

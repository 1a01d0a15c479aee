"""By when a school is told, and who hears of it if nobody has."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from access.roles import Role
from encompass.models import SchoolNotice, State
from encompass.models.notice import NOT_TOLD
from encompass.terms import AIM, BELL, SCHOOL_ENDS
from encompass.workflow.notices import (
    acknowledge,
    delivered,
    fetched,
    find_school,
    not_delivered,
    not_for_school,
    take_back,
    tell_home_force,
    told_by_phone,
)
from encompass.workflow.raising import know_more, not_of_school_age, raise_notice, school_is_known, think_again
from partners.replies import ANSWER_CLOCK
from sla.lengths import Basis, Length
from sla.policy import At, Deadline, Ladder, Level, Moments, by_the_clock, when_due

AT_ONCE = Length(
    "School told at once, where it is in or on holiday",
    timedelta(hours=1),
    Basis.LOCAL,
    "The law says as soon as reasonably practicable (Domestic Abuse Act 2021 s.49A, in force 7 November 2025)",
    is_our_default=True,
)
HOME_FORCE_TOLD = Length(
    "Force of the child's home told",
    timedelta(hours=24),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
EVENING, MORNING = time(18, 0), time(6, 30)


def bell(notice: SchoolNotice) -> datetime:
    return notice.bell_at


def grounds(notice: SchoolNotice) -> datetime:
    return notice.grounds_at


def before_the_bell() -> Moments:
    """The evening before, half past six in the morning, the bell."""
    return Moments(
        [
            At(by_the_clock(EVENING, days_before=1), "18:00 on the evening before the bell", Role.COORDINATOR),
            At(by_the_clock(MORNING), "06:30 on the day", Role.MASH_SERGEANT),
            At(when_due, "the bell has rung", Role.MASH_INSPECTOR, is_due=True),
        ]
    )


BEFORE_BELL = Deadline(
    "P6",
    "The school is told before the child's next school day begins",
    model=SchoolNotice,
    starts=[raise_notice, think_again, not_delivered, take_back],
    applies=lambda notice: notice.state in NOT_TOLD,
    counts_from=grounds,
    until=bell,
    lengths=[BELL, AIM],
    pulled_in_by=[find_school, school_is_known, know_more],
    stops=[delivered, fetched, told_by_phone, acknowledge, not_for_school, not_of_school_age],
    publishes="due_at",
    ladder=before_the_bell(),
)

NOW = Deadline(
    "P6N",
    "The school is told at once: it is in, or it is the holidays",
    model=SchoolNotice,
    starts=[raise_notice, think_again, know_more, school_is_known, find_school, not_delivered, take_back],
    applies=lambda notice: notice.at_once and notice.state in NOT_TOLD,
    counts_from=grounds,
    length=lambda notice: AT_ONCE,
    lengths=[AT_ONCE],
    stops=[delivered, fetched, told_by_phone, acknowledge, not_for_school, not_of_school_age],
    publishes="due_at",
    ladder=Ladder([Level(0.5, Role.COORDINATOR), Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)

FIND = Deadline(
    "P6F",
    "The child's school is found before its next school day begins",
    model=SchoolNotice,
    starts=[raise_notice, think_again, take_back],
    applies=lambda notice: notice.state == State.NEEDS_SCHOOL,
    counts_from=grounds,
    until=bell,
    lengths=[BELL],
    pulled_in_by=[know_more],
    stops=[find_school, school_is_known, not_for_school, not_of_school_age],
    ladder=before_the_bell(),
)

ANSWER = Deadline(
    "P6A",
    "The school acknowledges by the end of its first day after it was told",
    model=SchoolNotice,
    starts=[delivered, fetched, told_by_phone],
    counts_from=lambda notice: notice.delivered_at or notice.grounds_at,
    until=lambda notice: notice.answer_due_at or notice.bell_at,
    lengths=[SCHOOL_ENDS],
    stops=[acknowledge, not_delivered, take_back],
    publishes="due_at",
    ladder=Moments([At(when_due, "the school has not answered", Role.MASH_SERGEANT, is_due=True)]),
)
ANSWER_CLOCK[SchoolNotice._meta.label_lower] = ANSWER.code

HOME_FORCE = Deadline(
    "P6H",
    "The force of the child's home is told",
    model=SchoolNotice,
    starts=[raise_notice, think_again, know_more, school_is_known, find_school],
    applies=lambda notice: (
        notice.lives_elsewhere and notice.home_force_told_at is None and notice.state != State.NOT_FOR_SCHOOL
    ),
    counts_from=grounds,
    length=lambda notice: HOME_FORCE_TOLD,
    lengths=[HOME_FORCE_TOLD],
    stops=[tell_home_force, not_for_school, not_of_school_age],
    ladder=Ladder([Level(0.5, Role.COORDINATOR), Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)

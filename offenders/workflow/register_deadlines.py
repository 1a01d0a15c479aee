"""The clocks of the register: what an offender must notify, travel, custody, orders, MAPPA and the end of a period.
What the Act says in days is due when the last day is over; nothing waits for a weekend or for anybody's leave."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from access.roles import Role
from access.time import now
from offenders import register_lengths as lengths
from offenders.codes import AwayBecause
from offenders.models import CivilOrder, IndefiniteReview, NotificationDuty, Spell, Travel
from offenders.workflow import custody, nominals, notifications, travel
from sla.calendar import local
from sla.lengths import Length
from sla.models import Clock
from sla.policy import At, Deadline, Ladder, Level, Moments, Verb, by_the_clock, when_due

OM, SERGEANT, INSPECTOR, CHAIR = (
    Role.OFFENDER_MANAGER,
    Role.OFFENDER_SERGEANT,
    Role.OFFENDER_INSPECTOR,
    Role.DMM_CHAIR,
)
GONE: list[Verb] = [nominals.end, nominals.died, nominals.transferred_out]
"""They are not managed here any more."""
Record = NotificationDuty | Spell | Travel | CivilOrder | IndefiniteReview


def _manager(record: Record) -> Any:
    return record.nominal.manager


def before(length: Length) -> Callable[[Clock], datetime]:
    """So long before it is due, as it was set when the clock began."""
    return lambda clock: clock.due_at - length.in_force(clock.started_at)[0]


def after(length: Length) -> Callable[[Clock], datetime]:
    return lambda clock: clock.due_at + length.in_force(clock.started_at)[0]


def end_of(day: date, length: Length) -> datetime:
    """So many days after the beginning of this day, by the local clock: one day is its end."""
    whole = length.in_force(now())[0]
    return local(day + timedelta(days=whole.days)) + (whole - timedelta(days=whole.days))


ON_THE_LAST_DAY = At(by_the_clock(time(9), days_before=1), "nine o'clock on the last day", OM)
BEFORE_THE_YEAR_IS_OVER = At(before(lengths.ANNUAL_WARNED), "two weeks before, or as the force has set", OM)


def _notified(code: str, promise: str, kinds: Collection[str], length: Length, first: At = ON_THE_LAST_DAY) -> Deadline:
    warned = [lengths.ANNUAL_WARNED] if first is BEFORE_THE_YEAR_IS_OVER else []
    return Deadline(
        code,
        promise,
        model=NotificationDuty,
        starts=[notifications.raise_duty, notifications.still_owed, notifications.recount],
        applies=lambda duty: duty.kind in kinds and duty.state == NotificationDuty.State.DUE,
        counts_from=lambda duty: duty.runs_from,
        until=lambda duty: local(duty.due_on + timedelta(days=1)),
        lengths=[length],
        besides=[*warned, lengths.MISSED_INSPECTOR, lengths.MISSED_CHAIR],
        # Time that the Act disregards: the only thing that moves a last day away, and it is counted anew each time.
        stops=[
            notifications.recount,
            notifications.given,
            notifications.consider_breach,
            notifications.not_needed,
        ],
        owner=_manager,
        ladder=Moments(
            [
                first,
                At(when_due, "the last day is over", SERGEANT, is_due=True),
                At(after(lengths.MISSED_INSPECTOR), "late by three days, or as the force has set", INSPECTOR),
                At(after(lengths.MISSED_CHAIR), "late by a week, or as the force has set", CHAIR),
            ]
        ),
    )


INITIAL = _notified("RS1", "Initial notification given", ["initial"], lengths.INITIAL)
CHANGE = _notified("RS2", "Change notified", ["change", "other_premises"], lengths.CHANGE)
ADVANCE = _notified("RS3", "Told that an advance notice did not happen", ["advance_failed"], lengths.ADVANCE_FAILED)
ANNUAL = _notified("RS4", "Annual notification given", ["annual"], lengths.ANNUAL, BEFORE_THE_YEAR_IS_OVER)
WEEKLY = _notified("RS5", "Weekly notification given, no fixed abode", ["weekly"], lengths.WEEKLY)
RETURN = _notified("RS7", "Return from travel notified", ["travel_return"], lengths.TRAVEL_RETURN)
CHILD = _notified("RS8", "Stay in a household with a child notified", ["child_at_home"], lengths.CHILD_AT_HOME)

GIVEN_ON_VISOR = Deadline(
    "RS10N",
    "Notification that was given, checked and on ViSOR",
    model=NotificationDuty,
    starts=[notifications.given],
    counts_from=lambda duty: duty.given_at,
    length=lambda duty: lengths.ON_VISOR,
    lengths=[lengths.ON_VISOR],
    stops=[notifications.notification_on_visor],
    ladder=Ladder([Level(0.7, Role.HUB_ADMINISTRATOR), Level(1.0, Role.HUB_MANAGER), Level(2.0, INSPECTOR)]),
)

BREACH_CONSIDERED = Deadline(
    "RSB",
    "Breach considered of a notification that was given late",
    model=NotificationDuty,
    starts=[notifications.given],
    applies=lambda duty: duty.is_late,
    counts_from=lambda duty: duty.given_at,
    length=lambda duty: lengths.MISSED_CHAIR,
    lengths=[lengths.MISSED_CHAIR],
    stops=[notifications.consider_breach],
    ladder=Ladder([Level(0.0, SERGEANT), Level(1.0, INSPECTOR), Level(2.0, CHAIR)]),
)

RELEASE_RECORDED = Deadline(
    "RS11",
    "Release recorded when its day has passed",
    model=Spell,
    starts=[custody.record_spell, custody.change_spell],
    applies=lambda spell: spell.ends_on is not None,
    counts_from=lambda spell: min(spell.asked_at, local(spell.began_on)),
    until=lambda spell: end_of(spell.ends_on, lengths.RELEASED),
    lengths=[lengths.RELEASED],
    # Another day of release, with who says so: the list goes on showing it by name until then.
    stops=[custody.change_spell, custody.spell_over, custody.spell_in_error],
    owner=_manager,
    ladder=Moments(
        [
            At(by_the_clock(time(8), days_before=1), "the morning of the day", OM),
            At(when_due, "the day has passed", SERGEANT, is_due=True),
            At(lambda clock: clock.due_at + timedelta(days=1), "a day after it has passed", INSPECTOR),
            At(lambda clock: clock.due_at + timedelta(days=2), "two days after it has passed", CHAIR),
        ]
    ),
)

RELEASE_ASKED = Deadline(
    "RS11A",
    "Asked again when somebody in custody or abroad is to come out",
    model=Spell,
    starts=[custody.record_spell, custody.change_spell],
    applies=lambda spell: spell.ends_on is None,
    counts_from=lambda spell: spell.asked_at,
    length=lambda spell: lengths.ABROAD_ASKED if spell.because == AwayBecause.ABROAD else lengths.RELEASE_ASKED,
    lengths=[lengths.RELEASE_ASKED, lengths.ABROAD_ASKED],
    stops=[custody.change_spell, custody.spell_over, custody.spell_in_error],
    owner=_manager,
    ladder=Ladder([Level(0.9, OM), Level(1.0, SERGEANT), Level(1.5, INSPECTOR)]),
)

RELEASE_KNOWN = Deadline(
    "RS11V",
    "Release on ViSOR and its manager told",
    model=Spell,
    starts=[custody.spell_over],
    applies=lambda spell: spell.state == Spell.State.OVER,
    counts_from=lambda spell: spell.over_at,
    length=lambda spell: lengths.RELEASE_ON_VISOR,
    lengths=[lengths.RELEASE_ON_VISOR],
    stops=[custody.release_on_visor],
    owner=_manager,
    ladder=Ladder([Level(0.0, OM), Level(1.0, Role.HUB_MANAGER), Level(2.0, INSPECTOR)]),
)


def _before_departure(notice: Travel) -> datetime:
    return notice.departs_at - lengths.BEFORE_DEPARTURE.in_force(now())[0]


TRAVEL_CHECKED = Deadline(
    "RS6",
    "Notice of travel checked before they leave",
    model=Travel,
    starts=[travel.give_notice, travel.change_travel],
    counts_from=lambda notice: notice.changed_at,
    length=lambda notice: lengths.TRAVEL_CHECKED,
    lengths=[lengths.TRAVEL_CHECKED],
    besides=[lengths.BEFORE_DEPARTURE],
    until=_before_departure,
    # A change is another journey to check.
    stops=[travel.change_travel, travel.check_travel, travel.left, travel.not_going],
    publishes="due_at",
    ladder=Ladder([Level(0.5, Role.HUB_ADMINISTRATOR), Level(1.0, Role.HUB_MANAGER), Level(1.5, INSPECTOR)]),
)

TRAVEL_LEFT = Deadline(
    "RS6L",
    "Known whether somebody who gave notice of travel has left",
    model=Travel,
    starts=[travel.check_travel],
    counts_from=lambda notice: max(notice.changed_at, notice.departs_at),
    length=lambda notice: lengths.BACK_FROM_ABROAD,
    lengths=[lengths.BACK_FROM_ABROAD],
    stops=[travel.change_travel, travel.left, travel.not_going],
    publishes="due_at",
    owner=_manager,
    ladder=Ladder([Level(1.0, OM), Level(2.0, SERGEANT), Level(4.0, INSPECTOR)]),
)

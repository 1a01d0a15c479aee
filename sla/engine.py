"""The sweep: every level that has been reached is raised, once, and somebody who is there is told.

The row is the timer. Celery only nudges; a missed sweep, a killed worker or an emptied broker loses nothing, because
the next sweep finds the same rows. Exactly on the moment is still on time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, connection, transaction

from access.actor import System, signed
from accounts.duty import Duty
from sla.lengths import Length
from sla.models import Clock
from sla.policy import DEADLINES, Deadline

log = logging.getLogger(__name__)

BATCH = 500
TRY_AGAIN = timedelta(minutes=1)
ANYTHING_DUE = "EXISTS (SELECT FROM sla_clock WHERE stopped_at IS NULL AND next_at < (SELECT app_now()))"
"""The look through the partial index that every sweep begins with."""


@dataclass(frozen=True)
class Reached:
    """One level of one clock whose moment has passed."""

    clock: Clock
    deadline: Deadline
    level: int
    moment: datetime
    people: list[int]


@dataclass(frozen=True)
class Climb:
    """What one sweep does to one clock."""

    clock: Clock
    reached: list[Reached]
    level: int
    next_at: datetime | None


def sweep(batch: int = BATCH) -> int:
    """Raise everything that is due, batch by batch, then beat. Returns how many clocks had something to raise.

    Clocks that another sweep holds are left to it, and so is the beat.
    """
    found = 0
    while not _at_rest() and (claimed := raise_batch(batch)):
        found += claimed
    return found


def _at_rest() -> bool:
    """Beat if nothing is due: one look through the partial index and one row, which is all that an idle sweep costs."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO sla_heartbeat (name, at) SELECT 'sweep', app_now() WHERE NOT {ANYTHING_DUE} "
            "ON CONFLICT (name) DO UPDATE SET at = excluded.at"
        )
        return bool(cursor.rowcount == 1)


def raise_batch(size: int) -> int:
    """Claim due clocks that no other sweep holds, raise their levels, commit. One bad row never holds up the others."""
    try:
        return _claim_and(_raise_together, size)
    except OperationalError:
        raise  # the database itself is in trouble: nothing to do with a row
    except Exception:
        return _claim_and(_raise_one_by_one, size)


def _claim_and(do: Callable[[Sequence[Clock], datetime], None], size: int) -> int:
    with signed(System("sweep")) as at:
        due = Clock.running().filter(next_at__lt=at).order_by("next_at")
        clocks = list(due.select_for_update(skip_locked=True)[:size])
        do(clocks, at)
    return len(clocks)


def settle(record: UUID, at: datetime) -> list[Clock]:
    """Lock a record's running clocks and raise what is due on them, so that finishing late never hides the breach.

    Called by a transition before it stops anything. Returns the clocks still running, those it started included.
    """
    clocks = list(Clock.running().filter(record=record).select_for_update().order_by("pk"))
    late = [clock for clock in clocks if clock.next_at is not None and clock.next_at < at]
    if not late:
        return clocks
    _raise_one_by_one(sorted(late, key=lambda clock: clock.next_at or at), at)  # in the order the sweeps would have
    return list(Clock.running().filter(record=record).select_for_update().order_by("pk"))


def first_level(clock: Clock) -> datetime | None:
    """When a clock's next level is reached."""
    return DEADLINES[clock.deadline].ladder.moment(clock, clock.level)


def _raise_one_by_one(clocks: Sequence[Clock], at: datetime) -> None:
    for clock in clocks:
        try:
            with transaction.atomic():
                # Raising one before it may have brought this one nearer, and told its levels already.
                _raise_together(list(Clock.running().filter(pk=clock.pk, next_at__lt=at)), at)
        except OperationalError:
            raise
        except Exception as error:
            _note_trouble(clock, at, error)


def _note_trouble(clock: Clock, at: datetime, error: Exception) -> None:
    log.error("%s: a level could not be raised: %s", clock, error, exc_info=error)
    Clock.objects.filter(pk=clock.pk).update(trouble=f"{type(error).__name__}: {error}"[:500], next_at=at + TRY_AGAIN)


def _raise_together(clocks: Sequence[Clock], at: datetime) -> None:
    """Raise what is due on these clocks, and on those that begin because one of these was missed."""
    duty = Duty(at)
    while clocks:
        climbs = [_climb(clock, at, duty) for clock in clocks]
        reached = [level for climb in climbs for level in climb.reached]
        _write_escalations(reached, at)
        _move_on(climbs)
        clocks = [clock for clock in _start_followers(reached, at) if clock.next_at and clock.next_at < at]


def _climb(clock: Clock, at: datetime, duty: Duty) -> Climb:
    """Every level of this clock that has been reached, and where that leaves the clock."""
    deadline = DEADLINES[clock.deadline]
    ladder, level, reached = deadline.ladder, clock.level, []
    while (moment := ladder.moment(clock, level)) is not None and moment < at:
        role = ladder.role(clock, level)
        people = duty.answering(role, clock.team_id, whose=clock.owner_id, never=clock.never_tells)
        reached.append(Reached(clock, deadline, level, moment, people))
        level += 1
    return Climb(clock, reached, level, moment)


def _write_escalations(reached: Sequence[Reached], at: datetime) -> None:
    """One statement: the escalation and who is told of it, or neither. One that is there already tells nobody.

    Rows are written in the order in which people are told, whatever way the database chooses to join them.
    """
    told = [(each.clock.pk, each.level + 1, person) for each in reached for person in each.people]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH raised AS (
                INSERT INTO sla_escalation (clock_id, level, percent, due_at, raised_at)
                SELECT clock, level, percent, due_at, %(at)s
                FROM unnest(%(clocks)s::bigint[], %(levels)s::int[], %(percents)s::int[], %(moments)s::timestamptz[])
                     AS reached (clock, level, percent, due_at)
                ON CONFLICT (clock_id, level) DO NOTHING
                RETURNING id, clock_id, level
            )
            INSERT INTO sla_notification (escalation_id, person_id)
            SELECT raised.id, told.person
            FROM raised JOIN unnest(%(told_clocks)s::bigint[], %(told_levels)s::int[], %(people)s::bigint[])
                 WITH ORDINALITY AS told (clock_id, level, person, place) USING (clock_id, level)
            ORDER BY told.place
            """,
            {
                "at": at,
                "clocks": [each.clock.pk for each in reached],
                "levels": [each.level + 1 for each in reached],
                "percents": [each.deadline.ladder.percent(each.clock, each.level) for each in reached],
                "moments": [each.moment for each in reached],
                "told_clocks": [clock for clock, _, _ in told],
                "told_levels": [level for _, level, _ in told],
                "people": [person for _, _, person in told],
            },
        )


def _move_on(climbs: Sequence[Climb]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE sla_clock SET level = reached.level, next_at = reached.next_at, trouble = ''
            FROM unnest(%s::bigint[], %s::int[], %s::timestamptz[]) AS reached (id, level, next_at)
            WHERE sla_clock.id = reached.id
            """,
            [
                [climb.clock.pk for climb in climbs],
                [climb.level for climb in climbs],
                [climb.next_at for climb in climbs],
            ],
        )


def _start_followers(reached: Sequence[Reached], at: datetime) -> list[Clock]:
    """Where a deadline has been missed, or is late by as much as another waits for, the deadlines that follow begin."""
    begun = [
        _follower(each, follower, every, at)
        for each in reached
        for follower, every in each.deadline.followers(each.level)
    ]
    found: dict[int, Clock] = {}
    while begun:  # two that were missed of one record may start the same one: the second finds it running
        first = {(clock.deadline, clock.record): clock for clock in reversed(begun)}
        begun = [clock for clock in begun if clock not in first.values()]
        found |= {clock.pk: _no_later_than_its_ladder(clock) for clock in _insert_followers([*first.values()])}
    return list(found.values())


def _no_later_than_its_ladder(clock: Clock) -> Clock:
    """One that had told somebody already and has come nearer tells the next level sooner too."""
    moment = first_level(clock)
    if clock.level and moment and clock.next_at and moment < clock.next_at:
        clock.next_at = moment
        clock.save(update_fields=["next_at"])
    return clock


def _follower(missed: Reached, deadline: Deadline, every: Length, at: datetime) -> Clock:
    clock, (interval, setting) = missed.clock, every.in_force(at)
    due = missed.moment + (deadline.first.in_force(at)[0] if deadline.first else timedelta(0))
    about = {name: getattr(clock, name) for name in ("kind", "record", "reference", "team_id", "owner_id", "no_child")}
    setting_id = setting.pk if setting else None
    began = Clock(
        deadline=deadline.code, started_at=missed.moment, due_at=due, every=interval, setting_id=setting_id, **about
    )
    began.next_at = first_level(began)
    return began


COLUMNS = ("deadline", "kind", "record", "reference", "team_id", "owner_id", "no_child", "started_at", "due_at",
           "next_at", "every", "setting_id")  # fmt: skip


def _insert_followers(begun: Sequence[Clock]) -> list[Clock]:
    """One already running (a regraded record can miss twice) goes on, nearer, at the shorter of the two intervals."""
    return list(
        Clock.objects.raw(
            f"""
            INSERT INTO sla_clock ({", ".join(COLUMNS)}, level, stopped_by, trouble, never_tells)
            SELECT missed.*, 0, '', '', '{{}}'::bigint[]
            FROM unnest(%s::text[], %s::text[], %s::uuid[], %s::text[], %s::bigint[], %s::bigint[], %s::boolean[],
                        %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::interval[], %s::bigint[]) AS missed
            ON CONFLICT (deadline, record) WHERE stopped_at IS NULL
            DO UPDATE SET every = least(sla_clock.every, excluded.every),
                          due_at = least(sla_clock.due_at, sla_clock.started_at + excluded.every),
                          next_at = CASE WHEN sla_clock.level > 0 THEN sla_clock.next_at
                                    ELSE least(sla_clock.next_at, sla_clock.started_at + excluded.every) END
            RETURNING *
            """,  # noqa: S608 - names of our own columns
            [[getattr(clock, name) for clock in begun] for name in COLUMNS],
        )
    )

"""Every clock of the missing team at its exact moments: nobody is told on the moment, somebody named is a microsecond
later, and with that person away their cover is. A month is 31 days and nights; what a person has to decide or to read
again counts in working days. Written by hand from what the force has promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from access.time import now
from cohort import workflow
from cohort.models import CohortEntry
from sla.engine import sweep
from sla.models import Clock
from sla.policy import DEADLINES
from tests.cohort.children import (
    FIRST,
    WORDS,
    a_child,
    as_it_is,
    form,
    given,
    in_cohort,
    meeting_of,
    met,
    plan_of,
    proposed,
    taken_in,
    trigger_plan,
    updated,
)
from tests.sla.made import MOMENT
from tests.stories import away, clock_of

pytestmark = pytest.mark.django_db


def utc(month: int, day: int, hour: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@dataclass(frozen=True)
class Day:
    """A moment at which a clock begins; when so many working days from it have gone; and nine in the morning by the
    clock on the wall so many days before 31 days from it, and before five working days from it."""

    began: datetime
    working: dict[int, datetime]
    nine: dict[str, datetime]

    def __str__(self) -> str:
        return f"{self.began:%A %d %B}"


DAYS = [
    Day(  # a Monday morning; 31 days later summer time has begun, and it is Maundy Thursday
        utc(3, 2, 9),
        {2: utc(3, 4, 9), 4: utc(3, 6, 9), 5: utc(3, 9, 9)},
        {"plan": utc(3, 31, 8), "meeting": utc(3, 26, 9), "first": utc(3, 7, 9)},
    ),
    Day(  # a Friday evening
        utc(3, 6, 20),
        {2: utc(3, 10, 20), 4: utc(3, 12, 20), 5: utc(3, 13, 20)},
        {"plan": utc(4, 4, 8), "meeting": utc(3, 30, 8), "first": utc(3, 11, 9)},
    ),
    Day(  # the night the clocks go forward: a Saturday, and then Easter lies in the way
        utc(3, 28, 23),
        {2: utc(3, 31, 23), 4: utc(4, 2, 23), 5: utc(4, 7, 23)},
        {"plan": utc(4, 27, 8), "meeting": utc(4, 22, 8), "first": utc(4, 6, 8)},
    ),
    Day(  # the night they go back: by the clock on the wall it is Sunday already
        utc(10, 24, 23),
        {2: utc(10, 28, 0), 4: utc(10, 30, 0), 5: utc(10, 31, 0)},
        {"plan": utc(11, 22, 9), "meeting": utc(11, 17, 9), "first": utc(10, 29, 9)},
    ),
    Day(  # Christmas Eve: 25 and 28 December and 1 January are bank holidays
        utc(12, 24, 16),
        {2: utc(12, 30, 16), 4: utc(1, 4, 16, 2027), 5: utc(1, 5, 16, 2027)},
        {"plan": utc(1, 22, 9, 2027), "meeting": utc(1, 17, 9, 2027), "first": utc(1, 3, 9, 2027)},
    ),
]


def days(number: float) -> Callable[[Day], datetime]:
    return lambda day: day.began + timedelta(days=number)


def working(number: int) -> Callable[[Day], datetime]:
    return lambda day: day.working[number]


def nine(what: str) -> Callable[[Day], datetime]:
    return lambda day: day.nine[what]


def a_proposal(cast: Any) -> CohortEntry:
    return proposed(cast["maya"], a_child(cast["maya"]))


def an_entry(cast: Any) -> CohortEntry:
    return in_cohort(cast["maya"], cast["milo"])


def a_written_plan(cast: Any) -> Any:
    return updated(an_entry(cast), cast["maya"])


def a_plan_after_an_episode(cast: Any) -> Any:
    """Missing as soon as it was written."""
    plan = a_written_plan(cast)
    workflow.went_missing(plan.entry.person, reference="MIS-1", at=now())
    return as_it_is(plan)


@dataclass(frozen=True)
class Row:
    """One clock: what starts it, when each level is reached, and who is told then."""

    name: str
    code: str
    made: Callable[[Any], Any]
    tells: tuple[tuple[Callable[[Day], datetime], str], ...]


MONTH = ((days(31), "ines"), (days(32), "dmitri"))
TABLE = [
    Row("proposed", "MC19D", a_proposal, ((working(4), "milo"), (working(5), "ines"))),
    Row("month", "MC19R", a_written_plan, ((nine("plan"), "milo"), *MONTH)),
    Row("meeting", "MC19", lambda cast: meeting_of(an_entry(cast).authority), ((nine("meeting"), "milo"), *MONTH)),
]
BY_NAME = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
BY_DAY = pytest.mark.parametrize("day", DAYS, ids=str)


def told_by(record: Any, code: str) -> list[str]:
    rows = clock_of(record, code).escalations.order_by("level").prefetch_related("notifications__person")
    return [note.person.username for each in rows for note in each.notifications.all()]


@BY_DAY
@BY_NAME
def test_nobody_is_told_on_the_moment_and_the_right_one_a_microsecond_later(cast, clock, row, day):
    clock.set(day.began)
    record = row.made(cast)
    so_far: list[str] = []
    for when, who in row.tells:
        clock.set(when(day))
        sweep()
        assert told_by(record, row.code) == so_far
        clock.shift(MOMENT)
        sweep()
        so_far.append(who)
        assert told_by(record, row.code) == so_far


@BY_NAME
def test_whoever_covers_is_told(cast, clock, row):
    clock.set(DAYS[0].began)
    record = row.made(cast)
    for _, who in row.tells:
        away(cast[who], days=400, cover=cast["sue"])
    clock.set(row.tells[-1][0](DAYS[0]) + MOMENT)
    sweep()
    assert set(told_by(record, row.code)) == {"sue"}


def ninety_days(record: Any, code: str, clock: Any, late: datetime) -> None:
    due = record.reviewed_at + timedelta(days=90)
    for when, before, after in ((due, [], ["maya"]), (late, ["maya"], ["maya", "milo"])):
        clock.set(when)
        sweep()
        assert told_by(record, code) == before
        clock.shift(MOMENT)
        sweep()
        assert told_by(record, code) == after


LATE = [  # two working days after 90 days, counted by hand
    (DAYS[0], utc(6, 2, 23)),  # due on Sunday 31 May: Monday and Tuesday, until Tuesday is over
    (DAYS[1], utc(6, 8, 20)),  # due on Thursday 4 June
    (DAYS[2], utc(6, 30, 23)),  # due as Saturday 27 June begins: until Tuesday is over
    (DAYS[3], utc(1, 26, 23, 2027)),  # due on Friday 22 January
    (DAYS[4], utc(3, 30, 15, 2027)),  # due on Wednesday 24 March
]


@pytest.mark.parametrize("made", [(trigger_plan, "MC20"), (form, "MC20P")], ids=["trigger plan", "form"])
@pytest.mark.parametrize(("day", "late"), LATE, ids=lambda each: str(each) if isinstance(each, Day) else "")
def test_what_is_kept_beforehand_is_looked_at_within_90_days(maya, clock, day, late, made):
    clock.set(day.began)
    make, code = made
    ninety_days(make(maya, a_child(maya)), code, clock, late)


# After an episode


@BY_DAY
def test_after_an_episode_everything_is_due_within_two_working_days_of_the_report(cast, clock, day):
    clock.set(day.began - timedelta(days=10))
    maya = cast["maya"]
    plan = a_written_plan(cast)
    trigger, kept = trigger_plan(maya, plan.entry.person), form(maya, plan.entry.person)
    clock.set(day.began + timedelta(hours=5))  # written down five hours after the report
    workflow.went_missing(plan.entry.person, reference="MIS-1", at=day.began)
    for record, code in ((plan, "MC19R"), (trigger, "MC20"), (kept, "MC20P")):
        assert clock_of(record, code).due_at == day.working[2], code
        assert as_it_is(record).due_at == day.working[2]


def test_after_an_episode_the_sergeant_knows_at_once_and_the_inspector_when_it_is_late(cast, clock):
    plan = a_plan_after_an_episode(cast)
    due = clock.at + timedelta(days=2)
    clock.shift(MOMENT)
    sweep()
    assert told_by(plan, "MC19R") == ["milo"]  # nine in the morning two days before is now
    clock.set(due)
    sweep()
    assert told_by(plan, "MC19R") == ["milo"]
    clock.shift(MOMENT)
    sweep()
    assert told_by(plan, "MC19R") == ["milo", "ines"]


def test_an_episode_never_gives_time(cast, clock):
    plan = a_written_plan(cast)
    due = clock_of(plan, "MC19R").due_at
    clock.set(due - timedelta(hours=3))
    workflow.went_missing(plan.entry.person, reference="MIS-1", at=clock.at)
    assert clock_of(plan, "MC19R").due_at == due


def test_a_second_episode_gives_no_time_back_that_the_first_took(cast, clock):
    plan = a_plan_after_an_episode(cast)
    due = clock_of(plan, "MC19R").due_at
    clock.shift(timedelta(days=1))
    workflow.went_missing(plan.entry.person, reference="MIS-2", at=clock.at)
    assert clock_of(plan, "MC19R").due_at == due


def test_looking_again_after_an_episode_gives_the_usual_time_again(cast, clock):
    maya = cast["maya"]
    plan = a_plan_after_an_episode(cast)
    trigger, kept = trigger_plan(maya, plan.entry.person), form(maya, plan.entry.person)
    workflow.went_missing(plan.entry.person, reference="MIS-2", at=clock.at)
    clock.shift(timedelta(days=1))
    plan = workflow.update_risk_plan(plan, by=maya, said=WORDS)
    trigger = workflow.review_trigger_plan(trigger, by=maya, said=FIRST)
    kept = workflow.confirm_form(kept, by=maya, confirmed_by="Olive Keeper")
    for record, code, length in ((plan, "MC19R", 31), (trigger, "MC20", 90), (kept, "MC20P", 90)):
        assert Clock.running().get(record=record.pk, deadline=code).due_at == clock.at + timedelta(days=length)


def test_adding_a_place_is_no_review(maya, clock):
    plan = trigger_plan(maya, a_child(maya))
    due = plan.due_at
    clock.shift(timedelta(days=30))
    plan = workflow.add_to_trigger_plan(plan, by=maya, places="The pier", people="", because="the interview")
    assert clock_of(plan, "MC20").due_at == due


# The first plan, the next meeting, a step


@BY_DAY
def test_the_first_plan_is_due_five_working_days_after_the_child_was_taken_in(cast, clock, day):
    clock.set(day.began)
    plan = plan_of(an_entry(cast))
    assert clock_of(plan, "MC19R").due_at == day.working[5]
    clock.set(day.nine["first"])
    sweep()
    assert told_by(plan, "MC19R") == []
    clock.shift(MOMENT)
    sweep()
    assert told_by(plan, "MC19R") == ["milo"]


def test_the_next_meeting_is_due_31_days_after_the_last_was_held_not_after_it_was_recorded(cast, clock):
    entry = an_entry(cast)
    clock.shift(timedelta(days=20))
    was_held = clock.at - timedelta(days=2)
    met(meeting_of(entry.authority), cast["maya"], held_at=was_held)
    assert meeting_of(entry.authority).due_at == was_held + timedelta(days=31)


def test_a_second_child_of_the_authority_gives_no_time(cast, clock):
    entry = an_entry(cast)
    due = meeting_of(entry.authority).due_at
    clock.shift(timedelta(days=10))
    taken_in(proposed(cast["maya"], a_child(cast["maya"], "Willow Example")), cast["milo"])
    assert meeting_of(entry.authority).due_at == due


def test_a_meeting_held_late_was_late(cast, clock):
    meeting = meeting_of(an_entry(cast).authority)
    clock.shift(timedelta(days=31) + MOMENT)
    met(meeting, cast["maya"])
    assert told_by(meeting, "MC19") == ["milo", "ines"]


def test_a_step_tells_the_co_ordinator_the_sergeant_and_the_inspector(cast, clock):
    step = given(an_entry(cast), cast["maya"], due_at=clock.at + timedelta(days=8))
    for share, so_far in ((6, []), (8, ["maya"]), (12, ["maya", "milo"])):
        clock.set(step.given_at + timedelta(days=share))
        sweep()
        assert told_by(step, "MC19S") == so_far
        clock.shift(MOMENT)
        sweep()
    assert told_by(step, "MC19S") == ["maya", "milo", "ines"]


def test_every_clock_of_the_cohort_is_tested_here():
    ours = {code for code, each in DEADLINES.items() if each.model._meta.app_label == "cohort"}
    assert ours == {"MC19", "MC19D", "MC19R", "MC19S", "MC20", "MC20P"}

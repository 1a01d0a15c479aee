"""Who of the cast is planned for the shift that goes on; they came, but one, of whom there is no sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from accounts.models import User
from accounts.workflow import signs_in
from demo.chronicle import Event, when
from demo.scene import Scene
from insight.models import ShiftPlan
from insight.staffing_now import ROUND_THE_CLOCK
from insight.staffing_shifts import OURS, Hours, hours_of
from insight.workflow import look_who_is_here, plan_shift
from sla.calendar import DAY
from workflow.transitions import NotNow

PLANNED = {"sam": ["cora", "cole"], "tess": ["tara"], "rina": ["ravi"], "stella": ["omar", "olga"], "hugo": ["hana"]}
"""Supervisor -> whom they planned."""
NOT_SEEN = "cole"
NEXT = "sam"
"""Whose people are planned for the same shift of the next day, too: of the others a demonstration would say each
morning that nobody has seen them."""
HANDOVER = timedelta(minutes=10)


def events(scene: Scene) -> Iterator[Event]:
    """Planned a day before; signed in for the handover; looked for when an hour of the shift has gone, and just now."""
    day, shift, hours = shift_now(scene)
    yield when(hours.starts - DAY, _plan, scene, day, shift)
    for people in PLANNED.values():
        yield from (when(hours.starts - HANDOVER, signs_in, scene.people[name]) for name in people if name != NOT_SEEN)
    for at in sorted({*_looks(hours, scene.now)}):
        yield when(at, look_who_is_here)


def _looks(hours: Hours, now: datetime) -> Iterator[datetime]:
    """After a minute, after the hour in which everybody should have been seen, and two minutes ago."""
    for after in (timedelta(minutes=1), timedelta(minutes=61)):
        if hours.starts + after < now:
            yield hours.starts + after
    yield max(hours.starts, now - timedelta(minutes=2))


def shift_now(scene: Scene) -> tuple[date, str, Hours]:
    """Its day, its name, and from when until when: the early, late or night shift, which leave no gap."""
    shifts = [(day, shift.value, hours_of(day, *OURS[shift]))
              for day in (scene.today, scene.today - DAY) for shift in ROUND_THE_CLOCK]  # fmt: skip
    return next(each for each in shifts if each[2].starts <= scene.now < each[2].ends)


def _plan(scene: Scene, day: date, shift: str) -> None:
    for supervisor, people in PLANNED.items():
        for person in people:
            for on in [day, day + DAY] if supervisor == NEXT else [day]:
                _plan_one(scene.people[supervisor], scene.people[person], on, shift)


def _plan_one(by: User, person: User, day: date, shift: str) -> None:
    post = person.postings.order_by("-starts").first()
    if post is None:
        return
    try:
        plan_shift(ShiftPlan(), by=by, team=post.team, person=person, day=day, shift=shift)
    except NotNow:
        return  # they are away

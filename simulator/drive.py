"""A simulated force is lived through: each day what happened in it, with the sweep as workers would have run it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from access.actor import NotYours, System, acting
from access.time import install_movable_clock, now, run_freely, shift
from demo.chronicle import LONG_AGO, Chronicle, Event
from demo.people import CANNOT_SIGN_IN
from demo.seed import NotForTheDemo, let_statistics_be_taken, refuse_a_real_force, take_statistics
from simulator.arriving import A_DAY
from simulator.counting import NAMES, asked_of_the_hub, counted, open_records, records_with_a_child
from simulator.engine import Run, simulate, without_what_was_over
from simulator.profile import Profile
from simulator.stage import Stage, build_stage
from simulator.verbs import incidents, missing, notices, offenders
from sla.models import Escalation, Notification
from workflow.models import Step
from workflow.transitions import NotNow

Say = Callable[[str], None]
SIMULATOR = System("simulator")
VERBS = (offenders.events, missing.events, notices.events, incidents.events)
DAYS_OF_STATISTICS = {0, 1, 3, 7, 15}
NEVER_LATELY = LONG_AGO * 2  # the sweep once an hour throughout


class NotForASimulation(Exception):
    """The database holds records: they may be a real force's."""


@dataclass(frozen=True)
class Lived:
    """What came of it."""

    run: Run
    stage: Stage
    seconds: float
    transitions: int


def live(
    profile: Profile,
    seed: int | str,
    starts: datetime,
    days: float,
    say: Say,
    *,
    lately: float | None = None,
    password_hash: str = CANNOT_SIGN_IN,
) -> Lived:
    """`days` of this force from `starts` on, into an empty database: all of it or nothing. With `lately`, what was over
    before the last so many days is simulated and leaves no record. `password_hash`: with which the cast signs in, if at
    all. Raises NotForASimulation."""
    must_be_empty()
    install_movable_clock()
    let_statistics_be_taken()
    run = simulate(profile, seed, starts, days)
    if lately is not None:
        run = without_what_was_over(run, (days - lately) * A_DAY)
    say(f"{len(run.happenings)} things happen in {days:g} days of {profile.name}, seed {seed}")
    began = time.monotonic()
    with transaction.atomic(), acting(SIMULATOR):
        stage = build_stage(run, seed, password_hash)
        _live(stage, say)
        transitions = Step.objects.count()
    return Lived(run, stage, time.monotonic() - began, transitions)


def must_be_empty() -> None:
    try:
        refuse_a_real_force()
    except NotForTheDemo as refusal:
        said = str(refusal).replace("and is not the demo's. ", "and may be a real force's. ")
        raise NotForASimulation(f"A simulation needs an empty database. {said}") from None


def _live(stage: Stage, say: Say) -> None:
    """What is older than the first day comes first, as one."""
    events = [_as_far_as_it_goes(stage, event) for part in VERBS for event in part(stage)]
    chronicle = Chronicle(stage.begins, stage.ends + NEVER_LATELY)
    whole = ceil(stage.run.days)
    edges = [*(stage.run.starts + timedelta(days=day) for day in range(whole)), stage.ends]
    events.sort(key=lambda event: event.at)
    for day, until in enumerate(edges):
        began, todays = time.monotonic(), list(_before(events, until))
        chronicle.live(todays, until)
        if day in DAYS_OF_STATISTICS:
            take_statistics()
        name = "Before it begins" if not day else f"Day {day} of {whole}"
        say(f"{name}: {len(todays)} events, {time.monotonic() - began:.1f} s")


def _before(events: list[Event], until: datetime) -> Iterator[Event]:
    """Takes from the list what comes before that moment."""
    number = next((place for place, event in enumerate(events) if event.at >= until), len(events))
    yield from events[:number]
    del events[:number]


def _as_far_as_it_goes(stage: Stage, event: Event) -> Event:
    return replace(event, does=partial(_do, stage, event.does))


def _do(stage: Stage, does: Callable[[], Any]) -> None:
    """A verb that refuses is written down and counted; the rest goes on, as it would in a force."""
    try:
        with transaction.atomic():
            does()
    except (NotNow, NotYours, ObjectDoesNotExist) as refusal:
        stage.refused.append(f"{getattr(does, 'func', does)!r}: {refusal}")


def let_it_be_then(ends: datetime) -> None:
    """For Longstop it is the end of the simulation now, and time runs on from there."""
    run_freely()
    shift(ends - now())


def closing_table(lived: Lived) -> list[str]:
    """Queue by queue, as the records have it; then how much was raised and told, and how fast it went."""
    ends, there = lived.stage.ends, open_records()
    ages = records_with_a_child(ends)
    lines = [f"{'':30}{'arrived':>9}{'done':>9}{'open':>7}{'oldest':>9}{'child':>7}"]
    for each in counted(lived.run, lived.run.days * A_DAY):
        child, oldest = ages[each.queue]
        name = NAMES[each.queue]
        lines.append(f"{name:30}{each.arrived:>9}{each.done:>9}{there[each.queue]:>7}{oldest:>7.1f} d{child:>7}")
    if asked := asked_of_the_hub():
        lines.append(f"{asked} more tasks of the ViSOR hub came of other records")
    with acting(SIMULATOR, apart=True):
        raised, told = Escalation.objects.count(), Notification.objects.count()
    rate = lived.transitions / max(lived.seconds, 0.001)
    lines.append(f"{raised} levels of clocks raised, people told {told} times")
    lines.append(f"{lived.transitions} transitions in {lived.seconds:.0f} s: {rate:.0f} a second, sweeps included")
    if lived.stage.refused:
        lines.append(f"{len(lived.stage.refused)} things were refused by a verb; the first: {lived.stage.refused[0]}")
    return lines

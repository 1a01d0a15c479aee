"""What holds at every moment of any record's life, whatever two people and the sweep do to it in whatever order."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from access.actor import NotYours, System, acting
from sla.engine import sweep
from sla.models import Clock, Escalation
from sla.policy import DEADLINES
from tests.conftest import MONDAY
from workflow.models import Step
from workflow.transitions import TRANSITIONS, NotNow, Transition

PLACES = st.integers(min_value=0, max_value=59)
LENGTHS = st.sampled_from([0, 15, 60, 119, 12 * 60, 24 * 60, 49 * 60])
MODEST = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    phases=[Phase.generate],  # each step of a shorter example would go to the database again: minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def moments_before(clock: Clock, at: Any) -> int:
    """How many levels of this clock have been reached."""
    ladder, level = DEADLINES[clock.deadline].ladder, 0
    while (moment := ladder.moment(clock, level)) is not None and moment < at:
        level += 1
    return level


def _one(choices: list[Any], place: int) -> Any:
    return choices[place % len(choices)]


class Life(RuleBasedStateMachine):
    """Each run is rolled back when it ends."""

    cast: ClassVar[dict[str, Any]]
    clock: ClassVar[Any]
    people: ClassVar[list[str]]

    def facts(self) -> dict[Transition[Any, Any], list[dict[str, Any]]]:
        """Every verb of this life, each with the facts it may be given."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        self.clock.set(MONDAY)
        self.records: list[Any] = []
        self.done: Counter[Any] = Counter()
        self.due: dict[int, Any] = {}
        self.raised: set[tuple[int, int]] = set()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.before)

    def begin(self, record: Any) -> None:
        self.records.append(record)
        self.done[record.pk] += 1

    @rule(record=PLACES, verb=PLACES, facts=PLACES, who=PLACES)
    def somebody_who_may_does_what_can_be_done(self, record: int, verb: int, facts: int, who: int) -> None:
        about = self.now(_one(self.records, record))
        possible = [
            (each, person)
            for each in self.facts()
            for person in self.people
            if each.open_from(about.state) and self.cast[person].can(each.may)
        ]
        if possible:
            chosen = _one(list(dict.fromkeys(each for each, _ in possible)), verb)
            person = _one([person for each, person in possible if each is chosen], who)
            self.attempt(about, chosen, person, _one(self.facts()[chosen], facts))

    @rule(record=PLACES, verb=PLACES, facts=PLACES, who=PLACES)
    def somebody_tries_anything(self, record: int, verb: int, facts: int, who: int) -> None:
        chosen = _one(list(self.facts()), verb)
        about = self.now(_one(self.records, record))
        self.attempt(about, chosen, _one(self.people, who), _one(self.facts()[chosen], facts))

    def attempt(self, record: Any, verb: Transition[Any, Any], who: str, facts: dict[str, Any]) -> None:
        """It happens exactly when this person may and the record is where it can be done."""
        by = self.cast[who]
        allowed = by.can(verb.may) and verb.open_from(record.state)
        if not allowed or self.may_be_refused(record, verb, who, facts):
            with pytest.raises((NotNow, NotYours)), transaction.atomic():
                verb(record, by=by, **facts)
            assert self.now(record).state == record.state
        else:
            after = verb(record, by=by, **facts)
            assert after.state in (verb.states_after() or (record.state,))
            self.done[record.pk] += 1

    def may_be_refused(self, record: Any, verb: Transition[Any, Any], who: str, facts: dict[str, Any]) -> bool:
        return False

    def now(self, record: Any) -> Any:
        with acting(System("looking")):
            return type(record).objects.get(pk=record.pk)

    @rule(minutes=LENGTHS, a_moment_more=st.booleans())
    def time_passes(self, minutes: int, a_moment_more: bool) -> None:
        self.clock.shift(timedelta(minutes=minutes, microseconds=int(a_moment_more)))

    @rule(minutes=LENGTHS, record=PLACES, verb=PLACES, facts=PLACES, who=PLACES)
    def much_later_somebody_goes_on(self, minutes: int, **places: int) -> None:
        self.time_passes(minutes, a_moment_more=True)
        self.somebody_who_may_does_what_can_be_done(**places)

    @rule()
    def the_sweep_runs(self) -> None:
        sweep()
        for clock in Clock.running():
            assert clock.trouble == "", (clock, clock.trouble)
            assert clock.level == moments_before(clock, self.clock.at), clock

    @invariant()
    def only_declared_transitions_happen_and_each_has_one_step(self) -> None:
        for record in self.records:
            steps = list(Step.of(record))
            assert len(steps) == self.done[record.pk]
            assert steps[-1].to_state == self.now(record).state
            for first, second in pairwise(steps):
                assert second.from_state == first.to_state
                assert first.at <= second.at
            for step in steps:
                verb = TRANSITIONS[step.transition]
                assert verb.open_from(step.from_state) or (not verb.source and not step.from_state)
                assert step.to_state in (verb.states_after() or (step.from_state,))

    @invariant()
    def a_due_time_never_moves_away(self) -> None:
        for clock in Clock.objects.all():
            assert clock.due_at <= self.due.get(clock.pk, clock.due_at)
            self.due[clock.pk] = clock.due_at

    @invariant()
    def a_level_is_raised_once_and_only_when_it_has_passed(self) -> None:
        rows = list(Escalation.objects.values_list("clock", "level", "due_at", "raised_at"))
        raised = {(clock, level) for clock, level, *_ in rows}
        assert len(rows) == len(raised)
        assert self.raised <= raised
        self.raised = raised
        assert all(due_at < raised_at <= self.clock.at for *_, due_at, raised_at in rows)
        levels = Counter(clock for clock, *_ in rows)
        for clock in Clock.objects.all():
            assert levels[clock.pk] == clock.level
            assert {level for key, level in raised if key == clock.pk} == set(range(1, clock.level + 1))

    @invariant()
    def everybody_concerned_has_been_told(self) -> None:
        assert not Escalation.objects.filter(notifications=None).exists()

    @invariant()
    def finishing_late_has_its_breach_recorded(self) -> None:
        for clock in Clock.objects.exclude(stopped_at=None):
            assert clock.level == moments_before(clock, clock.stopped_at), clock


def live(life: type[Life], clock: Any, cast: dict[str, Any]) -> None:
    life.clock, life.cast = clock, cast
    run_state_machine_as_test(life, settings=MODEST)

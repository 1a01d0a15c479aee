"""What a transition does to the clocks of the record it was about: raise what is already due, stop, restart, pull in,
start. In the transition's own transaction, so a record and its clocks cannot disagree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any
from uuid import UUID

from access.time import now
from sla.engine import first_level, settle
from sla.models import Clock
from sla.policy import DEADLINES, Deadline, EachTime, On, Verb
from workflow.transitions import Transition

CARRIED_ON = ("deadline", "kind", "record", "reference", "no_child", "every", "never_tells")


class Does(Enum):
    STOPS = auto()
    RESTARTS = auto()
    PULLS_IN = auto()
    STARTS = auto()


@dataclass(frozen=True)
class Rule:
    """One deadline's interest in one transition."""

    does: Does
    deadline: Deadline
    of: Callable[[Any], Any]


class Watch:
    """All deadlines' interest in one transition."""

    def __init__(self, transition: Transition[Any, Any]) -> None:
        self.name = transition.name
        self.rules: list[Rule] = []

    def __call__(self, record: Any) -> None:
        """All that several deadlines ask of one record is one change, whichever way each of them found that record:
        stops before starts, or one would end what another has just begun anew."""
        found: dict[UUID, tuple[Any, list[Rule]]] = {}
        for of in dict.fromkeys(rule.of for rule in self.rules):
            about = of(record)
            if about is not None:
                about = record if about.pk == record.pk else about
                found.setdefault(about.pk, (about, []))[1].extend(rule for rule in self.rules if rule.of is of)
        for about, rules in found.values():
            Change(self.name, about, rules, saved_next=about is record).make()


WATCHES: dict[str, Watch] = {}


def attach(deadline: Deadline) -> None:
    """Register a deadline with the transitions it names."""
    for does, verbs in (
        (Does.STOPS, deadline.stops),
        (Does.RESTARTS, deadline.restarts),
        (Does.PULLS_IN, deadline.pulled_in_by),
        (Does.STARTS, deadline.starts),
    ):
        for verb in verbs:
            _watch(verb).rules.append(Rule(does, deadline, _normal(verb).of))


def _normal(verb: Verb) -> On:
    return verb if isinstance(verb, On) else On(verb)


def _watch(verb: Verb) -> Watch:
    transition = _normal(verb).transition
    if transition.name not in WATCHES:
        WATCHES[transition.name] = Watch(transition)
        transition.watchers.append(WATCHES[transition.name])
    return WATCHES[transition.name]


class Change:
    """What one transition does to the clocks of one record."""

    def __init__(
        self,
        transition: str,
        record: Any,
        rules: list[Rule],
        *,
        saved_next: bool,
    ) -> None:
        self.transition, self.record, self.rules, self.saved_next = transition, record, rules, saved_next
        self.at = now()
        found = [] if record._state.adding else settle(record.pk, self.at)  # what is due is raised before all else
        self.running = {clock.deadline: clock for clock in found}

    def make(self) -> None:
        renewed = self._codes(Does.RESTARTS) & self._begun() - self._codes(Does.STOPS)
        ended = self._stop((self._codes(Does.STOPS) & self.running.keys()) | renewed)
        for code in renewed:
            self._begin_again(ended[code])
        for deadline in self._deadlines(Does.PULLS_IN):
            if deadline.code in self.running.keys() - renewed:
                self._pull_in(deadline, self.running[deadline.code])
        for deadline in self._deadlines(Does.STARTS):
            if deadline.code not in self.running and deadline.applies(self.record):
                self._start(deadline)
        self._publish()

    def _deadlines(self, does: Does) -> list[Deadline]:
        return [rule.deadline for rule in self.rules if rule.does is does]

    def _codes(self, does: Does) -> set[str]:
        return {deadline.code for deadline in self._deadlines(does)}

    def _begun(self) -> set[str]:
        """Those that had begun by then: what was done before a duty began, and is told only now, is not that duty."""
        return {code for code, clock in self.running.items() if clock.started_at <= self.at}

    def _stop(self, codes: set[str]) -> dict[str, Clock]:
        ended = {code: self.running.pop(code) for code in codes}
        if ended:
            rows = Clock.objects.filter(pk__in=[clock.pk for clock in ended.values()])
            rows.update(stopped_at=self.at, stopped_by=self.transition)
        return ended

    def _start(self, deadline: Deadline) -> None:
        began, due, setting = self._due(deadline)
        clock = Clock(
            deadline=deadline.code,
            kind=deadline.kind,
            record=self.record.pk,
            reference=self.record.reference,
            team=deadline.team(self.record),
            owner=deadline.owner(self.record),
            never_tells=list(deadline.never_tells(self.record)),
            no_child=deadline.no_child(self.record),
            started_at=began,
            due_at=due,
            every=due - began if isinstance(deadline.ladder, EachTime) else None,
            setting=setting,
        )
        clock.next_at = first_level(clock)
        clock.save(force_insert=True)
        self.running[clock.deadline] = clock

    def _begin_again(self, clock: Clock) -> None:
        """The duty was done; it falls due again after its interval, counted from now."""
        again = Clock(
            **{name: getattr(clock, name) for name in CARRIED_ON},
            team_id=clock.team_id,
            owner_id=clock.owner_id,
            setting_id=clock.setting_id,
            started_at=self.at,
            due_at=self.at + (clock.every or clock.due_at - clock.started_at),
        )
        again.next_at = first_level(again)
        again.save(force_insert=True)
        self.running[again.deadline] = again

    def _pull_in(self, deadline: Deadline, clock: Clock) -> None:
        """New risk can bring a deadline nearer, never push it away. That a child is concerned counts either way."""
        _, due, setting = self._due(deadline)
        clock.no_child = deadline.no_child(self.record)
        if max(due, clock.started_at) < clock.due_at:
            clock.due_at, clock.setting = max(due, clock.started_at), setting
            if isinstance(deadline.ladder, EachTime):
                clock.every = clock.due_at - clock.started_at
        clock.next_at = first_level(clock)
        clock.save(update_fields=["due_at", "every", "setting", "no_child", "next_at"])

    def _due(self, deadline: Deadline) -> tuple[datetime, datetime, Any]:
        if deadline.counts_from is None or not (deadline.length or deadline.until):
            raise TypeError(f"{deadline.code} starts with a transition and must say what it counts from and its length")
        began = deadline.counts_from(self.record).astimezone(UTC)
        ends, setting = [], None
        if deadline.length:
            by_length, setting = deadline.length(self.record).due(began, self.at)
            ends.append(by_length)
        if deadline.until:
            ends.append(deadline.until(self.record).astimezone(UTC))
        return began, max(began, min(ends)), setting

    def _publish(self) -> None:
        """Put what runs out first on the record itself, where queues sort by it through an index.

        When nothing that publishes runs any more, the last due time stays, as what it was.
        """
        due: dict[str, datetime] = {}
        for clock in self.running.values():
            name = DEADLINES[clock.deadline].publishes if clock.deadline in DEADLINES else ""
            if name:
                due[name] = min(clock.due_at, due.get(name, clock.due_at))
        for name, moment in due.items():
            setattr(self.record, name, moment)
        if due and not self.saved_next:
            type(self.record).objects.filter(pk=self.record.pk).update(**due)

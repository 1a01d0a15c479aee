"""A transition is the only way a record changes state.

One call does all of it or none, in one transaction: may this person? - lock the row - right state? - run the effect -
tell the deadlines - save - write the step. The signature of a transition is the evidence it demands, and the type
checker reports a fact that is missing or misspelt.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db import models
from django.utils.functional import Promise

from access.actor import Actor, NotYours, System, signed
from access.guarded import Guarded
from access.roles import Can
from accounts.models import User
from workflow.models import Step

ONLY_LOOKS = "You look at records, and change none."

R = TypeVar("R", bound=Guarded)
P = ParamSpec("P")


class NotNow(Exception):
    """The record is not where this can be done, or something is still missing. Plain English, for the person."""


def must_say(text: str, what: str) -> None:
    """A reason is demanded by the verb, not by the form in front of it."""
    if not text.strip():
        raise NotNow(f"Say {what}.")


@dataclass(frozen=True)
class OneOf(Generic[R]):
    """The record goes to one of several states; `choose` says which, once the effect has run."""

    choose: Callable[[R], str]
    states: tuple[str, ...]


class Transition(Generic[R, P]):
    """One verb of a record's life. Call it with the record, `by=` and the facts its signature names."""

    def __init__(
        self,
        effect: Callable[Concatenate[R, P], None],
        *,
        source: tuple[str, ...],
        target: str | OneOf[Any] | None,
        may: Can,
        secret: tuple[str, ...] = (),
    ) -> None:
        self.effect, self.source, self.target, self.may, self.secret = effect, source, target, may, secret
        self.__doc__ = effect.__doc__
        self.__module__ = effect.__module__
        self.verb = effect.__name__
        self.name = f"{effect.__module__.split('.')[0]}.{effect.__name__}"
        first, *rest = inspect.signature(effect).parameters
        self.record_name = first
        self.facts = [fact for fact in rest if fact != "by"]
        self.watchers: list[Callable[[Any], None]] = []
        if TRANSITIONS.setdefault(self.name, self) is not self:  # a deadline finds a verb by its name
            raise ValueError(f"two transitions are called {self.name}")

    def __repr__(self) -> str:
        return f"<transition {self.name}>"

    def __call__(self, record: R, *args: P.args, **facts: P.kwargs) -> R:
        by: Actor = facts["by"]  # type: ignore[assignment] # every transition takes it; the check is in `transition`
        with signed(by) as moment:  # from here on, so that their posts are looked up once
            self._must_be_theirs_to_do(by)
            record = record if record._state.adding else self._locked(record)
            before = "" if record._state.adding else str(record.state)  # type: ignore[attr-defined]
            self._must_start_from(before)
            self.effect(record, *args, **facts)
            record.state = self._state_after(record, before)  # type: ignore[attr-defined]
            for watch in self.watchers:
                watch(record)
            record.save()
            Step.objects.create(
                kind=record._meta.label_lower,
                record=record.pk,
                transition=self.name,
                from_state=before,
                to_state=record.state,  # type: ignore[attr-defined]
                by=None if isinstance(by, System) else by,  # type: ignore[misc]
                by_system=by.reason if isinstance(by, System) else "",
                at=moment,
                facts={
                    name: KEPT_APART if name in self.secret else _recorded(fact)
                    for name, fact in facts.items()
                    if name != "by"
                },
            )
        return record

    def open_from(self, state: str) -> bool:
        """Whether a record in this state can go this way."""
        return state in self.source

    def states_after(self) -> tuple[str, ...]:
        """Where it may lead: nothing when the state stays as it is."""
        if isinstance(self.target, OneOf):
            return self.target.states
        return (self.target,) if self.target else ()

    def _locked(self, record: R) -> R:
        """The row as it is now, held until the transaction ends; a row that the actor may not see is not there."""
        return type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)  # type: ignore[no-any-return]

    def _must_be_theirs_to_do(self, by: Actor) -> None:
        if not by.can(self.may):
            raise NotYours(f"You may not {self.may.label}.")
        if isinstance(by, User) and not by.may_change_by(self.may):
            raise NotYours(ONLY_LOOKS)

    def _must_start_from(self, state: str) -> None:
        if self.source and state not in self.source:
            raise NotNow(f"This cannot be done now: it is {state.replace('_', ' ')}. Somebody may have been quicker.")
        if not self.source and state:
            raise NotNow("This has been done already.")

    def _state_after(self, record: R, before: str) -> str:
        if isinstance(self.target, OneOf):
            return self.target.choose(record)
        return self.target or before


KEPT_APART = "kept apart"
TRANSITIONS: dict[str, Transition[Any, Any]] = {}
"""Every transition of the system by name."""


def transition(
    *, source: str | Iterable[str] = (), target: str | OneOf[Any] | None = None, may: Can, secret: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[R, P], None]], Transition[R, P]]:
    """Declare a verb. No `source` = it creates the record; no `target` = the state stays as it is.

    `secret`: facts that are kept apart from the record, and so not in its steps either.
    """
    states = (source,) if isinstance(source, str) else tuple(source)

    def declare(effect: Callable[Concatenate[R, P], None]) -> Transition[R, P]:
        if "by" not in inspect.signature(effect).parameters:
            raise TypeError(f"{effect.__name__} must say who does it: by")
        return Transition(effect, source=tuple(str(state) for state in states), target=target, may=may, secret=secret)

    return declare


def _recorded(fact: Any) -> Any:
    """A fact as the step keeps it: plain values as they are, records by key, everything else by its words."""
    if fact is None or isinstance(fact, bool | int | float | str):
        return str(fact) if isinstance(fact, str | Promise) else fact
    if isinstance(fact, models.Model):
        return {"record": str(fact.pk), "name": str(fact)}
    if isinstance(fact, dict):
        return {str(key): _recorded(value) for key, value in fact.items()}
    if isinstance(fact, list | tuple | set | frozenset | models.QuerySet):
        return [_recorded(each) for each in fact]
    if hasattr(fact, "__dataclass_fields__"):
        return {name: _recorded(getattr(fact, name)) for name in fact.__dataclass_fields__}
    return str(fact)

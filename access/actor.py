"""Who is acting. Nothing guarded can be read or changed while nobody is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from access.roles import Can
from access.time import held, holding


class NoActor(RuntimeError):
    """Guarded data was touched with nobody to answer for it."""


class NotYours(PermissionDenied):
    """This person may not do that. The message is plain English, for the person."""


class Actor(Protocol):
    """A person, or the software itself, that answers for what is read and written."""

    @property
    def pk(self) -> Any: ...

    @property
    def sees_everything(self) -> bool:
        """Whether need-to-know does not apply: only to Longstop itself."""

    @property
    def is_outside(self) -> bool:
        """Whether they answer to a partner agency: they get what it was given, and nothing else (`given_to`)."""

    def can(self, act: Can) -> bool: ...

    def signature(self) -> str:
        """How the ledger names this actor: no name of a person, only what finds them."""


@dataclass(frozen=True)
class System:
    """The software itself, acting for a named reason (a sweep, an import, a replay)."""

    reason: str
    pk: None = None

    @property
    def sees_everything(self) -> bool:
        return True

    @property
    def is_outside(self) -> bool:
        return False

    def can(self, act: Can) -> bool:
        return True

    def signature(self) -> str:
        return f"system: {self.reason}"

    def __str__(self) -> str:
        return f"Longstop ({self.reason})"


@dataclass
class Acting:
    """One stretch of acting: who, and which guarded records they have been handed so far."""

    who: Actor
    handed_over: dict[str, set[Any]] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)  # what is asked often and holds for one request


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(who: Actor, *, apart: bool = False) -> Iterator[Acting]:
    """Everything inside is done by `who`. Records handed over inside a nested stretch count for the outer one too,
    unless it stands `apart`: Longstop reads there what whoever asked is not handed."""
    outer = None if apart else _acting.get()
    stretch = Acting(who, handed_over=outer.handed_over) if outer else Acting(who)
    token = _acting.set(stretch)
    try:
        yield stretch
    finally:
        _acting.reset(token)


def current() -> Acting | None:
    return _acting.get()


def actor() -> Actor:
    """Who is acting now. Raises NoActor when nobody is."""
    stretch = _acting.get()
    if stretch is None:
        raise NoActor("wrap this in access.actor.acting(user) or acting(System('why'))")
    return stretch.who


@contextmanager
def signed(who: Actor) -> Iterator[datetime]:
    """A transaction that the row ledger knows the author of, and that happens at one moment, which it gives.

    Writing an audited table outside one is refused.
    """
    outer = _acting.get()
    with acting(who) as stretch, transaction.atomic():
        if outer and outer.who == who and held():  # a step of their own inside another, at the same moment
            stretch.kept = outer.kept
        moment, before = _sign(who.signature())
        at = held() or moment
        with holding(at):
            yield at
        if before and (before != who.signature() or at != held()) and not connection.needs_rollback:
            _sign(before)  # whoever signed around us answers again for what follows, at the moment it happens


def _sign(signature: str) -> tuple[datetime, str]:
    """Tell PostgreSQL who writes, and when, for this transaction. Returns the moment, and who signed before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT moment, coalesce(current_setting('app.actor', true), ''), set_config('app.actor', %s, true), "
            "set_config('app.at', coalesce(%s, moment)::text, true) FROM (SELECT app_now() AS moment OFFSET 0) asked",
            [signature, held()],
        )
        moment, before, _, _ = cursor.fetchone()
    return moment, before

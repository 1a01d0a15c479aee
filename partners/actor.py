"""Somebody of a partner agency, or its system, as the one who is acting; and Longstop acting on what they say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from access.actor import Actor, NotYours, System, acting, current
from access.roles import Can
from accounts.models import AccessToken, User
from accounts.service import ServiceActor
from partners.models.access import AgencyAccount, AgencyPerson

LONGEST_REASON = 60
"""Letters of whoever acted that a reply and a step have room for; their whole name is in the answer."""


@dataclass(frozen=True, kw_only=True)
class AgencySystem(ServiceActor):
    """A partner agency's own system. It gets what its agency was given, and may do what its token is for."""

    agency: int

    @classmethod
    def holding(cls, token: AccessToken, of: AgencyAccount) -> AgencySystem:
        known = {str(act): act for act in Can}
        acts = frozenset(known[act] for act in {*token.acts} & {*token.account.acts} if act in known)
        return cls(of.name, account=token.account_id, acts=acts, agency=of.agency_id)

    @property
    def is_outside(self) -> bool:
        return True


@dataclass(frozen=True, kw_only=True)
class OnBehalf(System):
    """Longstop, writing down what an agency said. Signed as whoever said it; it reads what they may not."""

    signs_as: str

    def signature(self) -> str:
        return self.signs_as

    def __str__(self) -> str:
        return self.reason


def agency_of(who: Actor) -> int | None:
    """The agency that somebody outside answers to; None where they answer to none any more."""
    if isinstance(who, AgencySystem):
        return who.agency
    stretch = current()
    kept: dict[str, Any] = stretch.kept if stretch and stretch.who == who else {}
    if "agency" not in kept:
        person = AgencyPerson.objects.filter(user_id=who.pk, ended_at=None, agency__closed_at=None).first()
        kept["agency"] = person.agency_id if person else None
    found: int | None = kept["agency"]
    return found


@contextmanager
def on_behalf(who: Actor, *, may: Can = Can.SEND_REPLIES) -> Iterator[OnBehalf]:
    """What somebody outside says or does is written down, and what it sets off in records they never see is done.

    Raises NotYours where they may not (`may`: by default, answer). What is read inside is not handed to them.
    """
    if not who.can(may):
        raise NotYours(f"You may not {may.label}.")
    hand = OnBehalf(str(who)[:LONGEST_REASON], signs_as=who.signature())
    with acting(hand, apart=True):
        yield hand


def person_of(user: User) -> AgencyPerson | None:
    """Who they are at their agency, while they are let in and it is open."""
    let_in = AgencyPerson.objects.filter(user=user, ended_at=None, agency__closed_at=None)
    return let_in.select_related("agency").first()

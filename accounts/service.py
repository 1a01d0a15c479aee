"""A system that acts by itself, as the one who is acting."""

from __future__ import annotations

from dataclasses import dataclass

from access.actor import System
from access.roles import Can
from accounts.models import ServiceAccount


@dataclass(frozen=True, kw_only=True)
class ServiceActor(System):
    """Recorded like the software itself, but need-to-know applies to it, and it may do what it was given and no more.

    Its `pk` is nobody's: an account and a member of staff with the same number must not be taken for each other.
    """

    account: int
    acts: frozenset[Can]

    @classmethod
    def of(cls, account: ServiceAccount) -> ServiceActor:
        known = {str(act): act for act in Can}
        return cls(account.name, account=account.pk, acts=frozenset(known[act] for act in account.acts if act in known))

    @property
    def sees_everything(self) -> bool:
        return False

    def can(self, act: Can) -> bool:
        return act in self.acts

    def signature(self) -> str:
        return f"service: {self.account}"

    def __str__(self) -> str:
        return self.reason

"""Levels that tell whoever has to do an action: one person, or whoever holds a post; and the post above it."""

from __future__ import annotations

from dataclasses import dataclass

from access.actor import System, acting
from access.roles import ABOVE, Role
from briefing.models import Action
from quality.personal import Above, Own
from quality.whose import post_of
from sla.models import Clock

CLOCKS = System("clocks of the daily meeting")


def _role_of(clock: Clock) -> Role | None:
    if clock.owner_id:
        held = post_of(clock.owner_id)
        return Role(held.role) if held else None
    with acting(CLOCKS, apart=True):
        post = Action.objects.filter(pk=clock.record).figures().values_list("post", flat=True).first()
    return Role(post) if post else None


@dataclass(frozen=True)
class Whoever(Own):
    """Tells whoever has to do it, or covers for them."""

    def told(self, clock: Clock) -> Role:
        return _role_of(clock) or self.tell


@dataclass(frozen=True)
class AboveThem(Above):
    """Tells the post above theirs."""

    def told(self, clock: Clock) -> Role:
        role = _role_of(clock)
        return ABOVE.get(role, role) if role else self.tell

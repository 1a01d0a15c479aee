"""Levels that tell the person whose work it is, and the post above theirs, whatever posts these are."""

from __future__ import annotations

from dataclasses import dataclass

from access.roles import ABOVE, Role
from quality.whose import post_of
from sla.models import Clock
from sla.policy import Ladder, Level


@dataclass(frozen=True)
class Own(Level):
    """Tells whoever has it, or covers for them. `tell`: who is told instead where they have no post any more."""

    words = "whoever has it"

    def told(self, clock: Clock) -> Role:
        post = post_of(clock.owner_id)
        return Role(post.role) if post else self.tell


@dataclass(frozen=True)
class Above(Level):
    """Tells the post above theirs in their team."""

    words = "the post above theirs"

    def told(self, clock: Clock) -> Role:
        post = post_of(clock.owner_id)
        return ABOVE.get(Role(post.role), Role(post.role)) if post else self.tell


@dataclass(frozen=True)
class PersonalLadder(Ladder):
    """A ladder that begins with one person, and says so on the page of deadlines."""

    def described(self) -> list[tuple[str, Role, Role | None]]:
        return [(_when(level), level.tell, None) for level in self.levels]


def _when(level: Level) -> str:
    if isinstance(level, Own | Above):
        return f"{level.percent}%, {level.words}; where they have left"
    return f"{level.percent}%"

"""Every verb of investigations into online abuse, and by when. Each part has a module: import verbs from it."""

from online.workflow import (
    after_deadlines,
    allocating,
    gate_deadlines,
    image_deadlines,
    keeping_apart,
    occupants,
    register_deadlines,
    research_deadlines,
)

__all__ = [
    "after_deadlines",
    "allocating",
    "gate_deadlines",
    "image_deadlines",
    "keeping_apart",
    "occupants",
    "register_deadlines",
    "research_deadlines",
]

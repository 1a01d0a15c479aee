"""Every verb of managing offenders, and by when. Each part has a module: import verbs from it."""

from offenders.workflow import (
    disclosure_deadlines,
    hub_deadlines,
    lists,
    nominals,
    register_deadlines,
    standing_deadlines,
    visit_deadlines,
    watch_deadlines,
)

__all__ = [
    "disclosure_deadlines",
    "hub_deadlines",
    "lists",
    "nominals",
    "register_deadlines",
    "standing_deadlines",
    "visit_deadlines",
    "watch_deadlines",
]

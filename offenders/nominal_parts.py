"""What the page of a nominal shows of each part of managing them. A part registers a function in `PARTS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from offenders.models import Nominal


@dataclass(frozen=True)
class Part:
    """One section: its heading, the template that draws it (with `part.context`), and what can be done there now."""

    heading: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    actions: Sequence[Mapping[str, str]] = ()  # as `workflow.views.actions_for` gives them
    records: Sequence[Any] = ()  # whose clocks and steps belong on the page as well
    warnings: Sequence[str] = ()  # what nobody may overlook, each a sentence


PARTS: list[Callable[[Nominal, User], Part | None]] = []
ORDER = ["visit_showing", "watch_showing", "register_showing", "hub_showing", "disclosure_rows"]
"""Modules: what a manager asks first stands first."""


def parts_of(nominal: Nominal, user: User) -> list[Part]:
    """What each part shows, in this order and then as the parts registered."""
    ordered = sorted(PARTS, key=lambda make: ORDER.index(make.__module__.rpartition(".")[2]))
    return [part for make in ordered if (part := make(nominal, user))]

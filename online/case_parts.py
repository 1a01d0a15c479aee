"""What the page of an investigation shows of each part of it. A part registers a function in `PARTS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from online.models import OnlineCase


@dataclass(frozen=True)
class Part:
    """One section: its heading, the template that draws it (with `part.context`), and what can be done there now."""

    heading: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    actions: Sequence[Mapping[str, str]] = ()  # as `workflow.views.actions_for` gives them
    records: Sequence[Any] = ()  # whose clocks and steps belong on the page as well
    warnings: Sequence[str] = ()  # what nobody may overlook, each a sentence


PARTS: list[Callable[[OnlineCase, User], Part | None]] = []
ORDER = ["gate_showing", "research_showing", "after_showing", "register_showing", "image_showing"]
"""Modules: what keeps a child from being safe stands first."""


def parts_of(case: OnlineCase, user: User) -> list[Part]:
    """What each part shows, in this order and then as the parts registered."""
    ordered = sorted(PARTS, key=lambda make: ORDER.index(make.__module__.rpartition(".")[2]))
    return [part for make in ordered if (part := make(case, user))]

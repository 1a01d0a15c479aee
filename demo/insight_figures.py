"""Figures of the last month, kept by the verb that keeps them each night; a year of months cannot be lived."""

from __future__ import annotations

from collections.abc import Iterator

from demo.chronicle import Event
from demo.scene import Scene
from insight.workflow.figures import keep_last_month


def events(scene: Scene) -> Iterator[Event]:
    """Kept an hour ago: what is counted is what has been lived through by then."""
    yield Event(scene.ago(hours=1), keep_last_month)

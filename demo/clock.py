"""The demo's clock: people move it to see what happens when nobody acts."""

from __future__ import annotations

from django.db import connections


def is_movable() -> bool:
    """Only a database whose time was made movable has this table; a live force's never has."""
    return "movable_clock" in connections["owner"].introspection.table_names()

"""Cases that are withheld from somebody for a while, though they may see them otherwise.

Whoever looks a second time at what somebody decided must not read the decision first. It stands all over the case: on
the notice, among those it was shared with, on the picture of a person. So the whole case is withheld, at the one place
that every record of a case asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from access.actor import Actor

Withholds = Callable[[Actor], QuerySet[Any]]
WITHHOLDS: list[Withholds] = []
"""Apps above say what withholds a case from this person now: rows with a `case`. They are part of the same statement,
so that nobody else is kept waiting for it."""


def not_withheld(who: Actor, path: str) -> Q:
    """For `visible_to`: none of the cases that are withheld from them."""
    found = Q()
    for each in WITHHOLDS:
        found &= ~Q(Exists(each(who).filter(case=OuterRef(path))))
    return found

"""What the home page says about schools: those of which nobody knows where they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from access.roles import Can
from accounts.models import User
from places.models import PlaceToCheck
from sla.work import HOME, Share, Work

FEW = 5


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.PLACE_SCHOOLS in acts:
        waiting = PlaceToCheck.objects.schools_with_children(at.date())
        first = waiting.select_related("came_with", "school").order_by("pk")[:FEW]
        yield Share("Schools that nobody could place", [as_work(row) for row in first], waiting.count(), "/places/")


def as_work(row: PlaceToCheck) -> Work:
    return Work(
        title=str(row.school) if row.school else f"{row.came_with}, line {row.line}",
        url=row.get_absolute_url(),
        reference=f"URN {row.school.urn}" if row.school else "",
        why=row.reason,
        state=str(PlaceToCheck.Kind(row.kind).label),
        started=row.came_with.at,
        holds_up="Nobody there can be told about a child",
    )


HOME.needs_me.append(needs_me)

"""What the pages of an incident and of a notice say about the schools, and what is not settled before one is filed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from access.actor import System, acting
from access.time import now
from encompass.models import SchoolNotice, State
from encompass.models.notice import NOT_TOLD
from encompass.rows import lateness

COUNTS = System("Operation Encompass: is it settled?")


def school_notices_about(record: Any) -> list[SchoolNotice]:
    """Every notice to a school about the same incident, as far as the acting person may see. For a page: include
    "encompass/about.html" with `school_notices` set to this."""
    notices = list(_about(record).select_related("school", "authority", "agency").order_by("reference"))
    at = now()
    for notice in notices:
        notice.lateness = lateness(notice, at)
    return notices


def settled(record: Any) -> list[str]:
    """What is not settled yet about the schools: a sentence for each. Nothing = settled.

    A notice that the acting person may not see is counted too, by its reference alone.
    """
    seen = {notice.pk: notice for notice in _about(record).select_related("school", "authority", "agency", "exemption")}
    with acting(COUNTS):
        every = list(_about(record).select_related("exemption").order_by("reference"))
    return [_words(notice, seen.get(notice.pk)) for notice in every if is_open(notice)] + [
        f"{notice.reference}: the force of the child's home is not told."
        for notice in every
        if notice.lives_elsewhere and not notice.home_force_told_at and notice.state != State.NOT_FOR_SCHOOL
    ]


def is_open(notice: SchoolNotice) -> bool:
    """The school does not know, and the law does not except it."""
    return notice.state in NOT_TOLD and not (notice.state == State.HELD_BACK and notice.exemption)


def _words(notice: SchoolNotice, seen: SchoolNotice | None) -> str:
    if seen is None:
        return f"{notice.reference}: a school is not told."
    return f"{seen.reference}: {seen.where} is not told about {seen.child} ({State(seen.state).label})."


def _about(record: Any) -> QuerySet[SchoolNotice]:
    keys = {record.pk, getattr(record, "arises_from", None) or record.pk}
    roots = SchoolNotice.objects.filter(Q(about__in=keys) | Q(arises_from__in=keys)).figures()
    return SchoolNotice.objects.filter(arises_from__in=set(roots.values_list("arises_from", flat=True)))

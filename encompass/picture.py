"""What schools were told, and where a child is taught, on the picture of a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from cases.models import Person
from cases.picture import PICTURE, Event, Whom
from encompass.models import OPEN, Attends, SchoolNotice, State


def school_notices(whom: Whom) -> Iterable[Event]:
    about = SchoolNotice.objects.filter(Q(person__in=whom.people) | Q(about__in=whom.records))
    for notice in about.select_related("school", "authority", "agency", "grounds_by").distinct():
        yield Event(
            when=notice.grounds_at,
            what="Schools",
            title=f"Operation Encompass: {notice.where} about {notice.child}",
            url=notice.get_absolute_url(),
            lines=[State(notice.state).label, *([notice.not_for_because] if notice.not_for_because else [])],
            by=f"by {notice.grounds_by}" if notice.grounds_by else "",
            kind="Open" if notice.state in OPEN else "",
            record=notice.pk,
        )


def taught(whom: Whom) -> Iterable[Event]:
    roots = Person.objects.filter(pk__in=whom.people).figures().values_list("same_as", flat=True)
    said = Attends.objects.filter(person__same_as__in=set(roots)).select_related("school", "recorded_by", "person")
    for fact in said:
        yield Event(
            when=fact.recorded_at,
            what="Schools",
            title=f"{fact.person}: {fact.get_taught_display()}{f', {fact.school}' if fact.school else ''}",
            lines=[fact.how_we_know(), *([f"Withdrawn: {fact.withdrawn_because}"] if fact.withdrawn_at else [])],
            by=f"by {fact.recorded_by}" if fact.recorded_by else "",
            kind="Withdrawn" if fact.withdrawn_at else "",
        )


PICTURE.sources += [school_notices, taught]

"""On the first of each month Longstop draws from the work of the month before, of each person who did any. However
often it is asked, and however late, a month is drawn from once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from access.actor import acting
from access.time import now, today
from accounts.models import Posting, User
from quality.codes import Kind
from quality.kinds import KINDS, SampleKind, monthly
from quality.models import Sample, Sampled
from quality.sampling_found import Days
from quality.workflow.samples import DRAWS, draw_sample
from quality.workflow.standing import WATCHES, end_sampling, going_on, nothing_to_draw, sampling_drawn
from sla.calendar import local

ONE_DAY = timedelta(days=1)


def last_month(day: date) -> Days:
    """The month before the one this day is in."""
    after = day.replace(day=1)
    return Days((after - ONE_DAY).replace(day=1), after)


def draw_due() -> int:
    """Everything that is due to be drawn. Returns how many samples were drawn."""
    days = last_month(today())
    going_on(KINDS[Kind.THEMATIC], None, now())
    return sum(ensure_sample(kind, person, days) for kind in monthly() for person in _people(kind, days))


def ensure_sample(kind: SampleKind, person: User, days: Days) -> bool:
    """Whether a sample was drawn of this person's work in these days: not where it has been, and not of nothing."""
    with acting(DRAWS, apart=True), transaction.atomic():
        sampled = going_on(kind, person, local(days.after))  # it holds their row: two who draw at once draw one
        if Sample.objects.filter(kind=kind.code, whose=person, period_from=days.first).exists():
            return False
        if not kind.work[kind.usual].found(days, person.pk):
            _nothing(sampled, kind, days)
            return False
        about: dict[str, Any] = {"kind": kind.code.value, "of": kind.usual.value, "days": days, "whose": person}
        counts_from = local(days.after)
        draw_sample(Sample(), by=DRAWS, theme=None, size=None, because="", counts_from=counts_from, **about)
        sampling_drawn(sampled, by=WATCHES)
        return True


def without_a_sample() -> list[tuple[SampleKind, User]]:
    """Whoever did such work last month and has no sample of it."""
    days = last_month(today())
    with acting(DRAWS, apart=True):
        return [
            (kind, person)
            for kind in monthly()
            for person in _by_name(kind.work[kind.usual].people(days) - _drawn(kind, days))
        ]


def _people(kind: SampleKind, days: Days) -> Iterable[User]:
    """Whoever did such work, and whoever did it before."""
    with acting(DRAWS, apart=True):
        before = Sampled.objects.filter(kind=kind.code, state=Sampled.State.GOING_ON, whose__isnull=False).figures()
        return _by_name(kind.work[kind.usual].people(days) | set(before.values_list("whose", flat=True)))


def _drawn(kind: SampleKind, days: Days) -> set[int]:
    rows = Sample.objects.filter(kind=kind.code, period_from=days.first, whose__isnull=False).figures()
    return set(rows.values_list("whose", flat=True))


def _by_name(keys: set[int]) -> list[User]:
    return list(User.objects.filter(pk__in=keys).order_by("last_name", "first_name", "pk"))


def _nothing(sampled: Sampled, kind: SampleKind, days: Days) -> None:
    said = f"None of this work was done {days}"
    roles = [role.value for role in kind.roles]
    posts = Posting.objects.filter(person=sampled.whose, role__in=roles, person__is_active=True)
    if not posts.filter(Q(ends=None) | Q(ends__gt=now())).exists():
        end_sampling(sampled, by=WATCHES, because=f"{said}, and they hold no such post any more")
    elif sampled.nothing_said != said:
        nothing_to_draw(sampled, by=WATCHES, said=said)

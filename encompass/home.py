"""What the home page says about schools that do not know yet: to the MASH, and to the officer who raised it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from access.roles import Can
from accounts.models import User
from encompass.models import SchoolNotice, State
from encompass.models.notice import NOT_TOLD
from encompass.rows import as_work
from encompass.views.notices import HOME_FORCE_WAITS, late
from sla.work import HOME, Share

FEW = 5
QUEUE = "/encompass/"


def _share(heading: str, rows: QuerySet[SchoolNotice], at: datetime, url: str) -> Share:
    with_names = rows.select_related("school", "authority", "agency", "grounds_by", "screened_by", "sent_by")
    first = list(with_names.select_related("held_back_by").order_by("due_at", "pk")[:FEW])
    return Share(heading, [as_work(notice, at) for notice in first], rows.count(), url)


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    """The MASH answers for every school; an officer for the safety screen of what the officer reported."""
    if Can.SEND_SCHOOL_NOTICE not in acts:
        return
    if Can.SEE_SCHOOL_NOTICES not in acts:
        mine = SchoolNotice.objects.filter(grounds_by=user, state=State.TO_SCREEN)
        yield _share("Schools to tell: answer the safety screen", mine, at, "")
        return
    not_told = SchoolNotice.objects.filter(state__in=NOT_TOLD)
    yield _share("Schools to tell", not_told, at, QUEUE)
    if Can.COUNTERSIGN in acts:
        yield _share("Schools told late, or not yet", SchoolNotice.objects.filter(late(at)), at, f"{QUEUE}?show=late")
        unanswered = SchoolNotice.objects.filter(state=State.DELIVERED, answer_due_at__lt=at)
        yield _share("Schools that have not answered", unanswered, at, f"{QUEUE}?show=not_acknowledged")
        elsewhere = SchoolNotice.objects.filter(HOME_FORCE_WAITS)
        yield _share("Home forces to tell", elsewhere, at, f"{QUEUE}?show=home_force")


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    """What waits for an answer of this officer's."""
    if Can.SEND_SCHOOL_NOTICE in acts:
        mine = SchoolNotice.objects.filter(grounds_by=user, state__in=NOT_TOLD)
        yield _share("Schools do not know yet what you reported", mine, at, "")


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)

"""What the home page says of approvals, new information and children in contact with an offender."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from offenders.cover import Desk
from offenders.models import Approval, ChildContact, Intelligence
from offenders.watch_rows import approval_as_work, contact_as_work, news_as_work
from offenders.workflow.contacts import OPEN, UNDECIDED
from sla.work import HOME, Share

FEW = 5
State = ChildContact.State


def _approvals(heading: str, desk: Desk, condition: Q, show: str) -> Share:
    rows = Approval.objects.filter(condition)
    first = rows.select_related("nominal__person", "submitted_by").order_by("due_at", "pk")[:FEW]
    url = f"{reverse('offenders-approvals')}?show={show}"
    return Share(heading, [approval_as_work(each, desk) for each in first], rows.count(), url)


def _contacts(heading: str, condition: Q, show: str) -> Share:
    rows = ChildContact.objects.filter(condition)
    related = rows.select_related("nominal__person", "nominal__manager", "child")
    found = [contact_as_work(each) for each in related.order_by("due_at", "pk")[:FEW]]
    return Share(heading, found, rows.count(), f"{reverse('offenders-contacts')}?show={show}")


def _news(heading: str, condition: Q) -> Share:
    rows = Intelligence.objects.filter(condition, state=Intelligence.State.NEW)
    first = rows.select_related("nominal__person", "nominal__manager").order_by("due_at", "pk")[:FEW]
    return Share(heading, [news_as_work(each) for each in first], rows.count(), reverse("offenders-intelligence"))


def _theirs(user: User) -> Q:
    """Of offenders whom this person manages, or covers the manager of."""
    return Q(nominal__manager__in=people_answered_for(user))


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.MANAGE_OFFENDERS not in acts:
        return
    mine, late = _theirs(user), Q(state__in=OPEN, due_at__lt=at)
    yield _contacts("A child in contact with an offender: submit a notice now", mine & Q(state=State.LEARNED), "mine")
    yield _contacts("What social care decided on a child is not known", mine & Q(state__in=UNDECIDED), "mine")
    yield _contacts("Take up in the plan what social care decided", mine & Q(state=State.DECIDED), "mine")
    yield _news("New information about your offenders", mine)
    if Can.SUPERVISE_OFFENDERS in acts:
        desk = Desk(at)
        yield _approvals("Work of offender managers that you decide on", desk, desk.mine(user), "mine")
        yield _contacts("Children in contact with an offender: something is late", late, "late")


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.MANAGE_OFFENDERS not in acts:
        return
    late = Q(due_at__lt=at)
    yield _contacts("A child waits while this is with you", _theirs(user) & late & Q(state__in=OPEN), "mine")
    if Can.SUPERVISE_OFFENDERS in acts:
        desk = Desk(at)
        yield _approvals("An offender manager waits for your decision", desk, desk.mine(user) & late, "overdue")


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)

"""What the home page says to the ViSOR hub, to offender managers it asks, and to those who decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from offenders.hub_rows import OPEN, departs_soon, item_as_work, query_as_work, task_as_work, transfer_as_work
from offenders.models import HubQuery, HubTask, ScrutinyItem, Transfer
from sla.work import HOME, Share

FEW = 5


def _tasks(heading: str, when: Q, show: str) -> Share:
    rows = HubTask.objects.filter(when)
    first = rows.select_related("nominal__person", "assigned_to").order_by("due_at", "pk")[:FEW]
    return Share(heading, [task_as_work(each) for each in first], rows.count(), f"/offenders/hub/?show={show}")


def _queries(heading: str, rows: QuerySet[HubQuery]) -> Share:
    first = rows.select_related("asked_of", "asked_by").order_by("due_at", "pk")[:FEW]
    return Share(heading, [query_as_work(each) for each in first], rows.count())


def _transfers(heading: str, when: Q) -> Share:
    rows = Transfer.objects.filter(when, state=Transfer.State.REQUESTED)
    first = rows.select_related("nominal__person").order_by("due_at", "pk")[:FEW]
    return Share(heading, [transfer_as_work(each) for each in first], rows.count(), "/offenders/transfers/")


def _items(heading: str, rows: QuerySet[ScrutinyItem]) -> Share:
    first = rows.select_related("nominal__person", "nominal__manager", "round__looked_at_by")
    found = [item_as_work(each) for each in first.order_by("round__due_at", "reference")[:FEW]]
    return Share(heading, found, rows.count(), "/offenders/scrutiny/")


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    mine: Any = people_answered_for(user)
    if Can.KEEP_REGISTER in acts:
        yield _tasks("Leaves within a day, or has left, and ViSOR does not know", departs_soon(at), "departing")
    if Can.KEEP_REGISTER in acts and Can.MANAGE_OFFENDERS not in acts:
        yield _tasks("For ViSOR, and nobody has it", Q(state=HubTask.State.RECEIVED), "nobody")
        yield _tasks("For ViSOR, and yours", OPEN & Q(assigned_to__in=mine), "mine")
        to_check = Q(state=HubTask.State.UPDATED) & ~Q(updated_by=user)
        yield _tasks("On ViSOR, to be checked by you or a colleague", to_check, "to_check")
    if Can.SUPERVISE_REGISTER in acts:
        yield _tasks("For ViSOR, and late", OPEN & Q(due_at__lt=at), "late")
    if Can.COMMAND_OFFENDERS in acts:
        yield _transfers("Transfers to us: accept or refuse", Q(way=Transfer.Way.IN))
        yield _transfers("Transfers from us that the other force has not answered in time", Q(due_at__lt=at))
    if Can.MANAGE_OFFENDERS in acts:
        yield _queries("The ViSOR hub asks you", _asked(mine))
        own = ScrutinyItem.objects.filter(state=ScrutinyItem.State.GRADED, nominal__manager__in=mine)
        yield _items("Another team has looked at your records: to be done", own)
        teams = user.postings.filter(Q(ends=None) | Q(ends__gt=at), starts__lte=at).values("team")
        look = ScrutinyItem.objects.filter(state=ScrutinyItem.State.TO_LOOK_AT, round__looked_at_by__in=teams)
        yield _items("Records of another team that yours looks at", look)


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    mine: Any = people_answered_for(user)
    if Can.MANAGE_OFFENDERS in acts:
        yield _queries("The ViSOR hub waits for your answer", _asked(mine).filter(due_at__lt=at))


def _asked(people: Any) -> QuerySet[HubQuery]:
    """Asked of them, or about somebody who is theirs by now."""
    whose = Q(asked_of__in=people) | Q(task__nominal__manager__in=people)
    rows: QuerySet[HubQuery] = HubQuery.objects.filter(whose, state=HubQuery.State.ASKED)
    return rows


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)

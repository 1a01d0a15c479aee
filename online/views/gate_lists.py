"""Lists: every child whom an online case concerns, and enforcement. And the wall: what nobody may overlook."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from access.actor import NotYours
from access.roles import Can, who_may
from access.time import now
from access.views import GuardedPage
from online.gate_filters import CheckFilter, ChildFilter, EnforcementFilter
from online.gate_home import OF_A_CASE, theirs
from online.gate_rows import check_as_work, child_as_work, enforcement_as_work
from online.gate_shut import NO_DISCUSSION, NO_NOTICE, OPEN, VERY_HIGH, shut_in_words, shut_plans, silent
from online.models import ChildrenCheck, Enforcement, GateOverride, LinkedChild
from online.wall import lines_of
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work

DUE = Q(state=ChildrenCheck.State.DUE)
PLANNED = Q(state=Enforcement.State.PLANNED)


class Children(QueuePage):
    """Every child for whom something is still to be done, the nearest to breach first."""

    may = Can.SEE_ONLINE
    heading = "Children linked with online cases"
    filterset_class = ChildFilter
    due_field = "due_at"
    empty = {"title": "No child waits", "text": "Record a child on the page of the case, the moment you know of one."}

    def records(self) -> QuerySet[LinkedChild]:
        rows: QuerySet[LinkedChild] = LinkedChild.objects.select_related("person", *OF_A_CASE)
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        user: Any = self.request.user
        return {
            "open": ("Not settled", OPEN),
            "mine": ("Of your cases", OPEN & theirs(user)),
            "no_notice": ("No notice", NO_NOTICE),
            "no_discussion": ("No strategy discussion", NO_DISCUSSION),
            "silent": ("Social worker silent", silent(at)),
            "very_high": ("Very high", OPEN & VERY_HIGH),
            "late": ("Late", OPEN & Q(due_at__lt=at)),
            "settled": ("Settled", ~OPEN),
        }

    def row(self, record: LinkedChild, clock: Clock | None) -> Work:
        return child_as_work(record, clock)


class Checks(QueuePage):
    """Every attributed address at which somebody has to look for children, the nearest to breach first."""

    may = Can.SEE_ONLINE
    heading = "Looking for children at addresses"
    filterset_class = CheckFilter
    due_field = "due_at"
    empty = {
        "title": "Somebody has looked everywhere",
        "text": "An address comes here when a case is attributed to it.",
    }

    def records(self) -> QuerySet[ChildrenCheck]:
        rows: QuerySet[ChildrenCheck] = ChildrenCheck.objects.select_related("at", "done_by", *OF_A_CASE)
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        user: Any = self.request.user
        return {
            "due": ("Nobody has looked", DUE),
            "mine": ("Of your cases", DUE & theirs(user)),
            "very_high": ("Very high", DUE & VERY_HIGH),
            "late": ("Late", DUE & Q(due_at__lt=at)),
            "found": ("Children found", Q(state=ChildrenCheck.State.FOUND)),
            "none": ("None found", Q(state=ChildrenCheck.State.NONE_FOUND)),
        }

    def row(self, record: ChildrenCheck, clock: Clock | None) -> Work:
        return check_as_work(record)


class Planned(QueuePage):
    """What is planned, the next first, and whether its gate is open."""

    may = Can.SEE_ONLINE
    heading = "Enforcement in online cases"
    filterset_class = EnforcementFilter
    due_field = "planned_for"
    empty = {"title": "Nothing is planned", "text": "It is planned on the page of the case, once the gate is open."}

    def records(self) -> QuerySet[Enforcement]:
        rows: QuerySet[Enforcement] = Enforcement.objects.select_related(*OF_A_CASE, "override")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        user: Any = self.request.user
        owed = GateOverride.objects.filter(state=GateOverride.State.OWED, online_case=OuterRef("online_case"))
        return {
            "planned": ("Planned", PLANNED),
            "mine": ("Of your cases", PLANNED & theirs(user)),
            "shut": ("The gate is shut", PLANNED & Q(pk__in=shut_plans())),
            "passed": ("Time passed, nothing recorded", PLANNED & Q(planned_for__lt=at)),
            "owed": ("Discussion owed", Q(Exists(owed))),
            "very_high": ("Very high", PLANNED & VERY_HIGH),
            "done": ("Carried out", Q(state=Enforcement.State.DONE)),
            "off": ("Called off", Q(state=Enforcement.State.CALLED_OFF)),
        }

    def _page(self, records: QuerySet[Any], after: str) -> list[Any]:
        page = super()._page(records, after)
        self.shut = shut_in_words(page)
        return page

    def row(self, record: Enforcement, clock: Clock | None) -> Work:
        return enforcement_as_work(record, self.shut.get(record.pk, ()), clock)


class Board(GuardedPage):
    """The wall: each kind with how many, since when, who, and where they are listed."""

    may = Can.SEE_ONLINE

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if not (user.can(Can.SUPERVISE_ONLINE) or user.can(Can.DECIDE_DAILY)):
            raise NotYours(f"This page is for a {who_may(Can.SUPERVISE_ONLINE)}, and for the daily management meeting.")
        at = now()
        lines = lines_of(at)
        context = {
            "now": at,
            "heading": "Online abuse: what nobody may overlook",
            "lines": sorted((each for each in lines if each.count), key=lambda each: each.oldest or at),
            "clear": [each for each in lines if not each.count],
        }
        return render(request, "online/gate_board.html", context)

"""Levels and the time to act, research that stands still, and people nobody has asked about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from access.roles import Can
from access.time import now
from accounts.duty import people_answered_for
from online.models import NOT_CARRIED_OUT, Occupant, OnlineCase
from online.research_filters import LevelFilter, NotAskedFilter, StalledFilter
from online.research_rows import case_as_work, mine, occupant_as_work, stalled_as_work, with_levels
from online.research_wall import FIRST_LEVEL_DUE, NOT_ASKED, TO_ACT_ON, by_clock
from online.workflow.research_deadlines import IN_RESEARCH
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work

NO_RESEARCH = OnlineCase.State.NO_RESEARCH.value
SOON = timedelta(hours=24)


class _OnlineList(QueuePage):
    may = Can.SEE_ONLINE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = now()

    def theirs(self) -> set[int]:
        user: Any = self.request.user
        return people_answered_for(user)


class Levels(_OnlineList):
    """Every case that has a level or waits for its first, the nearest time to act first."""

    heading = "Levels and time to act"
    lead = "The time to act counts from when a level was set, and only ever comes nearer."
    filterset_class = LevelFilter
    due_field = "sorts_by"
    empty = {
        "title": "No level waits to be acted on",
        "text": "A case comes here when somebody or an address is known.",
    }

    def records(self) -> QuerySet[OnlineCase]:
        return with_levels(OnlineCase.objects.filter(FIRST_LEVEL_DUE | ~Q(kirat="")))

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        to_do = TO_ACT_ON | FIRST_LEVEL_DUE
        return {
            "open": ("To be acted on", to_do),
            "mine": ("Yours", to_do & mine(self.theirs())),
            "overdue": ("Time has passed", TO_ACT_ON & Q(act_by__lt=at)),
            "soon": ("Within 24 hours", TO_ACT_ON & Q(act_by__gte=at, act_by__lt=at + SOON)),
            "not_ratified": ("Not ratified", Q(unratified=True)),
            "news": ("New information waiting", Q(news_waits=True) & ~Q(kirat="")),
            "no_level": ("No level yet", FIRST_LEVEL_DUE),
            "done": ("Acted on, or over", ~Q(state__in=NOT_CARRIED_OUT)),
        }

    def row(self, record: OnlineCase, clock: Clock | None) -> Work:
        return case_as_work(record, self.at)


class Stalled(_OnlineList):
    """Cases that are being researched, by when research counts as stalled; and when somebody looks again."""

    heading = "Research stalled"
    lead = "Only something done to find out more quiets this clock. Opening, allocating or commenting does not."
    filterset_class = StalledFilter
    due_field = "sorts_by"
    empty = {"title": "No research stands still", "text": "A case comes here when nothing has been done for its time."}

    def records(self) -> QuerySet[OnlineCase]:
        rows = by_clock(OnlineCase.objects.filter(state__in=[*IN_RESEARCH, NO_RESEARCH]), "OC6", "OC6R")
        return with_levels(rows).annotate(sorts_by=Coalesce("runs_out", "due_at", "known_since"))

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        active = Q(state__in=IN_RESEARCH)
        return {
            "stalled": ("Stalled", active & Q(runs_out__lt=at)),
            "mine": ("Yours", mine(self.theirs())),
            "soon": ("Within 24 hours", active & Q(runs_out__gte=at, runs_out__lt=at + SOON)),
            "all": ("All being researched", active),
            "recheck": ("No further research for now", Q(state=NO_RESEARCH)),
        }

    def row(self, record: OnlineCase, clock: Clock | None) -> Work:
        return stalled_as_work(record, self.at)


class NotAsked(_OnlineList):
    """People at addresses of whom nobody has asked whether they work with children, the longest known first."""

    heading = "Nobody asked: who here works with children?"
    lead = "Asked of every adult, and of whoever's age is not known. Not known, with whom you asked, is an answer."
    filterset_class = NotAskedFilter
    due_field = "recorded_at"
    empty = {"title": "Somebody has asked about everybody", "text": "Whoever is added to an address comes here."}

    def records(self) -> QuerySet[Occupant]:
        related = ("online_case__researcher", "online_case__investigator", "at")
        rows: QuerySet[Occupant] = Occupant.objects.filter(NOT_ASKED).select_related(*related)
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        theirs = self.theirs()
        own = Q(online_case__researcher__in=theirs) | Q(online_case__investigator__in=theirs)
        return {
            "all": ("Everybody", Q()),
            "mine": ("In your cases", own),
            "attributed": ("At attributed addresses", Q(at__state="attributed")),
        }

    def row(self, record: Occupant, clock: Clock | None) -> Work:
        return occupant_as_work(record, self.at)

"""What the home page says of research and levels: a researcher's own cases, and what a sergeant decides on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from online.models import KiratAssessment, NewInformation, OnlineCase
from online.research_rows import (
    assessment_as_work,
    case_as_work,
    mine,
    news_as_work,
    stalled_as_work,
    with_levels,
)
from online.research_wall import FIRST_LEVEL_DUE, NOT_RATIFIED, RUN_AGAIN, TO_ACT_ON, by_clock
from online.workflow.research_deadlines import IN_RESEARCH
from sla.work import HOME, Share

FEW = 5
SOON = timedelta(hours=24)


def _cases(heading: str, condition: Q, at: datetime, show: str) -> Share:
    rows = OnlineCase.objects.filter(condition)
    first = with_levels(rows).order_by("sorts_by", "pk")[:FEW]
    url = f"{reverse('online-levels')}?show={show}"
    return Share(heading, [case_as_work(each, at) for each in first], rows.count(), url)


def _stalled(heading: str, condition: Q, at: datetime, show: str) -> Share:
    rows = by_clock(OnlineCase.objects.filter(condition, state__in=IN_RESEARCH), "OC6").filter(runs_out__lt=at)
    first = with_levels(rows).order_by("runs_out", "pk")[:FEW]
    url = f"{reverse('online-stalled')}?show={show}"
    return Share(heading, [stalled_as_work(each, at) for each in first], rows.count(), url)


def _levels(heading: str, condition: Q) -> Share:
    rows = KiratAssessment.objects.filter(NOT_RATIFIED, condition)
    first = rows.select_related("online_case", "assessed_by", "decided_by").order_by("due_at", "pk")[:FEW]
    url = f"{reverse('online-levels')}?show=not_ratified"
    return Share(heading, [assessment_as_work(each) for each in first], rows.count(), url)


def _news(heading: str, condition: Q) -> Share:
    rows = NewInformation.objects.filter(RUN_AGAIN, condition)
    related = rows.select_related("online_case__researcher", "online_case__investigator")
    found = [news_as_work(each) for each in related.order_by("due_at", "pk")[:FEW]]
    return Share(heading, found, rows.count(), f"{reverse('online-levels')}?show=news")


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.RESEARCH_ONLINE not in acts:
        return
    people = people_answered_for(user)
    own = mine(people)
    ours = Q(online_case__researcher__in=people) | Q(online_case__investigator__in=people)
    yield _cases("Set the first KIRAT level", own & FIRST_LEVEL_DUE, at, "no_level")
    yield _news("Run KIRAT again: something new is known", ours)
    yield _stalled("Your research has stalled", own, at, "stalled")
    yield _cases("Your cases by when to act", own & TO_ACT_ON, at, "mine")
    if Can.SUPERVISE_ONLINE in acts:
        yield _levels("KIRAT levels for you to ratify", ~Q(assessed_by=user.pk))
        yield _cases("The time to act has passed, or is within 24 hours", _pressing(at), at, "overdue")
        yield _news("KIRAT not run again after new information", ~ours)
        yield _stalled("Research stalled", ~own, at, "stalled")


def _pressing(at: datetime) -> Q:
    return TO_ACT_ON & Q(act_by__lt=at + SOON)


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.SUPERVISE_ONLINE in acts:
        late = Q(due_at__lt=at) & ~Q(assessed_by=user.pk)
        yield _levels("Enforcement waits for you to ratify a level", late)


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)

"""What nobody may overlook of research and levels, for the wall; and which cases that is, for lists and home pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from govuk.fields import YesNoNotKnown as Answer
from online.models import NOT_CARRIED_OUT, OPEN, CandidateAddress, KiratAssessment, NewInformation, Occupant, OnlineCase
from online.wall import LINES, Line, line
from sla.models import Clock

TO_ACT_ON = Q(state__in=NOT_CARRIED_OUT) & ~Q(kirat="")
FIRST_LEVEL_DUE = Q(state__in=NOT_CARRIED_OUT, kirat="") & (Q(named_at__isnull=False) | Q(attributed_at__isnull=False))
NOT_ASKED = (
    Q(state=Occupant.State.THERE, online_case__state__in=OPEN, works_with_children=Answer.NOT_KNOWN, works_how="")
    & ~Q(age=Occupant.Age.CHILD)
    & ~Q(at__state=CandidateAddress.State.RULED_OUT)
)
"""Nobody has asked whether they work with children. Of whose age is not known it is asked as well."""
RUN_AGAIN = Q(state=NewInformation.State.WAITING, due_at__isnull=False)
"""New since a level was set. What was new before the first level is taken up in it."""
NOT_RATIFIED = Q(state=KiratAssessment.State.SET)


def by_clock(cases: QuerySet[OnlineCase], *codes: str) -> QuerySet[Any]:
    """Each with `runs_out`: when the first of these clocks does; none of them runs = empty."""
    running = Clock.running().filter(record=OuterRef("pk"), deadline__in=codes).order_by("due_at")
    return cases.annotate(runs_out=Subquery(running.values("due_at")[:1]))


def lines(at: datetime) -> list[Line]:
    cases = OnlineCase.objects.all()
    no_level, stalled, recheck = (
        by_clock(cases, *codes).filter(runs_out__lt=at) for codes in (("OC3", "OC3A"), ("OC6",), ("OC6R",))
    )
    again, set_only = NewInformation.objects.filter(RUN_AGAIN), KiratAssessment.objects.filter(NOT_RATIFIED)
    not_asked, act = Occupant.objects.filter(NOT_ASKED), cases.filter(TO_ACT_ON, act_by__lt=at)
    return [
        line("kirat", "The time to act on a KIRAT level has passed", act, "act_by", "online-levels", "overdue"),
        line("kirat_first", "No first KIRAT level in its time", no_level, "runs_out", "online-levels", "no_level"),
        line("kirat_again", "KIRAT not run again after new facts", again, "received_at", "online-levels", "news"),
        line("kirat_ratify", "KIRAT levels not ratified", set_only, "assessed_at", "online-levels", "not_ratified"),
        line("work", "Nobody asked: who here works with children?", not_asked, "recorded_at", "online-not-asked"),
        line("stalled", "Research stalled", stalled, "runs_out", "online-stalled"),
        line("recheck", "The day to look again has passed", recheck, "runs_out", "online-stalled", "recheck"),
    ]


LINES.append(lines)

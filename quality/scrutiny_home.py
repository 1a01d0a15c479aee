"""What the home page says to the chair of the scrutiny group, to those who prepare its papers, and to its members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from access.roles import Can
from accounts.models import User
from quality.models import ScrutinyMeeting, ScrutinyPaper
from quality.scrutiny_rows import meeting_as_work, paper_as_work
from quality.workflow.scrutiny import meetings_open_to
from sla.work import HOME, Share, Work

FEW = 5
Meeting, Paper = ScrutinyMeeting.State, ScrutinyPaper.State


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.CHAIR_SCRUTINY in acts:
        rows = ScrutinyMeeting.objects.exclude(state__in=[Meeting.REPORTED, Meeting.CALLED_OFF])
        found = [meeting_as_work(each) for each in rows.select_related("chair").order_by("due_at", "pk")[:FEW]]
        yield Share("Scrutiny group", found, rows.count(), reverse("scrutiny"))
    if Can.REVIEW_QUALITY in acts:
        theirs = Q(state=Paper.PREPARED) & ~Q(prepared_by=user)
        to_do = ScrutinyPaper.objects.filter(Q(state=Paper.TO_PREPARE) | theirs, meeting__state=Meeting.PLANNED)
        first = to_do.select_related("meeting", "prepared_by", "checked_by").order_by("meeting__due_at", "number")
        papers = [paper_as_work(each) for each in first[:FEW]]
        yield Share("Papers of the scrutiny group, to write or to check", papers, to_do.count(), reverse("scrutiny"))
    yield from _as_member(user, at)


def _as_member(user: User, at: datetime) -> Iterator[Share]:
    """Nothing where they are of no group: most people never are."""
    open_now = [each for each in meetings_open_to(user) if each.closes_at and each.closes_at > at]
    if open_now:
        rows = [_as_papers(each) for each in open_now]
        yield Share("Scrutiny group: papers to read", rows, len(rows), reverse("scrutiny-mine"))


def _as_papers(meeting: ScrutinyMeeting) -> Work:
    return Work(
        title="Papers of the scrutiny group",
        url=reverse("scrutiny-mine"),
        reference=meeting.reference,
        why="You are a member of the group for this meeting",
        due=meeting.meets_at,
        started=meeting.papers_sent_at,
        state=Meeting(meeting.state).label,
        state_kind="waiting",
        owner="You",
        holds_up="What the agencies could learn together",
    )


HOME.needs_me.append(needs_me)

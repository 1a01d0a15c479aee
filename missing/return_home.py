"""What the home page says of return interviews and of who is to be told; and return interviews on a child's picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from access.roles import Can
from accounts.models import User
from cases.picture import PICTURE, Event, Whom
from missing.models import Episode, InterviewRequest, MissingNotice
from missing.return_rows import interview_as_work, notice_as_work, to_ask_as_work
from missing.workflow.interviews import NOT_DONE, OUTSTANDING, RECEIVED
from sla.work import HOME, Share, nearest_clocks

FEW = 5
State = InterviewRequest.State


def to_ask() -> QuerySet[Episode]:
    """Children who are back and for whom nobody has asked for a return interview."""
    back = Q(state__in=["found", "interviewed", "closed", "complete"]) & ~Q(harm__contains=["fatal"])
    found: QuerySet[Episode] = Episode.objects.filter(back, interview_request=None)
    return found


def to_ask_share() -> Share:
    rows = to_ask()
    first = rows.select_related("person").order_by("found_at", "pk")[:FEW]
    found = [to_ask_as_work(each, reverse("interview-new", args=[each.pk])) for each in first]
    return Share("Return interviews to ask for", found, rows.count(), f"{reverse('interviews')}#to-ask")


def _interviews(heading: str, rows: QuerySet[InterviewRequest], show: str) -> Share:
    first = list(rows.select_related("agency", "team", "episode__person").order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    found = [interview_as_work(each, clocks.get(each.pk)) for each in first]
    return Share(heading, found, rows.count(), f"{reverse('interviews')}?show={show}")


def _notices() -> Share:
    rows = MissingNotice.objects.filter(state=MissingNotice.State.TO_SEND)
    first = list(rows.select_related("agency", "team", "school", "episode__person").order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    found = [notice_as_work(each, clocks.get(each.pk)) for each in first]
    return Share("Authorities and schools to tell of a child", found, rows.count(), reverse("missing-notices"))


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    """For whoever asks for return interviews and chases them."""
    if Can.CHASE_INTERVIEWS not in acts:
        return
    yield _notices()
    yield to_ask_share()
    unread = InterviewRequest.objects.filter(state=RECEIVED)
    yield _interviews("Return interviews that came back, unread", unread, "unread")
    overdue = InterviewRequest.objects.filter(state__in=OUTSTANDING, due_at__lt=at)
    yield _interviews("Return interviews overdue", overdue, "overdue")


HOME.needs_me.append(needs_me)


def interviews(whom: Whom) -> Iterable[Event]:
    """Each return interview of these people: that it was asked for, and where it stands. Nothing of what was said."""
    rows = InterviewRequest.objects.filter(pk__in=whom.records)
    for each in rows.select_related("agency", "requested_by"):
        yield Event(
            when=each.held_at or each.requested_at,
            what="Return interviews",
            title=f"Return interview {each.reference} {'held' if each.held_at else 'asked for'}",
            url=each.get_absolute_url(),
            lines=[State(each.state).label, f"Asked of {each.agency}"],
            by=f"by {each.requested_by}",
            kind="Open" if each.state in NOT_DONE else "",
            record=each.pk,
        )


PICTURE.sources.append(interviews)

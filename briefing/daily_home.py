"""What the home page says to whoever chairs the daily meeting, and to whoever was given something to do by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from access.roles import Can
from accounts.models import User
from briefing.daily_rows import daily_action_as_work, meeting_as_work
from briefing.models import Action, Meeting
from briefing.models.actions import theirs
from sla.work import HOME, Share

FEW = 5


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.DECIDE_DAILY in acts:
        rows = Meeting.objects.exclude(state=Meeting.State.SIGNED_OFF).select_related("chair").order_by("meets_at")
        found = [meeting_as_work(each) for each in rows]
        yield Share("Daily management meeting", found, len(found), reverse("daily-meetings"))
    mine = Action.objects.filter(theirs(user), state=Action.State.OPEN)
    if mine.exists():
        first = mine.select_related("owner", "item").order_by("due_at", "pk")[:FEW]
        works = [daily_action_as_work(each) for each in first]
        yield Share("Asked of you by the daily meeting", works, mine.count(), reverse("daily-actions"))


HOME.needs_me.append(needs_me)

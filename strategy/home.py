"""What the home page says about strategy meetings, and about actions of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from sla.work import HOME, Share, nearest_clocks
from strategy.codes import AGREED, State
from strategy.models import Action, ReceivedMinutes, StrategyMeeting
from strategy.rows import action_as_work, as_work, received_as_work

FEW = 5


def _share(heading: str, rows: QuerySet[StrategyMeeting], show: str) -> Share:
    together = rows.select_related("authority", "team").prefetch_related("children")
    first = list(together.order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    found = [as_work(meeting, clocks.get(meeting.pk)) for meeting in first]
    return Share(heading, found, rows.count(), f"/strategy/?show={show}")


def _actions(heading: str, rows: QuerySet[Action]) -> Share:
    first = list(rows.select_related("owner", "agency").order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    return Share(heading, [action_as_work(action, clocks.get(action.pk)) for action in first], rows.count())


def _received() -> Share:
    rows = ReceivedMinutes.objects.filter(state=ReceivedMinutes.State.WAITING)
    first = list(rows.select_related("agency", "team").order_by("received_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    found = [received_as_work(each, clocks.get(each.pk)) for each in first]
    return Share("Minutes that agencies sent: read them, and take them over", found, rows.count())


def _mine(user: User) -> QuerySet[Action]:
    found: QuerySet[Action] = Action.objects.filter(state=Action.State.OPEN, owner__in=people_answered_for(user))
    return found


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.REQUEST_STRATEGY_MEETING in acts:
        declined = StrategyMeeting.objects.filter(state=State.DECLINED)
        yield _share("Strategy meetings that were declined: ask again, or say why not", declined, "declined")
    if Can.RECORD_STRATEGY_MEETING in acts:
        waiting = StrategyMeeting.objects.filter(state__in=[State.REQUESTED, *AGREED])
        yield _share("Strategy meetings not held yet", waiting, "to_hold")
        without = StrategyMeeting.objects.filter(state=State.HELD)
        yield _share("Strategy meetings without minutes", without, "no_minutes")
        yield _received()
    yield _actions("Your actions from strategy meetings", _mine(user))


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    yield _actions("A child waits while these actions are with you", _mine(user).filter(due_at__lt=at))


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)

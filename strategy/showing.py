"""What the page of another record says of strategy meetings: `{% include "strategy/meetings.html" %}`."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from access.actor import actor
from access.guarded import Guarded
from access.roles import Can
from documents.holders import HOLDERS
from sla.work import nearest_clocks
from strategy.about import SUBJECTS
from strategy.codes import State
from strategy.models import StrategyMeeting
from strategy.rows import KINDS, warnings, who

HOLDERS.register(StrategyMeeting, may_see=Can.SEE_STRATEGY_MEETINGS)


def meetings_about(record: Guarded) -> dict[str, Any]:
    """Context for `strategy/meetings.html`: the meetings asked for this record, newest first, as far as the acting
    person may see them."""
    if not actor().can(Can.SEE_STRATEGY_MEETINGS):
        return {"meetings": [], "may_see_meetings": False, "meeting_new_url": ""}
    kind = record._meta.label_lower
    rows = StrategyMeeting.objects.filter(about_kind=kind, about=record.pk).select_related("authority")
    found = list(rows.prefetch_related("children").order_by("-requested_at", "pk"))
    clocks = nearest_clocks(found)
    may_ask = actor().can(Can.REQUEST_STRATEGY_MEETING) and kind in SUBJECTS.by_kind
    return {
        "meetings": [_shown(meeting, clocks.get(meeting.pk)) for meeting in found],
        "may_see_meetings": True,
        "meeting_new_url": f"{reverse('strategy-new')}?about={kind}:{record.pk}" if may_ask else "",
    }


def _shown(meeting: StrategyMeeting, clock: Any) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "who": who(meeting),
        "state": State(meeting.state).label,
        "state_kind": KINDS[State(meeting.state)],
        "warnings": warnings(meeting),
        "clock": clock,
    }

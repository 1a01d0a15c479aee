"""The meeting on paper: the agenda before it, the minutes after it. Whoever prints it reads what they may see."""

from __future__ import annotations

from typing import Any

from access.time import now
from accounts.models import User
from briefing.models import Action, Attendee, Meeting
from briefing.showing import lines_ahead, lines_of, progress, reckonings_of
from documents import pdf
from documents.pdf import CHILD_PROTECTION


def paper_of(meeting: Meeting, *, for_whom: User) -> bytes:
    """The agenda of a meeting to come or going on; the minutes of one that is over."""
    lines = lines_of(meeting) if meeting.opened_at else lines_ahead()
    context: dict[str, Any] = {
        "meeting": meeting,
        "lines": lines,
        "progress": progress(lines),
        "attendees": list(meeting.attendees.filter(state=Attendee.State.THERE).select_related("person", "agency")),
        "reckonings": reckonings_of(meeting),
        "open_actions": open_actions() if meeting.state == Meeting.State.OWED else [],
        "is_minutes": meeting.state in (Meeting.State.OVER, Meeting.State.SIGNED_OFF),
    }
    about: dict[str, Any] = {"marking": CHILD_PROTECTION, "for_whom": for_whom, "reference": meeting.reference}
    return pdf.write("briefing/pdf/meeting.html", context, at=now(), **about)


def open_actions() -> list[Action]:
    """What earlier meetings asked for, and no meeting has found done."""
    rows = Action.objects.filter(ended_at=None).select_related("owner", "item")
    return list(rows.order_by("by_when", "pk"))

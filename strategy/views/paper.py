"""A meeting on paper: decisions and actions before the notes, and the name of whoever prints it across every page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from documents.opening import answer
from documents.papers import (
    ActionOnPaper,
    AttendeeOnPaper,
    DecisionOnPaper,
    MinutesPaper,
    minutes_as_pdf,
)
from govuk.times import exactly
from strategy.codes import Presence
from strategy.models import Action, StrategyMeeting
from strategy.rows import warnings
from strategy.views.meeting import in_order, minutes_of


class MinutesPdf(GuardedPage):
    """The meeting as PDF, for whoever may see the meeting. That it was printed is in the ledger like every look."""

    may = Can.SEE_STRATEGY_MEETINGS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        meeting = get_object_or_404(StrategyMeeting.objects.select_related("authority"), pk=pk)
        if not meeting.was_held:
            raise Http404("There is nothing to print of a meeting that was not held")
        written = minutes_as_pdf(paper_of(meeting), for_whom=request.user, at=now())  # type: ignore[arg-type]
        return answer(written, media_type="application/pdf", filename=f"{meeting.reference}.pdf", inline=True)


def paper_of(meeting: StrategyMeeting) -> MinutesPaper:
    """What the paper says: the same as the page."""
    return MinutesPaper(
        reference=meeting.reference,
        held_at=meeting.held_at,
        how=meeting.get_mode_display(),
        children=[child.name for child in meeting.children.order_by("name", "pk")],
        attendees=[
            AttendeeOnPaper(each.name, each.agency, each.role, each.presence == Presence.PRESENT)
            for each in meeting.attendees.order_by("group", "name", "pk")
        ],
        decisions=[DecisionOnPaper(f"{each.get_kind_display()}:", each.in_words) for each in in_order(meeting)],
        actions=[_action(each) for each in meeting.actions.select_related("owner", "agency").order_by("due_at", "pk")],
        notes="\n\n".join(_notes(meeting)),
        facts=_facts(meeting),
    )


def _action(action: Action) -> ActionOnPaper:
    ended = f"{Action.State(action.state).label}: {action.how}" if action.ended_at else ""
    return ActionOnPaper(action.what, action.whose, exactly(action.due_at), ended)


def _notes(meeting: StrategyMeeting) -> list[str]:
    """The last version first; a document is named, not copied."""
    return [
        "\n".join(
            filter(
                None,
                [
                    version.text,
                    f"In the document “{version.document.caption}”" if version.document else "",
                    f"Recorded by {version.recorded_by}, {exactly(version.recorded_at)}",
                ],
            )
        )
        for version in minutes_of(meeting)
    ]


def _facts(meeting: StrategyMeeting) -> list[tuple[str, str]]:
    facts: list[tuple[str, Any]] = [
        ("Asked of", str(meeting.authority)),
        ("Why", meeting.why),
        *(("To be noted", each) for each in warnings(meeting)),
        *([("Why it went on", meeting.no_quorum_because)] if meeting.absent else []),
        ("Next discussion", _day(meeting.next_on) or "None was fixed"),
        ("Initial child protection conference", _conference(meeting)),
    ]
    return [(label, str(said)) for label, said in facts]


def _conference(meeting: StrategyMeeting) -> str:
    if not meeting.starts_section_47:
        return "No section 47 enquiry started with this meeting"
    if meeting.no_conference_because:
        return f"None is needed: {meeting.no_conference_because}"
    return _day(meeting.conference_on) or f"No date yet; in time until {_day(meeting.conference_by)}"


def _day(day: Any) -> str:
    return f"{day:%-d %B %Y}" if day else ""

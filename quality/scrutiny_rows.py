"""How meetings of the scrutiny group and their papers show themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from govuk.times import exactly
from quality.models import ScrutinyMeeting, ScrutinyPaper
from quality.scrutiny_cases import end_of_quarter
from sla.models import Clock
from sla.work import Work

MEETING_KINDS = {
    "wanted": "new",
    "planned": "working",
    "papers_sent": "waiting",
    "held": "working",
    "reported": "done",
    "called_off": "stopped",
}
PAPER_KINDS = {
    "to_prepare": "new",
    "prepared": "waiting",
    "checked": "working",
    "found": "done",
    "left_out": "stopped",
}
OVER = [ScrutinyMeeting.State.REPORTED, ScrutinyMeeting.State.CALLED_OFF]


def quarter_of(meeting: ScrutinyMeeting) -> str:
    """January to March 2026."""
    if meeting.quarter_from is None:
        return "Not planned yet"
    last = end_of_quarter(meeting.quarter_from) - timedelta(days=1)
    return f"{meeting.quarter_from:%B} to {last:%B %Y}"


def meeting_as_work(meeting: ScrutinyMeeting, clock: Clock | None = None) -> Work:
    when = f"Meets {exactly(meeting.meets_at)}" if meeting.meets_at else "Nobody has planned it"
    return Work(
        title="Scrutiny group",
        url=meeting.get_absolute_url(),
        reference=meeting.reference,
        why=f"Met {exactly(meeting.held_at)}" if meeting.held_at else when,
        due=meeting.due_at if meeting.state not in OVER else None,
        started=clock.started_at if clock else meeting.counts_from,
        state=ScrutinyMeeting.State(meeting.state).label,
        state_kind=MEETING_KINDS[meeting.state],
        owner=str(meeting.chair or ""),
        holds_up="What the agencies could learn together",
    )


def paper_as_work(paper: ScrutinyPaper) -> Work:
    return Work(
        title=paper.title,
        url=paper.get_absolute_url(),
        reference=paper.reference,
        why=f"{paper.stratum}. {paper.added_because or 'Drawn at random'}",
        due=paper.meeting.due_at if paper.state in NOT_CHECKED else None,
        started=paper.meeting.counts_from,
        state=ScrutinyPaper.State(paper.state).label,
        state_kind=PAPER_KINDS[paper.state],
        owner=str(paper.checked_by or paper.prepared_by or ""),
        holds_up="The papers of the group",
    )


NOT_CHECKED = [ScrutinyPaper.State.TO_PREPARE, ScrutinyPaper.State.PREPARED]


def facts_of(meeting: ScrutinyMeeting) -> list[tuple[str, str, str]]:
    """Label, words, address."""
    rows = [
        ("Chair", str(meeting.chair or "Not planned yet"), ""),
        ("Meets", exactly(meeting.meets_at) if meeting.meets_at else "Not planned yet", ""),
        ("Where", meeting.place or "Not known yet", ""),
        ("Cases of", quarter_of(meeting), ""),
    ]
    if meeting.in_place_of_id:
        called_off = reverse("scrutinymeeting", args=[meeting.in_place_of_id])
        rows.append(("In place of", "One that was called off", called_off))
    if meeting.closes_at:
        rows.append(("Members see its papers until", exactly(meeting.closes_at), ""))
    if meeting.held_at:
        rows += [("Met", exactly(meeting.held_at), ""), ("Who was there", meeting.who_was_there, "")]
    if meeting.called_off_because:
        rows.append(("Called off", meeting.called_off_because, ""))
    return rows


def answers_of(paper: ScrutinyPaper) -> list[tuple[str, str]]:
    """Whether each child was seen, spoken to and observed."""
    if paper.prepared_at is None:
        return []
    return [
        ("Child seen", _answer(paper.get_child_seen_display())),
        ("Child spoken to", _answer(paper.get_child_spoken_to_display())),
        ("Child’s behaviour observed", _answer(paper.get_child_observed_display())),
        ("How it is recorded", paper.how_recorded),
    ]


def _answer(said: Any) -> str:
    return str(said or "Not known")


def finding_of(paper: ScrutinyPaper) -> list[tuple[str, str]]:
    if paper.found_at is None:
        return []
    return [
        ("Grade", paper.get_grade_display()),
        ("What was good", paper.was_good),
        ("What there is to learn", paper.to_learn),
    ]

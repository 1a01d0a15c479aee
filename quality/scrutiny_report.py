"""What the scrutiny group found, as its report: proposed from the findings, and on paper."""

from __future__ import annotations

from access.actor import acting
from access.time import now
from accounts.models import User
from documents import pdf
from documents.pdf import CHILD_PROTECTION
from quality.models import ScrutinyMeeting, ScrutinyPaper
from quality.scrutiny_cases import DRAWS
from quality.scrutiny_rows import quarter_of


def proposed_report(meeting: ScrutinyMeeting) -> str:
    """Findings and actions of every case, for the chair to write into a report. Owners by kind, never by name."""
    parts = [f"The scrutiny group looked at cases of {quarter_of(meeting)}."]
    with acting(DRAWS, apart=True):
        for paper in meeting.papers.order_by("number").prefetch_related("actions"):
            if paper.state == ScrutinyPaper.State.FOUND:
                parts.append(_of(paper))
            elif paper.state == ScrutinyPaper.State.LEFT_OUT:
                parts.append(f"{paper.title} ({paper.stratum}) was left out: {paper.left_out_because}")
    return "\n\n".join(parts)


def _of(paper: ScrutinyPaper) -> str:
    lines = [
        f"{paper.title} ({paper.stratum}): {paper.get_grade_display().lower()}.",
        f"What was good: {paper.was_good}",
        f"What there is to learn: {paper.to_learn}",
    ]
    for action in paper.actions.all():
        whose = str(action.agency or action.get_owner_kind_display().lower())
        lines.append(f"To be done by {action.due_on:%-d %B %Y} ({whose}): {action.what}")
    return "\n".join(lines)


def report_as_pdf(meeting: ScrutinyMeeting, *, for_whom: User) -> bytes:
    """The report as PDF, marked, and with the name of whoever prints it across every page."""
    context = {"meeting": meeting, "quarter": quarter_of(meeting)}
    return pdf.write(
        "quality/pdf/scrutiny_report.html",
        context,
        marking=CHILD_PROTECTION,
        for_whom=for_whom,
        reference=meeting.reference,
        at=now(),
    )

"""What nobody may overlook of learning and training: each kind, how many, and since when the oldest waits."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from online.wall import Line, line
from quality.learning_counts import counts
from quality.models import AttendanceRow, LearningAction, Publication, TrainingDue, TrainingNeed

OPEN, DONE = LearningAction.State.OPEN, LearningAction.State.DONE
FEW = 5


def found_twice(at: datetime) -> Line:
    rows = sorted((row.twice_at, row.theme.name) for row in counts(at) if row.twice_at)
    names = tuple(name for _, name in rows[:FEW])
    oldest = rows[0][0] if rows else None
    return Line("twice", "Themes found twice, and nothing done", len(rows), oldest, reverse("themes"), names)


def lines_of(at: datetime) -> list[Line]:
    """Of those that whoever looks may see, whether there are any or not."""
    actions, late, page = LearningAction.objects.all(), Q(due_at__lt=at), "learning-actions"
    dues = TrainingDue.objects.filter(person__is_active=True)
    never, taken = dues.filter(state=TrainingDue.State.NEVER), dues.filter(late, state=TrainingDue.State.TAKEN)
    asked = TrainingNeed.objects.filter(late, state__in=[TrainingNeed.State.PROPOSED, TrainingNeed.State.BOOKED])
    rows = AttendanceRow.objects.filter(state=AttendanceRow.State.UNREADABLE)
    drafts = Publication.objects.filter(late, state__in=[Publication.State.DRAFT, Publication.State.CHECKED])
    return [
        found_twice(at),
        line("action_late", "Learning actions overdue", actions.filter(late, state=OPEN), "opened_at", page, "overdue"),
        line("retest_late", "Done, and not tested again", actions.filter(late, state=DONE), "done_at", page, "to_test"),
        line("never_taken", "Required training never taken", never, "since", "required-training", "never"),
        line("refresh_late", "Required training not taken again", taken, "refresh_at", "required-training", "overdue"),
        line("proposal_late", "Training that was proposed, and not answered or taken in time", asked, "proposed_at"),
        line("row_unread", "Rows of attendance lists to type in", rows, "received_at", "attendance-lists"),
        line("report_late", "Reports not read or published in time", drafts, "written_at", "learning"),
    ]

"""What the home page says of learning: to whoever has an action, to who supervises them, to who tests it again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from quality.learning_counts import counts
from quality.learning_rows import action_as_work, theme_as_work
from quality.models import LearningAction
from quality.whose import supervised_by
from sla.work import HOME, Share

FEW = 5
OPEN, DONE = LearningAction.State.OPEN, LearningAction.State.DONE


def _actions(heading: str, rows: QuerySet[LearningAction], show: str) -> Share:
    first = list(rows.select_related("theme", "owner").order_by("due_at", "pk")[:FEW])
    total = rows.count() if len(first) == FEW else len(first)
    return Share(heading, [action_as_work(each) for each in first], total, f"/quality/learning-actions/?show={show}")


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    mine: Any = people_answered_for(user)
    rows = LearningAction.objects.all()
    yield _actions("To change because of what was found", rows.filter(state=OPEN, owner__in=mine), "mine")
    theirs: Any = supervised_by(user) - mine
    if theirs:
        yield _actions("To change, by people you supervise", rows.filter(state=OPEN, owner__in=theirs), "supervised")
    if Can.REVIEW_QUALITY in acts:
        done = rows.filter(state=DONE).exclude(owner__in=mine).exclude(done_by=user)
        yield _actions("Done, and to be tested again", done, "to_test")
    if Can.LEAD_QUALITY in acts:
        twice = [row for row in counts(at) if row.twice_at]
        yield Share(
            "Found twice, and nothing done", [theme_as_work(row) for row in twice[:FEW]], len(twice), "/quality/themes/"
        )


HOME.needs_me.append(needs_me)

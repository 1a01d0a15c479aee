"""What the home page says about children linked with a risk, and about records that may be one person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from access.roles import Can
from accounts.models import User
from cases.models import Finding, Match
from cases.rows import finding_as_work, match_as_work
from sla.work import HOME, Share, nearest_clocks

FEW = 5


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.DECIDE_FINDING in acts:
        waiting = Finding.objects.filter(state=Finding.State.OPEN)
        first = list(waiting.select_related("child", "risk", "decided_by").order_by("due_at", "pk")[:FEW])
        clocks = nearest_clocks(first)
        rows = [finding_as_work(finding, clocks.get(finding.pk)) for finding in first]
        yield Share("Children linked with a person posing a risk", rows, waiting.count(), "/risks/")
    if Can.MERGE_PEOPLE in acts:
        proposed = Match.objects.filter(state=Match.State.PROPOSED).exclude(proposed_by=user)
        pairs = list(proposed.select_related("one", "other", "proposed_by").order_by("due_at", "pk")[:FEW])
        clocks = nearest_clocks(pairs)
        rows = [match_as_work(match, clocks.get(match.pk)) for match in pairs]
        yield Share("Waiting for a second person to agree", rows, proposed.count(), "/same/?show=proposed")


HOME.needs_me.append(needs_me)

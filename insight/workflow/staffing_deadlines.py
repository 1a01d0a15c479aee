"""The clock of an absence that nobody planned: a supervisor says why, so that what they hold goes to somebody."""

from __future__ import annotations

from dataclasses import dataclass

from access.roles import ABOVE, Role
from insight.models import ShiftPlan
from insight.staffing_lengths import SAID_WITHIN
from insight.workflow.staffing import (
    away_as_entered,
    came_late,
    is_here_after_all,
    missed_on_shift,
    record_absence,
    take_off_plan,
)
from quality.personal import Above, PersonalLadder
from quality.whose import post_of
from sla.models import Clock
from sla.policy import Deadline


@dataclass(frozen=True)
class TwoAbove(Above):
    """Tells the post two above theirs."""

    words = "the post two above theirs"

    def told(self, clock: Clock) -> Role:
        post = post_of(clock.owner_id)
        if post is None:
            return self.tell
        above = ABOVE.get(Role(post.role), Role(post.role))
        return ABOVE.get(above, above)


WHY_NOT_HERE = Deadline(
    "ST1",
    "A supervisor says why somebody who was planned is not here",
    model=ShiftPlan,
    starts=[missed_on_shift],
    counts_from=lambda plan: plan.not_seen_at,
    length=lambda plan: SAID_WITHIN,
    lengths=[SAID_WITHIN],
    stops=[came_late, is_here_after_all, record_absence, away_as_entered, take_off_plan],
    owner=lambda plan: plan.person,
    never_tells=lambda plan: [plan.person_id],
    ladder=PersonalLadder([Above(0, Role.SUPERINTENDENT), TwoAbove(1.0, Role.SUPERINTENDENT)]),
)

"""Every verb of seeing the whole, and beneath them what has to be done by when."""

from insight.workflow import (
    evidence,
    evidence_cases,
    evidence_deadlines,
    evidence_out,
    figures,
    figures_deadlines,
    staffing_deadlines,
)
from insight.workflow.staffing import (
    away_as_entered,
    came_late,
    is_here_after_all,
    missed_on_shift,
    plan_shift,
    record_absence,
    seen_on_shift,
    set_pattern,
    take_off_plan,
)
from insight.workflow.staffing_noticing import look_who_is_here

__all__ = [
    "away_as_entered",
    "came_late",
    "evidence",
    "evidence_cases",
    "evidence_deadlines",
    "evidence_out",
    "figures",
    "figures_deadlines",
    "is_here_after_all",
    "look_who_is_here",
    "missed_on_shift",
    "plan_shift",
    "record_absence",
    "seen_on_shift",
    "set_pattern",
    "staffing_deadlines",
    "take_off_plan",
]

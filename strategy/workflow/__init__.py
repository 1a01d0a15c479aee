"""Every verb of a strategy meeting and of its actions; beneath them, by when."""

from partners.disclose import Grounds
from strategy.workflow.actions import action_done, action_not_needed, add_action
from strategy.workflow.after import (
    close,
    conference_was_held,
    minutes_are_there,
    no_conference,
    record_minutes,
    set_conference,
    still_needed,
)
from strategy.workflow.asking import (
    About,
    Asked,
    Child,
    accepted,
    ask_again,
    cancel,
    declined,
    let_it_stand,
    request,
    risk_rose,
    say_which_child,
)
from strategy.workflow.deadlines import ACTION
from strategy.workflow.holding import (
    NOT_DECIDED,
    AttendeeFacts,
    Decisions,
    hold,
    plan,
    plan_again,
    started_by,
    without_quorum,
)
from strategy.workflow.receiving import leave_out, minutes_came, take_over

__all__ = [
    "ACTION",
    "NOT_DECIDED",
    "About",
    "Asked",
    "AttendeeFacts",
    "Child",
    "Decisions",
    "Grounds",
    "accepted",
    "action_done",
    "action_not_needed",
    "add_action",
    "ask_again",
    "cancel",
    "close",
    "conference_was_held",
    "declined",
    "hold",
    "leave_out",
    "let_it_stand",
    "minutes_are_there",
    "minutes_came",
    "no_conference",
    "plan",
    "plan_again",
    "record_minutes",
    "request",
    "risk_rose",
    "say_which_child",
    "set_conference",
    "started_by",
    "still_needed",
    "take_over",
    "without_quorum",
]

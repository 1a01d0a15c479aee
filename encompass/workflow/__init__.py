"""The life of a notice to a school: raised, checked for safety, sent, delivered, acknowledged."""

from encompass.concerned import ChildConcerned, Happened
from encompass.workflow import deadlines, keeping, notices, raising
from encompass.workflow.notices import (
    acknowledge,
    ask_authority,
    delivered,
    fetched,
    find_school,
    hold_back,
    not_delivered,
    not_for_school,
    screen,
    send,
    send_anyway,
    send_late,
    take_back,
    tell_home_force,
    told_by_phone,
)
from encompass.workflow.raising import (
    know_more,
    not_of_school_age,
    raise_notice,
    raise_notices,
    school_is_known,
    think_again,
)

__all__ = [
    "ChildConcerned",
    "Happened",
    "acknowledge",
    "ask_authority",
    "deadlines",
    "delivered",
    "fetched",
    "find_school",
    "hold_back",
    "keeping",
    "know_more",
    "not_delivered",
    "not_for_school",
    "not_of_school_age",
    "notices",
    "raise_notice",
    "raise_notices",
    "raising",
    "school_is_known",
    "screen",
    "send",
    "send_anyway",
    "send_late",
    "take_back",
    "tell_home_force",
    "think_again",
    "told_by_phone",
]

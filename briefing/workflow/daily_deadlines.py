"""The clocks of the daily management meeting: opened at its hour, everything decided, minutes signed off; and of what
it has people do."""

from __future__ import annotations

from access.roles import Role
from access.time import now
from briefing.lengths import ACTION, CARRIED_ON, CHECKED, OPENED, SIGNED_OFF, TOO_OFTEN
from briefing.models import Action, Meeting
from briefing.personal import AboveThem, Whoever
from briefing.workflow.actions import (
    carry_over,
    check_daily_action,
    daily_action_done,
    daily_action_not_done,
    daily_action_not_needed,
)
from briefing.workflow.giving import give_action
from briefing.workflow.meetings import end_meeting, open_meeting, sign_off, want_meeting
from missing.lengths import DAILY_SITS
from quality.personal import PersonalLadder
from sla.policy import Deadline, Ladder, Level

CHAIR = Role.DMM_CHAIR

HELD = Deadline(
    "DM1",
    "Daily management meeting opened at its hour",
    model=Meeting,
    starts=[want_meeting],
    counts_from=lambda meeting: meeting.meets_at,
    length=lambda meeting: OPENED,
    lengths=[OPENED],
    stops=[open_meeting],
    publishes="due_at",
    ladder=Ladder([Level(0.0, CHAIR), Level(1.0, Role.SUPERINTENDENT), Level(4.0, Role.CHIEF_OFFICER)]),
)

DECIDED = Deadline(
    "DM2",
    "Everything on the agenda of a daily management meeting decided",
    model=Meeting,
    starts=[open_meeting],
    counts_from=lambda meeting: meeting.opened_at,
    length=lambda meeting: DAILY_SITS,
    lengths=[DAILY_SITS],
    stops=[end_meeting],
    publishes="due_at",
    ladder=Ladder([Level(1.0, CHAIR), Level(2.0, Role.SUPERINTENDENT), Level(4.0, Role.CHIEF_OFFICER)]),
)

WRITTEN_UP = Deadline(
    "DM3",
    "Minutes of a daily management meeting signed off",
    model=Meeting,
    starts=[end_meeting],
    counts_from=lambda meeting: meeting.ended_at,
    length=lambda meeting: SIGNED_OFF,
    lengths=[SIGNED_OFF],
    stops=[sign_off],
    publishes="due_at",
    owner=lambda meeting: meeting.chair,
    ladder=Ladder([Level(0.5, CHAIR), Level(1.0, Role.SUPERINTENDENT), Level(3.0, Role.CHIEF_OFFICER)]),
)

DONE = Deadline(
    "DM4",
    "Action of a daily management meeting done",
    model=Action,
    starts=[give_action, daily_action_not_done],
    counts_from=lambda action: action.given_at,
    length=lambda action: ACTION,
    lengths=[ACTION],
    until=lambda action: action.by_when,
    stops=[daily_action_done, daily_action_not_needed],
    publishes="due_at",
    owner=lambda action: action.owner,
    no_child=lambda action: not action.item.concerns_a_child,
    ladder=PersonalLadder(
        [Whoever(0.8, CHAIR), AboveThem(1.0, CHAIR), Level(1.5, CHAIR), Level(3.0, Role.SUPERINTENDENT)]
    ),
)

SETTLED = Deadline(
    "DM5",
    "Action that several daily meetings carried over settled",
    model=Action,
    starts=[carry_over],
    applies=lambda action: action.carried_over >= TOO_OFTEN.in_force(now())[0],
    counts_from=lambda action: now(),
    length=lambda action: CARRIED_ON,
    lengths=[CARRIED_ON],
    stops=[daily_action_done, daily_action_not_needed],
    publishes="due_at",
    ladder=Ladder([Level(0.0, Role.SUPERINTENDENT), Level(1.0, Role.CHIEF_OFFICER)]),
)

LOOKED_AT = Deadline(
    "DM6",
    "Action of a daily management meeting looked at by the next",
    model=Action,
    starts=[daily_action_done],
    counts_from=lambda action: action.done_at,
    length=lambda action: CHECKED,
    lengths=[CHECKED],
    stops=[check_daily_action, daily_action_not_done, daily_action_not_needed],
    publishes="due_at",
    ladder=Ladder([Level(1.0, CHAIR), Level(2.0, Role.SUPERINTENDENT)]),
)

"""The clocks of the triage hub and of the teams it allocates to. They count from the first call, or from the hub."""

from __future__ import annotations

from collections.abc import Sequence

from access.roles import Role
from sla.lengths import Length
from sla.policy import Deadline, Ladder, Level, On
from triage.codes import IN_HUB, NOT_ATTENDED, WITH_A_TEAM, Destination, Grade, State
from triage.models import Incident
from triage.workflow.attendance import assign
from triage.workflow.calls import regrade, reopen, take_call
from triage.workflow.conditions import (
    LEFT_THE_HUB,
    LEFT_THE_TEAM,
    NOT_BY_PHONE,
    REACHED,
    THREE_FAILED,
    no_child_is_concerned,
    since_the_call,
)
from triage.workflow.delay import contact_caller
from triage.workflow.endings import A_CHILD, ENDS
from triage.workflow.hub import accept, agree, allocate, disagree, keep_trying, return_for_deployment, send_back
from triage.workflow.lengths import (
    A_WEEK,
    FIRST_CHILD,
    FIRST_OTHER,
    HUB_CHILD,
    HUB_OTHER,
    NOT_REACHED,
    OWNER_CHILD,
    OWNER_OTHER,
    RESOLVED,
)

K11 = Deadline(
    "K11",
    "Triage decision: who deals with it",
    model=Incident,
    starts=[take_call, regrade, send_back, disagree, reopen],
    applies=lambda incident: incident.state in IN_HUB,
    counts_from=lambda incident: incident.entered_hub_at,
    length=lambda incident: HUB_CHILD if incident.concerns_a_child else HUB_OTHER,
    lengths=[HUB_CHILD, HUB_OTHER],
    pulled_in_by=A_CHILD,
    stops=[*ENDS, agree, assign, *(On(verb, of=LEFT_THE_HUB) for verb in (allocate, regrade))],
    no_child=no_child_is_concerned,
    ladder=Ladder([Level(0.75, Role.TRIAGE_SUPERVISOR), Level(1.0, Role.FIM, if_no_child=Role.TRIAGE_SUPERVISOR)]),
)


def _named_owner(code: str, promise: str, lengths: Sequence[Length], ladder: Ladder) -> Deadline:
    """Allocated to a team, and nobody there has taken it on by name: still on the hub's books."""
    return Deadline(
        code,
        promise,
        model=Incident,
        starts=[allocate, agree],
        applies=lambda incident: incident.state == State.ALLOCATED,
        counts_from=lambda incident: incident.allocated_at,
        length=lambda incident: lengths[0] if incident.concerns_a_child else lengths[-1],
        lengths=lengths,
        pulled_in_by=A_CHILD if len(lengths) > 1 else [],
        stops=[*ENDS, accept, send_back, return_for_deployment, assign, On(regrade, of=LEFT_THE_TEAM)],
        no_child=no_child_is_concerned,
        ladder=ladder,
    )


K12 = _named_owner(
    "K12",
    "A named owner after allocation",
    [OWNER_CHILD, OWNER_OTHER],
    Ladder(
        [
            Level(1.0, Role.RESOLUTION_SUPERVISOR),
            Level(1.0, Role.TRIAGE_SUPERVISOR),
            Level(2.0, Role.CONTACT_CHIEF_INSPECTOR),
        ]
    ),
)
K12_WEEK = _named_owner("K12W", "No named owner for a week", [A_WEEK], Ladder([Level(1.0, Role.SUPERINTENDENT)]))
K13 = Deadline(
    "K13",
    "First contact with the caller",
    model=Incident,
    starts=[take_call, regrade, allocate, agree, reopen],
    applies=lambda incident: (
        incident.first_contact_at is None
        and incident.state in NOT_ATTENDED
        and (
            incident.grade == Grade.G4
            or (incident.state == State.ALLOCATED and incident.destination == Destination.RESOLUTION)
        )
    ),
    counts_from=since_the_call,
    length=lambda incident: FIRST_CHILD if incident.concerns_a_child else FIRST_OTHER,
    lengths=[FIRST_CHILD, FIRST_OTHER],
    pulled_in_by=A_CHILD,
    stops=[*ENDS, On(contact_caller, of=REACHED)],
    publishes="attend_by",
    no_child=no_child_is_concerned,
    ladder=Ladder(
        [
            Level(0.75, Role.RESOLUTION_SUPERVISOR),
            Level(1.0, Role.RESOLUTION_SUPERVISOR),
            Level(1.5, Role.DMM_CHAIR, if_no_child=Role.CONTACT_CHIEF_INSPECTOR),
        ]
    ),
)
K14 = Deadline(
    "K14",
    "Decision when a caller is not reached",
    model=Incident,
    starts=[On(contact_caller, of=THREE_FAILED)],
    applies=lambda incident: incident.state in NOT_ATTENDED,
    counts_from=lambda incident: incident.not_reached_at,
    length=lambda incident: NOT_REACHED,
    lengths=[NOT_REACHED],
    stops=[*ENDS, keep_trying, return_for_deployment, regrade, assign, On(contact_caller, of=REACHED)],
    no_child=no_child_is_concerned,
    ladder=Ladder([Level(0.0, Role.TRIAGE_SUPERVISOR), Level(1.0, Role.FIM, if_no_child=Role.CONTACT_CHIEF_INSPECTOR)]),
)
RESOLUTION = Deadline(
    "RES",
    "Resolution by phone",
    model=Incident,
    starts=[On(contact_caller, of=REACHED)],
    applies=lambda incident: (
        incident.state in WITH_A_TEAM or (incident.grade == Grade.G4 and incident.state in NOT_ATTENDED)
    ),
    counts_from=lambda incident: incident.first_contact_at,
    length=lambda incident: RESOLVED,
    lengths=[RESOLVED],
    stops=[*ENDS, return_for_deployment, On(regrade, of=NOT_BY_PHONE)],
    publishes="attend_by",
    no_child=no_child_is_concerned,
    ladder=Ladder([Level(1.0, Role.RESOLUTION_SUPERVISOR), Level(2.0, Role.CONTACT_CHIEF_INSPECTOR)]),
)

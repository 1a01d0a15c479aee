"""The clocks of a child in an incident: found, seen, told to the MASH; and of what comes after attendance."""

from __future__ import annotations

from access.roles import Role
from ppn import workflow as ppn
from sla.policy import Deadline, Ladder, Level, On
from triage.models import OPEN, Answer, Incident
from triage.workflow.attendance import (
    accept_not_seen,
    attend,
    close,
    end_without_attendance,
    has_a_ppn,
    hear_child,
    incident_of,
    link_duplicate,
    record_outcome,
)
from triage.workflow.calls import child_found, look_for_a_child, name_person, no_child, rang_again, reopen, take_call
from triage.workflow.conditions import (
    IS_SEEN,
    NO_CHILD,
    NO_LONGER_POSSIBLE,
    in_its_area,
    no_child_is_concerned,
    since_the_call,
)
from triage.workflow.endings import A_CHILD, ENDS
from triage.workflow.hub import resolve_by_phone
from triage.workflow.lengths import CHILD_SEEN, CLOSING, OFFICER_PPN, OUTCOME, SAY_IF_CHILD

K7 = Deadline(
    "K7",
    "A child is seen",
    model=Incident,
    starts=[take_call, *A_CHILD, record_outcome, reopen],
    applies=lambda incident: incident.state in OPEN and incident.child_to_be_seen,
    counts_from=since_the_call,
    length=lambda incident: CHILD_SEEN,
    lengths=[CHILD_SEEN],
    stops=[
        *(On(verb, of=IS_SEEN) for verb in (hear_child, record_outcome, no_child)),
        accept_not_seen,
        end_without_attendance,
        resolve_by_phone,
        link_duplicate,
    ],
    team=in_its_area,
    ladder=Ladder(
        [
            Level(0.5, Role.RESPONSE_SERGEANT),
            Level(1.0, Role.RESPONSE_INSPECTOR),
            Level(2.0, Role.SUPERINTENDENT),
            Level(2.0, Role.DMM_CHAIR),
        ]
    ),
)
K8 = Deadline(
    "K8",
    "PPN about a child at risk",
    model=Incident,
    starts=[take_call, *A_CHILD, attend, record_outcome, reopen],
    applies=lambda incident: incident.state in OPEN and incident.child == Answer.YES and not has_a_ppn(incident),
    counts_from=lambda incident: incident.reopened_at or incident.child_known_at,
    length=lambda incident: OFFICER_PPN,
    lengths=[OFFICER_PPN],
    stops=[
        On(ppn.submit, of=incident_of),
        close,
        end_without_attendance,
        resolve_by_phone,
        link_duplicate,
        On(record_outcome, of=NO_CHILD),
    ],
    team=in_its_area,
    ladder=Ladder(
        [Level(1.0, Role.RESPONSE_SERGEANT), Level(2.0, Role.RESPONSE_INSPECTOR), Level(2.0, Role.MASH_SERGEANT)]
    ),
)
K15 = Deadline(
    "K15",
    "Somebody says whether a possible child is one",
    model=Incident,
    starts=[take_call, rang_again, look_for_a_child, name_person, reopen],
    applies=lambda incident: incident.state in OPEN and incident.possible_child,
    counts_from=lambda incident: incident.possible_child_at,
    length=lambda incident: SAY_IF_CHILD,
    lengths=[SAY_IF_CHILD],
    stops=[
        *(verb for verb in ENDS if verb is not attend),
        close,
        *(On(verb, of=NO_LONGER_POSSIBLE) for verb in (child_found, no_child, rang_again, hear_child, record_outcome)),
    ],
    ladder=Ladder([Level(1.0, Role.TRIAGE_OFFICER), Level(4.0, Role.TRIAGE_SUPERVISOR), Level(8.0, Role.FIM)]),
)
OUTCOME_DUE = Deadline(
    "OUT",
    "Outcome recorded after attendance",
    model=Incident,
    starts=[attend],
    counts_from=lambda incident: incident.attended_at,
    length=lambda incident: OUTCOME,
    lengths=[OUTCOME],
    stops=[record_outcome],
    team=in_its_area,
    no_child=no_child_is_concerned,
    ladder=Ladder([Level(1.0, Role.RESPONSE_SERGEANT), Level(2.0, Role.RESPONSE_INSPECTOR)]),
)
CLOSING_DUE = Deadline(
    "CLO",
    "Closed by a supervisor",
    model=Incident,
    starts=[record_outcome],
    counts_from=lambda incident: incident.outcome_at,
    length=lambda incident: CLOSING,
    lengths=[CLOSING],
    stops=[close],
    team=in_its_area,
    no_child=no_child_is_concerned,
    ladder=Ladder([Level(1.0, Role.RESPONSE_SERGEANT), Level(2.0, Role.RESPONSE_INSPECTOR)]),
)

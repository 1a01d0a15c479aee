"""The clocks of an incident that waits for police. Elapsed time, round the clock; nothing pauses one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from access.roles import Role
from access.time import now
from sla.lengths import Length
from sla.policy import Deadline, EachTime, Ladder, Level, On, Verb
from triage.codes import NOT_ATTENDED, Grade
from triage.models import Incident
from triage.workflow.attendance import close, record_outcome, stand_down
from triage.workflow.calls import rang_again, reassess, regrade, reopen, take_call
from triage.workflow.conditions import (
    ANSWERED,
    NOBODY_TO_CALL,
    NOT_OFFERED,
    NOT_REACHABLE,
    no_child_is_concerned,
    only_if,
    since_the_call,
)
from triage.workflow.delay import (
    accept_handover,
    ask_fim,
    contact_caller,
    decide_resources,
    decline_handover,
    give,
    hand_over,
)
from triage.workflow.endings import ENDS
from triage.workflow.hub import accept, agree, allocate, disagree, return_for_deployment, send_back
from triage.workflow.lengths import (
    AGAIN_WITHIN,
    DECISION_STANDS,
    FIM_REVIEW,
    G1_AGAIN,
    G1_TARGET,
    G1_TOLD,
    G2_AGAIN,
    G2_TARGET,
    G2_TOLD,
    G3_AGAIN,
    G3_TARGET,
    G3_TOLD,
    HANDOVER,
    LOOK_AGAIN,
    TOLD_FIRST,
)


def _attendance(code: str, grade: Grade, target: Length, ladder: Ladder) -> Deadline:
    """From the call, so that slow grading cannot hide, until police arrive. A regrade resets nothing."""
    return Deadline(
        code,
        f"Attendance, {grade.label}",
        model=Incident,
        starts=[take_call, regrade, return_for_deployment, reopen],
        applies=lambda incident: incident.grade == grade,
        counts_from=since_the_call,
        length=lambda incident: target,
        lengths=[target],
        stops=ENDS,
        publishes="attend_by",
        no_child=no_child_is_concerned,
        ladder=ladder,
    )


K1 = _attendance("K1", Grade.G1, G1_TARGET, Ladder([Level(1.0, Role.CONTACT_SUPERVISOR), Level(1.5, Role.FIM)]))
K2 = _attendance(
    "K2",
    Grade.G2,
    G2_TARGET,
    Ladder(
        [
            Level(0.5, Role.DISPATCHER),
            Level(0.75, Role.CONTACT_SUPERVISOR),
            Level(1.0, Role.CONTACT_SUPERVISOR),
            Level(1.5, Role.FIM),
        ]
    ),
)
K3 = _attendance(
    "K3",
    Grade.G3,
    G3_TARGET,
    Ladder([Level(0.75, Role.CONTACT_SUPERVISOR), Level(1.0, Role.FIM, if_no_child=Role.CONTACT_SUPERVISOR)]),
)
K4 = Deadline(
    "K4",
    "Re-assessment of the risk while late",
    model=Incident,
    after={K1: G1_AGAIN, K2: G2_AGAIN, K3: G3_AGAIN},
    restarts=[reassess, regrade, return_for_deployment],  # the return asks for a new THRIVE by a clock of its own
    stops=ENDS,
    ladder=EachTime([Role.CONTACT_SUPERVISOR, Role.FIM, Role.DMM_CHAIR]),
)
K5 = Deadline(
    "K5",
    "The caller is told of the delay",
    model=Incident,
    after={K1: G1_TOLD, K2: G2_TOLD, K3: G3_TOLD},
    first=TOLD_FIRST,
    restarts=[On(contact_caller, of=ANSWERED)],
    stops=[*ENDS, On(contact_caller, of=NOBODY_TO_CALL)],
    ladder=Ladder([Level(1.0, Role.CONTACT_SUPERVISOR), Level(2.0, Role.FIM)]),
)


def _looked_since(asked: str) -> Callable[[Incident], Incident | None]:
    """A look from before it was asked for, which a feed may tell of later, is not the one."""
    return only_if(lambda incident: (getattr(incident, asked) or now()) <= now())


def _look_again(code: str, promise: str, starts: Sequence[Verb], counts_from: str, *besides: Length) -> Deadline:
    """Something new asks for a new THRIVE at once."""
    return Deadline(
        code,
        promise,
        model=Incident,
        starts=starts,
        applies=lambda incident: incident.state in NOT_ATTENDED and getattr(incident, counts_from) is not None,
        counts_from=lambda incident: getattr(incident, counts_from),
        length=lambda incident: LOOK_AGAIN,
        lengths=[LOOK_AGAIN],
        besides=besides,
        stops=[*(On(verb, of=_looked_since(counts_from)) for verb in (reassess, regrade)), *ENDS],
        no_child=no_child_is_concerned,
        ladder=Ladder([Level(1.0, Role.CONTACT_SUPERVISOR), Level(2.0, Role.FIM)]),
    )


K6 = _look_again("K6", "Re-assessment after a repeat call", [rang_again], "called_again_at", AGAIN_WITHIN)
CANNOT_REACH = _look_again(
    "K5R",
    "Re-assessment because the caller cannot be reached",
    [On(contact_caller, of=NOT_REACHABLE)],
    "not_reached_at",
)
RETURNED = _look_again("RET", "Re-assessment after a return for deployment", [return_for_deployment], "returned_at")

FIM = Deadline(
    "FIM",
    "Force incident manager decides on resources",
    model=Incident,
    starts=[ask_fim],
    counts_from=lambda incident: incident.fim_asked_at,
    length=lambda incident: FIM_REVIEW,
    lengths=[FIM_REVIEW],
    after={K1: FIM_REVIEW, K2: FIM_REVIEW},
    late_by=1.5,
    first=FIM_REVIEW,
    stops=[*ENDS, decide_resources],
    no_child=no_child_is_concerned,
    ladder=Ladder([Level(0.0, Role.FIM), Level(1.0, Role.DMM_CHAIR), Level(2.0, Role.SUPERINTENDENT)]),
)
DECISION_ENDS = Deadline(
    "FIMX",
    "Decision on resources is looked at again",
    model=Incident,
    starts=[decide_resources],
    counts_from=lambda incident: incident.resources_decided_at,
    length=lambda incident: DECISION_STANDS,
    lengths=[DECISION_STANDS],
    until=lambda incident: incident.resources_until,
    stops=[*ENDS, decide_resources],
    no_child=no_child_is_concerned,
    ladder=Ladder([Level(1.0, Role.FIM), Level(1.5, Role.DMM_CHAIR)]),
)
OFFERED = Deadline(
    "HO",
    "A handover is accepted",
    model=Incident,
    starts=[hand_over],
    counts_from=lambda incident: incident.offered_at,
    length=lambda incident: HANDOVER,
    lengths=[HANDOVER],
    stops=[
        On(verb, of=NOT_OFFERED)
        for verb in (
            accept_handover,
            decline_handover,
            give,
            accept,
            allocate,
            agree,
            disagree,
            send_back,
            return_for_deployment,
            regrade,
            stand_down,
            record_outcome,
        )
    ]
    + [*ENDS, close],
    ladder=Ladder([Level(1.0, Role.CONTACT_SUPERVISOR), Level(2.0, Role.FIM)]),
)

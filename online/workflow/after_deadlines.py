"""The clocks of what follows enforcement. Bail ends when the Act says; whoever can still do something is told weeks
before. The others are ours, and none waits for anybody's leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from access.roles import Role
from online.after_lengths import (
    ARREST_FOLLOWED,
    BREACH_DECIDED,
    CASE_REVIEWED,
    EXAMINED,
    LADO_ASKED_AGAIN,
    LADO_TOLD,
    LAPSED_FOR,
    PLAN_FILED,
    REVIEWED,
    UPLOADED,
    WARN_AGAIN,
    WARN_FIRST,
    WARN_INSPECTOR,
    WARN_SERGEANT,
)
from online.models import Bail, Device, LadoReferral, OnlineCase, SafetyPlan, Suspect
from online.workflow import (
    bail,
    case_transfers,
    cases,
    closing,
    devices,
    enforcing,
    lado,
    safety_plans,
    suspects,
)
from sla.lengths import Length
from sla.models import Clock
from sla.policy import At, Deadline, EachTime, Ladder, Level, Moments, Verb, when_due

INVESTIGATOR, SERGEANT = Role.CHILD_ABUSE_INVESTIGATOR, Role.CHILD_ABUSE_SERGEANT
INSPECTOR, CHAIR, SUPERINTENDENT = Role.CHILD_ABUSE_INSPECTOR, Role.DMM_CHAIR, Role.SUPERINTENDENT
AT_ONCE = Ladder(
    [
        Level(0.0, INVESTIGATOR),
        Level(0.5, SERGEANT),
        Level(1.0, INSPECTOR),
        Level(1.5, CHAIR),
        Level(2.0, SUPERINTENDENT),
    ]
)

LADO_REFERRED = Deadline(
    "OC11",
    "Designated officer told that an adult works with children",
    model=LadoReferral,
    starts=[lado.lado_due],
    counts_from=lambda referral: referral.known_at,
    length=lambda referral: LADO_TOLD,
    lengths=[LADO_TOLD],
    stops=[lado.refer_to_lado, lado.lado_not_needed],
    owner=lambda referral: referral.online_case.investigator,
    publishes="due_at",
    ladder=AT_ONCE,
)
LADO_ANSWER = Deadline(
    "OC11A",
    "Answer of the designated officer known, or asked for again",
    model=LadoReferral,
    starts=[lado.refer_to_lado],
    counts_from=lambda referral: referral.referred_at,
    length=lambda referral: LADO_ASKED_AGAIN,
    lengths=[LADO_ASKED_AGAIN],
    stops=[lado.lado_answered, lado.lado_not_needed],
    owner=lambda referral: referral.online_case.investigator,
    publishes="due_at",
    ladder=Ladder([Level(1.0, INVESTIGATOR), Level(1.5, SERGEANT), Level(2.0, INSPECTOR), Level(3.0, CHAIR)]),
)


def _before(warning: Length) -> Callable[[Clock], datetime]:
    """So long before bail ends, by what the force had set when its time began."""
    return lambda clock: clock.due_at - warning.in_force(clock.started_at)[0]


def _after(length: Length) -> Callable[[Clock], datetime]:
    return lambda clock: clock.due_at + length.in_force(clock.started_at)[0]


BAIL = Deadline(
    "OC12",
    "Bail extended or decided on before its conditions are gone",
    model=Bail,
    # An extension is a new time that the Act gives and somebody answers for: the old clock ends and another begins.
    starts=[bail.bailed, bail.bail_extended],
    counts_from=lambda record: record.released_at,
    until=lambda record: record.expires_at,
    besides=[WARN_FIRST, WARN_AGAIN, WARN_SERGEANT, WARN_INSPECTOR, LAPSED_FOR],
    stops=[bail.bail_extended, bail.bail_ended, bail.lapse_answered],
    pulled_in_by=[bail.child_now_linked],
    owner=lambda record: record.online_case.investigator,
    no_child=bail.concerns_no_child,
    publishes="due_at",
    ladder=Moments(
        [
            At(_before(WARN_FIRST), "bail ends soon: first warning", INVESTIGATOR),
            At(_before(WARN_AGAIN), "bail ends soon: second warning", INVESTIGATOR),
            At(_before(WARN_SERGEANT), "bail ends soon: third warning", INVESTIGATOR),
            At(_before(WARN_SERGEANT), "bail ends soon: third warning", SERGEANT),
            At(_before(WARN_INSPECTOR), "bail ends soon: last warning", INSPECTOR),
            At(when_due, "bail has run out", CHAIR, if_no_child=INSPECTOR, is_due=True),
            At(_after(LAPSED_FOR), "bail has run out and nobody has answered for it", SUPERINTENDENT),
        ]
    ),
)
BREACH = Deadline(
    "OC12B",
    "Breach of bail decided on",
    model=Bail,
    starts=[bail.bail_breached],
    counts_from=lambda record: record.breached_at,
    length=lambda record: BREACH_DECIDED,
    lengths=[BREACH_DECIDED],
    stops=[bail.breach_decided, bail.bail_ended],
    ladder=Ladder([Level(0.0, SERGEANT), Level(0.5, SERGEANT), Level(1.0, INSPECTOR), Level(2.0, CHAIR)]),
)
PLAN = Deadline(
    "OC13",
    "Safety plan filed after a suspect was released",
    model=SafetyPlan,
    starts=[safety_plans.plan_needed],
    counts_from=lambda plan: plan.needed_since,
    length=lambda plan: PLAN_FILED,
    lengths=[PLAN_FILED],
    stops=[safety_plans.file_plan, safety_plans.plan_not_needed],
    owner=lambda plan: plan.online_case.investigator,
    publishes="due_at",
    ladder=AT_ONCE,
)
DEVICE_EXAMINED = Deadline(
    "OC17E",
    "Seized device examined, or returned",
    model=Device,
    starts=[devices.device_seized],
    counts_from=lambda device: device.seized_at,
    length=lambda device: EXAMINED,
    lengths=[EXAMINED],
    stops=[devices.device_examined, devices.device_returned],
    owner=lambda device: device.online_case.investigator,
    publishes="due_at",
    ladder=Ladder([Level(0.5, INVESTIGATOR), Level(0.8, SERGEANT), Level(1.0, INSPECTOR), Level(1.5, CHAIR)]),
)
UPLOAD = Deadline(
    "OC17",
    "Images of an examined device uploaded for victim identification",
    model=Device,
    starts=[devices.device_examined],
    counts_from=lambda device: device.examined_at,
    length=lambda device: UPLOADED,
    lengths=[UPLOADED],
    stops=[devices.device_uploaded, devices.nothing_to_upload],
    owner=lambda device: device.online_case.investigator,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.5, INVESTIGATOR),
            Level(0.8, SERGEANT),
            Level(1.0, INSPECTOR),
            Level(2.0, CHAIR),
            Level(3.0, SUPERINTENDENT),
        ]
    ),
)
DECIDES: list[Verb] = [suspects.suspect_charged, suspects.no_further_action, suspects.suspect_died]
ARREST = Deadline(
    "OC20A",
    "What became of an arrest recorded: bail, charge or release",
    model=Suspect,
    starts=[suspects.arrested],
    counts_from=lambda suspect: suspect.arrested_at,
    length=lambda suspect: ARREST_FOLLOWED,
    lengths=[ARREST_FOLLOWED],
    stops=[suspects.put_on_bail, suspects.released_under_investigation, *DECIDES],
    owner=lambda suspect: suspect.online_case.investigator,
    publishes="due_at",
    ladder=Ladder([Level(0.5, INVESTIGATOR), Level(0.8, SERGEANT), Level(1.0, INSPECTOR), Level(2.0, CHAIR)]),
)
FREE = Deadline(
    "OC20",
    "Suspect who is free without conditions reviewed, until it is decided",
    model=Suspect,
    starts=[
        suspects.interviewed_as_volunteer,
        suspects.released_under_investigation,
        suspects.conditions_gone,
    ],
    counts_from=lambda suspect: suspect.changed_at,
    length=lambda suspect: REVIEWED,
    lengths=[REVIEWED],
    restarts=[suspects.suspect_reviewed],
    stops=[suspects.arrested, suspects.put_on_bail, *DECIDES],
    publishes="due_at",
    ladder=EachTime([SERGEANT, INSPECTOR, CHAIR, SUPERINTENDENT]),
)
AFTERWARDS = Deadline(
    "OC21",
    "What is still open after enforcement reviewed, until the case is closed",
    model=OnlineCase,
    starts=[enforcing.carried_out, closing.reopen_case],
    counts_from=lambda case: case.reopened_at or case.executed_at,
    length=lambda case: CASE_REVIEWED,
    lengths=[CASE_REVIEWED],
    restarts=[closing.case_reviewed],
    stops=[closing.close_case, cases.link, case_transfers.handed_over],
    publishes="due_at",
    ladder=EachTime([SERGEANT, INSPECTOR, CHAIR]),
)

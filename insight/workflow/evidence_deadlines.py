"""The clocks of evidence packs."""

from __future__ import annotations

from access.roles import Role
from access.time import now
from insight.evidence_lengths import CHECKED, CLOSED, HANDED_BACK, PREPARED, RELEASED
from insight.models import EvidencePack
from insight.workflow.evidence import (
    ask_for_evidence,
    check_evidence,
    evidence_is_together,
    refuse_evidence,
    send_evidence_back,
    withdraw_evidence,
)
from insight.workflow.evidence_out import close_evidence, evidence_handed_back, release_evidence
from sla.policy import Deadline, Ladder, Level

PREPARED_IN_TIME = Deadline(
    "EV1",
    "Evidence pack ready by the day it was asked for",
    model=EvidencePack,
    starts=[ask_for_evidence],
    counts_from=lambda pack: pack.asked_at,
    until=lambda pack: pack.needed_at,
    besides=[PREPARED],
    stops=[release_evidence, withdraw_evidence],
    publishes="due_at",
    ladder=Ladder([Level(0.5, Role.ANALYST), Level(0.75, Role.GOVERNANCE_LEAD), Level(1.0, Role.SUPERINTENDENT)]),
)

READ_TWICE = Deadline(
    "EV2",
    "Evidence pack checked by a second person",
    model=EvidencePack,
    starts=[evidence_is_together],
    counts_from=lambda pack: pack.file.built_at,
    length=lambda pack: CHECKED,
    lengths=[CHECKED],
    stops=[check_evidence, send_evidence_back, withdraw_evidence],
    publishes="due_at",
    never_tells=lambda pack: {pack.prepared_by_id},
    ladder=Ladder([Level(0.5, Role.GOVERNANCE_LEAD), Level(1.0, Role.SUPERINTENDENT)]),
)

LET_OUT = Deadline(
    "EV3",
    "Evidence pack that was checked released, or sent back",
    model=EvidencePack,
    starts=[check_evidence],
    counts_from=lambda pack: pack.checked_at,
    length=lambda pack: RELEASED,
    lengths=[RELEASED],
    stops=[release_evidence, refuse_evidence, withdraw_evidence],
    publishes="due_at",
    never_tells=lambda pack: {pack.prepared_by_id},
    ladder=Ladder([Level(0.5, Role.CHIEF_OFFICER), Level(1.0, Role.SUPERINTENDENT)]),
)

CLOSED_IN_TIME = Deadline(
    "EV4",
    "Released evidence pack closed when its time has run out",
    model=EvidencePack,
    starts=[release_evidence],
    counts_from=lambda pack: pack.released_at,
    until=lambda pack: CLOSED.due(pack.released_until, now())[0],
    besides=[CLOSED],
    stops=[close_evidence],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.GOVERNANCE_LEAD), Level(1.25, Role.SUPERINTENDENT)]),
)

COPIES_BACK = Deadline(
    "EV5",
    "Copies of a closed evidence pack handed back or destroyed",
    model=EvidencePack,
    starts=[close_evidence],
    counts_from=lambda pack: pack.closed_at,
    length=lambda pack: HANDED_BACK,
    lengths=[HANDED_BACK],
    applies=lambda pack: pack.state == EvidencePack.State.CLOSED,
    stops=[evidence_handed_back],
    publishes="due_at",
    ladder=Ladder([Level(0.5, Role.GOVERNANCE_LEAD), Level(1.0, Role.SUPERINTENDENT)]),
)

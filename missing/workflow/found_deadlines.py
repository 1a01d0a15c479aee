"""The clocks of a child who was found: seen and heard, a notice, the return interview asked for, the episode closed."""

from __future__ import annotations

from access.roles import Role
from missing import lengths
from missing.models import Episode
from missing.workflow import conditions as when
from missing.workflow.interviews import request_interview
from missing.workflow.returning import close, episode_of, found, interview, let_nobody_see
from ppn import workflow as ppn
from sla.policy import Deadline, Ladder, Level, On

HEARD = Deadline(
    "MC13",
    "A child who was found is seen and heard",
    model=Episode,
    starts=[found],
    counts_from=lambda episode: episode.found_at,
    length=when.heard_within,
    lengths=[lengths.HEARD_HIGH, lengths.HEARD, lengths.HEARD_LOW],
    stops=[interview, let_nobody_see],
    publishes="due_at",
    ladder=Ladder(
        [Level(0.8, Role.RESPONSE_SERGEANT), Level(1.0, Role.RESPONSE_INSPECTOR), Level(2.0, Role.DMM_CHAIR)]
    ),
)

NOTICE = Deadline(
    "MC14",
    "PPN about a child who was missing",
    model=Episode,
    starts=[found],
    applies=when.owes_a_notice,
    counts_from=lambda episode: episode.found_at,
    length=lambda episode: lengths.NOTICE,
    lengths=[lengths.NOTICE],
    stops=[On(ppn.submit, of=episode_of), close],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.RESPONSE_SERGEANT), Level(2.0, Role.RESPONSE_INSPECTOR)]),
)

INTERVIEW_ASKED = Deadline(
    "MC15",
    "Return interview asked for",
    model=Episode,
    starts=[found],
    applies=when.owes_an_interview,
    counts_from=lambda episode: episode.found_at,
    length=lambda episode: lengths.INTERVIEW_ASKED,
    lengths=[lengths.INTERVIEW_ASKED],
    stops=[On(request_interview, of=lambda request: request.episode)],
    publishes="due_at",
    ladder=Ladder(
        [Level(0.5, Role.MISSING_COORDINATOR), Level(1.0, Role.MISSING_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]
    ),
)

CLOSED = Deadline(
    "MCC",
    "Missing episode closed by a sergeant",
    model=Episode,
    starts=[interview, let_nobody_see],
    counts_from=when.was_heard_at,
    length=lambda episode: lengths.CLOSED,
    lengths=[lengths.CLOSED],
    stops=[close],
    publishes="due_at",
    ladder=Ladder([Level(1.0, Role.RESPONSE_SERGEANT), Level(2.0, Role.RESPONSE_INSPECTOR)]),
)

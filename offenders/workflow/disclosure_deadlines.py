"""A proposal to tell an agency of an offender does not wait for anybody in particular."""

from __future__ import annotations

from access.roles import Role
from offenders.disclosure_lengths import DECIDED
from offenders.models import OffenderDisclosure
from offenders.workflow.disclosures import do_not_tell, propose_disclosure, tell_agency
from sla.policy import Deadline, Ladder, Level

DISCLOSURE_DECIDED = Deadline(
    "RS30",
    "Proposal to tell an agency of an offender decided",
    model=OffenderDisclosure,
    starts=[propose_disclosure],
    counts_from=lambda disclosure: disclosure.proposed_at,
    length=lambda disclosure: DECIDED,
    lengths=[DECIDED],
    stops=[tell_agency, do_not_tell],
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, Role.OFFENDER_INSPECTOR),
            Level(1.0, Role.OFFENDER_INSPECTOR),
            Level(1.5, Role.DMM_CHAIR),
            Level(2.0, Role.SUPERINTENDENT),
        ]
    ),
)

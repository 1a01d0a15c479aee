"""How long what follows enforcement may wait: suspects, bail, safety plans, the designated officer, devices, closing.

How long bail itself may last the Act says: `online.bail_law`."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

NONE_FOUND = "No authority found"
BAIL_LAW = "When bail ends the Act says (PACE 1984, ss.47ZB to 47ZG); when we warn of it is ours"


def _ours(name: str, source: str, *, days: float, working_days: bool = False) -> Length:
    return Length(name, timedelta(days=days), Basis.LOCAL, source, is_our_default=True, working_days=working_days)


LADO_TOLD = Length(
    "Designated officer (LADO) told that an adult under investigation works with children",
    timedelta(days=1),
    Basis.GUIDANCE,
    "Working Together to Safeguard Children: within one working day; some authorities say 24 hours",
    working_days=True,
)
LADO_ASKED_AGAIN = _ours(
    "Answer of the designated officer (LADO): asked for again", NONE_FOUND, days=3, working_days=True
)
WARN_FIRST = _ours("Bail of a suspect in an online case: first warning before it ends", BAIL_LAW, days=28)
WARN_AGAIN = _ours("Bail of a suspect in an online case: second warning before it ends", BAIL_LAW, days=14)
WARN_SERGEANT = _ours("Bail of a suspect in an online case: third warning before it ends", BAIL_LAW, days=7)
WARN_INSPECTOR = _ours("Bail of a suspect in an online case: last warning before it ends", BAIL_LAW, days=2)
LAPSED_FOR = _ours("Bail of a suspect in an online case has lapsed: superintendent told", NONE_FOUND, days=1)
BREACH_DECIDED = _ours("Breach of bail in an online case decided on", NONE_FOUND, days=1)
PLAN_FILED = _ours(
    "Safety plan filed after a suspect in an online case is released",
    "The inspection of June 2022 found plans that stood nowhere and gives no length",
    days=1,
)
ARREST_FOLLOWED = _ours(
    "What became of an arrest in an online case recorded",
    "Detention without charge ends after 24 hours unless it is extended (PACE 1984, s.41)",
    days=1,
)
REVIEWED = _ours("Suspect in an online case who is free without conditions: reviewed", NONE_FOUND, days=28)
EXAMINED = _ours(
    "Seized device examined", "Inspections criticise long delays in digital forensics and give no length", days=90
)
UPLOADED = _ours(
    "Images of an examined device uploaded for victim identification",
    "Inspections criticise long delays and give no length",
    days=7,
)
CASE_REVIEWED = _ours("Online case after enforcement: what is still open reviewed", NONE_FOUND, days=28)

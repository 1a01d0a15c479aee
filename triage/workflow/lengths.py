"""Every length of time in initial contact, with what it rests on. A force sets its own by a dated setting."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length


def local(name: str, source: str, *, ours: bool = False, **length: float) -> Length:
    return Length(name, timedelta(**length), Basis.LOCAL, source, is_our_default=ours)


NONE_FOUND = "No authority found"
G1_TARGET = local("G1 attendance", "Force target, PEEL inspection 2022", minutes=15)
G2_TARGET = local("G2 attendance", "Force target (75% within it), inspection June 2022", minutes=60)
G3_TARGET = local("G3 attendance", "Comparable forces, 24 to 48 hours", hours=48, ours=True)
G1_AGAIN = local("Re-assessment of a late G1", NONE_FOUND, minutes=30, ours=True)
G2_AGAIN = local("Re-assessment of a late G2", NONE_FOUND, minutes=60, ours=True)
G3_AGAIN = local("Re-assessment of a late G3", NONE_FOUND, hours=4, ours=True)
TOLD_FIRST = local("Caller told after a missed target", NONE_FOUND, minutes=60, ours=True)
G1_TOLD = local("Caller told again, G1", "With every second re-assessment", minutes=60, ours=True)
G2_TOLD = local("Caller told again, G2", "With every second re-assessment", minutes=120, ours=True)
G3_TOLD = local("Caller told again, G3", "With every second re-assessment", hours=8, ours=True)
LOOK_AGAIN = local("Re-assessment that something new asks for", NONE_FOUND, minutes=15, ours=True)
AGAIN_WITHIN = local(
    "A second contact is one about the same within", "IOPC, Kent: three chasing calls", hours=24, ours=True
)
CHILD_SEEN = local("A child is seen", "Inspection June 2022: a boy of 16 not seen for two days", hours=24, ours=True)
OFFICER_PPN = local("PPN from the officer", "End of tour of duty", hours=12, ours=True)
HUB_CHILD = local(
    "Triage decision, child or not known", "Inspection June 2022: both child cases delayed", hours=2, ours=True
)
HUB_OTHER = local("Triage decision, no child", NONE_FOUND, hours=24, ours=True)
OWNER_CHILD = local("Named owner after allocation, child or not known", NONE_FOUND, hours=4, ours=True)
OWNER_OTHER = local("Named owner after allocation, no child", NONE_FOUND, hours=72, ours=True)
A_WEEK = local("No named owner for a week", "Inspection June 2022: the oldest had waited 23 days", days=7, ours=True)
FIRST_CHILD = local("First contact, child or not known", "Inspection June 2022: five days", hours=24, ours=True)
FIRST_OTHER = local("First contact, no child", "Inspection June 2022: five days", hours=48, ours=True)
NOT_REACHED = local("Decision when a caller is not reached", "Same tour of duty", hours=8, ours=True)
RESOLVED = local("Resolution by phone after first contact", NONE_FOUND, hours=72, ours=True)
SAY_IF_CHILD = local("Somebody says whether a possible child is one", NONE_FOUND, minutes=15, ours=True)
FIM_REVIEW = local("Decision of the force incident manager", NONE_FOUND, minutes=30, ours=True)
DECISION_STANDS = local("A decision on resources stands at most", NONE_FOUND, hours=4, ours=True)
HANDOVER = local("A handover is accepted", NONE_FOUND, minutes=15, ours=True)
OUTCOME = local("Outcome after attendance", "End of tour of duty", hours=12, ours=True)
CLOSING = local("Closed by a supervisor", NONE_FOUND, hours=72, ours=True)

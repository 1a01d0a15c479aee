"""Verbs that several clocks have in common."""

from __future__ import annotations

from collections.abc import Sequence

from sla.policy import On, Verb
from triage.workflow.attendance import attend, end_without_attendance, hear_child, link_duplicate
from triage.workflow.calls import child_found, look_for_a_child, name_person, rang_again
from triage.workflow.conditions import ENDED_IN_THE_HUB
from triage.workflow.hub import allocate, resolve_by_phone

ENDS: Sequence[Verb] = [
    attend,
    end_without_attendance,
    link_duplicate,
    resolve_by_phone,
    On(allocate, of=ENDED_IN_THE_HUB),
]
"""Nobody waits for police any more."""
A_CHILD: Sequence[Verb] = [child_found, rang_again, look_for_a_child, name_person, hear_child]
"""A child may come to light: whatever is shorter for a child comes nearer."""

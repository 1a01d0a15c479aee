"""What a return interview told goes into the child's trigger plan, once whoever read it has ticked it."""

from __future__ import annotations

from collections.abc import Sequence

from access.roles import Can
from accounts.models import User
from cases.models import Person
from cohort.known import known_before
from cohort.models import TriggerPlan
from cohort.workflow import add_to_trigger_plan
from missing.models import InterviewRequest, Learned
from workflow.transitions import NotNow

Kind = Learned.Kind
GOES_IN = {Kind.PLACE.value, Kind.PERSON.value}
NO_PLAN = "This child has no trigger plan yet. Take away the ticks, or have the missing team write one first."
NOT_YOURS = "The missing team changes a trigger plan. Take away the ticks, and tell them."
NOT_IN_IT = "Only places and people go into a trigger plan. Take away the ticks beside what pushes or draws the child."


def plan_of(person: Person) -> TriggerPlan | None:
    """The trigger plan of this child, as far as whoever acts may see it."""
    return known_before(person).trigger_plan


def add_to_plan(learned: Sequence[tuple[str, str]], interview: InterviewRequest, by: User) -> None:
    """Add each (kind, text). Raises NotNow where there is no plan to add to."""
    if not {kind for kind, _ in learned} <= GOES_IN:
        raise NotNow(NOT_IN_IT)
    if not by.can(Can.KEEP_COHORT):
        raise NotNow(NOT_YOURS)
    plan = plan_of(interview.episode.person)
    if plan is None:
        raise NotNow(NO_PLAN)
    places, people = (
        ", ".join(text for kind, text in learned if kind == wanted) for wanted in (Kind.PLACE, Kind.PERSON)
    )
    add_to_trigger_plan(plan, by=by, places=places, people=people, because=f"return interview {interview.reference}")

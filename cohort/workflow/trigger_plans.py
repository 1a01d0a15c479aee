"""Trigger plans: written, looked at again, added to from what was learned, replaced and ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from access.actor import System
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import Person, next_reference
from cohort.codes import Risk
from cohort.models import TriggerPlan
from cohort.workflow.child import LONGSTOP, current_of, lock
from workflow.transitions import NotNow, must_say, transition

State = TriggerPlan.State


@dataclass(frozen=True)
class TriggerFacts:
    """What a trigger plan says. An empty text means that nobody knows."""

    first_actions: Sequence[str]
    likely_places: str = ""
    likely_people: str = ""
    phones: str = ""
    social_media: str = ""
    transport: str = ""
    risk_floor: str = Risk.NOT_KNOWN.value

    def fill_in(self, plan: TriggerPlan) -> None:
        actions = [action.strip() for action in self.first_actions if action.strip()]
        if not actions:
            raise NotNow("Say what is done first when the child is reported missing: at least one action.")
        if self.risk_floor not in Risk.values:
            raise NotNow("Choose the least risk when the child is missing; “Not known yet” sets none.")
        for name in ("likely_places", "likely_people", "phones", "social_media", "transport"):
            setattr(plan, name, getattr(self, name).strip())
        plan.first_actions, plan.risk_floor = actions, self.risk_floor


@transition(target=State.CURRENT.value, may=Can.KEEP_COHORT)
def write_trigger_plan(plan: TriggerPlan, *, by: User, person: Person, said: TriggerFacts) -> None:
    """What is done at once when this child is reported missing. An earlier plan is kept to be read."""
    lock(person)
    said.fill_in(plan)
    for earlier in current_of(TriggerPlan, person):
        trigger_plan_replaced(earlier, by=LONGSTOP)
    plan.person, plan.reference, plan.team = person, next_reference("TRP"), team_of(Role.MISSING_COORDINATOR)
    plan.author, plan.written_at, plan.reviewed_at = by, now(), now()


@transition(source=State.CURRENT.value, target=State.REPLACED.value, may=Can.KEEP_COHORT)
def trigger_plan_replaced(plan: TriggerPlan, *, by: System) -> None:
    """A later trigger plan stands in its place."""


@transition(source=State.CURRENT.value, may=Can.KEEP_COHORT)
def review_trigger_plan(plan: TriggerPlan, *, by: User, said: TriggerFacts) -> None:
    """The trigger plan was read again: it is right, or it is right now."""
    said.fill_in(plan)
    plan.reviewed_at, plan.episode_at = now(), None


@transition(source=State.CURRENT.value, may=Can.KEEP_COHORT)
def add_to_trigger_plan(plan: TriggerPlan, *, by: User, places: str, people: str, because: str) -> None:
    """Places or people that were learned of, such as in a return interview. Each says where it comes from."""
    must_say(because, "where it comes from, such as “told us in the return interview of 3 March”")
    if not places.strip() and not people.strip():
        raise NotNow("Write at least one place or person to add.")
    source = f"({because.strip()}; added {timezone.localdate(now()):%-d %B %Y})"
    plan.likely_places = _with(plan.likely_places, places, source)
    plan.likely_people = _with(plan.likely_people, people, source)


def _with(before: str, more: str, source: str) -> str:
    return "\n".join(filter(None, [before, f"{more.strip()} {source}" if more.strip() else ""]))


@transition(source=State.CURRENT.value, target=State.ENDED.value, may=Can.KEEP_COHORT)
def end_trigger_plan(plan: TriggerPlan, *, by: User, because: str) -> None:
    """The child needs no trigger plan any more, and why."""
    must_say(because, "why the child needs no trigger plan any more")
    plan.ended_at, plan.ended_by, plan.ended_because = now(), by, because.strip()


@transition(source=State.CURRENT.value, may=Can.KEEP_COHORT)
def trigger_plan_episode(plan: TriggerPlan, *, by: System, reference: str, at: datetime) -> None:
    """The child was reported missing. The trigger plan is looked at again soon."""
    plan.episode_at = min(plan.episode_at or at, at)

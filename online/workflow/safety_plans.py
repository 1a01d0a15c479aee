"""How a child is kept safe while a suspect is on bail or free. The plan is filed where everybody finds it, within a day
of the release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from documents.models import Attachment
from online.models import LinkedChild, OnlineCase, SafetyPlan, Suspect
from workflow.transitions import NotNow, must_say, transition

State = SafetyPlan.State
OWES = System("a child is linked with a suspect who is free")


def held(case: OnlineCase) -> OnlineCase:
    """The case as it is now, held until the transaction ends: it cannot be closed meanwhile."""
    return OnlineCase.objects.select_for_update(of=("self",)).get(pk=case.pk)


def is_a_child_linked(case: OnlineCase) -> bool:
    """Whether the case concerns a child, whoever may see that child. Recorded in error does not count."""
    with acting(OWES, apart=True):
        children = LinkedChild.objects.filter(online_case=case).exclude(state=LinkedChild.State.IN_ERROR)
        return bool(children.figures().exists())


@dataclass(frozen=True)
class SafetyFacts:
    """The plan: who lives where, who sees the child, who checks. `document`: a paper of the case, if there is one."""

    plan: str
    agreed_with: str
    document: Attachment | None = None


def owe_plan(suspect: Suspect, *, since: datetime, why_not_yet: str = "") -> SafetyPlan | None:
    """Called inside a transition by which a suspect is free: where a child is linked a plan is owed, once."""
    if not is_a_child_linked(suspect.online_case):
        return None
    return plan_needed_for(suspect, since=since, why_not_yet=why_not_yet)


def plan_needed_for(suspect: Suspect, *, since: datetime, why_not_yet: str = "") -> SafetyPlan:
    """The one that stands, or a new one that is owed."""
    with acting(OWES):
        standing = SafetyPlan.objects.filter(suspect=suspect, state__in=[State.NEEDED, State.FILED]).first()
        return standing or plan_needed(SafetyPlan(), by=OWES, suspect=suspect, since=since, why_not_yet=why_not_yet)


@transition(target=State.NEEDED.value, may=Can.INVESTIGATE_ONLINE)
def plan_needed(plan: SafetyPlan, *, by: System, suspect: Suspect, since: datetime, why_not_yet: str) -> None:
    """A suspect is free, and a child is linked: a safety plan is owed."""
    plan.online_case, plan.suspect, plan.reference = held(suspect.online_case), suspect, next_reference("SAF")
    plan.needed_since, plan.why_not_yet = since, why_not_yet.strip()


@transition(source=State.NEEDED.value, target=State.FILED.value, may=Can.INVESTIGATE_ONLINE)
def file_plan(plan: SafetyPlan, *, by: User, facts: SafetyFacts) -> None:
    """The safety plan is filed."""
    _write(plan, facts, by)


@transition(source=State.FILED.value, may=Can.INVESTIGATE_ONLINE)
def change_plan(plan: SafetyPlan, *, by: User, facts: SafetyFacts, because: str) -> None:
    """The safety plan is another one from now on. What it was stands in its steps."""
    must_say(because, "what has changed")
    _write(plan, facts, by)


def _write(plan: SafetyPlan, facts: SafetyFacts, by: User) -> None:
    must_say(facts.plan, "how the child is kept safe: who lives where, who sees the child, who checks")
    must_say(facts.agreed_with, "with whom it was agreed; “nobody, because …” is an answer")
    if facts.document and facts.document.record != plan.online_case_id:
        raise NotNow("That document is of another record. Choose one of this investigation.")
    plan.plan, plan.agreed_with, plan.document = facts.plan.strip(), facts.agreed_with.strip(), facts.document
    plan.filed_at, plan.filed_by = now(), by


@transition(source=[State.NEEDED.value, State.FILED.value], target=State.NOT_NEEDED.value, may=Can.SUPERVISE_ONLINE)
def plan_not_needed(plan: SafetyPlan, *, by: User, because: str) -> None:
    """A sergeant answers for it that no plan is needed, or none any more."""
    must_say(because, "why the child needs no plan")
    plan.not_needed_because = because.strip()

"""Somebody looks for children at each address a case was attributed to. “None found” is said only with where."""

from __future__ import annotations

from collections.abc import Sequence

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import Person, next_reference
from online.gate_known import undecided
from online.models import (
    OPEN,
    CandidateAddress,
    ChildrenCheck,
    LinkedChild,
    NotConcerned,
    Occupant,
    OnlineCase,
)
from online.workflow.children import ChildFacts, learn_of_child
from workflow.transitions import NotNow, must_say, transition

State = ChildrenCheck.State
LOOKS = System("an address was attributed")


@transition(target=State.DUE.value, may=Can.RESEARCH_ONLINE)
def children_to_look_for(check: ChildrenCheck, *, by: System, at: CandidateAddress) -> None:
    """An address was attributed: somebody has to look for children there."""
    check.at, check.online_case, check.reference = at, at.online_case, next_reference("CHK")
    check.asked_at = at.attributed_at or now()


def look_for_children(candidate: CandidateAddress) -> ChildrenCheck:
    return children_to_look_for(ChildrenCheck(), by=LOOKS, at=candidate)


@transition(source=State.DUE.value, target=State.NONE_FOUND.value, may=Can.RESEARCH_ONLINE)
def no_child_found(check: ChildrenCheck, *, by: User, sources: str, result: str) -> None:
    """No child was found there, and this is where somebody looked."""
    if there := undecided(check.at):
        raise NotNow(
            f"Our own records name {len(there)} who may be a child and live or stay there, or whose parent does. Take "
            "each as a child of the case, or say why the case does not concern them."
        )
    _done(check, by, sources, result)


@transition(source=State.DUE.value, target=State.FOUND.value, may=Can.RESEARCH_ONLINE)
def children_found(
    check: ChildrenCheck, *, by: User, sources: str, result: str, children: Sequence[ChildFacts] = ()
) -> None:
    """Children live or stay there. Each is recorded as linked with the case."""
    for facts in children:
        learn_of_child(LinkedChild(), by=by, case=check.online_case, facts=facts)
    linked = LinkedChild.objects.filter(online_case=check.online_case).exclude(state=LinkedChild.State.IN_ERROR)
    if not linked.figures().exists():
        raise NotNow("Record each child that you found: who they are, and how the case concerns them.")
    _done(check, by, sources, result)


def _done(check: ChildrenCheck, by: User, sources: str, result: str) -> None:
    must_say(sources, "where you looked")
    must_say(result, "what you found")
    check.sources, check.result = sources.strip(), result.strip()
    check.done_at, check.done_by = now(), by


@transition(source=[State.FOUND.value, State.NONE_FOUND.value], target=State.DUE.value, may=Can.RESEARCH_ONLINE)
def look_again_for_children(check: ChildrenCheck, *, by: User, because: str) -> None:
    """Something new is known of who lives there: somebody looks again, and until then the gate is shut."""
    must_say(because, "why somebody has to look again")
    check.asked_at, check.done_at, check.done_by = now(), None, None


@transition(source=State.DUE.value, target=State.NOT_NEEDED.value, may=Can.RESEARCH_ONLINE)
def check_not_needed(check: ChildrenCheck, *, by: System) -> None:
    """The address was ruled out. A child who was found there stays linked until a sergeant says otherwise."""


@transition(source=State.DUE.value, may=Can.RESEARCH_ONLINE)
def check_sooner(check: ChildrenCheck, *, by: System) -> None:
    """The level is very high: somebody looks for children sooner."""


@transition(source=OPEN, may=Can.RESEARCH_ONLINE)
def child_not_concerned(
    case: OnlineCase, *, by: User, person: Person | None, occupant: Occupant | None, because: str
) -> None:
    """Our records put somebody near the case who may be a child, and the case does not concern them."""
    must_say(because, "why the case does not concern them")
    if (person is None) == (occupant is None):
        raise NotNow("Choose whom it is about.")
    NotConcerned.objects.create(
        online_case=case, person=person, occupant=occupant, because=because.strip(), at=now(), by=by
    )

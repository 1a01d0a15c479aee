"""Who is in the cohort of the missing team: proposed, taken in, assessed, and left with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from access.actor import Actor, System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import Person, next_reference
from cohort.codes import Exploitation, Tool
from cohort.models import CohortEntry, ExploitationAssessment, PlanStep, RiskPlan
from cohort.workflow.child import LONGSTOP, lock
from cohort.workflow.meetings import ensure_meeting
from cohort.workflow.risk_plans import end_risk_plan, start_risk_plan, step_not_needed
from partners.models import Agency
from workflow.transitions import NotNow, must_say, transition

State = CohortEntry.State
OPEN = [State.PROPOSED.value, State.IN_COHORT.value]


@transition(target=State.PROPOSED.value, may=Can.KEEP_COHORT)
def propose(
    entry: CohortEntry,
    *,
    by: Actor,
    person: Person,
    because: str,
    evidence: Sequence[str],
    authority: Agency | None,
) -> None:
    """Somebody, or the count of missing reports, proposes that the missing team looks after this child."""
    must_say(because, "why the child should be in the cohort")
    lock(person)
    if refusal := why_not_proposed(person, evidence):
        raise NotNow(refusal)
    if authority:
        must_be_an_authority(authority)
    entry.person, entry.reference, entry.team = person, next_reference("MET"), team_of(Role.MISSING_COORDINATOR)
    entry.proposed_at, entry.proposed_because = now(), because.strip()
    entry.proposed_by = None if isinstance(by, System) else by  # type: ignore[assignment]
    entry.evidence, entry.authority = [each.strip() for each in evidence if each.strip()], authority


def why_not_proposed(person: Person, evidence: Collection[str]) -> str:
    """Why this child is not proposed now; empty = nothing speaks against it. Longstop looks through all records."""
    with acting(LONGSTOP, apart=True):
        rows = list(CohortEntry.objects.filter(person__same_as=person.same_as_id))
    if any(row.state == State.IN_COHORT for row in rows):
        return "The child is in the cohort already."
    if any(row.state == State.PROPOSED for row in rows):
        return "The child is proposed already, and waits for a decision."
    seen = {each for row in rows for each in row.evidence}
    if evidence and set(evidence) <= seen:
        return "This was decided on before, on the same evidence. Say what is new."
    return ""


def propose_repeat(person: Person, *, because: str, evidence: Collection[str]) -> CohortEntry | None:
    """What the count of missing reports calls: Longstop proposes the child, and the missing team's sergeant decides.

    `evidence`: references of the episodes it rests on. None where the child has an open entry already, or where the
    same evidence was decided on before. Called inside a transaction or outside of one.
    """
    system = System("children who go missing again")
    with acting(system, apart=True):  # whoever reports the child missing is not handed it
        if why_not_proposed(person, evidence):
            return None
        about: dict[str, Any] = {"person": person, "because": because, "evidence": list(evidence), "authority": None}
        try:
            return propose(CohortEntry(), by=system, **about)
        except NotNow:  # somebody was quicker
            return None


def must_be_an_authority(agency: Agency) -> None:
    if agency.kind != Agency.Kind.SOCIAL_CARE:
        raise NotNow("The responsible authority is children's social care of a council: choose one.")
    if agency.closed_at:
        raise NotNow(f"{agency} is closed: choose another.")


@transition(source=State.PROPOSED.value, target=State.IN_COHORT.value, may=Can.DECIDE_COHORT)
def take_in(
    entry: CohortEntry,
    *,
    by: User,
    because: str,
    exploitation: Sequence[str],
    tool: str,
    tool_score: str,
    authority: Agency,
    lead: User,
) -> None:
    """The child is in the cohort from now on: with a named worker, a risk management plan and a monthly meeting."""
    must_say(because, "why the child is taken in")
    must_be_an_authority(authority)
    _must_see(lead, entry)
    entry.entered_at, entry.entered_by, entry.entered_because = now(), by, because.strip()
    entry.authority, entry.lead = authority, lead
    _assess(entry, by, exploitation, tool, tool_score, because)
    start_risk_plan(RiskPlan(), by=LONGSTOP, entry=entry)
    ensure_meeting(authority)


def _must_see(lead: User, entry: CohortEntry) -> None:
    """Nobody is named for a child of whom they may not know."""
    with acting(lead):
        sees = lead.can(Can.SEE_COHORT) and CohortEntry.objects.filter(pk=entry.pk).exists()
    if not sees:
        raise NotNow(f"{lead} may not see this child's records, so cannot be the named worker.")


def _assess(
    entry: CohortEntry, by: User, exploitation: Sequence[str], tool: str, tool_score: str, because: str
) -> None:
    kinds = [str(kind) for kind in dict.fromkeys(exploitation)]
    if not kinds or not set(kinds) <= set(Exploitation.values):
        raise NotNow("Say which exploitation is known of. “None known” is an answer.")
    if Exploitation.NONE_KNOWN.value in kinds and len(kinds) > 1:
        raise NotNow("“None known” stands alone: take it away, or take the others away.")
    if tool not in Tool.values:
        raise NotNow("Say with which tool it was assessed. “No tool was used” is an answer.")
    if tool == Tool.NONE and tool_score.strip():
        raise NotNow("A score comes from a tool: say which one.")
    entry.exploitation, entry.tool, entry.tool_score = kinds, str(tool), tool_score.strip()
    ExploitationAssessment.objects.create(
        entry=entry,
        exploitation=kinds,
        tool=str(tool),
        tool_score=tool_score.strip(),
        because=because.strip(),
        assessed_at=now(),
        assessed_by=by,
    )


@transition(source=State.PROPOSED.value, target=State.NOT_TAKEN.value, may=Can.DECIDE_COHORT)
def not_take(entry: CohortEntry, *, by: User, because: str) -> None:
    """The child is not taken into the cohort, and why. Whoever decides answers for that."""
    must_say(because, "why the child is not taken in")
    entry.left_at, entry.left_by, entry.left_because = now(), by, because.strip()


@transition(source=State.IN_COHORT.value, may=Can.KEEP_COHORT)
def assess(
    entry: CohortEntry, *, by: User, exploitation: Sequence[str], tool: str, tool_score: str, because: str
) -> None:
    """What is known of the child's exploitation now. What was found before stays beside it."""
    must_say(because, "what it rests on")
    _assess(entry, by, exploitation, tool, tool_score, because)


@transition(source=State.IN_COHORT.value, may=Can.KEEP_COHORT)
def change_lead(entry: CohortEntry, *, by: User, lead: User, because: str) -> None:
    """Another named worker."""
    must_say(because, "why the named worker changes")
    _must_see(lead, entry)
    entry.lead = lead


@transition(source=State.IN_COHORT.value, may=Can.KEEP_COHORT)
def change_authority(entry: CohortEntry, *, by: User, authority: Agency, because: str) -> None:
    """Another authority is responsible. Its monthly meeting speaks of the child from now on."""
    must_say(because, "why another authority is responsible")
    must_be_an_authority(authority)
    entry.authority = authority
    ensure_meeting(authority)


@transition(source=State.IN_COHORT.value, target=State.LEFT.value, may=Can.DECIDE_COHORT)
def leave(entry: CohortEntry, *, by: User, because: str, answers: Mapping[UUID, str]) -> None:
    """The child leaves the cohort, and why. Each open step of the plan is answered: it is not forgotten with it.

    `answers`: key of an open step -> what becomes of it.
    """
    must_say(because, "why the child leaves the cohort")
    # Held until this is committed: nobody gives a step in a plan that is being closed.
    plans = list(RiskPlan.objects.select_for_update(of=("self",)).filter(entry=entry, state=RiskPlan.State.CURRENT))
    steps = open_steps(entry)
    unanswered = [step for step in steps if not answers.get(step.pk, "").strip()]
    if unanswered:
        named = "; ".join(step.what for step in unanswered)
        raise NotNow(f"Say what becomes of each open step of the plan: {named}.")
    for step in steps:
        step_not_needed(step, by=by, because=answers[step.pk])
    for plan in plans:
        end_risk_plan(plan, by=LONGSTOP, ended_by=by)
    entry.left_at, entry.left_by, entry.left_because = now(), by, because.strip()


def open_steps(entry: CohortEntry) -> list[PlanStep]:
    """What somebody still has to do for the child."""
    rows = PlanStep.objects.filter(plan__entry=entry, state=PlanStep.State.OPEN)
    return list(rows.select_related("owner", "agency").order_by("due_at", "pk"))

"""The triage hub decides who deals with it; a team accepts it, deals with it by phone, or sends it back."""

from __future__ import annotations

from dataclasses import asdict

from access.actor import NotYours
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import Team, User
from triage.codes import ENDS_IT, IN_HUB, NOT_ATTENDED, TO_A_TEAM, Destination, Grade, State, WhyNotByPhone
from triage.models import Allocation, Answer, Category, ChildVoice, Incident
from triage.owners import belongs_to, passes_to
from triage.shared_images import child_must_have_been_seen, specialist_has_said_how
from triage.suitability import Suitability, not_by_phone, second_look
from triage.workflow.attendance import has_a_ppn, may_end
from triage.workflow.delay import give
from triage.workflow.risk import ranked
from workflow.transitions import NotNow, OneOf, must_say, transition

RECEIVES = {
    Destination.RESOLUTION.value: Role.RESOLUTION_SUPERVISOR,
    Destination.NEIGHBOURHOOD.value: Role.NEIGHBOURHOOD_SERGEANT,
    Destination.SPECIALIST.value: Role.CHILD_ABUSE_SERGEANT,
    Destination.APPOINTMENT.value: Role.DISPATCHER,
}
"""Whose it is as soon as it is allocated; a supervisor until somebody named takes it on."""


def _goes_to(incident: Incident) -> str:
    if incident.allocated_at is None:
        return State.SECOND_LOOK.value
    if incident.destination == Destination.APPOINTMENT:
        return State.AWAITING_RESOURCE.value
    return State.ALLOCATED.value if incident.destination in TO_A_TEAM else State.NO_DEPLOYMENT.value


def last_allocation(incident: Incident) -> Allocation | None:
    return Allocation.objects.filter(incident=incident).order_by("-at", "-pk").first()


GOES_TO = OneOf(
    _goes_to,
    tuple(each.value for each in (State.SECOND_LOOK, State.AWAITING_RESOURCE, State.ALLOCATED, State.NO_DEPLOYMENT)),
)


@transition(source=State.IN_TRIAGE.value, target=GOES_TO, may=Can.ALLOCATE)
def allocate(incident: Incident, *, by: User, destination: str, because: str, suitability: Suitability) -> None:
    """The hub decides who deals with it. What cannot be dealt with by phone cannot be sent there."""
    must_say(because, "why it goes there")
    if destination in ENDS_IT:
        may_end(by, str(Destination(destination).label))
        _child_is_answered_for(incident, because)
    if destination == Destination.RESOLUTION:
        reasons = not_by_phone(suitability, specialist_note=specialist_has_said_how(incident))
        if reasons:
            raise NotNow(f"It cannot be dealt with by phone: {'; '.join(reasons)}.")
    looked_at = second_look(suitability, destination, counts_as_child=incident.concerns_a_child)
    Allocation.objects.create(
        incident=incident,
        at=now(),
        by=by,
        destination=destination,
        team=_team(destination, incident),
        because=because,
        second_look_because=looked_at,
        **asdict(suitability),
    )
    incident.destination, incident.allocated_at = destination, None
    if looked_at:
        passes_to(incident, Role.TRIAGE_SUPERVISOR)
    else:
        _allocated(incident)


def _child_is_answered_for(incident: Incident, because: str) -> None:
    """Ended in the hub, with a child: that is a supervisor's page of its own, which asks about the child."""
    if incident.concerns_a_child:
        raise NotNow("A child is, or may be, involved: use “End without attendance”, which asks how the child is safe.")
    incident.outcome, incident.outcome_at = because, now()


def _team(destination: str, incident: Incident) -> Team | None:
    return team_of(RECEIVES[destination]) if destination in TO_A_TEAM else None


def _allocated(incident: Incident) -> None:
    incident.allocated_at, incident.accepted_at = now(), None
    incident.dealt_by = _team(incident.destination, incident)
    if incident.destination in RECEIVES:
        passes_to(incident, RECEIVES[incident.destination], incident.dealt_by)


@transition(source=State.SECOND_LOOK.value, target=GOES_TO, may=Can.SECOND_LOOK)
def agree(incident: Incident, *, by: User, because: str) -> None:
    """The second look: a supervisor, who is not whoever allocated it, agrees."""
    must_say(because, "why you agree")
    last = last_allocation(incident)
    if last and last.by_id == by.pk:
        raise NotYours("You allocated it yourself: somebody else takes the second look.")
    _allocated(incident)


@transition(source=State.SECOND_LOOK.value, target=State.IN_TRIAGE.value, may=Can.SECOND_LOOK)
def disagree(incident: Incident, *, by: User, because: str) -> None:
    """The second look: it is not for that team. It is decided again in the hub; the time it has is the same."""
    must_say(because, "why not")
    _back_in_the_hub(incident)


@transition(source=NOT_ATTENDED, may=Can.ADD_SPECIALIST_NOTE)
def add_specialist_note(incident: Incident, *, by: User, note: str) -> None:
    """The specialist sergeant says how a case of shared images of a child is to be dealt with, and by whom."""
    must_say(note, "how it is to be dealt with")
    incident.specialist_note = f"{note}\n{by}"


@transition(source=State.ALLOCATED.value, target=State.ACCEPTED.value, may=Can.ACCEPT_WORK)
def accept(incident: Incident, *, by: User, owner: User) -> None:
    """The team takes it on, by name. Until then it is still on the hub's books."""
    if not owner.is_active or not owner.can(Can.SEE_INCIDENTS):
        raise NotNow(f"{owner} cannot take it. Choose somebody of the team.")
    if owner != by and not by.can(Can.GIVE_WORK):
        raise NotYours(f"You may not {Can.GIVE_WORK.label}. Take it yourself, or ask a supervisor.")
    incident.accepted_at = now()
    belongs_to(incident, owner)


def give_out(incident: Incident, *, by: User, to: User) -> Incident:
    """A supervisor gives it to somebody. What waits to be accepted by a team is accepted in that name."""
    if incident.state == State.ALLOCATED and by.can(accept.may):
        return accept(incident, by=by, owner=to)
    return give(incident, by=by, to=to)


@transition(source=[State.ALLOCATED.value, State.ACCEPTED.value], target=State.IN_TRIAGE.value, may=Can.ACCEPT_WORK)
def send_back(incident: Incident, *, by: User, because: str) -> None:
    """It is not for this team: the hub decides again. How often that happens to one incident is counted."""
    must_say(because, "why it is not for your team")
    incident.bounces += 1
    _back_in_the_hub(incident)
    ranked(incident)


def _back_in_the_hub(incident: Incident) -> None:
    incident.destination, incident.dealt_by = "", None
    incident.allocated_at = incident.accepted_at = None
    passes_to(incident, Role.TRIAGE_OFFICER)


@transition(source=[State.ALLOCATED.value, State.ACCEPTED.value], target=State.AWAITING_RESOURCE.value, may=Can.REGRADE)
def return_for_deployment(incident: Incident, *, by: User, reason: str) -> None:
    """Somebody has to go there. Nobody has to agree, and the time counts from the first call."""
    if reason not in WhyNotByPhone.values:
        raise NotNow("Say why somebody has to go there.")
    incident.returned_at, incident.bounces = now(), incident.bounces + 1
    incident.urgent_because = incident.urgent_because or str(WhyNotByPhone(reason).label)
    if incident.concerns_a_child or incident.grade == Grade.G4:
        to_go = Grade.G2 if incident.concerns_a_child else Grade.G3
        incident.grade = min(incident.grade, to_go.value)
    incident.destination, incident.dealt_by, incident.allocated_at = "", None, None
    ranked(incident)
    passes_to(incident, Role.DISPATCHER)


@transition(source=[*IN_HUB, State.ALLOCATED.value, State.ACCEPTED.value], may=Can.DECIDE_NOT_REACHED)
def keep_trying(incident: Incident, *, by: User, because: str) -> None:
    """The caller was not reached three times. A supervisor decides that we go on trying, and how. To send somebody, or
    to end it, has a page of its own."""
    must_say(because, "how we go on")
    incident.failed_attempts, incident.not_reached_at = 0, None


@transition(source=State.ACCEPTED.value, target=State.RESOLVED_BY_PHONE.value, may=Can.RESOLVE_BY_PHONE)
def resolve_by_phone(
    incident: Incident, *, by: User, outcome: str, closing_category: str, child_safe_because: str, no_ppn_because: str
) -> None:
    """Dealt with by phone. With a child it is a supervisor's, and says how the child was heard and what is shared."""
    must_say(outcome, "what was done")
    child_must_have_been_seen(incident)
    if incident.first_contact_at is None:
        raise NotNow("The caller has not been reached yet: record that first, or end it without attendance.")
    if incident.concerns_a_child:
        _child_was_heard(incident, by, child_safe_because, no_ppn_because)
    incident.outcome, incident.outcome_at = outcome, now()
    incident.closing_category = Category(closing_category).value
    incident.child_not_seen_because, incident.no_ppn_because = child_safe_because, no_ppn_because


def _child_was_heard(incident: Incident, by: User, child_safe_because: str, no_ppn_because: str) -> None:
    if not by.can(Can.RESOLVE_FOR_CHILD):
        raise NotYours(f"You may not {Can.RESOLVE_FOR_CHILD.label}. Ask a resolution supervisor.")
    heard = ChildVoice.objects.filter(incident=incident, spoken_to=Answer.YES).exists()
    if not heard and not child_safe_because.strip():
        raise NotNow(
            "A child is, or may be, involved: record what the child said, or say how we know the child is safe."
        )
    if not no_ppn_because.strip() and not has_a_ppn(incident):
        raise NotNow("A child is, or may be, involved and there is no PPN: submit one first, or say why there is none.")

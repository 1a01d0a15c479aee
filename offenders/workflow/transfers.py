"""Transfers between forces. Whoever has somebody keeps them until a named person of the other force has accepted:
there is no moment at which they are nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import Flag, Person, next_reference
from offenders.codes import Access, TaskKind, Whereabouts
from offenders.flags import is_flagged
from offenders.models import OURS, Nominal, Transfer
from offenders.workflow.hub_tasks import ask_hub
from offenders.workflow.nominals import transferred_out
from offenders.workflow.notifications import begin_periodic
from offenders.workflow.registrations import Held, NominalFacts, take_over, team_of_manager
from offenders.workflow.scrutiny import ensure_round
from workflow.transitions import NotNow, must_say, transition

State, Way = Transfer.State, Transfer.Way
MOVES = System("accepted by the other force")


@dataclass(frozen=True)
class TransferAsked:
    """What a request says, whichever way it goes."""

    force: str
    contact: str
    because: str
    moves_on: date | None = None


@transition(target=State.REQUESTED.value, may=Can.KEEP_REGISTER)
def ask_transfer_in(
    transfer: Transfer,
    *,
    by: User,
    asked: TransferAsked,
    name_given: str,
    external_ref: str,
    risk: str,
    requested_at: datetime,
) -> None:
    """Another force asks us to take somebody over. Until an inspector here has accepted, they are theirs."""
    must_say(name_given, "who is to be transferred")
    if requested_at > now():
        raise NotNow("It cannot have been asked for in the future. Check the date and time.")
    ref = external_ref.strip()
    ours = Nominal.objects.filter(external_ref__iexact=ref, state__in=OURS).first() if ref else None
    if ours is not None:
        raise NotNow(f"{ref} is managed here already: see {ours.reference}.")
    if ref and Transfer.objects.filter(external_ref__iexact=ref, way=Way.IN, state=State.REQUESTED).exists():
        raise NotNow(f"A transfer of {ref} to us is being decided on already.")
    _ask(transfer, Way.IN, asked, by)
    transfer.name_given, transfer.external_ref = name_given.strip(), ref
    transfer.risk, transfer.requested_at = risk.strip(), requested_at


@transition(target=State.REQUESTED.value, may=Can.MANAGE_OFFENDERS)
def ask_transfer_out(transfer: Transfer, *, by: User, asked: TransferAsked, nominal: Nominal) -> None:
    """We ask another force to take somebody over. They stay ours until a named person there has accepted."""
    nominal = Nominal.objects.select_for_update(of=("self",)).get(pk=nominal.pk)
    if nominal.state not in OURS:
        raise NotNow(f"{nominal.reference} is not managed here any more.")
    if Transfer.objects.filter(nominal=nominal, state=State.REQUESTED).exists():
        raise NotNow(f"A transfer of {nominal.reference} is being decided on already.")
    _ask(transfer, Way.OUT, asked, by)
    transfer.nominal, transfer.name_given = nominal, nominal.person.name
    transfer.external_ref, transfer.requested_at = nominal.external_ref, now()


def _ask(transfer: Transfer, way: Transfer.Way, asked: TransferAsked, by: User) -> None:
    must_say(asked.force, "which force it is")
    must_say(asked.contact, "who answers there")
    must_say(asked.because, "why they are transferred")
    transfer.reference, transfer.way, transfer.recorded_by = next_reference("TRF"), way.value, by
    transfer.force, transfer.contact = asked.force.strip(), asked.contact.strip()
    transfer.because, transfer.moves_on = asked.because.strip(), asked.moves_on


@transition(source=State.REQUESTED.value, target=State.ACCEPTED.value, may=Can.COMMAND_OFFENDERS)
def accept_transfer_in(
    transfer: Transfer, *, by: User, person: Person, facts: NominalFacts, held: Held, because: str
) -> None:
    """An inspector accepts them: from this moment a named offender manager here has them, and every clock counts from
    the days that the other force gives."""
    _must_go(transfer, Way.IN)
    known = _left_before(transfer, person)
    if known is not None:
        nominal = taken_back(known, by=MOVES, facts=facts, held=held, at=transfer.requested_at)
        if nominal.is_registered:
            begin_periodic(nominal)
    else:
        nominal = take_over(Nominal(), by=by, person=person, facts=facts, held=held)
    transfer.nominal = nominal
    _decided(transfer, by, because)
    said = f"{nominal.person.name} has come from {transfer.force}: managed by {facts.manager} now."
    ask_hub(TaskKind.TRANSFER_IN, nominal, said, arises_from=transfer, since=now())
    ensure_round(nominal.team)


@transition(source=State.REQUESTED.value, target=State.ACCEPTED.value, may=Can.COMMAND_OFFENDERS)
def accept_transfer_out(transfer: Transfer, *, by: User, accepted_by_name: str, because: str) -> None:
    """A named person of the other force has accepted them: from this moment they are theirs."""
    must_say(accepted_by_name, "who at the other force has accepted them")
    nominal = _must_go(transfer, Way.OUT)
    transferred_out(nominal, by=MOVES, force=transfer.force)
    transfer.accepted_by_name = accepted_by_name.strip()
    _decided(transfer, by, because)
    said = f"{transfer.name_given} has gone to {transfer.force}, accepted by {transfer.accepted_by_name}."
    ask_hub(TaskKind.TRANSFER_OUT, nominal, said, arises_from=transfer, since=now())


@transition(source=State.REQUESTED.value, target=State.REFUSED.value, may=Can.COMMAND_OFFENDERS)
def refuse_transfer(transfer: Transfer, *, by: User, because: str) -> None:
    """It is refused, by us or by the other force. They stay where they were."""
    must_say(because, "why it is refused, and by whom")
    _decided(transfer, by, because)


@transition(source=State.REQUESTED.value, target=State.WITHDRAWN.value, may=Can.COMMAND_OFFENDERS)
def withdraw_transfer(transfer: Transfer, *, by: User, because: str) -> None:
    """Whoever asked for it does not want it any more. They stay where they were."""
    must_say(because, "why it is withdrawn")
    _decided(transfer, by, because)


@transition(
    source=[Nominal.State.TRANSFERRED.value, Nominal.State.ENDED.value],
    target=Nominal.State.AWAITING_VISIT.value,
    may=Can.SEE_OFFENDERS,
)
def taken_back(nominal: Nominal, *, by: System, facts: NominalFacts, held: Held, at: datetime) -> None:
    """Somebody who was managed here before has come back: a named offender manager has them, and visits soon."""
    if nominal.is_registered and held.last_notified_on is None:
        raise NotNow("Ask the other force when they last notified: the next notification counts from that day.")
    nominal.manager, nominal.team = facts.manager, team_of_manager(facts.manager)
    nominal.category, nominal.level, nominal.lead_agency = facts.category, facts.level, facts.lead_agency
    nominal.began_at, nominal.notified_at = now(), at
    nominal.whereabouts, nominal.access = Whereabouts.COMMUNITY, Access.ACTIVE
    nominal.ended_at, nominal.ended_by, nominal.ended_because = None, None, ""
    nominal.last_notified_on = held.last_notified_on or nominal.last_notified_on
    is_flagged(nominal, by, Flag.Kind.RSO if nominal.is_registered else Flag.Kind.POSES_RISK, nominal.relevant_on)


def _left_before(transfer: Transfer, person: Person) -> Nominal | None:
    """Their record of the time before, by reference or by who they are."""
    gone = Nominal.objects.filter(state__in=taken_back.source).order_by("-began_at")
    found: Nominal | None = gone.filter(person__same_as=person.same_as_id).first()
    ref = transfer.external_ref.strip()
    other = Nominal.objects.filter(external_ref__iexact=ref).exclude(person__same_as=person.same_as_id) if ref else None
    if other is not None and (first := other.first()) is not None:
        raise NotNow(f"{ref} is the reference of {first.person}, {first.reference}: that is somebody else.")
    return found


def _must_go(transfer: Transfer, way: Transfer.Way) -> Nominal:
    if transfer.way != way:
        raise NotNow("This transfer goes the other way.")
    return transfer.nominal  # type: ignore[return-value] # empty only where they come to us


def _decided(transfer: Transfer, by: User, because: str) -> None:
    transfer.decided_at, transfer.decided_by, transfer.decision_because = now(), by, because.strip()

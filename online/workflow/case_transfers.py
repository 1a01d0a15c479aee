"""Another force is asked to take a case. It stays ours, with every clock running, until a named person there has
accepted it with a number: there is no moment at which it is nobody's."""

from __future__ import annotations

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from online.models import OPEN, CaseTransfer, OnlineCase
from workflow.transitions import NotNow, must_say, transition

State = CaseTransfer.State
MOVES = System("accepted by the other force")


@transition(target=State.OFFERED.value, may=Can.SUPERVISE_ONLINE)
def offer_case(transfer: CaseTransfer, *, by: User, case: OnlineCase, force: str, because: str) -> None:
    """A sergeant asks another force to take it. It stays ours until they have accepted."""
    case = OnlineCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.state not in OPEN:
        raise NotNow(f"{case} is not open any more: it is {case.get_state_display().lower()}.")
    must_say(force, "which force it is")
    must_say(because, "why it is theirs")
    if (open_one := CaseTransfer.objects.filter(online_case=case, state=State.OFFERED).first()) is not None:
        raise NotNow(f"{open_one.force} has been asked already and has not answered: see {open_one}.")
    transfer.online_case, transfer.reference = case, next_reference("OTR")
    transfer.force, transfer.because = force.strip(), because.strip()
    transfer.offered_at, transfer.offered_by = now(), by


@transition(source=State.OFFERED.value, target=State.ACCEPTED.value, may=Can.SUPERVISE_ONLINE)
def case_accepted(transfer: CaseTransfer, *, by: User, answered_by_name: str, their_ref: str, answer: str) -> None:
    """A named person of the other force has accepted it, with their number: from this moment it is theirs."""
    must_say(answered_by_name, "who at the other force has accepted it")
    must_say(their_ref, "their number for it")
    _answered(transfer, answered_by_name, answer)
    transfer.their_ref = their_ref.strip()
    handed_over(transfer.online_case, by=MOVES, transfer=transfer)


@transition(source=OPEN, target=OnlineCase.State.TRANSFERRED.value, may=Can.SUPERVISE_ONLINE)
def handed_over(case: OnlineCase, *, by: System, transfer: CaseTransfer) -> None:
    """Another force has accepted it: from now on it is theirs."""


@transition(source=State.OFFERED.value, target=State.REFUSED.value, may=Can.SUPERVISE_ONLINE)
def case_refused(transfer: CaseTransfer, *, by: User, answered_by_name: str, answer: str) -> None:
    """The other force does not take it. It is ours as before, and as old as before."""
    must_say(answered_by_name, "who at the other force has refused it")
    must_say(answer, "why they refuse it")
    _answered(transfer, answered_by_name, answer)


@transition(source=State.OFFERED.value, target=State.TAKEN_BACK.value, may=Can.SUPERVISE_ONLINE)
def take_offer_back(transfer: CaseTransfer, *, by: User, because: str) -> None:
    """We do not ask them any more. It is ours as before."""
    must_say(because, "why it is taken back")
    _answered(transfer, "", because)


def _answered(transfer: CaseTransfer, who: str, answer: str) -> None:
    transfer.answered_at, transfer.answered_by_name, transfer.answer = now(), who.strip(), answer.strip()

"""Reactive management: somebody who has been low for years is no longer visited, and watched from afar. Their manager
proposes it, an inspector approves it, and anything new ends it."""

from __future__ import annotations

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now, today
from accounts.models import User
from cases.models import next_reference
from cases.records import years_before
from govuk.fields import YesNoNotKnown as Answer
from offenders.codes import TaskKind
from offenders.models import (
    ChildContact,
    CivilOrder,
    HubTask,
    Intelligence,
    Nominal,
    ReactiveProposal,
    Requirement,
    Written,
)
from offenders.watch_lengths import LOW_FOR
from offenders.workflow import approvals
from offenders.workflow.nominals import made_reactive
from workflow.transitions import NotNow, must_say, transition

COUNTS = System("criteria of reactive management")
CRITERIA = {
    "active": "Managed actively now",
    "low": "Low risk without a break for long enough",
    "offence": "No new offence in that time",
    "order": "No civil order in force",
    "intelligence": "No information in that time that changed the risk, and none that nobody has assessed",
    "child": "No contact with a child that is not settled",
}
"""Low for three years, no offence, no civil order, no adverse intelligence. The last is ours."""


def criteria_of(nominal: Nominal) -> dict[str, str]:
    """Each criterion: yes, no or not known, as far as we have recorded it. Restricted records count too."""
    since = years_before(today(), LOW_FOR.in_force(now())[0])
    new = HubTask.objects.filter(nominal=nominal, kind=TaskKind.CONVICTION, received_at__date__gt=since)
    convicted = Requirement.objects.filter(nominal=nominal, relevant_on__gt=since)
    heard = Intelligence.objects.filter(nominal=nominal)
    adverse = heard.filter(state=Intelligence.State.NEW) | heard.filter(reassess="yes", received_at__date__gt=since)
    contacts = ChildContact.objects.filter(nominal=nominal)
    settled = [ChildContact.State.CLOSED, ChildContact.State.IN_ERROR]
    offended = new.figures().exists() or convicted.figures().exists()
    known_for_long = nominal.began_at.date() <= since
    return {
        "active": _answer(nominal.state == Nominal.State.ACTIVE),
        "low": _answer(nominal.low_since is not None and nominal.low_since <= since),
        "offence": Answer.NO.value if offended else (Answer.YES if known_for_long else Answer.NOT_KNOWN).value,
        "order": _answer(not CivilOrder.objects.filter(nominal=nominal, state="in_force").figures().exists()),
        "intelligence": _answer(not adverse.figures().exists()),
        "child": _answer(not contacts.exclude(state__in=settled).figures().exists()),
    }


def _answer(met: bool) -> str:
    return (Answer.YES if met else Answer.NO).value


def failed(criteria: dict[str, str]) -> list[str]:
    """Those that are not met, in words. What is not known an inspector weighs."""
    return [CRITERIA[name] for name, answer in criteria.items() if answer == Answer.NO]


@transition(target=Written.SUBMITTED.value, may=Can.MANAGE_OFFENDERS)
def propose_reactive(proposal: ReactiveProposal, *, by: User, nominal: Nominal, because: str) -> None:
    """A manager proposes that somebody is no longer visited. An inspector decides."""
    if ReactiveProposal.objects.filter(nominal=nominal, state__in=[Written.SUBMITTED, Written.RETURNED]).exists():
        raise NotNow("It has been proposed already: see the page of that proposal.")
    proposal.reference, proposal.nominal, proposal.author = next_reference("REA"), nominal, by
    proposal.begun_at = now()
    _submit(proposal, by, because)


@transition(source=Written.RETURNED.value, target=Written.SUBMITTED.value, may=Can.MANAGE_OFFENDERS)
def propose_again(proposal: ReactiveProposal, *, by: User, because: str) -> None:
    """It was sent back; now it says what was missing."""
    proposal.author = by
    _submit(proposal, by, because)


@transition(source=Written.RETURNED.value, target=Written.CANCELLED.value, may=Can.MANAGE_OFFENDERS)
def drop_proposal(proposal: ReactiveProposal, *, by: User, because: str) -> None:
    """They are visited as before."""
    must_say(because, "why it is not proposed any more")


def _submit(proposal: ReactiveProposal, by: User, because: str) -> None:
    must_say(because, "why they need not be visited")
    proposal.criteria, proposal.because = _counted(proposal.nominal), because.strip()
    proposal.submitted_at = now()
    approvals.submit_for_approval(proposal, by=by, role=Role.OFFENDER_INSPECTOR, one_by_one=True)


def _counted(nominal: Nominal) -> dict[str, str]:
    with acting(COUNTS):
        criteria = criteria_of(Nominal.objects.get(pk=nominal.pk))
    if wrong := failed(criteria):
        raise NotNow(f"They cannot be managed reactively. Not met: {'; '.join(wrong)}.")
    return criteria


@transition(source=Written.SUBMITTED.value, target=Written.APPROVED.value, may=Can.COMMAND_OFFENDERS)
def reactive_approved(proposal: ReactiveProposal, *, by: System, approver: User) -> None:
    """An inspector has approved it, and the criteria are still met: from now on nobody visits."""
    proposal.criteria = _counted(proposal.nominal)
    proposal.approved_at, proposal.approved_by = now(), approver
    made_reactive(proposal.nominal, by=COUNTS)


@transition(source=Written.SUBMITTED.value, target=Written.RETURNED.value, may=Can.MANAGE_OFFENDERS)
def reactive_returned(proposal: ReactiveProposal, *, by: System, because: str) -> None:
    """It goes back to its author, with the reasons."""
    proposal.returned_because = because


approvals.register(
    approvals.Approval.What.REACTIVE,
    ReactiveProposal,
    approvals.Decided(
        approved=lambda proposal, by: reactive_approved(proposal, by=COUNTS, approver=by),
        returned=lambda proposal, by, because: reactive_returned(proposal, by=COUNTS, because=because),
    ),
)

"""An agency's system wants to be told that something changed: where it is, and each call until it was made.

Nothing about anybody goes out here: only that something changed, and then their system fetches it.
"""

from __future__ import annotations

from datetime import timedelta

from access.actor import NotYours, System, signed
from access.roles import Can
from access.time import now
from accounts.models import Team, User
from accounts.workflow import NotPossible
from partners.models import AgencyAccount, Disclosure, Webhook, WebhookCall
from partners.reach import NoAnswer, where_is
from partners.signing import secret_of
from sla.lengths import Basis, Length, Number
from workflow.transitions import OneOf, must_say, transition

CALLS = System("calls to partners' systems")
State = WebhookCall.State
WAITING, CALLED, GIVEN_UP, DROPPED = (
    each.value for each in (State.WAITING, State.CALLED, State.GIVEN_UP, State.DROPPED)
)

TRIES = Number(
    "Times a partner's system is called before it is given up",
    10,
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
FIRST_WAIT = Length(
    "Time until a partner's system that did not answer is called again, doubled each time",
    timedelta(minutes=1),
    Basis.LOCAL,
    "Standard Webhooks asks for growing waits and leaves them open",
    is_our_default=True,
)
LONGEST_WAIT = Length(
    "Longest time until a partner's system that did not answer is called again",
    timedelta(hours=1),
    Basis.LOCAL,
    "Standard Webhooks asks for growing waits and leaves them open",
    is_our_default=True,
)


def add_webhook(of_agency: AgencyAccount, *, by: User, address: str) -> tuple[Webhook, str]:
    """Their system is called there from now on. Gives the secret it checks our calls with, which is shown once.

    Raises NotYours; NotPossible with a sentence where the address will not do, or it has one already.
    """
    _may(by)
    try:
        where_is(address.strip())
    except NoAnswer as wrong:
        raise NotPossible(str(wrong), field="address") from wrong
    with signed(by) as at:
        account = AgencyAccount.objects.select_for_update(of=("self",)).get(pk=of_agency.pk)
        if not account.account.works_at(at):
            raise NotPossible(f"{account} is not let in any more.", field="account")
        if Webhook.objects.filter(account=account, ended_at=None).exists():
            said = f"{account} is called somewhere already: end that address first."
            raise NotPossible(said, field="account")
        webhook = Webhook.objects.create(account=account, address=address.strip(), added_at=at, added_by=by)
    return webhook, secret_of(webhook)


def end_webhook(webhook: Webhook, *, by: User, because: str) -> Webhook:
    """Nobody is called there any more. What still waits is dropped; their system can fetch it as before."""
    _may(by)
    if not because.strip():
        raise NotPossible("Say why nobody is called there any more.")
    with signed(by) as at:
        webhook = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook.pk)
        if webhook.ended_at:
            raise NotPossible("Nobody is called there any more.")
        webhook.ended_at, webhook.ended_by, webhook.ended_because = at, by, because.strip()
        webhook.save(update_fields=["ended_at", "ended_by", "ended_because"])
    return webhook


def call_about(disclosure: Disclosure, team: Team) -> None:
    """Each system of the agency that wants to hear of it will be called, once this transaction is through."""
    wanted = Webhook.objects.filter(
        account__agency=disclosure.agency_id, ended_at=None, account__account__cut_off_at=None
    )
    for webhook in wanted.order_by("added_at", "pk"):
        owe_call(WebhookCall(), by=CALLS, webhook=webhook, disclosure=disclosure, team=team)


@transition(target=WAITING, may=Can.SEE_SHARING)
def owe_call(call: WebhookCall, *, by: System, webhook: Webhook, disclosure: Disclosure, team: Team) -> None:
    """Something changed: their system is to be called."""
    call.webhook, call.disclosure, call.case = webhook, disclosure, disclosure.case
    call.reference, call.team = disclosure.reference, team
    call.owed_at = call.try_at = disclosure.sent_at


@transition(source=WAITING, target=CALLED, may=Can.KEEP_AGENCY_ACCESS)
def called(call: WebhookCall, *, by: System) -> None:
    """Their system was called, and said that it has heard."""
    call.tries, call.trouble, call.ended_at = call.tries + 1, "", now()


def _tried_out(call: WebhookCall) -> str:
    return GIVEN_UP if call.tries >= TRIES.in_force(now())[0] else WAITING


@transition(source=WAITING, target=OneOf(_tried_out, (WAITING, GIVEN_UP)), may=Can.KEEP_AGENCY_ACCESS)
def call_failed(call: WebhookCall, *, by: System, because: str) -> None:
    """Their system did not answer. It is called again, each time a little later; then it is given up."""
    must_say(because, "what went wrong")
    call.tries, call.trouble = call.tries + 1, because[:1000]
    call.try_at = now() + wait_after(call.tries)


def wait_after(tries: int) -> timedelta:
    """How long after so many tries: the first wait, doubled each time, up to the longest."""
    at = now()
    first, longest = FIRST_WAIT.in_force(at)[0], LONGEST_WAIT.in_force(at)[0]
    return min(first * 2 ** min(tries - 1, 20), longest)


@transition(source=[WAITING, GIVEN_UP], target=WAITING, may=Can.KEEP_AGENCY_ACCESS)
def call_again(call: WebhookCall, *, by: User, because: str) -> None:
    """Their system has been put right: it is called again, at once."""
    must_say(because, "what is different now")
    call.tries, call.try_at = 0, now()


@transition(source=[WAITING, GIVEN_UP], target=DROPPED, may=Can.KEEP_AGENCY_ACCESS)
def drop_call(call: WebhookCall, *, by: User | System, because: str) -> None:
    """Nobody is called about it any more: the address has ended, or somebody has told them."""
    must_say(because, "why nobody is called")
    call.trouble, call.ended_at = because[:1000], now()


def _may(by: User) -> None:
    if not by.can(Can.KEEP_AGENCY_ACCESS):
        raise NotYours(f"You may not {Can.KEEP_AGENCY_ACCESS.label}.")

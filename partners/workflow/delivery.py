"""What was sent is on its way until somebody there has it. Handed to the mail, come back, told by telephone."""

from __future__ import annotations

from datetime import datetime, timedelta

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import Team, User
from partners.models import Delivery, Disclosure
from partners.replies import tell_of_delivery
from sla.lengths import Basis, Length, Number
from workflow.transitions import OneOf, must_say, transition

State = Delivery.State
WAITING, FAILED, DELIVERED = State.WAITING.value, State.FAILED.value, State.DELIVERED.value
ACKNOWLEDGED, SETTLED = State.ACKNOWLEDGED.value, State.SETTLED.value
ON_ITS_WAY = [WAITING, FAILED]
OWED = [*ON_ITS_WAY, DELIVERED, ACKNOWLEDGED]

TRIES = Number(
    "Times a mail is tried before somebody telephones", 3, Basis.LOCAL, "No authority found", is_our_default=True
)
TRY_AGAIN = Length(
    "Time until a mail that failed is tried again",
    timedelta(minutes=5),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)


def _tried_out(delivery: Delivery) -> str:
    return FAILED if delivery.tries >= TRIES.in_force(now())[0] else WAITING


@transition(target=WAITING, may=Can.SEE_SHARING)
def hand_over(delivery: Delivery, *, by: User | System, disclosure: Disclosure, team: Team, expects: list[str]) -> None:
    """It was sent. Now it has to arrive."""
    delivery.disclosure, delivery.agency, delivery.case = disclosure, disclosure.agency, disclosure.case
    delivery.kind, delivery.record, delivery.reference = disclosure.kind, disclosure.record, disclosure.reference
    delivery.team, delivery.purpose, delivery.expects = team, disclosure.purpose, expects
    delivery.sent_at = delivery.try_at = disclosure.sent_at


@transition(source=WAITING, may=Can.RECORD_REPLY)
def knock(delivery: Delivery, *, by: User | System) -> None:
    """The mailbox is not known to be secure: it was mailed that something waits, and nothing else. Telephone."""
    delivery.knocked_at = now()


@transition(source=ON_ITS_WAY, target=DELIVERED, may=Can.RECORD_REPLY)
def delivered(delivery: Delivery, *, by: User | System, at: datetime | None = None) -> None:
    """It is in their secure mailbox, or their system has fetched it."""
    _arrived(delivery, Delivery.Told.MAIL, min(at, now()) if at else now())


@transition(source=ON_ITS_WAY, target=DELIVERED, may=Can.RECORD_REPLY)
def fetched(delivery: Delivery, *, by: System, how: str) -> None:
    """Their system has fetched it, or somebody there has read it on our pages."""
    delivery.told_whom = by.reason[:200]
    _arrived(delivery, Delivery.Told(how), now())


@transition(source=[WAITING, DELIVERED], target=OneOf(_tried_out, (WAITING, FAILED)), may=Can.RECORD_REPLY)
def failed(delivery: Delivery, *, by: User | System, because: str) -> None:
    """It did not arrive. It is tried again a few times; then somebody telephones."""
    must_say(because, "what came back")
    delivery.tries, delivery.trouble = delivery.tries + 1, because[:1000]
    if delivery.state == DELIVERED or not delivery.agency.mailbox:  # the same mail would come back again
        delivery.tries = max(delivery.tries, TRIES.in_force(now())[0])
        delivery.delivered_at, delivery.told_how, delivery.told_whom = None, "", ""
    delivery.try_at = now() + TRY_AGAIN.in_force(now())[0]
    if _tried_out(delivery) == FAILED:
        tell_of_delivery(delivery)


@transition(source=FAILED, target=WAITING, may=Can.RECORD_REPLY)
def try_again(delivery: Delivery, *, by: User, because: str) -> None:
    """The mailbox has been put right: it is mailed again."""
    must_say(because, "what is different now")
    delivery.tries, delivery.try_at, delivery.knocked_at = 0, now(), None


@transition(source=ON_ITS_WAY, target=DELIVERED, may=Can.RECORD_REPLY)
def told_by_phone(delivery: Delivery, *, by: User | System, to_whom: str) -> None:
    """Somebody there was told everything by telephone, by name."""
    must_say(to_whom, "who was told")
    delivery.told_whom = to_whom
    _arrived(delivery, Delivery.Told.PHONE, now())


@transition(source=ON_ITS_WAY, target=State.SUPERSEDED.value, may=Can.SEE_SHARING)
def supersede(delivery: Delivery, *, by: User | System) -> None:
    """It was corrected or taken back before it arrived. What replaces it goes instead."""
    delivery.ended_at = now()


@transition(source=[DELIVERED, ACKNOWLEDGED, SETTLED], target=State.WITHDRAWN.value, may=Can.SEE_SHARING)
def taken_back(delivery: Delivery, *, by: User | System) -> None:
    """It was taken back: nobody there is to act on it any more."""
    delivery.ended_at = now()


def _arrived(delivery: Delivery, how: Delivery.Told, at: datetime) -> None:
    delivery.delivered_at, delivery.told_how, delivery.trouble = at, how.value, ""
    tell_of_delivery(delivery)


def has_arrived(delivery: Delivery) -> None:
    """Whoever answers has it, whether or not the mail ever said so. For the verbs of replies."""
    if delivery.delivered_at is None:
        _arrived(delivery, Delivery.Told.MAIL, now())

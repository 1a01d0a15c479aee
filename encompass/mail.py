"""What became of what was sent to a school: the mail and the school's own system say so to `partners`, and we hear it.

Where somebody here says so first (told by telephone, came back), the delivery is settled from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from access.actor import System, acting
from encompass.models import SchoolNotice, State
from partners.models import Delivery, Purpose, Reply
from partners.replies import HANDLERS, ON_DELIVERY
from partners.workflow import delivery as way
from partners.workflow.replies import Answer
from partners.workflow.replies import acknowledge as partner_acknowledges

HEARD = System("Operation Encompass: what became of it")
FETCHED = (Delivery.Told.SYSTEM, Delivery.Told.PORTAL)
_speaking: ContextVar[bool] = ContextVar("speaking", default=False)


@contextmanager
def _speaks() -> Iterator[None]:
    """What we say ourselves is not told to us again."""
    token = _speaking.set(True)
    try:
        yield
    finally:
        _speaking.reset(token)


def replace_what_is_on_its_way(notice: SchoolNotice) -> None:
    """What has not arrived is not tried any more: something else goes instead, or somebody telephones."""
    with _speaks(), acting(HEARD):
        for delivery in _of(notice, way.ON_ITS_WAY):
            way.supersede(delivery, by=HEARD)


def has_arrived(notice: SchoolNotice, told_whom: str = "") -> None:
    """Somebody says that the school has it; with `told_whom`, by telephone."""
    with _speaks(), acting(HEARD):
        for delivery in _of(notice, way.ON_ITS_WAY):
            if told_whom:
                way.told_by_phone(delivery, by=HEARD, to_whom=told_whom)
            else:
                way.delivered(delivery, by=HEARD, at=notice.delivered_at)


def is_acknowledged(notice: SchoolNotice, name: str) -> None:
    with _speaks(), acting(HEARD):
        for delivery in _of(notice, [*way.ON_ITS_WAY, way.DELIVERED]):
            partner_acknowledges(delivery, by=HEARD, answer=Answer(who=name))


def came_back(notice: SchoolNotice, what_happened: str) -> None:
    """A mail that the server had taken came back. It is not tried again by itself."""
    replace_what_is_on_its_way(notice)
    with _speaks(), acting(HEARD):
        for delivery in _of(notice, [way.DELIVERED]):
            way.failed(delivery, by=HEARD, because=what_happened)


def _of(notice: SchoolNotice, states: list[str]) -> list[Delivery]:
    """Those that nobody else holds. One that is being mailed this moment waits for our notice: we must not wait for it,
    and what the mail says of it is heard when we are done. A letter that takes something back goes its own way."""
    about = {"kind": notice._meta.label_lower, "record": notice.pk, "state__in": states}
    free = Delivery.objects.select_for_update(of=("self",), skip_locked=True)
    return list(free.filter(**about).exclude(purpose=Purpose.WITHDRAWAL).order_by("sent_at", "pk"))


def hear_of_delivery(delivery: Delivery) -> None:
    """It has arrived, or could not be delivered."""
    from encompass.workflow import notices

    notice = _notice(delivery)
    if notice is None:
        return
    if delivery.delivered_at and notice.state == State.SENT:
        if delivery.told_how in FETCHED:
            notices.fetched(notice, by=HEARD, how=delivery.told_how, who=delivery.told_whom)
        else:
            notices.delivered(notice, by=HEARD, at=delivery.delivered_at, told_whom=delivery.told_whom)
    elif delivery.delivered_at is None and notice.state in (State.SENT, State.DELIVERED):
        notices.not_delivered(notice, by=HEARD, what_happened=delivery.trouble)


def hear_reply(reply: Reply) -> None:
    """The school has answered: whoever answers has read it."""
    from encompass.workflow import notices

    notice = _notice(reply)
    if notice and notice.state in (State.SENT, State.DELIVERED):
        notices.acknowledge(notice, by=HEARD, name=reply.who)


def _notice(about: Delivery | Reply) -> SchoolNotice | None:
    """Ours as it is once nobody else holds it, unless we are the ones who said so. What becomes of a letter that takes
    something back says nothing of the school that is to be told."""
    letter = about.delivery if isinstance(about, Reply) else about
    if _speaking.get() or letter.purpose == Purpose.WITHDRAWAL:
        return None
    with acting(HEARD):
        notice: SchoolNotice | None = (
            SchoolNotice.objects.select_for_update(of=("self",)).filter(pk=about.record).first()
        )
    return notice


ON_DELIVERY[SchoolNotice._meta.label_lower].append(hear_of_delivery)
HANDLERS[SchoolNotice._meta.label_lower].append(hear_reply)

"""News from partners goes up to the app that owns the record, by registration and not by import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from partners.models import Delivery, Reply

HANDLERS: dict[str, list[Callable[[Reply], None]]] = defaultdict(list)
"""Kind of record (app.model) -> what is called with each reply about such a record, in the reply's own transaction."""
ON_DELIVERY: dict[str, list[Callable[[Delivery], None]]] = defaultdict(list)
"""Kind of record -> what is called when something about such a record has arrived, or could not be delivered."""

ANSWER_CLOCK: dict[str, str] = {}
"""Kind of record -> code of the deadline by which its answer is due, where the record has clocks of its own."""


def tell(reply: Reply) -> None:
    for hear in HANDLERS.get(reply.kind, []):
        hear(reply)


def tell_of_delivery(delivery: Delivery) -> None:
    for hear in ON_DELIVERY.get(delivery.kind, []):
        hear(delivery)

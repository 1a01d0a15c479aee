"""Orders of a court about somebody who is managed. Each change goes on ViSOR."""

from __future__ import annotations

from datetime import date

from access.roles import Can
from access.time import now, today
from accounts.models import User
from cases.models import next_reference
from offenders.codes import OrderKind, TaskKind
from offenders.models import OURS, CivilOrder, Nominal
from offenders.workflow.hub_tasks import ask_hub
from workflow.transitions import NotNow, must_say, transition

State = CivilOrder.State


@transition(target=State.IN_FORCE.value, may=Can.RECORD_OFFENDERS)
def make_order(
    order: CivilOrder,
    *,
    by: User,
    nominal: Nominal,
    kind: str,
    terms: str,
    protects_children: str,
    made_on: date,
    ends_on: date | None,
) -> None:
    """A court has made an order: what they may not do, and until when."""
    if nominal.state not in OURS:
        raise NotNow("They are not managed here any more.")
    if kind not in OrderKind.values:
        raise NotNow("Choose what kind of order it is.")
    if made_on > today():
        raise NotNow("That day is still to come. Record it when it has been made.")
    order.reference, order.nominal, order.kind = next_reference("ORDER"), nominal, kind
    order.protects_children, order.made_on, order.recorded_at = protects_children, made_on, now()
    _says(order, terms, ends_on)
    _ask_hub(order, "made")


def _says(order: CivilOrder, terms: str, ends_on: date | None) -> None:
    must_say(terms, "what the order forbids or demands")
    if ends_on and ends_on < order.made_on:
        raise NotNow("An order cannot end before it was made. Check the days.")
    order.terms, order.ends_on = terms.strip(), ends_on


def _ask_hub(order: CivilOrder, what: str) -> None:
    words = f"{OrderKind(order.kind).label} {what}"
    ask_hub(TaskKind.ORDER, order.nominal, words, arises_from=order, since=now())


@transition(source=State.IN_FORCE.value, may=Can.RECORD_OFFENDERS)
def vary_order(order: CivilOrder, *, by: User, terms: str, ends_on: date | None, because: str) -> None:
    """A court has changed the order."""
    must_say(because, "which court changed it, and when")
    _says(order, terms, ends_on)
    order.varied_at = now()
    _ask_hub(order, f"varied: {because.strip()}")


@transition(source=State.IN_FORCE.value, target=State.ENDED.value, may=Can.RECORD_OFFENDERS)
def end_order(order: CivilOrder, *, by: User, because: str) -> None:
    """The order is over: its last day has passed, or a court has discharged it."""
    must_say(because, "why it is over")
    order.ended_at, order.ended_by, order.ended_because = now(), by, because.strip()
    _ask_hub(order, f"ended: {because.strip()}")

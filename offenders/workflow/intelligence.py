"""Something new about an offender. Whoever was watched from afar is visited again from that moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from offenders.models import OURS, Intelligence, Nominal
from offenders.workflow.nominals import made_active
from workflow.transitions import NotNow, must_say, transition

State = Intelligence.State
LEARNED = System("something new about an offender")
REASSESS: list[Callable[[Nominal, str, datetime], object]] = []
"""Called inside the transition that finds a new assessment needed: with the nominal, why, and since when."""


@transition(target=State.NEW.value, may=Can.SEE_OFFENDERS)
def record_intelligence(
    item: Intelligence, *, by: User | System, nominal: Nominal, what: str, source: str, received_at: datetime
) -> None:
    """Something new is known about an offender. Whoever was managed reactively is active again at once."""
    must_say(what, "what is known now")
    must_say(source, "where it comes from")
    if received_at > now():
        raise NotNow("It cannot have come in the future. Check the date and time.")
    nominal = Nominal.objects.select_for_update(of=("self",)).get(pk=nominal.pk)
    if nominal.state not in OURS:
        raise NotNow(f"{nominal} is not managed here any more.")
    item.reference, item.nominal = next_reference("NEW"), nominal
    item.what, item.source, item.received_at = what.strip(), source.strip(), received_at
    item.recorded_by = None if isinstance(by, System) else by
    item.was_reactive = end_reactive(nominal, because=item.reference, at=received_at)


def end_reactive(nominal: Nominal, *, because: str, at: datetime) -> bool:
    """Called inside a transition: they are visited again. Counts from when the first of us knew."""
    if nominal.state != Nominal.State.REACTIVE:
        return False
    made_active(nominal, by=LEARNED, because=because, at=at)
    return True


@transition(source=State.NEW.value, target=State.ASSESSED.value, may=Can.MANAGE_OFFENDERS)
def assess_intelligence(item: Intelligence, *, by: User, means: str, reassess: str) -> None:
    """Their manager says what it means for the risk, what is done, and whether the risk is assessed anew."""
    must_say(means, "what it means for the risk, and what is done")
    if reassess not in ("yes", "no"):
        raise NotNow("Say whether the risk is assessed anew.")
    item.means, item.reassess = means.strip(), reassess
    item.assessed_at, item.assessed_by = now(), by
    if reassess == "yes" and item.nominal.is_ours:
        for needed in REASSESS:
            needed(item.nominal, f"{item.reference}: {item.means}", now())

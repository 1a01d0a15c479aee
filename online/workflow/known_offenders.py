"""Somebody at an address turns out to be a managed offender: their offender manager is told the same day, and whoever
was watched from afar is visited again."""

from __future__ import annotations

from access.actor import System, acting
from access.roles import Can
from access.time import now
from cases.models import Person
from offenders.models import OURS, Intelligence, Nominal
from offenders.workflow.intelligence import record_intelligence
from online.models import Occupant, OnlineCase
from online.workflow.news import level_is_older
from workflow.transitions import transition

FINDS = System("a managed offender in an investigation into online abuse")
DO_NOT_SPEAK = "Do not speak to them about it before."


def nominal_of(person: Person) -> Nominal | None:
    """The managed offender whom this is, whichever record names them."""
    with acting(FINDS, apart=True):
        rows = Nominal.objects.filter(person__same_as=person.same_as_id, state__in=OURS)
        found: Nominal | None = rows.order_by("-began_at").first()
        return found


def meet_offender(occupant: Occupant) -> str:
    """Called inside a transition by which we know who an occupant is. Says in words whether they are managed."""
    nominal = nominal_of(occupant.person) if occupant.person else None
    if nominal is None or occupant.known_offender == nominal.reference:
        return ""
    with acting(FINDS, apart=True):
        others = Occupant.objects.filter(online_case=occupant.online_case, known_offender=nominal.reference)
        is_told = others.exists()
    occupant.known_offender = nominal.reference
    if not is_told:
        _tell_their_manager(nominal, occupant.online_case)
    return f" They are a managed offender ({nominal.reference})."


def _tell_their_manager(nominal: Nominal, case: OnlineCase) -> None:
    """Of a restricted case, only whom to ask."""
    named = "Something new concerns them" if case.case.restricted else "They are named in an online abuse investigation"
    with acting(FINDS, apart=True):
        record_intelligence(
            Intelligence(),
            by=FINDS,
            nominal=nominal,
            what=f"{named}: ask the internet child abuse team today about {case.reference}. {DO_NOT_SPEAK}",
            source=f"Internet child abuse team, {case.reference}",
            received_at=now(),
        )


@transition(source=Occupant.State.THERE.value, may=Can.RESEARCH_ONLINE)
def offender_found(occupant: Occupant, *, by: System, nominal: Nominal) -> None:
    """Somebody who was known to be there is managed as an offender from now on."""
    occupant.known_offender = nominal.reference
    what = f"Somebody at {occupant.at} is a managed offender ({nominal.reference})"
    level_is_older(occupant.online_case, what, nominal.reference)


def is_now_managed(nominal: Nominal) -> None:
    """Where they are an occupant in an open case, the case knows it."""
    with acting(FINDS, apart=True):
        rows = Occupant.objects.filter(person__same_as=nominal.person.same_as_id, state=Occupant.State.THERE)
        for occupant in rows.exclude(known_offender=nominal.reference).select_related("online_case"):
            if occupant.online_case.is_open:
                offender_found(occupant, by=FINDS, nominal=nominal)

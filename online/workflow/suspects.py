"""Suspects, and where they stand. Whoever is free without conditions is looked at again and again until it is decided,
and where a child is linked a sergeant answers for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from access.actor import NotYours, System, acting
from access.roles import Can, who_may
from access.time import now
from accounts.models import User
from cases.models import Person, next_reference
from offenders.models import OURS as MANAGED_HERE
from offenders.models import Intelligence, Nominal
from offenders.workflow.intelligence import record_intelligence
from online.codes import Status
from online.models import OPEN, Occupant, OnlineCase, Suspect
from online.workflow.safety_plans import held, is_a_child_linked, owe_plan
from workflow.transitions import NotNow, must_say, transition

FOLLOWS = System("a suspect was arrested in an investigation into online abuse")
UNDER_SUSPICION = [Status.ARRESTED.value, Status.INTERVIEWED.value, Status.BAILED.value, Status.RUI.value]
"""Suspects of whom nothing has been decided."""
ALIVE = [each.value for each in Status if each != Status.DIED]
OVER: list[Callable[[Suspect, User, str], object]] = []
"""Called inside a transition after which a suspect is not on bail any more: with who decided, and why."""


@dataclass(frozen=True)
class SuspectFacts:
    """Who is suspected. `occupant`: the one of an address that it is; `person`: who it is on record, if anybody."""

    name_said: str
    suspected_at: datetime
    occupant: Occupant | None = None
    person: Person | None = None


@transition(target=Status.SUSPECTED.value, may=Can.RESEARCH_ONLINE)
def suspect_named(suspect: Suspect, *, by: User, case: OnlineCase, facts: SuspectFacts) -> None:
    """Somebody is suspected."""
    case = held(case)
    if case.state not in OPEN:
        raise NotNow(f"{case} is not open any more.")
    must_say(facts.name_said, "who is suspected; “not known” is an answer")
    _not_to_come(facts.suspected_at)
    if facts.occupant and facts.occupant.online_case_id != case.pk:
        raise NotNow(f"{facts.occupant} is an occupant of another case.")
    if facts.occupant and (known := _already(facts.occupant)):
        raise NotNow(f"{facts.occupant} is a suspect already: {known}.")
    suspect.reference, suspect.online_case = next_reference("SUS"), case
    suspect.name_said, suspect.suspected_at = facts.name_said.strip(), facts.suspected_at
    suspect.changed_at, suspect.occupant = now(), facts.occupant
    _is(suspect, facts.person or (facts.occupant.person if facts.occupant else None))


def _already(occupant: Occupant) -> Suspect | None:
    with acting(FOLLOWS):
        found: Suspect | None = Suspect.objects.filter(occupant=occupant).first()
        return found


def _is(suspect: Suspect, person: Person | None) -> None:
    """Who it is on record; and whether offender management knows them."""
    suspect.person = person
    with acting(FOLLOWS):
        managed = Nominal.objects.filter(person__same_as=person.same_as_id, state__in=MANAGED_HERE) if person else None
        suspect.nominal = managed.first() if managed is not None else None


@transition(source=ALIVE, may=Can.RESEARCH_ONLINE)
def suspect_is(suspect: Suspect, *, by: User, person: Person) -> None:
    """It is known now who the suspect is on record."""
    known_before = suspect.nominal_id
    _is(suspect, person)
    if suspect.arrested_at and suspect.nominal_id and suspect.nominal_id != known_before:
        _tell_manager(suspect)


@transition(
    source=[Status.SUSPECTED.value, Status.INTERVIEWED.value, Status.RUI.value, Status.NFA.value],
    target=Status.ARRESTED.value,
    may=Can.INVESTIGATE_ONLINE,
)
def arrested(suspect: Suspect, *, by: User, at: datetime) -> None:
    """The suspect was arrested. Whoever is arrested again is treated as arrested for the first time (PACE s.47(7))."""
    _stands(suspect, at)
    suspect.arrested_at = at
    _bail_is_over(suspect, by, "arrested again")
    _tell_manager(suspect)


@transition(
    source=[Status.SUSPECTED.value, Status.NFA.value], target=Status.INTERVIEWED.value, may=Can.INVESTIGATE_ONLINE
)
def interviewed_as_volunteer(suspect: Suspect, *, by: User, at: datetime, because: str) -> None:
    """The suspect came as a volunteer. No conditions protect a child afterwards: say why nobody was arrested."""
    must_say(because, "why the suspect was not arrested: no bail conditions protect a child afterwards")
    _stands(suspect, at)
    suspect.arrested_at, suspect.because = at, because.strip()
    owe_plan(suspect, since=at)
    _tell_manager(suspect)


@transition(source=Status.ARRESTED.value, target=Status.BAILED.value, may=Can.INVESTIGATE_ONLINE)
def put_on_bail(suspect: Suspect, *, by: System, at: datetime) -> None:
    """The suspect is on bail with conditions."""
    suspect.changed_at = at


@transition(source=Status.BAILED.value, target=Status.RUI.value, may=Can.INVESTIGATE_ONLINE)
def conditions_gone(suspect: Suspect, *, by: System, because: str, at: datetime) -> None:
    """Bail ran out and nobody had decided: no conditions protect anybody any more."""
    suspect.because, suspect.changed_at = because, at


@transition(
    source=[Status.ARRESTED.value, Status.INTERVIEWED.value, Status.BAILED.value],
    target=Status.RUI.value,
    may=Can.INVESTIGATE_ONLINE,
)
def released_under_investigation(suspect: Suspect, *, by: User, at: datetime, because: str, protects: str = "") -> None:
    """Released under investigation: no conditions follow. Where a child is linked a sergeant answers for it."""
    must_say(because, "why no bail with conditions")
    if is_a_child_linked(suspect.online_case) and not by.can(Can.SUPERVISE_ONLINE):
        raise NotYours(f"A child is linked: a {who_may(Can.SUPERVISE_ONLINE)} decides on release without conditions.")
    _decided(suspect, at, because, protects)
    _bail_is_over(suspect, by, f"released under investigation: {because.strip()}")
    owe_plan(suspect, since=at)


@transition(source=UNDER_SUSPICION, target=Status.CHARGED.value, may=Can.INVESTIGATE_ONLINE)
def suspect_charged(suspect: Suspect, *, by: User, at: datetime, said: str, protects: str = "") -> None:
    """Charged or summonsed: a court decides from now on."""
    must_say(said, "with what, and on what conditions until court")
    _decided(suspect, at, said, protects)
    _bail_is_over(suspect, by, f"charged: {said.strip()}")


@transition(source=[Status.SUSPECTED.value, *UNDER_SUSPICION], target=Status.NFA.value, may=Can.SUPERVISE_ONLINE)
def no_further_action(suspect: Suspect, *, by: User, at: datetime, because: str, protects: str = "") -> None:
    """A sergeant says that nothing further follows for this suspect, and why."""
    must_say(because, "why no further action is taken")
    _decided(suspect, at, because, protects)
    _bail_is_over(suspect, by, f"no further action: {because.strip()}")


@transition(source=ALIVE, target=Status.DIED.value, may=Can.INVESTIGATE_ONLINE)
def suspect_died(suspect: Suspect, *, by: User, at: datetime, said: str) -> None:
    """The suspect has died."""
    must_say(said, "how we know, and who has been told")
    _stands(suspect, at)
    suspect.because = said.strip()
    _bail_is_over(suspect, by, "the suspect has died")


@transition(source=[Status.INTERVIEWED.value, Status.RUI.value], may=Can.SUPERVISE_ONLINE)
def suspect_reviewed(suspect: Suspect, *, by: User, said: str, protects: str = "") -> None:
    """A sergeant has looked at it again: why nothing is decided yet, and how the child is protected meanwhile."""
    must_say(said, "what is missing for a decision, and by when it comes")
    _protected(suspect, protects)


def _decided(suspect: Suspect, at: datetime, because: str, protects: str) -> None:
    _stands(suspect, at)
    _protected(suspect, protects)
    suspect.because = because.strip()


def _protected(suspect: Suspect, protects: str) -> None:
    if is_a_child_linked(suspect.online_case):
        must_say(protects, "how the child is protected now; a child is linked with this case")
    suspect.protects = protects.strip() or suspect.protects


def _stands(suspect: Suspect, at: datetime) -> None:
    """They stand otherwise since then."""
    _not_to_come(at)
    if at < suspect.suspected_at:
        raise NotNow("It cannot have happened before they were suspected. Check the date and time.")
    if suspect.arrested_at and at < suspect.arrested_at:
        raise NotNow("It cannot have happened before they were arrested or interviewed. Check the date and time.")
    suspect.changed_at = at


def _not_to_come(at: datetime) -> None:
    if at > now():
        raise NotNow("It cannot have happened in the future. Check the date and time.")


def _bail_is_over(suspect: Suspect, by: User, because: str) -> None:
    for over in OVER:
        over(suspect, by, because)


def _tell_manager(suspect: Suspect) -> None:
    """Whoever manages them hears of it today, once: what is new ends reactive management. No more than that is said."""
    if suspect.nominal is None or suspect.nominal.state not in MANAGED_HERE:
        return
    with acting(FOLLOWS):
        source = f"Internet child abuse team, {suspect.reference}"
        if Intelligence.objects.filter(nominal=suspect.nominal_id, source=source).exists():
            return
        what = f"{_as_far_as_may_be_said(suspect)}. Ring the internet child abuse team before you speak to them."
        record_intelligence(
            Intelligence(),
            by=FOLLOWS,
            nominal=suspect.nominal,
            what=what,
            source=source,
            received_at=suspect.arrested_at or now(),
        )


def _as_far_as_may_be_said(suspect: Suspect) -> str:
    """Of a restricted case, only that there is something to ask."""
    if suspect.online_case.case.restricted:
        return "Something new concerns them"
    return "Arrested or interviewed in an investigation into online abuse of children"

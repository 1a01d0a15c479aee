"""What is on record already of an address and of those who live there: homes, marks of risk, managed offenders, earlier
notices and other cases. Read as whoever looks: what they may not see is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from access.actor import System, acting
from access.time import today
from cases.models import Address, Flag, Involvement, Person, Residence
from cases.picture import people_at
from cases.places import known_address
from offenders.models import OURS, Nominal
from online.models import CandidateAddress, Occupant, OnlineCase

READS = System("whether somebody at an address is a managed offender")
FEW = 5


@dataclass
class Resident:
    """Somebody on record at the address, and what everybody who deals with them has to know."""

    person: Person
    is_there: bool
    home: Residence
    flags: list[str] = field(default_factory=list)
    nominal: str = ""
    parts: list[str] = field(default_factory=list)
    cases: list[OnlineCase] = field(default_factory=list)
    taken: Occupant | None = None

    @property
    def age(self) -> str:
        return self.person.age_in_words(today())

    @property
    def child(self) -> str:
        return self.person.child_on(today()).value

    @property
    def stands_out(self) -> bool:
        return bool(self.nominal or self.flags)


@dataclass(frozen=True)
class KnownThere:
    """Everything on record of one candidate address."""

    address: Address | None
    residents: list[Resident]
    cases: list[CandidateAddress]


def known_at(candidate: CandidateAddress) -> KnownThere:
    """As whoever acts may see it. The same number of statements for many as for few."""
    address = candidate.address or known_address(candidate.written, candidate.postcode)
    if address is None:
        return KnownThere(None, [], [])
    day = today()
    found = [Resident(home.person, home.is_current(day), home) for home in people_at(address)]
    by_root = {each.person.same_as_id: each for each in found}
    _flags(by_root)
    _offenders(by_root)
    _parts(by_root)
    _other_cases(by_root, candidate)
    others = CandidateAddress.objects.filter(address=address).exclude(online_case=candidate.online_case_id)
    return KnownThere(address, found, list(others.select_related("online_case").order_by("-recorded_at", "pk")))


def _flags(residents: dict[UUID, Resident]) -> None:
    day = today()
    rows = Flag.objects.filter(person__same_as__in=residents, withdrawn_at=None).select_related("person")
    for flag in rows.order_by("recorded_at", "pk"):
        words, known = str(flag), residents[flag.person.same_as_id].flags
        if flag.holds_on(day) and words not in known:
            known.append(words)


def _offenders(residents: dict[UUID, Resident]) -> None:
    """That somebody is managed is said to whoever may see them: it decides on the level. The record is not."""
    with acting(READS, apart=True):
        rows = Nominal.objects.filter(person__same_as__in=residents, state__in=OURS).select_related("person")
        for nominal in rows.order_by("began_at"):
            residents[nominal.person.same_as_id].nominal = nominal.reference


def _parts(residents: dict[UUID, Resident]) -> None:
    rows = Involvement.objects.filter(person__same_as__in=residents, withdrawn_at=None).select_related("person")
    for part in rows.order_by("-recorded_at", "pk"):
        known = residents[part.person.same_as_id].parts
        if len(known) < FEW and str(part) not in known:
            known.append(str(part))


def _other_cases(residents: dict[UUID, Resident], candidate: CandidateAddress) -> None:
    rows = Occupant.objects.filter(person__same_as__in=residents).select_related("person", "online_case")
    for occupant in rows.order_by("recorded_at", "pk"):
        resident = residents[occupant.person.same_as_id]
        if occupant.at_id == candidate.pk and occupant.state == Occupant.State.THERE:
            resident.taken = occupant
        elif occupant.online_case_id != candidate.online_case_id and occupant.online_case not in resident.cases:
            resident.cases.append(occupant.online_case)


def where_else(person: Person, case: OnlineCase) -> list[OnlineCase]:
    """Other cases in which this person is an occupant, as whoever acts may see them."""
    rows: Iterable[Occupant] = Occupant.objects.filter(person__same_as=person.same_as_id).exclude(online_case=case)
    return list({each.online_case_id: each.online_case for each in rows}.values())

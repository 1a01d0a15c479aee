"""Which children our own records put near a case: who live or stay at an attributed address, and whose parent or carer
lives there. Each is taken as a child of the case, or somebody says why it does not concern them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from access.actor import System, acting
from access.time import now, today
from cases.models import Address, Person, Relationship, Residence, Sighting
from cases.places import known_address
from govuk.fields import YesNoNotKnown as Answer
from online.models import CandidateAddress, LinkedChild, NotConcerned, Occupant, OnlineCase

READS = System("children on record near an online case")
CARES = [Relationship.Kind.PARENT.value, Relationship.Kind.STEP_PARENT.value, Relationship.Kind.CARER.value]
SEEN_WITHIN = timedelta(days=365)
"""Our default: who was seen at an address longer ago is not taken to stay there."""
How = LinkedChild.How


@dataclass(frozen=True)
class Known:
    """Somebody who may be a child. Whose age is not known is taken to be one."""

    name: str
    how: str
    what: str
    person: Person | None = None
    occupant: Occupant | None = None

    @property
    def key(self) -> str:
        """As an address can hold it."""
        return f"person:{self.person.pk}" if self.person else f"occupant:{self.occupant.pk if self.occupant else ''}"

    @property
    def age(self) -> str:
        if self.person:
            return self.person.age_in_words(today())
        return "child" if self.occupant and self.occupant.age == Occupant.Age.CHILD else "not known"


def known_near(case: OnlineCase) -> tuple[list[Known], int]:
    """Who is still to be decided on, as whoever acts may see them; and how many they may not see."""
    with acting(READS, apart=True):
        addresses = CandidateAddress.objects.filter(online_case=case, state=CandidateAddress.State.ATTRIBUTED)
        found = [each for at in addresses.select_related("address").order_by("pk") for each in undecided(at)]
    once = list({each.key: each for each in found}.values())
    keys = [each.person.pk for each in once if each.person]
    seen = set(Person.objects.filter(pk__in=keys).figures().values_list("pk", flat=True)) if keys else set()
    shown = [each for each in once if each.person is None or each.person.pk in seen]
    return shown, len(once) - len(shown)


def undecided(at: CandidateAddress) -> list[Known]:
    """Who may be a child, is near this address, and is neither linked with the case nor said not to be concerned."""
    with acting(READS, apart=True):
        adults = list(Occupant.objects.filter(at=at, age=Occupant.Age.ADULT).select_related("person"))
        found = {each.key: each for each in _near(at) if not _is_adult(each, adults)}
        linked = LinkedChild.objects.filter(online_case=at.online_case_id).exclude(state=LinkedChild.State.IN_ERROR)
        done = NotConcerned.objects.filter(online_case=at.online_case_id)
        return _without(found.values(), list(linked.select_related("person")), list(done.select_related("person")))


def _is_adult(each: Known, adults: list[Occupant]) -> bool:
    """Research says that they are, and nothing on record says otherwise."""
    if each.person is None or each.person.child_on(today()) == Answer.YES:
        return False
    roots = {adult.person.same_as_id for adult in adults if adult.person}
    names = {adult.name_said.casefold() for adult in adults}
    return each.person.same_as_id in roots or each.person.name.casefold() in names


def _without(found: Iterable[Known], linked: list[LinkedChild], done: list[NotConcerned]) -> list[Known]:
    people = [*(each.person for each in linked), *(each.person for each in done)]
    roots = {person.same_as_id for person in people if person}
    names = {each.name_said.casefold() for each in linked}
    occupants = {each.occupant_id for each in done}
    return [
        each
        for each in found
        if not (each.person and each.person.same_as_id in roots)
        and not (each.occupant and (each.occupant.pk in occupants or each.name.casefold() in names))
    ]


def _near(at: CandidateAddress) -> Iterator[Known]:
    occupants = list(Occupant.objects.filter(at=at, state=Occupant.State.THERE).select_related("person"))
    address = at.address or known_address(at.written, at.postcode)
    living = _residents(address) if address else []
    there = {person.same_as_id: person for person in living}
    yield from _who_live_there(living)
    yield from _who_are_occupants(occupants, there)
    yield from _who_stay(address, there) if address else ()
    people = [*living, *(each.person for each in occupants if each.person and each.may_be_adult)]
    yield from _whose_parent_is_there(people, there)


def may_be_child(person: Person) -> bool:
    return person.child_on(today()) != Answer.NO


def _residents(address: Address) -> list[Person]:
    rows = Residence.objects.filter(Residence.current_on(today()), address=address).select_related("person")
    return list({row.person.same_as_id: row.person for row in rows.order_by("recorded_at", "pk")}.values())


def _who_live_there(living: list[Person]) -> Iterator[Known]:
    for person in living:
        if may_be_child(person):
            yield Known(person.name, How.LIVES_THERE.value, "On record as living at the address", person)


def _who_are_occupants(occupants: list[Occupant], there: dict[UUID, Person]) -> Iterator[Known]:
    for each in occupants:
        if each.age == Occupant.Age.ADULT or (each.person and each.person.same_as_id in there):
            continue
        what = "Named by research as somebody who lives there or is there often"
        yield Known(each.name_said, How.LIVES_THERE.value, what, each.person, None if each.person else each)


def _who_stay(address: Address, there: dict[UUID, Person]) -> Iterator[Known]:
    since = now() - SEEN_WITHIN
    seen = Sighting.objects.filter(address=address, withdrawn_at=None, seen_at__gte=since).select_related("person")
    for row in seen.order_by("-seen_at"):
        if row.person.same_as_id not in there and may_be_child(row.person):
            yield Known(row.person.name, How.STAYS_THERE.value, "On record as seen at the address", row.person)


def _whose_parent_is_there(people: list[Person], there: dict[UUID, Person]) -> Iterator[Known]:
    roots = [person.same_as_id for person in people]
    goes_on = Q(withdrawn_at=None) & (Q(ends=None) | Q(ends__gte=today()))
    rows = Relationship.objects.filter(goes_on, kind__in=CARES, person__same_as__in=roots)
    for row in rows.select_related("person", "other").order_by("recorded_at", "pk"):
        child = row.other
        if child.same_as_id not in there and may_be_child(child):
            what = f"{row.person.name}, who lives there, is their {Relationship.Kind(row.kind).label}"
            yield Known(child.name, How.CONTACT.value, what, child)

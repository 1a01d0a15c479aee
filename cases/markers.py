"""Warning markers: what somebody must know of an address, a telephone number or a person before they act.

Apps above add what their records say (`MARKERS`). Everything is read through its guard, so what the acting person may
not see is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from access.time import today as local_day
from cases.meet import flags_of
from cases.models import Address, Flag, Person, Phone, PlaceMarker, Residence
from matching.numbers import phone

HIGH_RISK_ABUSE = Flag.Kind.HIGH_RISK_DA.value
MOST_SERIOUS_FIRST = [
    HIGH_RISK_ABUSE,
    Flag.Kind.RSO.value,
    Flag.Kind.POSES_RISK.value,
    Flag.Kind.PROTECTION_PLAN.value,
    Flag.Kind.LOOKED_AFTER.value,
    Flag.Kind.MARAC.value,
    Flag.Kind.TRIGGER_PLAN.value,
    Flag.Kind.IN_NEED.value,
    PlaceMarker.Kind.WEAPONS.value,
    PlaceMarker.Kind.OTHER.value,
]
DANGERS = {HIGH_RISK_ABUSE, Flag.Kind.RSO.value, Flag.Kind.POSES_RISK.value, PlaceMarker.Kind.WEAPONS.value}


@dataclass(frozen=True)
class Asked:
    """Whom and what it is asked about: people (keys of `same_as`), addresses, numbers as they are compared."""

    people: frozenset[UUID] = frozenset()
    addresses: frozenset[UUID] = frozenset()
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MarkerShown:
    """One warning, as every page shows it."""

    kind: str
    label: str
    about: str  # whom or where it is about, in words
    how_we_know: str
    since: date | None = None  # None = not known
    is_a_risk: bool = False
    url: str = ""


Source = Callable[[Asked], Iterable[MarkerShown]]


@dataclass
class Markers:
    """Where apps say what their records warn of."""

    sources: list[Source] = field(default_factory=list)


MARKERS = Markers()


def markers_for(
    *, address: Address | None, numbers: Iterable[str] = (), people: Iterable[Person] = ()
) -> list[MarkerShown]:
    """Everything that holds today of the address, of whoever lives there now, of these people, of these numbers and of
    whoever has one: each once, the most serious first. As many statements for a hundred people as for one."""
    plain = frozenset(_plain(numbers))
    roots = {person.same_as_id for person in people} | _living_at(address) | _with_numbers(plain)
    asked = Asked(frozenset(roots), frozenset([address.pk] if address else ()), plain)
    return _in_order([*_flags(asked), *_places(asked), *_from_above(asked)])


def markers_beside(people: Iterable[Person]) -> list[MarkerShown]:
    """What the flags of these people do not say: the markers on where they live now and on their numbers, and what the
    records of other apps say of them."""
    roots = frozenset(person.same_as_id for person in people)
    homes = Residence.objects.filter(Residence.current_on(local_day()), person__same_as__in=roots).figures()
    phones = Phone.objects.filter(person__same_as__in=roots, withdrawn_at=None, plain__gt="").figures()
    asked = Asked(
        people=roots,
        addresses=frozenset(homes.values_list("address", flat=True)),
        numbers=frozenset(phones.values_list("plain", flat=True)),
    )
    return _in_order([*_places(asked), *_from_above(asked)])


def has_high_risk_abuse(markers: Iterable[MarkerShown]) -> bool:
    """Whether one of them is of high-risk domestic abuse."""
    return any(marker.kind == HIGH_RISK_ABUSE for marker in markers)


def people_with_number(number: str) -> list[Person]:
    """Who can be reached on it, however it is written: one record for each person."""
    roots = _with_numbers(frozenset(_plain([number])))
    rows = Person.objects.filter(same_as__in=roots).order_by("recorded_at", "pk") if roots else ()
    people: dict[UUID, Person] = {}
    for person in sorted(rows, key=lambda person: person.pk != person.same_as_id):  # first who stands for the others
        people.setdefault(person.same_as_id, person)
    return list(people.values())


def _plain(numbers: Iterable[str]) -> Iterator[str]:
    """As they are compared. What is no number, such as "withheld", is nobody's."""
    return filter(None, map(phone, numbers))


def _living_at(address: Address | None) -> set[UUID]:
    if address is None:
        return set()
    homes = Residence.objects.filter(Residence.current_on(local_day()), address=address).figures()
    return set(homes.values_list("person__same_as", flat=True))


def _with_numbers(plain: frozenset[str]) -> set[UUID]:
    if not plain:
        return set()
    phones = Phone.objects.filter(plain__in=plain, withdrawn_at=None).figures()
    return set(phones.values_list("person__same_as", flat=True))


def _flags(asked: Asked) -> Iterator[MarkerShown]:
    """One for a kind and a person, by whoever said it last, however many records and sources say it."""
    found: dict[tuple[str, UUID], Flag] = {}
    flags = [flag for each in flags_of(asked.people).values() for flag in each]
    for flag in sorted(flags, key=lambda flag: flag.recorded_at, reverse=True):
        found.setdefault((flag.kind, flag.person.same_as_id), flag)
    for flag in found.values():
        yield MarkerShown(
            kind=flag.kind,
            label=str(flag),
            about=flag.person.name,
            how_we_know=flag.how_we_know(),
            since=flag.starts,
            is_a_risk=flag.kind in DANGERS,
            url=flag.person.get_absolute_url(),
        )


def _places(asked: Asked) -> Iterator[MarkerShown]:
    """One for what is said and where, by whoever said it last."""
    today = local_day()
    about = Q(address__in=asked.addresses) | Q(number__in=asked.numbers)
    rows = PlaceMarker.objects.filter(about, withdrawn_at=None).select_related("address").order_by("-recorded_at")
    found: dict[tuple[str, str], PlaceMarker] = {}
    for marker in rows:
        if marker.holds_on(today):
            found.setdefault((marker.words, marker.where), marker)
    for marker in found.values():
        yield MarkerShown(
            kind=marker.kind,
            label=marker.words,
            about=marker.where,
            how_we_know=marker.how_we_know(),
            since=marker.starts,
            is_a_risk=marker.kind in DANGERS,
            url=marker.get_absolute_url(),
        )


def _from_above(asked: Asked) -> Iterator[MarkerShown]:
    return (marker for source in MARKERS.sources for marker in source(asked))


def _in_order(markers: Sequence[MarkerShown]) -> list[MarkerShown]:
    return sorted(dict.fromkeys(markers), key=_seriousness)


def _seriousness(marker: MarkerShown) -> tuple[int, int, str]:
    """The most serious first, of one kind the newest."""
    known = marker.kind in MOST_SERIOUS_FIRST
    place = MOST_SERIOUS_FIRST.index(marker.kind) if known else len(MOST_SERIOUS_FIRST)
    return place, -(marker.since or date.min).toordinal(), marker.about

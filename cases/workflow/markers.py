"""A warning marker on an address or a telephone number: put there, ended, withdrawn as a mistake."""

from __future__ import annotations

from datetime import date

from access.roles import Can
from access.time import now
from accounts.models import User
from cases import records
from cases.models import Address, PlaceMarker
from cases.records import Source
from matching.numbers import phone
from workflow.transitions import NotNow, must_say, transition

ON_RECORD = PlaceMarker.State.ON_RECORD.value


@transition(target=ON_RECORD, may=Can.RECORD_PEOPLE)
def mark_address(
    marker: PlaceMarker,
    *,
    by: User,
    address: Address,
    kind: str,
    note: str,
    starts: date | None,
    ends: date | None,
    source: Source,
) -> None:
    """Whoever is called to this address must know of it first."""
    marker.address = address
    _mark(marker, kind, note, starts, ends, source.told_to(by))


@transition(target=ON_RECORD, may=Can.RECORD_PEOPLE)
def mark_number(
    marker: PlaceMarker,
    *,
    by: User,
    number: str,
    kind: str,
    note: str,
    starts: date | None,
    ends: date | None,
    source: Source,
) -> None:
    """Whoever is called from this number must know of it first."""
    marker.number = phone(number)
    if not marker.number:
        raise NotNow("Give the whole telephone number, with its area code.")
    _mark(marker, kind, note, starts, ends, source.told_to(by))


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def marker_ended(marker: PlaceMarker, *, by: User, ends: date) -> None:
    """It does not hold any more. That it did stays on record."""
    _must_not_be_withdrawn(marker)
    if marker.ends:
        raise NotNow("It has ended already.")
    records.must_begin_before_it_ends(marker.starts, ends)
    marker.ends = ends


@transition(source=ON_RECORD, may=Can.RECORD_PEOPLE)
def withdraw_marker(marker: PlaceMarker, *, by: User, because: str) -> None:
    """The marker was a mistake. It stays to be read, struck out, with the reason."""
    must_say(because, "why it was wrong")
    _must_not_be_withdrawn(marker)
    marker.withdrawn_at, marker.withdrawn_by, marker.withdrawn_because = now(), by, because


def _mark(marker: PlaceMarker, kind: str, note: str, starts: date | None, ends: date | None, source: Source) -> None:
    if kind not in PlaceMarker.Kind.values:
        raise NotNow("Choose what it warns of.")
    if kind == PlaceMarker.Kind.OTHER:
        must_say(note, "what it warns of")
    records.must_begin_before_it_ends(starts, ends)
    records.must_place_nobody(f"{note}\n{source.says}", marker.address)
    marker.kind, marker.note, marker.starts, marker.ends = kind, note.strip(), starts, ends
    for name, fact in source.facts().items():
        setattr(marker, name, fact)


def _must_not_be_withdrawn(marker: PlaceMarker) -> None:
    if marker.withdrawn_at:
        raise NotNow("This has been withdrawn already.")

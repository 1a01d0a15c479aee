"""By what a person is found again: short keys. Two records that share none are never compared.

Some mistakes are forgiven by each key, and each forgives others: the letters of a name by its sound, the order of the
names by sorting, a short form by the long one, any one part of a date of birth by the other two, every mistake in a
name by the whole date.

Somebody with one name, a date of birth and an address has 13 keys, or 15 if the given name is a short form. Of two
million invented people of British names and households (scaled up from 300,000) a lookup reads 1,300 rows on average,
2,600 in one of twenty cases and 4,900 at most; the largest block is a first name of one year, with 1,800.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from matching.described import Described
from matching.homes import Place
from matching.names import FullName, long_forms, sound

MOST_YEARS = 3
MOST_LONG_FORMS = 2
SHORTEST_BEFORE_THE_AT = 4
FOR_EVERYBODY = {
    *(
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.co.uk",
        "outlook.com",
        "live.com",
        "live.co.uk",
        "msn.com",
    ),
    *("yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "mail.com", "protonmail.com", "btinternet.com"),
    *("msn.com", "sky.com", "talktalk.net", "virginmedia.com", "ntlworld.com"),
}
"""What follows the @ for so many people that it finds nobody."""


def keys(described: Described) -> frozenset[str]:
    return frozenset(_keys(described))


def _keys(described: Described) -> Iterator[str]:
    for name in described.full_names:
        yield from _of_a_name(name)
        yield from _of_name_and_birth(name, described)
        for place in described.places:
            yield from _of_name_and_postcode(name, place)
    if described.born_on and not _first_january(described.born_on):
        yield f"b {described.born_on.year} {_day_and_month(described.born_on)}"
    yield from (f"h {place.house} {place.street}" for place in described.places if place.street)
    yield from (f"t {number}" for number in described.telephone_numbers)
    for address in described.email_addresses:
        yield from _of_an_email_address(address)
    yield from (f"r {number}" for number in described.other_numbers)
    if described.valid_nhs_number:
        yield f"n {described.valid_nhs_number}"


def _ends(name: FullName) -> list[str]:
    """The first given and the last family name, the one or the other or both."""
    return [*name.given[:1], *name.family[-1:]]


def _initials(name: FullName) -> str:
    return "".join(sorted(word[0] for word in _ends(name)))


def _of_a_name(name: FullName) -> Iterator[str]:
    if not name.given or not name.family:
        return
    given, family = name.given[0], name.family[-1]
    for form in (given, *sorted(long_forms(given))[:MOST_LONG_FORMS]):
        yield "f " + " ".join(sorted((sound(form), sound(family))))
    yield f"g {sound(given)} {_begins(family)}"
    yield f"g {sound(family)} {_begins(given)}"


def _begins(word: str) -> str:
    """Its first two letters, whichever comes first."""
    return "".join(sorted(word[:2]))


def _of_name_and_birth(name: FullName, described: Described) -> Iterator[str]:
    for year in _years(described):
        yield from (f"y {year} {sound(word)}" for word in _ends(name))
    if not (born := described.born_on):
        return
    initials = _initials(name)
    yield from (f"d {_day_and_month(born)} {sound(word)}" for word in _ends(name))
    if len(initials) == 2:
        yield f"i {_day_and_month(born)} {initials}"
        yield f"i {born.year}-{born.month} {initials}"
    if _first_january(born):
        yield from (f"b {born.year} {initial}" for initial in initials)


def _of_name_and_postcode(name: FullName, place: Place) -> Iterator[str]:
    """Few live in a full postcode, and few here in one of figures alone, which is foreign. PO1 finds thousands."""
    if place.is_full_postcode or place.postcode.isdigit():
        yield from (f"p {place.postcode} {word[0]}" for word in _ends(name))


def _of_an_email_address(address: str) -> Iterator[str]:
    """What is before the @ and what is behind it: a mistake is seldom in both."""
    before, _, behind = address.rpartition("@")
    yield f"e {address}"
    if len(before) >= SHORTEST_BEFORE_THE_AT:
        yield f"e {before}"
    if before and behind not in FOR_EVERYBODY:
        yield f"e {before[0]} {behind}"


def _years(described: Described) -> range:
    if described.born_on:
        return range(described.born_on.year, described.born_on.year + 1)
    first, last = (day.year for day in described.born_about) if described.born_about else (1, 0)
    return range(first, last + 1) if last - first < MOST_YEARS else range(0)


def _day_and_month(born: date) -> str:
    """The same if they are swapped."""
    return "{:02}{:02}".format(*sorted((born.day, born.month)))


def _first_january(born: date) -> bool:
    """In many registers it stands for not known, so that thousands have it."""
    return (born.day, born.month) == (1, 1)

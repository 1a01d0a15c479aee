"""Which authority answers for which area, learned from the files themselves.

The Department for Education numbers authorities (850), the statistics office numbers areas (E10000014), and no file
that we load says of each number which area it is. So nothing is wired in: the two are joined by the name that both
give, or else by where an authority's schools say that they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from places.models import District, LocalAuthority, School
from places.registers import Entry

ENOUGH = 10
"""One row may be wrong; so many that agree are not. Southampton maintains one school that lies in Hampshire."""


def authorities_of(entries: Iterable[Entry]) -> dict[str, LocalAuthority]:
    """The authorities whose numbers a list of schools has, made if they are new."""
    names: dict[str, str] = {}
    for entry in entries:
        if entry.authority_code:
            names[entry.authority_code] = names.get(entry.authority_code) or entry.facts.get("says_authority", "")
    known = {authority.code: authority for authority in LocalAuthority.objects.filter(code__in=names)}
    for code, name in names.items():
        authority = known.setdefault(code, LocalAuthority(code=code))
        if authority._state.adding or (name and not authority.name):
            authority.name = name
            authority.save()
    return known


def join_areas() -> None:
    """Give each authority its area and each district its authority, as far as the files loaded so far say."""
    districts = list(District.objects.all())
    areas = {district.area: district.area_name for district in districts}
    authorities = list(LocalAuthority.objects.order_by("code"))
    _by_name([each for each in authorities if not each.gss], areas, {each.gss for each in authorities})
    if any(not each.gss for each in authorities):
        _by_schools([each for each in authorities if not each.gss], districts, {each.gss for each in authorities})
    for authority in authorities:
        if not authority.name and areas.get(authority.gss or ""):
            authority.name = areas[authority.gss or ""]
            authority.save(update_fields=["name"])
    _give(districts, {each.gss: each for each in authorities if each.gss})


def _by_name(waiting: list[LocalAuthority], areas: dict[str, str], taken: set[str | None]) -> None:
    """An authority and an area of one name are the same, where no second area has it."""
    for authority in waiting:
        same = [area for area, name in areas.items() if name and name.casefold() == authority.name.casefold()]
        if len(same) == 1 and same[0] not in taken:
            _join(authority, same[0])


def _by_schools(waiting: list[LocalAuthority], districts: list[District], taken: set[str | None]) -> None:
    """An authority has the area in which most of its schools say they are, if most schools there are its own."""
    seen = _said_by_schools(districts)
    of_authority, of_area = Counter[int](), Counter[str]()
    for (authority_id, area), number in seen.items():
        of_authority[authority_id] += number
        of_area[area] += number
    for authority in waiting:
        for (authority_id, area), number in seen.items():
            most = number * 2 > of_authority[authority_id] and number * 2 > of_area[area]
            if authority_id == authority.pk and number >= ENOUGH and most and area not in taken:
                _join(authority, area)


def _said_by_schools(districts: list[District]) -> Counter[tuple[int, str]]:
    """(authority in a school's number, area its file puts it in) -> how many schools say so."""
    area_of = {district.name.casefold(): district.area for district in districts if district.name}
    said = School.objects.exclude(maintained_by=None).values_list("maintained_by", "says_area", "says_district")
    pairs = ((authority, area or area_of.get(district.casefold(), "")) for authority, area, district in said)
    return Counter((authority, area) for authority, area in pairs if authority and area)


def _join(authority: LocalAuthority, area: str) -> None:
    authority.gss = area
    authority.save(update_fields=["gss"])


def _give(districts: list[District], authorities: dict[str, LocalAuthority]) -> None:
    changed = []
    for district in districts:
        authority = authorities.get(district.area)
        if district.authority_id != (authority.pk if authority else None):
            district.authority = authority
            changed.append(district)
    District.objects.bulk_update(changed, ["authority"])

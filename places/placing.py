"""Saying where a school lies: by its postcode, where nothing in its file speaks against it. Otherwise a person says.

The school is told of a child on the morning after police came to the child's home, and the authority with it. A school
in the wrong place means that the wrong people are told, so what its file says of its district is a hint and never an
answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from access.time import now
from places.files import BadRow, shown
from places.lookup import normalise_postcode
from places.models import District, PlacesImport, PlaceToCheck, Postcode, School

Kind, Placed = PlaceToCheck.Kind, School.Placed
PLACING = ["district", "placed_how", "placed_at", "placed_by", "placed_because"]
FOUND = "Found by its postcode"
SAID = "Somebody had said where it is, and its postcode says otherwise now."


@dataclass
class Moved:
    """Schools that stood somewhere until their postcode, or the list of postcodes, changed."""

    before: dict[str, str] = field(default_factory=dict)
    """URN -> what was known, for whoever looks."""
    by_person: set[str] = field(default_factory=set)

    def unsettle(self, school: School, why: str) -> None:
        """Nobody knows any more where this school lies."""
        where = str(school.district) if school.district else Placed(school.placed_how).label
        who = f", said {school.placed_by}: {school.placed_because}" if school.placed_by else ""
        self.before[school.urn] = f"{why} Before: {where}{who}"
        if school.placed_by:
            self.by_person.add(school.urn)
        school.district = school.placed_at = school.placed_by = None
        school.placed_how = school.placed_because = ""
        school.save(update_fields=PLACING)


def place(came_with: PlacesImport, lines: Mapping[str, int], moved: Moved) -> int:
    """Try every school that is not placed; list those that cannot be, settle what was listed and is found now.

    What a person said is never replaced unseen, not even where postcode and file agree: the person is asked again.
    """
    schools = list(School.objects.not_placed().select_for_update(of=("self",)).select_related("maintained_by"))
    districts = _districts_of({school.postcode for school in schools})
    asked = PlaceToCheck.objects.filter(only_a_person=True, settled_at=None).values_list("school__urn", flat=True)
    only_a_person = moved.by_person.union(urn for urn in asked if urn)
    found, waiting = [], {}
    for school in schools:
        district = districts.get(school.postcode)
        reason = why_not(school, district) or (SAID if school.urn in only_a_person else "")
        if reason:
            waiting[school] = reason
        else:
            school.district, school.placed_how = district, Placed.POSTCODE.value
            found.append(school)
    School.objects.bulk_update(found, ["district", "placed_how"], batch_size=500)
    PlaceToCheck.objects.filter(school__in=found, settled_at=None).update(settled_at=now(), settled_how=FOUND)
    _list(came_with, waiting, lines, moved)
    return len(found)


def why_not(school: School, district: District | None) -> str:
    """Why its postcode does not place this school. Nothing if it does."""
    if not school.postcode:
        return "Its file gives no postcode."
    if normalise_postcode(school.postcode) is None:
        return f"{shown(school.postcode)} is not a postcode."
    if district is None:
        return f"{school.postcode} is not in our list of postcodes. It may be newer than the list."
    if school.says_district and district.name:
        return "" if _same(school.says_district, district.name) else _differs(school, district, school.says_district)
    if school.says_area:
        return "" if school.says_area == district.area else _differs(school, district, f"area {school.says_area}")
    return _why_not_by_authority(school, district)


def _why_not_by_authority(school: School, district: District) -> str:
    """A file that names no district still says whose school it is, in the school's number."""
    authority = school.maintained_by
    if authority is None or authority.gss == district.area:
        return ""
    if authority.gss is None:
        return f"{school.postcode} lies in {district}. Whether that is in the area of {authority} is not known yet."
    return _differs(school, district, str(authority))


def _differs(school: School, district: District, said: str) -> str:
    return f"{school.postcode} lies in {district}, but its file says {said}."


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _districts_of(postcodes: set[str]) -> dict[str, District]:
    rows = Postcode.objects.filter(code__in=postcodes).select_related("district__authority")
    return {row.code: row.district for row in rows}


def _list(came_with: PlacesImport, waiting: Mapping[School, str], lines: Mapping[str, int], moved: Moved) -> None:
    """One open line for each school, with the latest reason. A school is never listed twice."""
    open_rows = PlaceToCheck.objects.filter(kind=Kind.NOT_PLACED, settled_at=None)
    listed = {row.school_id: row for row in open_rows}
    new, changed = [], []
    for school, reason in waiting.items():
        row = listed.get(school.pk)
        if row is None:
            new.append(_row(came_with, school, reason, lines, moved))
        elif row.reason != reason:
            row.reason = reason
            changed.append(row)
    PlaceToCheck.objects.bulk_create(new, batch_size=500)
    PlaceToCheck.objects.bulk_update(changed, ["reason"], batch_size=500)


def _row(came_with: PlacesImport, school: School, reason: str, lines: Mapping[str, int], moved: Moved) -> PlaceToCheck:
    return PlaceToCheck(
        came_with=came_with,
        kind=Kind.NOT_PLACED.value,
        line=lines.get(school.urn),
        reason=reason,
        school=school,
        values={"Before": moved.before[school.urn]} if school.urn in moved.before else {},
        only_a_person=school.urn in moved.by_person,
    )


def list_rows(came_with: PlacesImport, bad_rows: Sequence[BadRow]) -> None:
    """Rows that were not loaded. One that is on the list already, word for word, is not listed again."""
    open_rows = PlaceToCheck.objects.filter(kind=Kind.NOT_LOADED, settled_at=None, came_with__kind=came_with.kind)
    listed = [(row.reason, row.values) for row in open_rows.filter(reason__in={bad.reason for bad in bad_rows})]
    PlaceToCheck.objects.bulk_create(
        PlaceToCheck(
            came_with=came_with, kind=Kind.NOT_LOADED.value, line=bad.line, reason=bad.reason, values=bad.values
        )
        for bad in bad_rows
        if (bad.reason, bad.values) not in listed
    )


def unsettle_moved(postcodes: Mapping[str, str], moved: Moved) -> int:
    """Schools that stand in another district than the list of postcodes now has for them."""
    placed = School.objects.exclude(district=None).filter(postcode__in=_known_to_schools(postcodes))
    count = 0
    for school in placed.select_related("district", "placed_by"):
        if school.district_id != postcodes[school.postcode]:
            moved.unsettle(school, f"The list of postcodes has changed for {school.postcode}.")
            count += 1
    return count


def _known_to_schools(postcodes: Iterable[str]) -> set[str]:
    return set(School.objects.values_list("postcode", flat=True)) & set(postcodes)

"""What a person says of a place that the files leave open: where a school lies, or what was done about a row."""

from __future__ import annotations

from datetime import datetime

from access.actor import Actor, NotYours, signed
from access.roles import Can
from accounts.models import User
from places.models import District, PlaceToCheck, School
from workflow.transitions import NotNow, must_say


def place_school(school: School, *, by: User, district: District, because: str) -> School:
    """A person says in which district a school lies, and how they know. It stays until the school moves."""
    _may(by)
    must_say(because, f"how you know where {school} is")
    return _say(school, School.Placed.PERSON, by=by, district=district, because=because)


def set_aside(school: School, *, by: User, because: str) -> School:
    """A person says that a school is outside our area, or is no school any more. It is not asked about again."""
    _may(by)
    must_say(because, f"why {school} is not for us")
    return _say(school, School.Placed.NOT_OURS, by=by, district=None, because=because)


def settle(row: PlaceToCheck, *, by: User, how: str) -> PlaceToCheck:
    """A person has looked at a row that was not loaded, and says what was done about it."""
    _may(by)
    must_say(how, "what was done about this row")
    with signed(by) as moment:
        row = PlaceToCheck.objects.select_for_update().get(pk=row.pk)
        if row.kind != PlaceToCheck.Kind.NOT_LOADED:
            raise NotNow("This is a school: say where it is, or that it is not for us.")
        if row.settled_at:
            raise NotNow("This has been settled already. Somebody may have been quicker.")
        _close(row, by, how, moment)
    return row


def _may(by: Actor) -> None:
    if not by.can(Can.PLACE_SCHOOLS):
        raise NotYours(f"You may not {Can.PLACE_SCHOOLS.label}.")


def _say(school: School, how: School.Placed, *, by: User, district: District | None, because: str) -> School:
    with signed(by) as moment:
        school = School.objects.select_for_update().get(pk=school.pk)
        if school.placed_how:
            raise NotNow(f"{school} has been placed already. Somebody may have been quicker.")
        school.district, school.placed_how = district, how.value
        school.placed_at, school.placed_by, school.placed_because = moment, by, because
        school.save(update_fields=["district", "placed_how", "placed_at", "placed_by", "placed_because"])
        said = f"{district}: {because}" if district else f"{how.label}: {because}"
        for row in PlaceToCheck.objects.select_for_update().filter(school=school, settled_at=None):
            _close(row, by, said, moment)
    return school


def _close(row: PlaceToCheck, by: User, how: str, moment: datetime) -> None:
    row.settled_at, row.settled_by, row.settled_how = moment, by, how
    row.save(update_fields=["settled_at", "settled_by", "settled_how"])

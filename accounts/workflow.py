"""Going away and coming back. An absence cannot be saved without somebody to cover."""

from datetime import datetime

from access.actor import NotYours, signed
from access.roles import Role
from access.time import now
from accounts.duty import Duty, posts_of
from accounts.models import Absence, User


class CannotCover(ValueError):
    """The person named as cover is away as well, or would cover for themselves. Plain English, names the field."""

    field = "cover"


SUPERVISES = {Role.CONTACT_SUPERVISOR, Role.FIM, Role.RESPONSE_SERGEANT, Role.RESPONSE_INSPECTOR}
SUPERVISES |= {Role.MASH_SERGEANT, Role.MASH_INSPECTOR, Role.MASH_CHIEF_INSPECTOR, Role.SUPERINTENDENT}


def go_away(person: User, *, by: User, kind: str, starts: datetime, ends: datetime, cover: User) -> Absence:
    """Somebody will be away; from that moment what they answer for goes to their cover.

    Raises NotYours when somebody else's absence is entered by a person who supervises nobody, CannotCover when the
    cover could not cover.
    """
    if by != person and not SUPERVISES & {Role(post.role) for post in posts_of(by)}:
        raise NotYours("You may enter your own absence. A supervisor can enter somebody else's.")
    _could_cover(person, cover, starts, ends)
    with signed(by):
        return Absence.objects.create(person=person, kind=kind, starts=starts, ends=ends, cover=cover, recorded_by=by)


def come_back(absence: Absence, *, by: User) -> Absence:
    """Somebody is back earlier than planned. What has been passed to their cover in the meantime stays there."""
    if by not in (absence.person, absence.recorded_by):
        raise NotYours("Only the person, or whoever entered the absence, can end it.")
    with signed(by):
        moment = now()
        if absence.starts >= moment:
            absence.delete()
            return absence
        absence.ends = min(absence.ends, moment)
        absence.save(update_fields=["ends"])
    return absence


def _could_cover(person: User, cover: User, starts: datetime, ends: datetime) -> None:
    if cover == person:
        raise CannotCover("Choose somebody else: nobody can cover for themselves.")
    if not cover.is_active:
        raise CannotCover(f"{cover} no longer works here. Choose somebody else.")
    for clash in Absence.objects.filter(person=cover, starts__lt=ends, ends__gt=starts).select_related("cover"):
        if Duty(max(starts, clash.starts)).standing_in_for(cover.pk) in (None, person.pk):
            raise CannotCover(
                f"{cover} is away then too and {clash.cover} covers for them. Choose somebody who will be there."
            )

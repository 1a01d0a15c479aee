"""Who is to be told that a child is missing or found, worked out in the moment of the report and of the return.

Each authority once: host and responsible authority both, also where the child is placed out of their area. And the
school, where the scheme is live for the authority in which the child lives. Whoever is not known stays visible.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from access.actor import Actor, NotYours, System, acting, signed
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import next_reference
from encompass.calendar import Stage, stage_of
from encompass.models import Place
from encompass.schooling import AT_NO_SCHOOL, Where, addressee, authority_of, where_taught
from encompass.terms import calendar_of
from missing.models import Episode, MissingNotice, SchoolScheme
from missing.return_lengths import AUTHORITY_TOLD
from partners.models import Agency
from places.models import LocalAuthority, School
from workflow.transitions import NotNow, OneOf, transition

RAISES = System("who is told of a missing child")
State, About, Whom = MissingNotice.State, MissingNotice.About, MissingNotice.Whom
TO_SEND, SENT, NOT_SENT = State.TO_SEND.value, State.SENT.value, State.NOT_SENT.value
OVERTAKEN = "The child was found before it was sent. The notice that the child is found says both"
ADULT = "18 or older: no school is told"
BELOW_SCHOOL_AGE = "Below school age: no school is told"


@dataclass(frozen=True)
class Told:
    """Whom a notice is for. `not_because`: why nobody there is told; empty = somebody is."""

    whom: str
    due_at: datetime
    agency: Agency | None = None
    school: School | None = None
    not_because: str = ""


def raise_notices(episode: Episode, about: str, by: Actor) -> list[MissingNotice]:
    """Called in the transition that records that a child is missing or found, which `by` makes."""
    known_at = _known_at(episode, about)
    with acting(RAISES):
        earlier = list(
            MissingNotice.objects.filter(episode=episode.pk, about=About.MISSING).select_related("agency", "school")
        )
        if there := list(MissingNotice.objects.filter(episode=episode.pk, about=about)):
            return there
        for each in earlier:
            if about == About.FOUND and each.state == TO_SEND:
                overtaken(each, by=RAISES)
        told = [*_authorities(episode, known_at, earlier), _school(episode, known_at, earlier)]
        return [
            raise_notice(MissingNotice(), by=RAISES, episode=episode, about=about, known_at=known_at, told=each)
            for each in told
        ]


def _known_at(episode: Episode, about: str) -> datetime:
    """When police were first told; never later than now."""
    if about == About.MISSING:
        return min(episode.reported_at, now())
    if episode.found_at is None:
        raise NotNow("The child has not been found.")
    return min(episode.found_at, now())


@transition(
    target=OneOf(lambda notice: NOT_SENT if notice.not_sent_because else TO_SEND, (TO_SEND, NOT_SENT)),
    may=Can.SEARCH_FOR_MISSING,
)
def raise_notice(
    notice: MissingNotice, *, by: System, episode: Episode, about: str, known_at: datetime, told: Told
) -> None:
    """Somebody has to be told that a child is missing, or found; or it stands here why they are not."""
    notice.reference, notice.team = next_reference("MNT"), team_of(Role.MISSING_COORDINATOR)
    notice.case, notice.episode, notice.about = episode.case, episode, about
    notice.known_at, notice.due_at = known_at, told.due_at
    notice.whom, notice.agency, notice.school = told.whom, told.agency, told.school
    notice.not_sent_because = told.not_because


@transition(source=TO_SEND, target=NOT_SENT, may=Can.SEARCH_FOR_MISSING)
def overtaken(notice: MissingNotice, *, by: System) -> None:
    """The child was found before anybody was told that they are missing: one notice says both."""
    notice.not_sent_because = OVERTAKEN


def _authorities(episode: Episode, known_at: datetime, earlier: list[MissingNotice]) -> list[Told]:
    """Host and responsible authority, and whoever somebody found out since; once each. One that is not known is a
    notice to somebody not known."""
    due, _ = AUTHORITY_TOLD.due(known_at, now())
    said = [each.agency for each in earlier if each.whom == Whom.AUTHORITY and each.agency]
    wanted = [episode.host, episode.responsible]
    unknown = None in wanted and len({each.pk for each in (*wanted, *said) if each}) < len(wanted)
    agencies = {each.pk: each for each in (*wanted, *said) if each}
    return [Told(Whom.AUTHORITY.value, due, agency) for agency in (*agencies.values(), *([None] if unknown else []))]


def _school(episode: Episode, known_at: datetime, earlier: list[MissingNotice]) -> Told:
    """The school where the scheme is live; else why none is told."""
    said = next((each.school for each in earlier if each.whom == Whom.SCHOOL and each.school), None)
    where = Where(Place.SCHOOL.value, said) if said else where_taught(episode.person)
    lives_in = authority_of("", episode.person) or _authority_of(episode.host)
    authority = lives_in or (where.school.authority if where.school else None)
    due = before_the_bell(where.school, authority, known_at)
    because = _why_no_school(episode, where, authority, timezone.localdate(known_at))
    if because or where.school is None:
        return Told(Whom.SCHOOL.value, due, not_because=because)
    return Told(Whom.SCHOOL.value, due, addressee(where.school, None), where.school)


def before_the_bell(school: School | None, authority: LocalAuthority | None, known_at: datetime) -> datetime:
    """When the child's next school day begins."""
    return calendar_of(school, authority).next_bell(known_at)


def _authority_of(host: Agency | None) -> LocalAuthority | None:
    """The council that this agency belongs to, where it belongs to one."""
    if host is None or len(host.authorities) != 1:
        return None
    return LocalAuthority.objects.filter(code=host.authorities[0]).first()


def _why_no_school(episode: Episode, where: Where, authority: LocalAuthority | None, day: date) -> str:
    """Why no school is told; empty = one is, or somebody has to find out which."""
    stage = stage_of(episode.person.born_on, day)
    if stage == Stage.ADULT:
        return ADULT
    if stage == Stage.NURSERY:
        return BELOW_SCHOOL_AGE
    if authority and not is_live(authority, day):
        return f"Schools in {authority} are not told of missing children yet: the scheme is not live there"
    if where.place == Place.HOME:
        return "Taught at home: the local authority is told"
    if where.written == AT_NO_SCHOOL:
        return "The child was at no school when it was last said"
    return ""


def is_live(authority: LocalAuthority, day: date) -> bool:
    """Whether schools of this authority are told on this day: the latest that was agreed counts."""
    rows = SchoolScheme.objects.filter(authority=authority, starts__lte=day)
    last = rows.order_by("-starts", "-pk").first()
    return bool(last and last.is_live)


def add_scheme(*, by: User, authority: LocalAuthority, starts: date, is_live: bool, because: str) -> SchoolScheme:
    """What was agreed with an authority, from a day on. Raises NotYours, NotNow."""
    if not by.can(Can.KEEP_SCHOOL_CALENDARS):
        raise NotYours(f"You may not {Can.KEEP_SCHOOL_CALENDARS.label}.")
    if not because.strip():
        raise NotNow("Say what was agreed, and with whom.")
    with signed(by):
        return SchoolScheme.objects.create(
            authority=authority, starts=starts, is_live=is_live, because=because.strip(), by=by
        )

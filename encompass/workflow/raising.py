"""A notice to a school is raised: from an incident or a notice with domestic abuse and a child, in that transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from access.actor import Actor, System, acting
from access.guarded import Guarded
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import Case, Person, next_reference
from cases.workflow.cases import open_case
from encompass import schooling
from encompass.calendar import Stage, stage_of, whole_years
from encompass.household import SAME_ADDRESS, LivesThere, other_children
from encompass.models import Answer, Place, SchoolNotice, State
from encompass.models.notice import NOT_SENT
from encompass.schooling import Where
from encompass.terms import NURSERY_FROM, calendar_of
from matching.names import fold
from places.models import School
from workflow.transitions import OneOf, transition

FIRES = System("Operation Encompass")
NOBODY_KNOWS = {"", "not known", "unknown", "not given", "not stated", "n k", "nk"}
LOCK = 0x454E43  # "ENC": two records of one incident, submitted at once, raise one notice


@dataclass(frozen=True)
class ChildConcerned:
    """A child of an incident or a notice, as far as its author knows. Everything but the name may be left out.

    `school` or `home_educated`: where they are known. `school_as_written`: where somebody only wrote a name.
    `postcode`: of the home, for the authority where the child lives. `lives_elsewhere`: in the area of another force.
    """

    name: str
    born_on: date | None = None
    person: Person | None = None
    school: School | None = None
    school_as_written: str = ""
    home_educated: bool = False
    postcode: str = ""
    lives_elsewhere: bool | None = None
    home_force: str = ""
    present: str = Answer.NOT_KNOWN.value
    present_where: str = ""
    own_words: str = ""
    spoken_to: str = ""
    linked: str = "Named in it"
    relation_known: bool = True
    case: Case | None = None


@dataclass(frozen=True)
class Happened:
    """What the school may read of it. `text` is written for the school and never the narrative; without one a standard
    sentence is sent. `others`: names of other people, which are refused in the text. `grounds_at`: when reasonable
    grounds were recorded; now, if it is left out."""

    text: str = ""
    at: datetime | None = None
    where: str = ""
    others: Sequence[str] = ()
    grounds_at: datetime | None = None


def raise_notices(
    record: Guarded, *, children: Sequence[ChildConcerned], happened: Happened, by: Actor
) -> list[SchoolNotice]:
    """Called in the transition that records domestic abuse and a child: a notice for each child, and for each other
    child of the household. It waits for nobody's review.

    A child about whom this incident has raised a notice already gets no second one: what is known now completes it.
    `record` has a reference, perhaps a case; where it `arises_from` another record, both are one incident.
    """
    _one_at_a_time()
    root = _incident_of(record)
    with acting(FIRES):
        there = list(
            SchoolNotice.objects.filter(arises_from=root).select_related("person", "case").order_by("reference")
        )
    enough = len(children) >= sum(not notice.linked.startswith(SAME_ADDRESS) for notice in there)
    case = getattr(record, "case", None) or (there[0].case if there else open_case())
    said: dict[str, Any] = {"about": record, "root": root, "case": case, "happened": happened, "grounds_by": by}
    found = []
    for child in _each_once([*children, *_household(children)]):
        notice = _same(child, there, enough=enough)
        if notice:
            there.remove(notice)
            found.append(_completed(notice, child, happened, case))
        else:
            found.append(raise_notice(SchoolNotice(), by=FIRES, child=child, **said))
    return found


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _incident_of(record: Any) -> UUID:
    """The record in which this was first known."""
    root: UUID = getattr(record, "arises_from", None) or record.pk
    with acting(FIRES):
        known = SchoolNotice.objects.filter(Q(about=root) | Q(arises_from=root)).order_by("reference").first()
    return known.arises_from if known else root


def _household(children: Sequence[ChildConcerned]) -> list[ChildConcerned]:
    """Children who live there and are not named: "was not present" is said of each."""
    people = [child.person for child in children if child.person]
    example = children[0] if children else None
    return [_lives_there(each, example) for each in other_children(people)]


def _lives_there(each: LivesThere, example: ChildConcerned | None) -> ChildConcerned:
    return ChildConcerned(
        name=each.person.name,
        born_on=each.person.born_on,
        person=each.person,
        present=Answer.NO.value,
        postcode=example.postcode if example else "",
        lives_elsewhere=example.lives_elsewhere if example else None,
        home_force=example.home_force if example else "",
        linked=each.words,
        relation_known=each.relation_known,
        case=each.case,
    )


def _each_once(children: Iterable[ChildConcerned]) -> list[ChildConcerned]:
    """Nobody twice, unless at two places; children without a name are each somebody else."""
    found: dict[Any, ChildConcerned] = {}
    for child in children:
        if not _has_a_name(child.name):
            key: Any = object()
        else:
            who = child.person.same_as_id if child.person else _key(child.name, child.born_on)
            key = (who, child.school.pk if child.school else None)
        found.setdefault(key, child)
    return list(found.values())


def _has_a_name(name: str) -> bool:
    return fold(name) not in NOBODY_KNOWS


def _key(name: str, born_on: date | None) -> str:
    """The same for the same child of one incident."""
    return f"{fold(name)[:200]} {born_on or ''}".strip()


def _same(child: ChildConcerned, notices: Sequence[SchoolNotice], *, enough: bool) -> SchoolNotice | None:
    """The notice about this child, if there is one. Where a later record names at least as many children, a child
    without a name is taken for one of them."""
    here = [notice for notice in notices if _same_place(child, notice)]
    for notice in here:
        if child.person and notice.person and child.person.same_as_id == notice.person.same_as_id:
            return notice
    for notice in here:
        named = _has_a_name(child.name) and fold(child.name) == fold(notice.child)
        if named and not _two_people(child, notice) and _may_be_born(child, notice):
            return notice
    unnamed = [notice for notice in here if not _has_a_name(notice.child) and notice.state in NOT_SENT]
    return next((notice for notice in unnamed if enough and _may_be_born(child, notice)), None)


def _same_place(child: ChildConcerned, notice: SchoolNotice) -> bool:
    return child.school is None or notice.school_id in (None, child.school.pk)


def _two_people(child: ChildConcerned, notice: SchoolNotice) -> bool:
    return bool(child.person and notice.person and child.person.same_as_id != notice.person.same_as_id)


def _may_be_born(child: ChildConcerned, notice: SchoolNotice) -> bool:
    return child.born_on is None or notice.born_on is None or child.born_on == notice.born_on


def _completed(notice: SchoolNotice, child: ChildConcerned, happened: Happened, case: Case) -> SchoolNotice:
    """What is known now is added; of what has been sent only who the child is."""
    if know_more.open_from(notice.state):
        return know_more(notice, by=FIRES, child=child, happened=happened, case=case)
    if child.person and notice.person is None:
        with acting(FIRES):
            SchoolNotice.objects.filter(pk=notice.pk).update(person=child.person)
        notice.person = child.person
    return notice


GOES_TO = OneOf["SchoolNotice"](
    lambda notice: notice.going_to,
    (State.TO_SCREEN.value, State.NEEDS_SCHOOL.value, State.NOT_FOR_SCHOOL.value),
)


@transition(target=GOES_TO, may=Can.SEND_SCHOOL_NOTICE)
def raise_notice(
    notice: SchoolNotice,
    *,
    by: System,
    about: Any,
    root: UUID,
    case: Case,
    child: ChildConcerned,
    happened: Happened,
    grounds_by: Actor,
) -> None:
    """There are reasonable grounds to believe that a child is a victim of domestic abuse: the school is to be told."""
    notice.reference, notice.team = next_reference("ENC"), team_of(Role.COORDINATOR)
    notice.about_kind, notice.about, notice.about_reference = about._meta.label_lower, about.pk, about.reference
    notice.arises_from = root
    notice.case = case if case.restricted or child.case is None else child.case
    notice.grounds_at = min(happened.grounds_at or now(), now())
    notice.grounds_by = grounds_by if isinstance(grounds_by, User) else None
    notice.linked, notice.relation_known = child.linked[:300], child.relation_known
    _say_child(notice, child)
    _say_happened(notice, child, happened)
    _say_where(notice, child)
    notice.going_to = _next_state(notice)


@transition(
    source=[*NOT_SENT, State.NOT_FOR_SCHOOL.value],
    target=OneOf["SchoolNotice"](lambda notice: notice.going_to, (*NOT_SENT, State.NOT_FOR_SCHOOL.value)),
    may=Can.SEND_SCHOOL_NOTICE,
)
def know_more(notice: SchoolNotice, *, by: System, child: ChildConcerned, happened: Happened, case: Case) -> None:
    """A later record of the same incident says more of the child."""
    was = notice.state
    notice.case = notice.case if notice.case.restricted else case
    _say_child(notice, child)
    _say_happened(notice, child, happened)
    if notice.place == Place.NOT_KNOWN:
        _say_where(notice, child)
    notice.going_to = _next_state(notice)
    if was == State.READY and notice.going_to == State.TO_SCREEN:
        notice.going_to = State.READY.value
    if was == State.NOT_FOR_SCHOOL and notice.going_to != State.NOT_FOR_SCHOOL:
        notice.not_for_because = ""


def _say_child(notice: SchoolNotice, child: ChildConcerned) -> None:
    """Who the child is. What is known already is not made unknown again."""
    if _has_a_name(child.name) or not notice.child:
        notice.child = child.name if _has_a_name(child.name) else "not known"
    notice.born_on = child.born_on or notice.born_on or (child.person.born_on if child.person else None)
    notice.person = notice.person or child.person
    notice.child_key = _key(notice.child, notice.born_on) if _has_a_name(notice.child) else f"? {notice.pk}"


def _say_happened(notice: SchoolNotice, child: ChildConcerned, happened: Happened) -> None:
    """What happened, and what the child said. Once somebody has checked the text it stays as it was checked."""
    if notice.screened_at is None:
        notice.happened = happened.text.strip() or notice.happened
        notice.happened_at = happened.at or notice.happened_at
        notice.happened_where = happened.where.strip()[:300] or notice.happened_where
        notice.voice = child.own_words.strip() or notice.voice
        notice.voice_how = child.spoken_to.strip()[:200] or notice.voice_how
        if child.present != Answer.NOT_KNOWN or not notice.present:
            notice.present, notice.present_where = child.present, child.present_where[:200]
    notice.others = sorted({*notice.others, *(name for name in happened.others if _has_a_name(name))})


def _say_where(notice: SchoolNotice, child: ChildConcerned) -> None:
    """Where the child is taught, where the child lives, and when the bell rings there."""
    where = _where(child)
    authority = schooling.authority_of(child.postcode, notice.person) or notice.authority
    notice.authority = authority or (where.school.authority if where.school else None)
    if where.case and not notice.case.restricted:
        notice.case = where.case
    set_place(notice, where)
    elsewhere = schooling.home_force(authority, timezone.localdate(notice.grounds_at))
    notice.lives_elsewhere = notice.lives_elsewhere or (
        child.lives_elsewhere if child.lives_elsewhere is not None else elsewhere is not None
    )
    notice.home_force = child.home_force or notice.home_force or (elsewhere or "")


def _where(child: ChildConcerned) -> Where:
    if child.school:
        return schooling.at_school(child.school)
    if child.home_educated:
        return Where(Place.HOME.value)
    known = schooling.where_taught(child.person) if child.person else Where()
    return known if known.place != Place.NOT_KNOWN else replace(known, written=child.school_as_written or known.written)


def set_place(notice: SchoolNotice, where: Where) -> None:
    """Where the child is taught, and the bell there. A bell that was promised comes nearer and never later."""
    notice.place, notice.school = where.place, where.school
    notice.place_written = where.written[:200] or notice.place_written
    notice.place_key = place_key(notice)
    calendar = calendar_of(notice.school, notice.authority)
    bell = calendar.next_bell(notice.grounds_at)
    notice.bell_at = min(notice.bell_at, bell) if notice.bell_at else bell
    notice.at_once = calendar.is_at_once(notice.grounds_at)
    notice.calendar_known = calendar.is_known(timezone.localdate(notice.grounds_at))


def place_key(notice: SchoolNotice) -> str:
    """The same for the same place of education; empty = not known."""
    if notice.school:
        return f"school {notice.school.urn}"
    if notice.agency_id:
        return f"agency {notice.agency_id}"
    return f"home {notice.authority.code}" if notice.place == Place.HOME and notice.authority else ""


def _next_state(notice: SchoolNotice) -> str:
    day = timezone.localdate(notice.grounds_at)
    stage = stage_of(notice.born_on, day)
    if stage == Stage.ADULT:
        return _nobody_to_tell(notice, "18 or older on the day: not a child.")
    if stage == Stage.NURSERY:
        youngest, _ = NURSERY_FROM.in_force(notice.grounds_at)
        if notice.born_on and whole_years(notice.born_on, day) < youngest:
            return _nobody_to_tell(notice, "Below reception age, and it is not agreed here to tell nurseries.")
        if notice.school:
            notice.place = Place.NURSERY.value
    return State.TO_SCREEN.value if notice.place_key else State.NEEDS_SCHOOL.value


def _nobody_to_tell(notice: SchoolNotice, because: str) -> str:
    notice.not_for_because = because
    return State.NOT_FOR_SCHOOL.value

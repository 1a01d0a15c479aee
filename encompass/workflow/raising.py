"""A notice to a school is raised: from an incident or a notice with domestic abuse and a child, in that transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID
from zlib import crc32

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from access.actor import Actor, System, acting
from access.guarded import Guarded
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import Case, next_reference
from cases.workflow.cases import open_case
from encompass import schooling
from encompass.calendar import Stage, stage_of, whole_years
from encompass.concerned import (
    ChildConcerned,
    Happened,
    is_a_name,
    key_of,
    lives_there,
    named_in_it,
    nameless,
    same,
    with_household,
)
from encompass.household import other_children
from encompass.models import Answer, Place, SchoolNotice, State
from encompass.models.notice import NOT_SENT
from encompass.schooling import Where
from encompass.terms import NURSERY_FROM, calendar_of
from workflow.transitions import OneOf, transition

FIRES = System("Operation Encompass")
LOCK = 0x454E43  # "ENC"
TOO_OLD = "18 or older on the day: not a child."
TOO_YOUNG = "Below reception age, and it is not agreed here to tell nurseries."


def raise_notices(
    record: Guarded, *, children: Sequence[ChildConcerned], happened: Happened, by: Actor
) -> list[SchoolNotice]:
    """Called in the transition that records domestic abuse and a child: a notice for each child, and for each other
    child of the household. It waits for nobody's review.

    A child about whom this incident has raised a notice already gets no second one: what is known now completes it.
    `record` has a reference, perhaps a case; where it `arises_from` another record, both are one incident.
    """
    _one_at_a_time(record)
    root = _incident_of(record)
    with acting(FIRES):
        there = list(
            SchoolNotice.objects.filter(arises_from=root).select_related("person", "case").order_by("reference")
        )
    case = getattr(record, "case", None) or (there[0].case if there else open_case())
    said: dict[str, Any] = {"about": record, "root": root, "case": case, "happened": happened, "grounds_by": by}
    # A child without a name is taken for one of those known only where nobody who is known would be lost by it.
    enough = len(children) >= named_in_it(there)
    found: list[SchoolNotice] = []
    for child in with_household(children, _household(children)):
        notice = same(child, [*there, *found]) or (nameless(child, there) if enough else None)
        if notice is None:
            found.append(raise_notice(SchoolNotice(), by=FIRES, child=child, **said))
            continue
        there = [other for other in there if other.pk != notice.pk]
        found = [other for other in found if other.pk != notice.pk]
        found.append(_completed(notice, child, happened, case))
    return found


def _one_at_a_time(record: Any) -> None:
    """Two records of one incident, submitted at once, raise one notice."""
    incident: UUID = getattr(record, "arises_from", None) or record.pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, crc32(incident.bytes) - 2**31])


def _incident_of(record: Any) -> UUID:
    """The record in which this was first known."""
    root: UUID = getattr(record, "arises_from", None) or record.pk
    with acting(FIRES):
        known = SchoolNotice.objects.filter(Q(about=root) | Q(arises_from=root)).order_by("reference").first()
    return known.arises_from if known else root


def _household(children: Sequence[ChildConcerned]) -> list[ChildConcerned]:
    """Children who live there and are not named."""
    people = [child.person for child in children if child.person]
    return [lives_there(each, children[0]) for each in other_children(people)]


def _completed(notice: SchoolNotice, child: ChildConcerned, happened: Happened, case: Case) -> SchoolNotice:
    """What is known now is added. Of what has been sent, only who the child is."""
    if notice.state == State.NOT_FOR_SCHOOL:
        return think_again(notice, by=FIRES, child=child, happened=happened, case=case)
    if notice.state not in NOT_SENT:
        return _is_somebody(notice, child)
    notice = know_more(notice, by=FIRES, child=child, happened=happened, case=case)
    if _nobody_to_tell(notice):
        return not_of_school_age(notice, by=FIRES)
    if notice.state == State.NEEDS_SCHOOL and _is_known(notice, child):
        return school_is_known(notice, by=FIRES, child=child)
    return notice


def _is_somebody(notice: SchoolNotice, child: ChildConcerned) -> SchoolNotice:
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


@transition(source=NOT_SENT, may=Can.SEND_SCHOOL_NOTICE)
def know_more(notice: SchoolNotice, *, by: System, child: ChildConcerned, happened: Happened, case: Case) -> None:
    """A later record of the same incident says more of the child."""
    _add(notice, child, happened, case)
    if not notice.place_key and not _is_known(notice, child):
        _say_where(notice, child)


@transition(source=State.NEEDS_SCHOOL.value, target=State.TO_SCREEN.value, may=Can.SEND_SCHOOL_NOTICE)
def school_is_known(notice: SchoolNotice, *, by: System, child: ChildConcerned) -> None:
    """A later record of the same incident says which school it is."""
    _say_where(notice, child)


@transition(source=NOT_SENT, target=State.NOT_FOR_SCHOOL.value, may=Can.SEND_SCHOOL_NOTICE)
def not_of_school_age(notice: SchoolNotice, *, by: System) -> None:
    """A later record says how old they are: there is no school to tell."""
    notice.not_for_because = _nobody_to_tell(notice)


@transition(source=State.NOT_FOR_SCHOOL.value, target=GOES_TO, may=Can.SEND_SCHOOL_NOTICE)
def think_again(notice: SchoolNotice, *, by: System, child: ChildConcerned, happened: Happened, case: Case) -> None:
    """A later record of the same incident says more. There may be a school to tell after all."""
    decided = notice.not_for_because not in (TOO_OLD, TOO_YOUNG)
    _add(notice, child, happened, case)
    if not notice.place_key:
        _say_where(notice, child)
    if decided and not (child.school or child.home_educated):
        notice.going_to = State.NOT_FOR_SCHOOL.value
        return
    notice.not_for_because = ""
    notice.going_to = _next_state(notice)


def _add(notice: SchoolNotice, child: ChildConcerned, happened: Happened, case: Case) -> None:
    notice.case = notice.case if notice.case.restricted else case
    _say_child(notice, child)
    _say_happened(notice, child, happened)


def _say_child(notice: SchoolNotice, child: ChildConcerned) -> None:
    """Who the child is. What is known already is not made unknown again."""
    if not is_a_name(notice.child):
        notice.child = child.name if child.has_a_name else "not known"
    notice.born_on = child.born or notice.born_on
    notice.person = notice.person or child.person
    known = is_a_name(notice.child)
    notice.child_key = key_of(notice.child, notice.born_on, notice.person) if known else f"? {notice.pk}"


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
    notice.others = sorted({*notice.others, *(name for name in happened.others if is_a_name(name))})


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


def _is_known(notice: SchoolNotice, child: ChildConcerned) -> bool:
    """Whether this says where the child is taught."""
    where = _where(child)
    at_home = where.place == Place.HOME and (schooling.authority_of(child.postcode, notice.person) or notice.authority)
    return bool(where.school or at_home)


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
    if because := _nobody_to_tell(notice):
        notice.not_for_because = because
        return State.NOT_FOR_SCHOOL.value
    if notice.school and _stage(notice) == Stage.NURSERY:
        notice.place = Place.NURSERY.value
    return State.TO_SCREEN.value if notice.place_key else State.NEEDS_SCHOOL.value


def _nobody_to_tell(notice: SchoolNotice) -> str:
    """Why no school is told about somebody of this age; empty = one is."""
    if _stage(notice) == Stage.ADULT:
        return TOO_OLD
    if _stage(notice) == Stage.NURSERY and notice.born_on:
        youngest, _ = NURSERY_FROM.in_force(notice.grounds_at)
        too_young = whole_years(notice.born_on, timezone.localdate(notice.grounds_at)) < youngest
        return TOO_YOUNG if too_young else ""
    return ""


def _stage(notice: SchoolNotice) -> Stage:
    return stage_of(notice.born_on, timezone.localdate(notice.grounds_at))

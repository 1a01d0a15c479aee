"""What the MASH keeps so that a school can be told: where children are taught, term dates, key adults, agreements."""

from __future__ import annotations

from datetime import date, time

from access.actor import Actor, NotYours, signed
from access.roles import Can
from accounts.models import User
from cases.models import HowKnown, Person
from cases.records import Source
from encompass import schooling
from encompass.models import (
    Attends,
    CalendarImport,
    KeyAdult,
    Place,
    Practice,
    SchoolCalendar,
    SchoolHours,
    SchoolNotice,
    Taught,
)
from encompass.terms import Row, read_rows, wrong_span
from places.models import LocalAuthority, School
from workflow.transitions import NotNow, must_say

TAUGHT = {
    Place.SCHOOL.value: Taught.SCHOOL.value,
    Place.COLLEGE.value: Taught.COLLEGE.value,
    Place.NURSERY.value: Taught.NURSERY.value,
    Place.HOME.value: Taught.HOME.value,
}


def _may(by: Actor, act: Can) -> None:
    if not by.can(act):
        raise NotYours(f"You may not {act.label}.")


def say_where_taught(
    person: Person, *, by: User, taught: str, school: School | None, starts: date | None, source: Source
) -> Attends:
    """Somebody says which school a child goes to, that the child is taught at home, or that it is at no school."""
    _may(by, Can.RECORD_PEOPLE)
    if taught not in Taught.values:
        raise NotNow("Choose how the child is taught.")
    if taught == Taught.SCHOOL and school is None:
        raise NotNow("Choose the school.")
    if taught in (Taught.HOME, Taught.NOWHERE) and school:
        raise NotNow("A child who is taught at home or nowhere has no school here.")
    with signed(by):
        said = source.told_to(by).facts()
        return Attends.objects.create(person=person, taught=taught, school=school, starts=starts, **said)


def withdraw_where_taught(fact: Attends, *, by: User, because: str) -> None:
    """It was a mistake. It stays to be read, with the reason."""
    _may(by, Can.RECORD_PEOPLE)
    must_say(because, "why it was wrong")
    with signed(by) as moment:
        fact = Attends.objects.select_for_update(of=("self",)).get(pk=fact.pk)
        if fact.withdrawn_at:
            raise NotNow("This has been withdrawn already.")
        fact.withdrawn_at, fact.withdrawn_by, fact.withdrawn_because = moment, by, because
        fact.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])


def learn_where_taught(notice: SchoolNotice, *, by: User, how_we_know: str) -> None:
    """What was found out for one notice is known from now on."""
    if notice.person is None or (notice.school is None and notice.place != Place.HOME):
        return
    said = f"{notice.reference}: {how_we_know}"[:200]
    source = Source(how=HowKnown.RECORD.value, says=said, by=by, case=notice.case)
    Attends.objects.create(
        person=notice.person, taught=TAUGHT[notice.place], school=notice.school, starts=None, **source.facts()
    )


def keep_days(
    *,
    by: User,
    school: School | None,
    authority: LocalAuthority | None,
    kind: str,
    starts: date,
    ends: date,
    note: str,
    source: str,
) -> SchoolCalendar:
    """A term, a holiday, or a training day, of a school or of all schools of an authority."""
    _may(by, Can.KEEP_SCHOOL_CALENDARS)
    _one_of(school, authority)
    if wrong := wrong_span(starts, ends):
        raise NotNow(f"{wrong}.")
    said = {"school": school, "authority": authority, "kind": kind, "starts": starts, "ends": ends}
    with signed(by) as moment:
        if SchoolCalendar.objects.filter(withdrawn_at=None, **said).exists():
            raise NotNow("This is known already.")
        return SchoolCalendar.objects.create(note=note, source=source, recorded_at=moment, recorded_by=by, **said)


def withdraw_days(days: SchoolCalendar, *, by: User) -> None:
    """These days were wrong. They stay to be read, struck out."""
    _may(by, Can.KEEP_SCHOOL_CALENDARS)
    with signed(by) as moment:
        days = SchoolCalendar.objects.select_for_update().get(pk=days.pk)
        if days.withdrawn_at:
            raise NotNow("This has been withdrawn already.")
        days.withdrawn_at, days.withdrawn_by = moment, by
        days.save(update_fields=["withdrawn_at", "withdrawn_by"])


def keep_hours(
    *,
    by: User,
    school: School | None,
    authority: LocalAuthority | None,
    bell: time,
    ends: time,
    starts: date,
    source: str,
) -> SchoolHours:
    """When the bell rings and the day ends there, from a day on."""
    _may(by, Can.KEEP_SCHOOL_CALENDARS)
    _one_of(school, authority)
    if bell >= ends:
        raise NotNow("The bell rings before the day ends.")
    with signed(by) as moment:
        return SchoolHours.objects.create(
            school=school,
            authority=authority,
            bell=bell,
            ends=ends,
            starts=starts,
            source=source,
            recorded_at=moment,
            recorded_by=by,
        )


def import_days(text: str, *, by: User, file_name: str) -> CalendarImport:
    """A file of term dates is read. Each row is added, known already, or listed with what is wrong with it."""
    _may(by, Can.KEEP_SCHOOL_CALENDARS)
    rows, refused, count = read_rows(text)
    with signed(by) as moment:
        added = sum(_added(row, by, file_name) for row in rows)
        return CalendarImport.objects.create(
            file_name=file_name[:255],
            at=moment,
            by=by,
            rows=count,
            added=added,
            known=len(rows) - added,
            refused=[list(line) for line in refused],
        )


def _added(row: Row, by: User, file_name: str) -> bool:
    """Whether it said something new."""
    of = {"school": row.school, "authority": row.authority, "by": by, "source": file_name[:200], "starts": row.starts}
    if row.hours:
        bell, ends = row.hours
        same = {"school": row.school, "authority": row.authority, "bell": bell, "ends": ends, "starts": row.starts}
        if SchoolHours.objects.filter(**same).exists():
            return False
        keep_hours(bell=bell, ends=ends, **of)  # type: ignore[arg-type]
        return True
    try:
        keep_days(kind=row.kind, ends=row.ends, note=row.note, **of)  # type: ignore[arg-type]
    except NotNow:
        return False
    return True


def keep_key_adult(
    *,
    by: User,
    school: School | None,
    authority: LocalAuthority | None,
    post: str,
    name: str,
    phone: str,
    mailbox: str,
    mailbox_is_secure: bool,
) -> KeyAdult:
    """Whom we tell there: a post, a name, and how to reach them. Two are wanted for each school."""
    _may(by, Can.KEEP_SCHOOL_CALENDARS)
    _one_of(school, authority)
    must_say(name, "their name")
    if not (phone.strip() or mailbox.strip()):
        raise NotNow("Give a telephone number or a mailbox: somebody who cannot be reached cannot be told.")
    if mailbox_is_secure and not mailbox.strip():
        raise NotNow("Enter the mailbox that was checked.")
    with signed(by) as moment:
        adult = KeyAdult.objects.create(
            school=school,
            authority=authority,
            post=post,
            name=name,
            phone=phone,
            mailbox=mailbox,
            mailbox_is_secure=mailbox_is_secure,
            recorded_at=moment,
            recorded_by=by,
        )
        schooling.addressee(school, authority)
    return adult


def end_key_adult(adult: KeyAdult, *, by: User) -> None:
    """They have left the post: nothing is sent to them from now on."""
    _may(by, Can.KEEP_SCHOOL_CALENDARS)
    with signed(by) as moment:
        adult = KeyAdult.objects.select_for_update(of=("self",)).get(pk=adult.pk)
        if adult.ended_at:
            raise NotNow("They have left already.")
        adult.ended_at, adult.ended_by = moment, by
        adult.save(update_fields=["ended_at", "ended_by"])
        schooling.addressee(adult.school, adult.authority)


def keep_practice(
    *,
    by: User,
    authority: LocalAuthority,
    starts: date,
    is_ours: bool,
    force: str,
    profile: str,
    local_line: str,
    because: str,
) -> Practice:
    """What is agreed with a local authority, from a day on: how much a school is told, and what it is asked to do."""
    _may(by, Can.KEEP_SCHOOL_CALENDARS)
    must_say(because, "who agreed it, and when")
    with signed(by) as moment:
        return Practice.objects.create(
            authority=authority,
            starts=starts,
            is_ours=is_ours,
            force=force,
            profile=profile,
            local_line=local_line,
            because=because,
            recorded_at=moment,
            recorded_by=by,
        )


def _one_of(school: School | None, authority: LocalAuthority | None) -> None:
    if (school is None) == (authority is None):
        raise NotNow("Choose a school, or an authority for all of its schools.")

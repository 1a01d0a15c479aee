"""Courses, and who has taken them: recorded once, corrected by a record that takes its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now, today
from accounts.models import User
from cases.models import next_reference
from quality.models import Course, CourseTheme, Theme, TrainingNeed, TrainingRecord
from quality.whose import team_of_person
from quality.workflow.training_due import keep_up, stands_on_record, training_recorded
from workflow.transitions import NotNow, must_say, transition

State, Need = Course.State, TrainingNeed.State
KEEPS = System("what was proposed and is taken")
MOST_MONTHS = 36
ASKED = [Need.PROPOSED.value, Need.BOOKED.value]


@transition(target=State.IN_USE.value, may=Can.KEEP_TRAINING)
def add_course(
    course: Course, *, by: User, name: str, what_for: str, refresh_months: int | None, roles: Iterable[Role]
) -> None:
    """A course is given from now on."""
    must_say(name, "what the course is called")
    if Course.objects.filter(name__iexact=name.strip()).exists():
        raise NotNow(f"There is a course called “{name.strip()}” already.")
    course.name, course.added_at = name.strip(), now()
    _describe(course, what_for, refresh_months, roles)


@transition(source=State.IN_USE.value, may=Can.KEEP_TRAINING)
def change_course(
    course: Course, *, by: User, what_for: str, refresh_months: int | None, roles: Iterable[Role]
) -> None:
    """What it is for, when it is taken again, and which posts require it. What was taken stays as it was."""
    _describe(course, what_for, refresh_months, roles)


def _describe(course: Course, what_for: str, refresh_months: int | None, roles: Iterable[Role]) -> None:
    must_say(what_for, "what the course is for")
    if refresh_months is not None and not 1 <= refresh_months <= MOST_MONTHS:
        raise NotNow(f"A course is taken again after 1 to {MOST_MONTHS} months, or not at all.")
    course.what_for, course.refresh_months = what_for.strip(), refresh_months
    course.roles = sorted(Role(role).value for role in roles)
    keep_up(course)


@transition(source=State.IN_USE.value, may=Can.KEEP_TRAINING)
def course_answers(course: Course, *, by: User, theme: Theme) -> None:
    """Whoever is told of this theme may be proposed for the course."""
    if CourseTheme.objects.filter(course=course, theme=theme).exists():
        raise NotNow(f"It answers “{theme}” already.")
    CourseTheme.objects.create(course=course, theme=theme)


@transition(source=State.IN_USE.value, target=State.RETIRED.value, may=Can.KEEP_TRAINING)
def retire_course(course: Course, *, by: User, because: str) -> None:
    """It is given no more, and no post requires it. Who has taken it stays on record."""
    must_say(because, "why it is given no more")
    course.retired_because, course.roles = because.strip(), []
    keep_up(course)


@transition(source=State.RETIRED.value, target=State.IN_USE.value, may=Can.KEEP_TRAINING)
def give_course_again(course: Course, *, by: User) -> None:
    """It is given again. Which posts require it is said anew."""
    course.retired_because = ""


@transition(target=TrainingRecord.State.RECORDED.value, may=Can.KEEP_TRAINING)
def record_training(
    record: TrainingRecord, *, by: User, course: Course, person: User, taken_on: date, certificate: str
) -> None:
    """Somebody has taken a course."""
    _must_be_a_day(taken_on)
    if person.is_outside:
        raise NotNow(f"{person} works for a partner agency, which keeps its own training.")
    if stands_on_record(person, course).filter(taken_on=taken_on).exists():
        raise NotNow(f"It is on record already that {person} took it on that day.")
    record.course, record.person, record.taken_on = course, person, taken_on
    record.certificate, record.recorded_at, record.recorded_by = certificate.strip(), now(), by
    _follow(record)


@transition(target=TrainingRecord.State.RECORDED.value, may=Can.KEEP_TRAINING)
def correct_training(
    record: TrainingRecord, *, by: User, wrong: TrainingRecord, taken_on: date | None, certificate: str, because: str
) -> None:
    """What was recorded was wrong. This takes its place; the other stays readable. No day = they had not taken it."""
    must_say(because, "what was wrong")
    if TrainingRecord.objects.filter(corrects=wrong).exists():
        raise NotNow("It was corrected already: correct the newer one.")
    if taken_on is not None:
        _must_be_a_day(taken_on)
    record.course, record.person, record.taken_on, record.corrects = wrong.course, wrong.person, taken_on, wrong
    record.certificate, record.because = certificate.strip(), because.strip()
    record.recorded_at, record.recorded_by = now(), by
    _follow(record)


def _follow(record: TrainingRecord) -> None:
    """By when they take it again, and what was proposed to them."""
    training_recorded(record)
    if record.taken_on is None:
        return
    with acting(KEEPS, apart=True):
        open_ = TrainingNeed.objects.filter(person=record.person, course=record.course, state__in=ASKED)
        for need in open_:
            if record.taken_on >= localdate(need.proposed_at):
                proposed_training_taken(need, by=KEEPS, recorded_by=record.recorded_by)


def _must_be_a_day(taken_on: date) -> None:
    if taken_on > today():
        raise NotNow("It cannot have been taken in the future. Check the day.")


def propose(person: User, *, theme: Theme, because: str, by: User) -> list[TrainingNeed]:
    """Called where somebody is given feedback: each course that answers the theme is proposed to them, unless it is
    already. Empty = no course answers it. Only they, who supervises them and who keeps training see it."""
    with acting(KEEPS, apart=True):
        proposed = TrainingNeed.objects.filter(person=person, state__in=ASKED)
        courses = Course.objects.filter(themes__theme=theme, state=State.IN_USE).exclude(needs__in=proposed)
        found = list(courses.order_by("name"))
    return [
        propose_training(TrainingNeed(), by=by, person=person, course=course, theme=theme, because=because)
        for course in found
    ]


@transition(target=Need.PROPOSED.value, may=Can.REVIEW_QUALITY)
def propose_training(need: TrainingNeed, *, by: User, person: User, course: Course, theme: Theme, because: str) -> None:
    """A course is proposed to somebody, because of what they were told."""
    must_say(because, "why it is proposed")
    need.reference, need.person, need.team = next_reference("TRN"), person, team_of_person(person)
    need.course, need.theme, need.because = course, theme, because.strip()
    need.proposed_at, need.proposed_by = now(), by


@transition(source=Need.PROPOSED.value, target=Need.BOOKED.value, may=Can.LEARN)
def book_training(need: TrainingNeed, *, by: User, booked_for: date) -> None:
    """A place is booked, for a day."""
    if booked_for < today():
        raise NotNow("That day has passed. If they have taken it, whoever keeps training records it.")
    need.booked_for, need.booked_at, need.booked_by = booked_for, now(), by


@transition(source=ASKED, target=Need.DECLINED.value, may=Can.LEARN)
def decline_training(need: TrainingNeed, *, by: User, because: str) -> None:
    """It is not taken, and somebody says why."""
    must_say(because, "why it is not taken")
    need.declined_because, need.ended_at, need.ended_by = because.strip(), now(), by


@transition(source=ASKED, target=Need.TAKEN.value, may=Can.KEEP_TRAINING)
def proposed_training_taken(need: TrainingNeed, *, by: System, recorded_by: User) -> None:
    """They have taken the course that was proposed."""
    need.ended_at, need.ended_by = now(), recorded_by

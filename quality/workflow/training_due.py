"""Which courses the posts of each person require, when they took them, and by when they take them again. Kept up by
Longstop from the posts people hold: whoever has left or changed posts is on no list."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import Posting, Team, User
from cases.models import next_reference
from quality.models import Course, TrainingDue, TrainingRecord
from sla.calendar import local
from sla.owners import pass_on
from workflow.transitions import OneOf, transition

State = TrainingDue.State
REQUIRED = [State.NEVER.value, State.TAKEN.value]
KEEPS = System("training that posts require")


def stands_on_record(person: User, course: Course) -> QuerySet[TrainingRecord]:
    """What is on record and was not corrected."""
    rows: QuerySet[TrainingRecord] = TrainingRecord.objects.filter(
        person=person, course=course, corrected_by=None, taken_on__isnull=False
    )
    return rows


def months_after(day: date, months: int) -> date:
    """The same day so many months later; where that month is shorter its last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _last_taken(person: User, course: Course) -> date | None:
    last = stands_on_record(person, course).order_by("-taken_on").first()
    return last.taken_on if last else None


def _stands(due: TrainingDue, taken_on: date | None, months: int | None) -> None:
    """When they took it last, and when they take it again."""
    due.taken_on, due.refresh_at, due.due_at = taken_on, _refresh_at(taken_on, months), None


def _refresh_at(taken_on: date | None, months: int | None) -> datetime | None:
    return local(months_after(taken_on, months)) if taken_on and months else None


def _as_it_stands(due: TrainingDue) -> str:
    return State.TAKEN.value if due.taken_on else State.NEVER.value


AS_IT_STANDS = OneOf(_as_it_stands, (State.NEVER.value, State.TAKEN.value))


@transition(target=AS_IT_STANDS, may=Can.KEEP_TRAINING)
def require_course(due: TrainingDue, *, by: System, person: User, course: Course, team: Team, since: datetime) -> None:
    """A post of theirs requires this course."""
    due.reference, due.person, due.course = next_reference("TRD"), person, course
    due.team, due.since = team, since
    _stands(due, _last_taken(person, course), course.refresh_months)


@transition(source=REQUIRED, target=AS_IT_STANDS, may=Can.KEEP_TRAINING)
def training_changed(due: TrainingDue, *, by: System, taken_on: date | None, months: int | None) -> None:
    """They have taken it, what was recorded was corrected, or it is taken again after another time."""
    _stands(due, taken_on, months)


@transition(source=REQUIRED, target=State.OFF.value, may=Can.KEEP_TRAINING)
def no_longer_required(due: TrainingDue, *, by: System) -> None:
    """They have left, or no post of theirs requires it."""


@transition(source=State.OFF.value, target=AS_IT_STANDS, may=Can.KEEP_TRAINING)
def required_again(due: TrainingDue, *, by: System, team: Team, since: datetime) -> None:
    """A post of theirs requires it again."""
    due.team, due.since = team, since
    _stands(due, _last_taken(due.person, due.course), due.course.refresh_months)


@transition(source=REQUIRED, may=Can.KEEP_TRAINING)
def other_team(due: TrainingDue, *, by: System, team: Team) -> None:
    """They do the same work in another team: who supervises them there is told from now on."""
    due.team = team
    pass_on([due.pk], owner=due.person, team=team)


def keep_up(course: Course) -> None:
    """Who has to take this course is as the posts say now. Called when the course changes, and every night."""
    with acting(KEEPS, apart=True), transaction.atomic():
        Course.objects.select_for_update(no_key=True).filter(pk=course.pk).first()  # two at once make one list
        posted = _posted(course)
        known = {due.person_id: due for due in TrainingDue.objects.filter(course=course).select_related("person")}
        for key, post in posted.items():
            _keep(known.get(key), post, course)
        for key, due in known.items():
            if key not in posted and due.state != State.OFF:
                no_longer_required(due, by=KEEPS)


def _posted(course: Course) -> dict[int, Posting]:
    """Whose posts require it now: person -> the post that does so longest."""
    at = now()
    held = Posting.objects.filter(Q(ends=None) | Q(ends__gt=at), role__in=course.roles, starts__lte=at)
    held = held.filter(person__is_active=True).select_related("person", "team")
    return {post.person_id: post for post in held.order_by("-starts", "-pk")}


def _keep(due: TrainingDue | None, post: Posting, course: Course) -> None:
    since = max(post.starts, course.added_at)
    if due is None:
        require_course(TrainingDue(), by=KEEPS, person=post.person, course=course, team=post.team, since=since)
    elif due.state == State.OFF:
        required_again(due, by=KEEPS, team=post.team, since=since)
    else:
        if due.team_id != post.team_id:
            other_team(due, by=KEEPS, team=post.team)
        if due.refresh_at != _refresh_at(due.taken_on, course.refresh_months):
            training_changed(due, by=KEEPS, taken_on=due.taken_on, months=course.refresh_months)


def training_recorded(record: TrainingRecord) -> None:
    """Called while a record is written: by when they take it again follows from it."""
    with acting(KEEPS, apart=True):
        due = TrainingDue.objects.filter(person=record.person, course=record.course, state__in=REQUIRED).first()
        if due is None:
            return
        others = stands_on_record(record.person, record.course)
        days = [each.taken_on for each in others if each.pk != record.corrects_id] + [record.taken_on]
        taken_on = max((day for day in days if day), default=None)
        if taken_on != due.taken_on:
            training_changed(due, by=KEEPS, taken_on=taken_on, months=record.course.refresh_months)


def keep_all_up() -> None:
    """Every course, every night."""
    with acting(KEEPS, apart=True):
        courses = list(Course.objects.order_by("name"))
    for course in courses:
        keep_up(course)

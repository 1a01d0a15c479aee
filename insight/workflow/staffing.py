"""Who is planned to work when: planned, seen, not seen, away, taken off."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Q

from access.actor import Actor, NotYours, System, signed
from access.roles import Can, Role
from access.time import now
from accounts.models import Absence, Posting, Team, User
from accounts.workflow import CannotCover, go_away
from cases.models import next_reference
from govuk.times import exactly
from insight.models import ShiftPattern, ShiftPlan
from insight.staffing_shifts import Shift, hours_of
from workflow.transitions import NotNow, must_say, transition

State = ShiftPlan.State
PLANNED, SEEN, NOT_SEEN = State.PLANNED.value, State.SEEN.value, State.NOT_SEEN.value
ABSENT, TAKEN_OFF = State.ABSENT.value, State.TAKEN_OFF.value


@transition(target=PLANNED, may=Can.PLAN_STAFFING)
def plan_shift(plan: ShiftPlan, *, by: User, team: Team, person: User, day: date, shift: str) -> None:
    """Somebody is planned for a shift of their team."""
    hours = hours_of(day, *ShiftPattern.times(team.pk, shift, day))
    if hours.ends <= now():
        raise NotNow("That shift is over. Plan one that is still to come.")
    plan.team, plan.person, plan.day, plan.shift = team, person, day, shift
    plan.starts_at, plan.ends_at = hours.starts, hours.ends
    plan.role = _post_in(team, person, hours.starts)
    _is_there(person, hours.starts)
    _planned_once(plan)
    plan.reference, plan.planned_at, plan.planned_by = next_reference("SHF"), now(), by


def _post_in(team: Team, person: User, at: datetime) -> str:
    posts = Posting.objects.filter(person=person, team=team, person__is_active=True, starts__lte=at)
    post = posts.exclude(ends__lte=at).order_by("-starts", "-pk").first()
    if post is None:
        raise NotNow(f"{person} has no post in {team} on that day. Choose somebody who has.")
    return Role(post.role).value


def _is_there(person: User, at: datetime) -> None:
    away = Absence.at(at).filter(person=person).select_related("cover").order_by("-pk").first()
    if away is not None:
        raise NotNow(f"{person} is away then, until {exactly(away.ends)}; {away.cover} covers.")


def _planned_once(plan: ShiftPlan) -> None:
    others = ShiftPlan.objects.filter(person=plan.person, starts_at__lt=plan.ends_at, ends_at__gt=plan.starts_at)
    other = others.exclude(state=TAKEN_OFF).select_related("team").first()
    if other is not None:
        raise NotNow(f"{plan.person} is planned then already: {other.in_words}, {other.team}.")


@transition(source=[PLANNED, NOT_SEEN], target=TAKEN_OFF, may=Can.PLAN_STAFFING)
def take_off_plan(plan: ShiftPlan, *, by: User, because: str) -> None:
    """Somebody is taken off the plan: it was wrong, or has changed."""
    must_say(because, "why they are taken off the plan")
    _by_another(plan, by)
    plan.said_because, plan.said_at, plan.said_by = because.strip(), now(), by


@transition(source=PLANNED, target=SEEN, may=Can.PLAN_STAFFING)
def seen_on_shift(plan: ShiftPlan, *, by: System, seen_at: datetime, how: str) -> None:
    """Somebody who was planned is here."""
    plan.seen_at, plan.seen_how = seen_at, how


@transition(source=PLANNED, target=NOT_SEEN, may=Can.PLAN_STAFFING)
def missed_on_shift(plan: ShiftPlan, *, by: System) -> None:
    """Somebody was planned, and there has been no sign of them."""
    plan.not_seen_at = now()


@transition(source=NOT_SEEN, target=SEEN, may=Can.PLAN_STAFFING)
def came_late(plan: ShiftPlan, *, by: System, seen_at: datetime, how: str) -> None:
    """Somebody who had not been seen is here now."""
    plan.seen_at, plan.seen_how = seen_at, how


@transition(source=NOT_SEEN, target=SEEN, may=Can.PLAN_STAFFING)
def is_here_after_all(plan: ShiftPlan, *, by: User, because: str) -> None:
    """A supervisor says that they are here, and how they know."""
    must_say(because, "how you know that they are here")
    _by_another(plan, by)
    plan.seen_at, plan.seen_how = now(), "A supervisor said so"
    plan.said_because, plan.said_at, plan.said_by = because.strip(), now(), by


@transition(source=[PLANNED, NOT_SEEN], target=ABSENT, may=Can.PLAN_STAFFING)
def record_absence(plan: ShiftPlan, *, by: User, kind: str, ends: datetime, cover: User, because: str) -> None:
    """A supervisor says why somebody is not here, and who covers: from now on what they answer for goes to them."""
    _by_another(plan, by)
    if ends <= max(now(), plan.starts_at):
        raise NotNow("Say when they are back: a moment that is still to come.")
    try:
        go_away(plan.person, by=by, kind=kind, starts=plan.starts_at, ends=ends, cover=cover)
    except CannotCover as refusal:
        raise NotNow(str(refusal)) from refusal
    plan.absence_kind, plan.said_because, plan.said_at, plan.said_by = kind, because.strip(), now(), by


@transition(source=[PLANNED, NOT_SEEN], target=ABSENT, may=Can.PLAN_STAFFING)
def away_as_entered(plan: ShiftPlan, *, by: System, kind: str) -> None:
    """They are away, as somebody has entered, and somebody covers."""
    plan.absence_kind = kind


def _by_another(plan: ShiftPlan, by: Actor) -> None:
    if by.pk == plan.person_id:
        raise NotNow("It is about you: somebody else says it. Your own absence you enter on “My absence”.")


def set_pattern(
    *, by: User, team: Team | None, shift: str, begins: time, ends: time, from_day: date, because: str
) -> ShiftPattern:
    """A force says when a shift begins and ends, from a day on. Shifts planned before keep their hours.

    Raises NotYours, NotNow.
    """
    if not by.can(Can.PLAN_STAFFING):
        raise NotYours(f"You may not {Can.PLAN_STAFFING.label}.")
    must_say(because, "why it changes")
    if begins == ends:
        raise NotNow("A shift cannot begin and end at the same time.")
    with signed(by) as at:
        return ShiftPattern.objects.create(
            team=team, shift=Shift(shift), begins=begins, ends=ends, from_day=from_day, because=because.strip(), at=at,
            by=by,
        )  # fmt: skip


TO_LOOK_AT = Q(state__in=[PLANNED, NOT_SEEN])

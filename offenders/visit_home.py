"""What the home page says of visits, assessments and plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from access.roles import Can, Role
from accounts.duty import people_answered_for, posts_of
from accounts.models import User
from offenders import visit_day as day
from offenders.visit_patterns import visits_overdue
from offenders.visit_rows import to_visit
from sla.work import HOME, Share

FEW = 5
SUPERVISES = {Role.OFFENDER_SERGEANT, Role.OFFENDER_INSPECTOR}


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.MANAGE_OFFENDERS not in acts:
        return
    whose = people_answered_for(user)
    yield day.overdue(whose, at, FEW)
    yield day.not_seen(whose, FEW)
    yield day.due_soon(whose, at, FEW)
    yield day.to_be_assessed(whose, at, FEW)
    yield day.no_plan(whose, FEW)
    yield day.tasks(whose, at, FEW)
    if Can.SUPERVISE_OFFENDERS in acts:
        yield of_my_teams(user, at)


def of_my_teams(user: User, at: datetime) -> Share:
    """For a supervisor: whom nobody of their teams has visited in time."""
    teams = {post.team_id for post in posts_of(user) if post.role in SUPERVISES}
    rows = visits_overdue(at).filter(team__in=teams)
    found = [to_visit(each) for each in rows[:FEW]]
    return Share("Visits overdue in your teams", found, rows.count(), "/offenders/visits/?show=overdue")


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.MANAGE_OFFENDERS in acts:
        yield from day.returned(people_answered_for(user), FEW)


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)

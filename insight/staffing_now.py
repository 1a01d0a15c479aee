"""Planned against present, shift by shift; and when the shift that goes on ends."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from access.roles import Role
from accounts.models import Posting, Team, User
from insight.models import ShiftPattern, ShiftPlan
from insight.queues import QUEUES
from insight.staffing_shifts import Shift, hours_of
from sla.calendar import DAY

State = ShiftPlan.State
ROUND_THE_CLOCK = (Shift.EARLY, Shift.LATE, Shift.NIGHT)


def on_now(at: datetime) -> QuerySet[ShiftPlan]:
    """Shifts that go on at that moment. At exactly its end a shift is over, and the next has begun."""
    rows: QuerySet[ShiftPlan] = ShiftPlan.objects.filter(starts_at__lte=at, ends_at__gt=at)
    rows = rows.exclude(state=State.TAKEN_OFF).select_related("person", "team")
    return rows.order_by("starts_at", "role", "person__last_name", "pk")


@dataclass(frozen=True)
class Present:
    """One team in one shift that goes on: how many were planned, and of them how many are here, may still come, have
    not been seen and are away. `shift` empty = nobody is planned for this moment."""

    team: Team
    shift: str
    ends: datetime | None
    planned: int
    here: int
    expected: int
    not_seen: int
    away: int


def presence(at: datetime) -> list[Present]:
    """Every team that people are posted to, by name."""
    shifts: dict[tuple[int, str, datetime], Counter[str]] = defaultdict(Counter)
    for plan in on_now(at):
        shifts[plan.team_id, plan.get_shift_display(), plan.ends_at][str(plan.state)] += 1
    of_team: dict[int, list[tuple[str, datetime | None, Counter[str]]]] = defaultdict(list)
    for team, shift, ends in sorted(shifts, key=lambda key: (key[2], key[1])):
        of_team[team].append((shift, ends, shifts[team, shift, ends]))
    nobody: tuple[str, datetime | None, Counter[str]] = ("", None, Counter())
    return [_present(team, *each) for team in _teams() for each in of_team[team.pk] or [nobody]]


def _present(team: Team, shift: str, ends: datetime | None, counts: Counter[str]) -> Present:
    return Present(
        team,
        shift,
        ends,
        counts.total(),
        counts[State.SEEN.value],
        counts[State.PLANNED.value],
        counts[State.NOT_SEEN.value],
        counts[State.ABSENT.value],
    )


def _teams() -> list[Team]:
    """Inspectors of constabulary are nobody's to plan."""
    ours = Team.objects.filter(postings__isnull=False).exclude(postings__role=Role.INSPECTORATE)
    return list(ours.distinct().order_by("name"))


def shift_ends(team: Team, plans: Iterable[ShiftPlan], at: datetime) -> datetime:
    """When the shift that goes on ends: of those who are planned the last. Where nobody is, the early, late or night
    shift of the team's hours; and where these leave a gap, the day's end."""
    planned = [plan.ends_at for plan in plans]
    return max(planned) if planned else _by_the_hours(team, at)


def _by_the_hours(team: Team, at: datetime) -> datetime:
    today = timezone.localdate(at)
    for shift in ROUND_THE_CLOCK:
        for day in (today, today - DAY):
            hours = hours_of(day, *ShiftPattern.times(team.pk, shift, day))
            if hours.starts <= at < hours.ends:
                return hours.ends
    return hours_of(today, time.min, time.min).ends


def posted_to(team: Team, at: datetime) -> list[User]:
    """Whoever holds a post in the team at that moment."""
    posts = Posting.objects.filter(Q(ends=None) | Q(ends__gt=at), team=team, starts__lte=at, person__is_active=True)
    people = User.objects.filter(pk__in=posts.values("person"))
    return list(people.order_by("last_name", "first_name", "pk"))


@dataclass(frozen=True)
class Holds:
    """What one person holds, in every queue that says who has it."""

    total: int
    words: str
    too_much: str


def holds_of(person: int, held: Counter[tuple[str, int]], most_notices: int) -> Holds:
    mine = sorted((QUEUES[code].name, count, code) for (code, whose), count in held.items() if whose == person)
    words = ", ".join(f"{count} in {name}" for name, count, _ in mine)
    many = sum(count for _, count, code in mine if code == "notices") > most_notices
    too_much = f"More than {most_notices} notices: too many for one person." if many else ""
    return Holds(sum(count for _, count, _ in mine), words, too_much)

"""On the home page of a supervisor: who was planned and has not been seen, and why nobody has said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from access.roles import Can
from accounts.models import User
from insight.models import ShiftPlan
from insight.staffing_held import held_by
from insight.staffing_lengths import MOST_NOTICES
from insight.staffing_now import Holds, holds_of
from quality.whose import supervised_by
from sla.models import Clock
from sla.work import HOME, Share, Work, nearest_clocks

FEW = 5


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.PLAN_STAFFING not in acts:
        return
    rows = ShiftPlan.objects.filter(state=ShiftPlan.State.NOT_SEEN, person__in=supervised_by(user))
    found = list(rows.select_related("person").order_by("starts_at", "pk"))
    shown = found[:FEW]
    if not found:
        return
    held, clocks, (most, _) = held_by(), nearest_clocks(shown), MOST_NOTICES.in_force(at)
    yield Share(
        "Planned, and nobody has seen them",
        [_as_work(plan, user, clocks.get(plan.pk), holds_of(plan.person_id, held, most)) for plan in shown],
        len(found),
        reverse("staffing"),
    )


def _as_work(plan: ShiftPlan, user: User, clock: Clock | None, holds: Holds) -> Work:
    return Work(
        title=str(plan.person),
        url=plan.get_absolute_url(),
        reference=plan.reference,
        why=f"{plan.in_words}. Say why, and who covers",
        due=clock.due_at if clock else None,
        started=plan.starts_at,
        state=ShiftPlan.State(plan.state).label,
        owner=str(user),
        holds_up=f"They hold {holds.words}" if holds.total else "They hold nothing",
    )


HOME.needs_me.append(needs_me)

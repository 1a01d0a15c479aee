"""Sharing out who manages whom. Nothing moves until a supervisor confirms exactly what they were shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from access.actor import NotYours
from access.roles import Can
from accounts.models import User
from offenders.models import Nominal
from offenders.workflow.nominals import reallocate
from offenders.workflow.registrations import team_of_manager
from offenders.workload import Move
from offenders.workloads import Scope, plan_of
from workflow.transitions import NotNow, must_say


@dataclass(frozen=True)
class Confirmed:
    """What somebody was shown and says yes to."""

    scope: Scope
    fingerprint: str


def rebalance(confirmed: Confirmed, *, by: User, because: str) -> list[Nominal]:
    """Every move of the plan, or none of them. Raises NotNow where anything has changed since it was shown."""
    if not by.can(Can.SUPERVISE_OFFENDERS):
        raise NotYours(f"You may not {Can.SUPERVISE_OFFENDERS.label}.")
    must_say(because, "why they get other managers")
    with transaction.atomic():
        _hold(confirmed.scope)
        plan = plan_of(confirmed.scope)
        if plan.fingerprint != confirmed.fingerprint:
            raise NotNow("Somebody has changed who manages whom since this was shown. Look at it again.")
        if not plan.moves:
            raise NotNow("There is nothing to move.")
        return _carry_out(plan.moves, by, because)


def _hold(scope: Scope) -> None:
    """The rows stay as they are until this is done."""
    list(scope.nominals().select_for_update(of=("self",)).order_by("pk"))


def _carry_out(moves: Collection[Move], by: User, because: str) -> list[Nominal]:
    people = User.objects.in_bulk([move.to for move in moves])
    nominals = Nominal.objects.in_bulk([move.who.key for move in moves])
    teams = {key: team_of_manager(person) for key, person in people.items()}
    return [
        reallocate(nominals[move.who.key], by=by, manager=people[move.to], team=teams[move.to], because=because)
        for move in moves
    ]

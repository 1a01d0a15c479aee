"""A person's home, what they have been told, and how long everything may take."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from access.roles import Role
from access.time import now
from access.views import GuardedPage
from sla.inbox import acknowledge_kind, told
from sla.lengths import LENGTHS, NUMBERS, Basis, Length, Number
from sla.models import Clock, Setting
from sla.policy import DEADLINES, Deadline
from sla.work import HOME, Share

LATEST = datetime.max.replace(tzinfo=UTC)


class HomePage(GuardedPage):
    """What needs me now, what I have been told, what I hold up for somebody else."""

    may = None

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        at, acts = now(), user.acts()
        context = {
            "now": at,
            "needs_me": sorted(
                (share for provider in HOME.needs_me for share in provider(user, acts, at) if share.total),
                key=_most_urgent,
            ),
            "told": told(user),
            "holds_up": [share for provider in HOME.holds_up for share in provider(user, acts, at) if share.total],
        }
        return render(request, "home.html", context)


def _most_urgent(share: Share) -> tuple[bool, datetime]:
    """What has been due for longest comes first; what is due at no moment stands at the end, as the apps gave it."""
    due = [row.due for row in share.rows if row.due]
    return (not due, min(due, default=LATEST))


class Acknowledge(GuardedPage):
    """I have seen this. It stops no clock and tells nobody that the work is done."""

    may = None

    def post(self, request: HttpRequest, deadline: str, level: int) -> HttpResponse:
        up_to = request.POST.get("up_to", "")
        count = acknowledge_kind(deadline, level, int(up_to) if up_to.isdigit() else 0, by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"Acknowledged: {count}. The clocks run on.")
        return redirect("home")


class DeadlinesPage(GuardedPage):
    """Every deadline, its length, the authority it rests on, and who is told when."""

    may = None

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        troubled = Clock.running().exclude(trouble="").order_by("next_at")[:50]
        context = {
            "now": at,
            "deadlines": [_described(deadline, at) for deadline in DEADLINES.values()],
            "other_lengths": [_length(length, at) for length in _of_no_deadline()],
            "numbers": [_number(number, at) for number in NUMBERS.values()],
            "troubled": troubled,
        }
        return render(request, "sla/deadlines.html", context)


def _described(deadline: Deadline, at: datetime) -> dict[str, Any]:
    return {
        "code": deadline.code,
        "promise": deadline.promise,
        "lengths": [_length(length, at) for length in deadline.all_lengths()],
        "levels": _levels(deadline),
    }


def _length(length: Length, at: datetime) -> dict[str, Any]:
    value, setting = length.in_force(at)
    return {"value": length.in_words(value), **_rests_on(length, setting)}


def _of_no_deadline() -> list[Length]:
    """Lengths that run out on no clock: how long something works or can be had."""
    clocked = {length.name for deadline in DEADLINES.values() for length in deadline.all_lengths()}
    return [length for name, length in LENGTHS.items() if name not in clocked]


def _number(number: Number, at: datetime) -> dict[str, Any]:
    value, setting = number.in_force(at)
    return {"value": value, **_rests_on(number, setting)}


def _rests_on(length: Length | Number, setting: Setting | None) -> dict[str, Any]:
    return {
        "name": length.name,
        "basis": {Basis.LAW: "Law", Basis.GUIDANCE: "Guidance", Basis.LOCAL: "Local"}[length.basis],
        "source": f"Set on {setting.starts:%-d %B %Y}: {setting.because}" if setting else length.source,
        "is_our_default": length.is_our_default and setting is None,
    }


def _levels(deadline: Deadline) -> list[str]:
    return [f"{when[0].upper()}{when[1:]}: {_whom(role, other)}" for when, role, other in deadline.ladder.described()]


def _whom(role: Role, if_no_child: Role | None) -> str:
    return f"{role.label} ({if_no_child.label} where no child is concerned)" if if_no_child else str(role.label)

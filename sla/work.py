"""What a person's home page and the pages of records say about deadlines. Apps above tell it what their work is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from access.roles import Can, Role
from accounts.models import User
from govuk.times import exactly
from sla.models import Clock, Escalation
from sla.policy import DEADLINES
from workflow.models import Step
from workflow.transitions import TRANSITIONS


@dataclass(frozen=True)
class Work:
    """One piece of work as every queue shows it."""

    title: str
    url: str
    reference: str = ""
    why: str = ""
    due: datetime | None = None
    started: datetime | None = None
    child: str = ""
    grade: str | None = None
    state: str = ""
    state_kind: str = "waiting"
    owner: str = ""
    holds_up: str = ""
    key: Any = None


@dataclass(frozen=True)
class Share:
    """One group of work on somebody's home page: the first few, and how many there are."""

    heading: str
    rows: Sequence[Work]
    total: int
    url: str = ""


Provider = Callable[[User, set[Can], datetime], Iterable[Share]]


@dataclass
class Home:
    """Where apps say what waits for a person, and what a person holds up."""

    needs_me: list[Provider] = field(default_factory=list)
    holds_up: list[Provider] = field(default_factory=list)


HOME = Home()


def nearest_clocks(records: Iterable[Any], *, but_not: Collection[str] = ()) -> dict[Any, Clock]:
    """Record key -> the running clock that runs out first: what a list shows beside each record.

    `but_not`: deadlines that run beside the work of this list and are somebody else's.
    """
    keys = [record.pk for record in records]
    running = Clock.running().filter(record__in=keys).exclude(deadline__in=but_not).order_by("-due_at", "-pk")
    return {clock.record: clock for clock in running}


def clocks_of(record: Any) -> list[dict[str, Any]]:
    """The running clocks of a record, nearest first, with whom the next level tells."""
    return [panel_of(clock) for clock in Clock.running().filter(record=record.pk).order_by("due_at", "pk")]


def panel_of(clock: Clock) -> dict[str, Any]:
    """A running clock as the page of a record shows it."""
    deadline = DEADLINES.get(clock.deadline)
    next_role = deadline.ladder.role(clock, clock.level) if deadline and clock.next_at else None
    return {
        "name": f"{promise_of(clock.deadline)} ({clock.deadline})",
        "what_for": "",
        "due": clock.due_at,
        "started": clock.started_at,
        "next_tells": f"the {_in_a_sentence(next_role)}" if next_role else "",
        "next_at": clock.next_at,
    }


def _in_a_sentence(role: Role) -> str:
    label = str(Role(role).label)
    return label if label.startswith("MASH") else label[0].lower() + label[1:]


def timeline_of(record: Any) -> list[dict[str, Any]]:
    """Everything that was done and everybody who was told, newest first."""
    return timeline_of_all([record])


def timeline_of_all(records: Sequence[Any]) -> list[dict[str, Any]]:
    """The same of several records together, in as many statements as of one. What is not of the first says of which."""
    names = {record.pk: f": {record}" for record in records[1:]}
    done = Step.objects.filter(record__in=[record.pk for record in records]).order_by("at", "pk").select_related("by")
    steps = [(step.record, _step_entry(step)) for step in done]
    told = Escalation.objects.filter(clock__record__in=[record.pk for record in records]).select_related("clock")
    told = told.prefetch_related("notifications__person", "notifications__acknowledged_by")
    levels = [(level.clock.record, _level_entry(level)) for level in told]
    entries = [{**entry, "title": entry["title"] + names.get(key, "")} for key, entry in [*steps, *levels]]
    return sorted(entries, key=lambda entry: entry["when"], reverse=True)


def _step_entry(step: Step) -> dict[str, Any]:
    doc = (
        (TRANSITIONS[step.transition].__doc__ or step.transition) if step.transition in TRANSITIONS else step.transition
    )
    return {
        "title": doc.strip().split(".")[0],
        "when": step.at,
        "by": f"by {step.by}" if step.by else f"by Longstop ({step.by_system})",
        "lines": [f"{_words(name)}: {_plain(fact)}" for name, fact in step.facts.items() if _says_something(fact)],
        "kind": "",
    }


def _level_entry(escalation: Escalation) -> dict[str, Any]:
    told = list(escalation.notifications.all())
    seen = [f"Acknowledged by {each.acknowledged_by}" for each in told if each.acknowledged_by]
    return {
        "title": f"{promise_of(escalation.clock.deadline)}: {level_in_words(escalation, escalation.clock.deadline)}",
        "when": escalation.raised_at,
        "by": "told " + ", ".join(str(each.person) for each in told),
        "lines": seen,
        "kind": "Overdue" if escalation.percent is None or escalation.percent >= 100 else "Running out",
    }


def promise_of(code: str) -> str:
    """What a deadline promises, in words; one that a later version no longer knows keeps its code and stays visible."""
    return DEADLINES[code].promise if code in DEADLINES else code


def level_in_words(escalation: Escalation, deadline: str) -> str:
    """What a level of this deadline says: how much of the time had gone, or how often the duty had not been done."""
    if deadline not in DEADLINES:
        return f"level {escalation.level}"
    return DEADLINES[deadline].ladder.said(escalation.level - 1)


CODE = re.compile(r"[a-z]+(_[a-z]+)+")
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")


def _says_something(fact: Any) -> bool:
    """To somebody who reads it: a key of another record says nothing."""
    return isinstance(fact, str) and bool(fact) and not KEY.fullmatch(fact)


def _plain(fact: str) -> str:
    """A code, such as not_needed, as words; a moment by the local clock."""
    if MOMENT.fullmatch(fact):
        return exactly(datetime.fromisoformat(fact))
    return fact.replace("_", " ") if CODE.fullmatch(fact) else fact


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()

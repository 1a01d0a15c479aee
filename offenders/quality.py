"""How good a risk management plan is, out of 100, and what is missing. Counted from named criteria that the author and
the supervisor both see; the weights are ours: no authority has published any. It decides nothing by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from offenders.stock_phrases import is_stock, plain


@dataclass(frozen=True)
class TaskText:
    """A task of the plan, as far as its quality goes. `is_shared`: the plan of somebody else says the same."""

    pillar: str
    what: str
    owner: str
    due_at: datetime | None
    is_shared: bool = False


@dataclass(frozen=True)
class PlanText:
    """A plan, as far as its quality goes. `pillars`: code -> heading; `priorities`: factors the assessment says the
    plan must do something about."""

    pillars: Mapping[str, str]
    tasks: Sequence[TaskText]
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    priorities: Sequence[str] = ()
    answers_an_assessment: bool = False
    contingency: str = ""
    licence_conditions: str = ""
    interval_because: str = ""


@dataclass(frozen=True)
class Criterion:
    """One thing a plan is scored by. `missing`: what to do about it; empty = nothing."""

    name: str
    worth: int
    got: int
    missing: str = ""


@dataclass(frozen=True)
class Quality:
    criteria: Sequence[Criterion]

    @property
    def score(self) -> int:
        return sum(each.got for each in self.criteria)

    @property
    def missing(self) -> list[str]:
        return [each.missing for each in self.criteria if each.missing]


FEWEST_WORDS = 4
"""A task of fewer words cannot say what is done about one person. Ours."""
CHILD = frozenset({"child", "children", "grandchild", "grandchildren", "son", "daughter", "niece", "nephew", "school"})


def has_own_words(task: TaskText) -> bool:
    """It is no stock phrase, nobody else's text, and long enough to be about one person."""
    return not is_stock(task.what) and not task.is_shared and len(plain(task.what).split()) >= FEWEST_WORDS


def empty_pillars(plan: PlanText) -> list[str]:
    """Headings under which nothing is done for this person, and no reason is given why not."""
    return [
        heading
        for code, heading in plan.pillars.items()
        if not plan.not_applicable.get(code, "").strip()
        and not any(has_own_words(task) for task in plan.tasks if task.pillar == code)
    ]


def quality_of(plan: PlanText) -> Quality:
    return Quality([_pillars(plan), _own_words(plan), _owners(plan), _priorities(plan), *_said(plan), _child(plan)])


def _part(worth: int, got: int, of: int) -> int:
    return worth if got == of else worth * got // of


def _pillars(plan: PlanText) -> Criterion:
    empty, of = empty_pillars(plan), len(plan.pillars)
    missing = f"Say what is done under: {', '.join(empty)}" if empty else ""
    return Criterion(
        "Each pillar has a task of its own, or a reason why not", 30, _part(30, of - len(empty), of), missing
    )


def _own_words(plan: PlanText) -> Criterion:
    own = [task for task in plan.tasks if has_own_words(task)]
    name = "Tasks are written for this person"
    if not plan.tasks:
        return Criterion(name, 20, 0, "Write what is done, by whom and by when")
    stock = [task.what for task in plan.tasks if not has_own_words(task)]
    missing = f"Could be about anybody: {'; '.join(stock)}" if stock else ""
    return Criterion(name, 20, _part(20, len(own), len(plan.tasks)), missing)


def _owners(plan: PlanText) -> Criterion:
    whole = [task for task in plan.tasks if task.owner.strip() and task.due_at]
    name = "Each task says who does it and by when"
    if not plan.tasks:
        return Criterion(name, 10, 0)
    missing = "" if len(whole) == len(plan.tasks) else "Say of each task who does it and by when"
    return Criterion(name, 10, _part(10, len(whole), len(plan.tasks)), missing)


def _priorities(plan: PlanText) -> Criterion:
    name = "Every priority of the assessment is answered"
    if not plan.answers_an_assessment:
        return Criterion(name, 15, 0, "Say which assessment the plan answers")
    words = set(plain(" ".join(task.what for task in plan.tasks)).split())
    left = [label for label in plan.priorities if not words & _words_of(label)]
    if not plan.priorities:
        return Criterion(name, 15, 15)
    missing = f"No task names: {', '.join(left)}" if left else ""
    return Criterion(name, 15, _part(15, len(plan.priorities) - len(left), len(plan.priorities)), missing)


def _words_of(label: str) -> set[str]:
    return {word for word in plain(label).split() if len(word) > FEWEST_WORDS}


def _said(plan: PlanText) -> list[Criterion]:
    asked = [
        ("There is a contingency plan", 10, plan.contingency, "Say what happens if it goes wrong"),
        (
            "The licence conditions are written down",
            5,
            plan.licence_conditions,
            "Write the licence conditions, or “none”",
        ),
        ("The interval between visits has a reason", 5, plan.interval_because, "Say why you visit as often as that"),
    ]
    return [
        Criterion(name, worth, worth, "") if words.strip() else Criterion(name, worth, 0, missing)
        for name, worth, words, missing in asked
    ]


def _child(plan: PlanText) -> Criterion:
    name = "A child is considered"
    every = " ".join([*(task.what for task in plan.tasks), *plan.not_applicable.values(), plan.contingency])
    if set(plain(every).split()) & CHILD:
        return Criterion(name, 5, 5)
    return Criterion(name, 5, 0, "Say what is done for the children around them, or that there are none")

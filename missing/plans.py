"""What a return interview told goes into the child's trigger plan, by way of the app that keeps those plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from cases.models import Person
from missing.models import InterviewRequest


def add_to_plan(person: Person, learned: Sequence[tuple[str, str]], interview: InterviewRequest, by: User) -> bool:
    """Add each (kind, text) to the plan of this child. False = there is no plan to add to."""
    add: Any = _adder()
    return bool(add and add(person, learned, says=interview.reference, by=by))


def _adder() -> Any:
    from cohort import workflow

    return getattr(workflow, "add_to_trigger_plan", None)

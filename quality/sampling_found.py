"""What a sample is drawn from: work that was done in some days, found by the steps that people made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from access.guarded import Guarded
from missing.models import Episode
from missing.workflow import report
from ppn.models import Ppn, State
from ppn.workflow import assess, file, submit
from quality.codes import Of
from sla.calendar import local
from triage.models import Incident
from triage.workflow import take_call
from workflow.models import Step
from workflow.transitions import Transition

MODELS: dict[str, type[Guarded]] = {Of.INCIDENT: Incident, Of.NOTICE: Ppn, Of.EPISODE: Episode}


@dataclass(frozen=True)
class Days:
    """From the first moment of a day until the first moment of another, by the local clock."""

    first: date
    after: date

    def __str__(self) -> str:
        return f"from {self.first:%-d %B %Y} to before {self.after:%-d %B %Y}"


@dataclass(frozen=True)
class Found:
    """One record that may be drawn, and who did the work."""

    record: Any
    stratum: str
    author: int | None
    worked_at: datetime


@dataclass(frozen=True)
class Work:
    """Work of one kind. `verb`: the step that puts it into these days; `whose`: the step that says whose it is."""

    model: type[Guarded]
    verb: Transition[Any, Any]
    whose: Transition[Any, Any]
    stratum: Callable[[Any], str]
    only: Mapping[str, Any] = field(default_factory=dict)

    def steps(self, days: Days, person: int | None = None) -> dict[UUID, Step]:
        """Record -> the step of whoever did the work; of this person alone, or of everybody."""
        done = Step.objects.filter(transition=self.verb.name, at__gte=local(days.first), at__lt=local(days.after))
        of = Step.objects.filter(transition=self.whose.name, record__in=done.values("record"))
        last = {step.record: step for step in of.order_by("at", "pk")}
        return {key: step for key, step in last.items() if person is None or step.by_id == person}

    def people(self, days: Days) -> set[int]:
        """Everybody here who did any of it."""
        return {step.by_id for step in self.steps(days).values() if step.by_id}

    def found(self, days: Days, person: int | None = None) -> list[Found]:
        steps = self.steps(days, person)
        rows = self.model.objects.filter(pk__in=list(steps), **self.only).order_by("reference")
        return [Found(each, self.stratum(each), steps[each.pk].by_id, steps[each.pk].at) for each in rows]


CALLS_TAKEN = Work(Incident, take_call, take_call, lambda incident: str(incident.child_shown))
"""By who took the call. One that came out of a file was taken by nobody here."""
NOTICES_WRITTEN = Work(Ppn, submit, submit, lambda ppn: str(ppn.child))
NOTICES_FILED = Work(Ppn, file, assess, lambda ppn: str(ppn.grade), only={"state": State.FILED})
"""Filed in these days and filed still, by who reviewed them. The stratum is the officer's grade: the co-ordinator's
would tell a second reviewer what was decided."""
CHILDREN_REPORTED = Work(Episode, report, report, lambda episode: str(episode.risk))

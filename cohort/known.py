"""What is kept of a child before they go missing, for the pages on which somebody acts at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.models import Person
from cohort.models import CohortEntry, PhilomenaForm, RiskPlan, TriggerPlan

OPEN = [CohortEntry.State.PROPOSED.value, CohortEntry.State.IN_COHORT.value]


@dataclass(frozen=True)
class KnownBefore:
    """What is current of one child; None where there is none, or where the acting person may not see it.

    `entry` may be only a proposal: ask `in_cohort`.
    """

    entry: CohortEntry | None = None
    trigger_plan: TriggerPlan | None = None
    philomena: PhilomenaForm | None = None
    risk_plan: RiskPlan | None = None

    @property
    def in_cohort(self) -> bool:
        return self.entry is not None and self.entry.is_in_cohort


def known_before(person: Person) -> KnownBefore:
    """What is kept of this child, over all records of them, as far as the acting person may see. Four statements."""
    return known_before_each([person])[person.same_as_id]


def known_before_each(people: Iterable[Person]) -> dict[UUID, KnownBefore]:
    """By the key of the record that stands for the person (`same_as_id`). As many statements for many as for one."""
    roots = {person.same_as_id for person in people}
    if not roots:
        return {}
    entries = CohortEntry.objects.filter(person__same_as__in=roots, state__in=OPEN)
    entries = entries.select_related("person", "authority", "lead").order_by("proposed_at", "pk")
    # Of two for one child, as two records may have had before they were joined: who is in goes before who is proposed.
    entry = {each.person.same_as_id: each for each in sorted(entries, key=lambda each: each.is_in_cohort)}
    trigger = _current(TriggerPlan, roots, "written_at", "author")
    form = _current(PhilomenaForm, roots, "received_at", "received_by")
    plans = RiskPlan.objects.filter(entry__person__same_as__in=roots, state=RiskPlan.State.CURRENT)
    plans = plans.select_related("entry__person", "updated_by").order_by("started_at", "pk")
    plan = {each.entry.person.same_as_id: each for each in plans}
    return {root: KnownBefore(entry.get(root), trigger.get(root), form.get(root), plan.get(root)) for root in roots}


def _current(model: Any, roots: set[UUID], order: str, by: str) -> dict[UUID, Any]:
    rows = model.objects.filter(person__same_as__in=roots, state="current").select_related("person", by)
    return {each.person.same_as_id: each for each in rows.order_by(order, "pk")}

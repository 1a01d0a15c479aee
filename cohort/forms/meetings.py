"""What is asked of a monthly meeting: its time, who was there, and what was decided for each child."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from cohort.models import CohortEntry
from cohort.workflow import ChildDecision
from govuk.fields import MomentField
from strategy.forms.asking import area
from workflow.views import TransitionForm


class TimeForm(TransitionForm):
    planned_for = MomentField(label="When will it be held?")
    because = forms.CharField(label="If it is moved: why?", required=False, widget=area(2))


class CancelForm(TransitionForm):
    because = forms.CharField(label="Why is the meeting not held?", widget=area(3))


class HoldForm(TransitionForm):
    """A meeting that was held. `attendees` is the formset of the people; `offer` adds two boxes for each child."""

    held_at = MomentField(label="When was it held?", offer_now=True)
    next_at = MomentField(
        label="When is the next meeting?", required=False, help_text="Empty means that no time was set yet"
    )

    attendees: Any = None
    children: Sequence[CohortEntry] = ()

    @classmethod
    def gives(cls) -> set[str]:
        return {"held_at", "attendees", "decisions", "next_at"}

    def offer(self, children: Sequence[CohortEntry]) -> None:
        """Each child of the authority in the cohort is decided on; for those proposed a decision may be written."""
        self.children = children
        for child in children:
            name, last = child.person.name, "" if child.is_in_cohort else " Not in the cohort yet: it may stay empty."
            self.fields[f"decided_{child.pk}"] = forms.CharField(
                label=f"{name}: what was decided?",
                required=False,
                widget=area(3),
                help_text=f"{child.reference}.{last}",
            )
            self.fields[f"not_{child.pk}"] = forms.CharField(
                label=f"{name}: if not discussed, why?", required=False, widget=area(1)
            )

    def clean(self) -> Any:
        said = super().clean() or {}
        for child in self.children:
            decided, why_not = said.get(f"decided_{child.pk}", ""), said.get(f"not_{child.pk}", "")
            if decided.strip() and why_not.strip():
                self.add_error(f"not_{child.pk}", f"{child.person}: either a decision or why there was none, not both")
            if child.is_in_cohort and not decided.strip() and not why_not.strip():
                self.add_error(
                    f"decided_{child.pk}", f"Say what was decided for {child.person}, or why they were not discussed"
                )
        return said

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.attendees.is_valid()])

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        decisions = [
            ChildDecision(child, said[f"decided_{child.pk}"], said[f"not_{child.pk}"])
            for child in self.children
            if said[f"decided_{child.pk}"].strip() or said[f"not_{child.pk}"].strip()
        ]
        about = {"held_at": said["held_at"], "next_at": said["next_at"]}
        return {**about, "attendees": self.attendees.people(), "decisions": decisions}

    def when(self) -> list[Any]:
        return [self["held_at"]]

    def about_children(self) -> list[Any]:
        return [field for field in self if field.name not in ("held_at", "next_at")]

"""For which records a strategy meeting can be asked. The app that owns a record says how the request is filled in
beforehand; what the acting person may not see is not there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from access.guarded import Guarded
from strategy.models import MeetingChild, StrategyMeeting
from strategy.workflow import About, Child


@dataclass(frozen=True)
class Prefill:
    """What is known already when somebody asks for a meeting. `children`: those it may be about, all ticked."""

    about: About | None = None
    why: str = ""
    children: Sequence[Child] = ()
    risk_is_immediate: str = ""
    follows: StrategyMeeting | None = None


NOTHING = Prefill()


@dataclass
class Subjects:
    """Every kind of record that a meeting can be asked for."""

    by_kind: dict[str, tuple[type[Guarded], Callable[[Any], Prefill]]] = field(default_factory=dict)

    def register(self, model: type[Guarded], prefill: Callable[[Any], Prefill]) -> None:
        """A meeting can be asked for records of this model. `prefill` is called as the acting person, with a record
        that they may see."""
        self.by_kind[model._meta.label_lower] = (model, prefill)

    def find(self, address: str) -> Prefill:
        """From "kind:key", as `/strategy/new/?about=` has it. A hidden record is a 404, as if it were not there."""
        kind, _, key = address.partition(":")
        if kind not in self.by_kind:
            raise Http404("No strategy meeting is asked for records of this kind")
        model, prefill = self.by_kind[kind]
        return prefill(get_object_or_404(model.objects.all(), pk=_uuid(key)))


SUBJECTS = Subjects()


def after(key: str) -> Prefill:
    """The next discussion after this one: about the same children, in the same case."""
    meeting = get_object_or_404(StrategyMeeting.objects.all(), pk=_uuid(key))
    rows = MeetingChild.objects.filter(meeting=meeting).select_related("person").order_by("name", "pk")
    return Prefill(
        why=meeting.why,
        children=[Child(row.name, row.person) for row in rows],
        risk_is_immediate=meeting.risk_is_immediate,
        follows=meeting,
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404("Not a key") from error

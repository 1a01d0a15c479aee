"""Which records may hold documents. Apps above say so; a document is seen by whoever may see its record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from access.actor import Actor, NotYours
from access.guarded import Guarded
from access.roles import Can
from cases.models import Case


def _case(record: Any) -> Case | None:
    found: Case | None = record.case
    return found


@dataclass(frozen=True)
class Holder:
    """One model whose records hold documents: the acts for adding one and for seeing them, and the case they follow.

    `no_images`: no picture is ever added to one of these, in whatever file.
    """

    model: type[Guarded]
    may_add: Can
    may_see: Can
    case: Callable[[Any], Case | None] = _case
    no_images: bool = False

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower

    def get(self, key: UUID) -> Any:
        """The record, if the acting person may see it; 404 otherwise."""
        return get_object_or_404(self.model.objects.all(), pk=key)

    def must_let_see(self, who: Actor) -> None:
        if not who.can(self.may_see):
            raise NotYours(f"You may not {self.may_see.label}.")

    def must_let_add(self, who: Actor) -> None:
        self.must_let_see(who)
        if not who.can(self.may_add):
            raise NotYours(f"You may not {self.may_add.label}.")


@dataclass
class Holders:
    """Every kind of record that may hold documents."""

    by_kind: dict[str, Holder] = field(default_factory=dict)
    words_only: list[Callable[[Any], bool]] = field(default_factory=list)
    """Apps above say of which other records no picture may be kept: a notice or a meeting about one of theirs."""

    def register(
        self,
        model: type[Guarded],
        *,
        may_add: Can = Can.ADD_DOCUMENT,
        may_see: Can | None = None,
        case: Callable[[Any], Case | None] = _case,
        no_images: bool = False,
    ) -> None:
        """Records of this model may hold documents. Without `may_see` they are seen by those who may add one.

        The model needs `reference`, `team`, `get_absolute_url` and a `case` (or say where it is).
        """
        holder = Holder(model, may_add, may_see or may_add, case, no_images)
        self.by_kind[holder.kind] = holder

    def of(self, record: Guarded) -> Holder | None:
        return self.by_kind.get(record._meta.label_lower)

    def takes_no_images(self, record: Guarded) -> bool:
        """Whether no picture may ever be added to this record."""
        holder = self.of(record)
        return bool(holder and holder.no_images) or any(says(record) for says in self.words_only)


HOLDERS = Holders()

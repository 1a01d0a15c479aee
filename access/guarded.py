"""Need-to-know at the only door there is: the default manager.

`Model.objects` hands out what the acting person may see, and nothing at all while nobody is acting. Every record
it hands over is noted, so that the consultation ledger is complete without any view having to remember it.
"""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models

from access.actor import Actor, NoActor, System, current


class GuardedQuerySet(models.QuerySet[Any]):
    """Records that the acting person may see."""

    def update(self, **values: Any) -> int:
        if "state" in values:
            raise TypeError("a state changes only through a transition; see the app's workflow.py")
        return super().update(**values)

    def values(self, *fields: Any, **expressions: Any) -> Any:
        return self._plain_rows(super().values(*fields, **expressions))

    def values_list(self, *fields: Any, **options: Any) -> Any:
        return self._plain_rows(super().values_list(*fields, **options))

    def _plain_rows(self, rows: Any) -> Any:
        """Rows without their key cannot be entered in the ledger; only figures may be read that way (`figures`)."""
        if not getattr(self, "_only_figures", False):
            raise TypeError(
                f"{self.model.__name__}: read records, or say .figures() where no person can be told from it"
            )
        return rows

    def figures(self) -> Self:
        """For counts, keys and dates only: what is read this way is not entered in the consultation ledger."""
        rows = self._chain()  # type: ignore[attr-defined]
        rows._only_figures = True
        return rows  # type: ignore[no-any-return]

    def _clone(self) -> Any:
        copy = super()._clone()  # type: ignore[misc]
        copy._only_figures = getattr(self, "_only_figures", False)
        return copy


class Sealed(GuardedQuerySet):
    """What you get while nobody is acting: it can be described, never opened.

    Forms and filters capture a queryset when Python imports them. `.all()` is how they ask for a fresh one per
    request, so that is where the seal lifts.
    """

    def all(self) -> Any:
        return self.model._default_manager.all() if current() else super().all()

    def _sealed(self, *args: Any, **kwargs: Any) -> Any:
        raise NoActor(f"{self.model.__name__}: wrap this in access.actor.acting(...)")

    _fetch_all = iterator = count = exists = aggregate = update = delete = _sealed
    bulk_create = bulk_update = resolve_expression = _sealed


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """The door. A hidden record is not there: `get` raises DoesNotExist, which a page answers with 404."""

    def get_queryset(self) -> models.QuerySet[Any]:
        stretch = current()
        if stretch is None:
            return Sealed(self.model, using=self._db)
        rows: models.QuerySet[Any] = super().get_queryset()
        return rows if isinstance(stretch.who, System) else rows.filter(self.model.visible_to(stretch.who))


class Guarded(models.Model):
    """A record seen only by those who need to know."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    objects = GuardedManager()

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, who: Actor) -> models.Q:
        """Which of these records this person may see. The one definition: lists, pages, forms and exports use it."""
        raise NotImplementedError(f"{cls.__name__} must say who may see it")

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **options: Any) -> Self:
        record = super().from_db(db, field_names, values, **options)
        if stretch := current():
            stretch.handed_over.setdefault(cls._meta.label_lower, set()).add(record.pk)
        return record

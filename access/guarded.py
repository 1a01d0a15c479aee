"""Need-to-know at the only door there is: the default manager.

`Model.objects` hands out what the acting person may see, and nothing at all while nobody is acting. Every record
it hands over is noted, so that the consultation ledger is complete without any view having to remember it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, Self

from django.db import models
from django.db.models.sql import AND, Query

from access.actor import Actor, NoActor, current


class GuardedQuery(Query):
    """A query that is never put to the database while nobody acts, nor if it was made before anybody did.

    Whatever Django does with a queryset (fetch, count, exists, a subquery, an async loop) ends in `get_compiler`.
    """

    made_for_nobody = False

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        if current() is None or self.made_for_nobody:
            raise NoActor(f"{self.model.__name__ if self.model else 'a record'}: wrap this in access.actor.acting(...)")
        return super().get_compiler(*args, **kwargs)


class GuardedQuerySet(models.QuerySet[Any]):
    """Records that the acting person may see."""

    def __init__(self, model: Any = None, query: Any = None, using: str | None = None, hints: Any = None) -> None:
        super().__init__(model, query or GuardedQuery(model), using, hints)

    def all(self) -> Any:
        """Forms and filters capture a queryset when Python imports them, with nobody acting. `.all()` is how they ask
        for a fresh one per request, so that is where the seal lifts: the same conditions, for whoever acts now."""
        if not getattr(self.query, "made_for_nobody", False) or current() is None:
            return super().all()
        fresh = self.model._default_manager.all()
        fresh.query.combine(self.query, AND)
        return fresh

    def update(self, **values: Any) -> int:
        if "state" in values:
            raise TypeError("a state changes only through a transition; see the app's workflow.py")
        self._somebody_acts()
        return super().update(**values)

    def _update(self, values: Any) -> Any:
        self._somebody_acts()
        return super()._update(values)  # type: ignore[misc]

    def delete(self) -> Any:
        self._somebody_acts()
        return super().delete()

    def bulk_create(self, *args: Any, **options: Any) -> Any:
        self._somebody_acts()
        return super().bulk_create(*args, **options)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        if "state" in fields:
            raise TypeError("a state changes only through a transition; see the app's workflow.py")
        self._somebody_acts()
        return super().bulk_update(objs, fields, batch_size)

    def raw(self, *args: Any, **options: Any) -> Any:
        """Rows found by hand-written SQL, without those that the acting person may not see."""
        self._somebody_acts()
        found = list(super().raw(*args, **options))
        may_see = self.model._default_manager.filter(pk__in=[record.pk for record in found]).figures()
        keys = set(may_see.values_list("pk", flat=True))
        return [record for record in found if record.pk in keys]

    def _somebody_acts(self) -> None:
        if current() is None or getattr(self.query, "made_for_nobody", False):
            raise NoActor(f"{self.model.__name__}: wrap this in access.actor.acting(...)")

    def values(self, *fields: Any, **expressions: Any) -> Any:
        return self._plain_rows(super().values(*fields, **expressions))

    def values_list(self, *fields: Any, **options: Any) -> Any:
        return self._plain_rows(super().values_list(*fields, **options))

    def _plain_rows(self, rows: Any) -> Any:
        """Rows without their key cannot be entered in the ledger; only figures may be read that way (`figures`)."""
        if not getattr(self, "_only_figures", False):
            raise TypeError(f"{self.model.__name__}: read records, or .figures() where no person can be told from it")
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


Also = Callable[[type[models.Model], Actor], models.Q]
ALSO: list[Also] = []
"""What else has to hold for a record to be handed out, whatever its model: a replay asks who may see it today."""


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """The door. A hidden record is not there: `get` raises DoesNotExist, which a page answers with 404."""

    def get_queryset(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = super().get_queryset()
        stretch = current()
        if stretch is None:
            rows.query.made_for_nobody = True  # type: ignore[attr-defined]
            return rows
        if stretch.who.sees_everything:
            return rows
        seen = self.model.given_to if stretch.who.is_outside else self.model.visible_to
        return rows.filter(seen(stretch.who), *(also(self.model, stretch.who) for also in ALSO))

    def bulk_create(self, *args: Any, **options: Any) -> Any:
        """New rows are hidden from nobody who adds them: no need to work out who may see the others."""
        return super().get_queryset().bulk_create(*args, **options)

    def create(self, **values: Any) -> Any:
        return super().get_queryset().create(**values)


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
    def given_to(cls, outsider: Actor) -> models.Q:
        """Which of these records a partner agency was given. Nothing is, unless the model says so."""
        return models.Q(pk__in=[])

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **options: Any) -> Self:
        record = super().from_db(db, field_names, values, **options)
        if stretch := current():
            stretch.handed_over.setdefault(cls._meta.label_lower, set()).add(record.pk)
        return record

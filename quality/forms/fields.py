"""Fields that several forms of the work on quality share."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from access.roles import Can
from access.time import now
from accounts.duty import who_may_do
from accounts.models import Posting, User
from workflow.views import TransitionForm


class StaffChoice(forms.ModelChoiceField):
    """Somebody of the force; with an act, somebody whose post lets them do it. Asked anew each time it is shown."""

    def __init__(self, act: Can | None = None, **options: Any) -> None:
        self.act = act
        super().__init__(User.objects.none(), **{"empty_label": "Choose somebody", **options})

    def offer(self) -> None:
        self.queryset = who_may_do(self.act) if self.act else everybody_posted()


def everybody_posted() -> Any:
    """Whoever holds a post now."""
    posted = Posting.objects.filter(Q(ends=None) | Q(ends__gt=now()), starts__lte=now()).values("person")
    return User.objects.filter(is_active=True, is_outside=False, pk__in=posted).order_by("last_name", "first_name")


class OfferingForm(TransitionForm):
    """A form that names somebody of the force."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, StaffChoice):
                field.offer()


class OfForm(OfferingForm):
    """A form for a new record that belongs to another, `of`, which the page knows and nobody types."""

    of: ClassVar[str]
    owner: Any = None

    @classmethod
    def gives(cls) -> set[str]:
        return set(cls.base_fields) | {cls.of}

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, self.of: self.owner}

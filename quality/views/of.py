"""A page that makes a new record belonging to another one, whose key is in its address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from access.guarded import Guarded
from workflow.views import CreatePage


class CreateOf(CreatePage):
    """`of`: the model of the record it belongs to; one that the person may not see is a 404."""

    of: ClassVar[type[Guarded]]

    @cached_property
    def owner(self) -> Any:
        return get_object_or_404(self.of.objects.all(), pk=self.kwargs["pk"])

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.owner = self.owner
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "reference": self.owner.reference}

    def cancel_url(self) -> str:
        url: str = self.owner.get_absolute_url()
        return url

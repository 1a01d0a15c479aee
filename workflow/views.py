"""A page with one form that makes one transition: its permission and its facts are the transition's own."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from access.guarded import Guarded
from access.views import GuardedPage
from workflow.transitions import NotNow, Transition


class TransitionForm(forms.Form):
    """A form whose fields are the facts of a transition. Where they differ, it overrides `gives` and `facts`."""

    @classmethod
    def gives(cls) -> set[str]:
        """Names of the facts this form gives; a start-up check holds them against the transition."""
        return set(cls.base_fields)

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class TransitionPage(GuardedPage, FormView):  # type: ignore[type-arg]
    """Asks for the facts and makes the transition. What was typed is never lost: a refusal shows the form again."""

    transition: ClassVar[Transition[Any, Any]]
    model: ClassVar[type[Guarded]]
    form_class: type[TransitionForm] = TransitionForm
    template_name = "transition.html"
    title = ""
    button = "Save"

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "transition" in cls.__dict__:
            cls.may = cls.transition.may

    @cached_property
    def record(self) -> Any:
        """The record the page is about: 404 when it is hidden; a new one, with the key the form carries, when it creates."""
        return get_object_or_404(self.model.objects.all(), pk=self.kwargs["pk"])

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            record = self.transition(self.record, by=self.request.user, **form.facts())
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect(self.next_page(record))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def next_page(self, record: Any) -> str:
        url: str = record.get_absolute_url()
        return url

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, title=self.title, button=self.button, **context)

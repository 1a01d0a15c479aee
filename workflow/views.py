"""A page with one form that makes one transition: its permission and its facts are the transition's own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView

from access.actor import NotYours
from access.guarded import Guarded
from access.roles import who_may
from access.time import now
from access.views import GuardedPage
from workflow.transitions import ONLY_LOOKS, NotNow, Transition


class TransitionForm(forms.Form):
    """A form whose fields are the facts of a transition. Where they differ, it overrides `gives` and `facts`."""

    @classmethod
    def gives(cls) -> set[str]:
        """Names of the facts this form gives; a start-up check holds them against the transition."""
        return set(cls.base_fields)

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def as_typed(form: forms.Form) -> Any:
    """The form again with everything that was typed and no errors: nobody has asked to save it yet."""
    form._errors = ErrorDict()  # type: ignore[attr-defined] # where Django keeps what it has found
    return form


class TransitionPage(GuardedPage, FormView):  # type: ignore[type-arg]
    """Asks for the facts and makes the transition. What was typed is never lost: a refusal shows the form again."""

    transition: ClassVar[Transition[Any, Any]]
    model: ClassVar[type[Guarded]]
    form_class: type[TransitionForm] = TransitionForm
    template_name = "transition.html"
    title = ""
    button = "Save"
    lead = ""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "transition" in cls.__dict__:
            cls.may = cls.transition.may

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.may is not None and not request.user.may_change_by(self.may):  # type: ignore[union-attr]
            raise NotYours(ONLY_LOOKS if request.user.can(self.may) else f"You may not {self.may.label}.")  # type: ignore[union-attr]
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def record(self) -> Any:
        """The record the page is about; a hidden one is a 404."""
        return get_object_or_404(self.model.objects.all(), pk=self.kwargs["pk"])

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            record = self.transition(self.record, by=self.request.user, **form.facts())
        except (NotNow, NotYours) as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect(record)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            record=self.record,
            heading=self.title,
            reference=getattr(self.record, "reference", ""),
            lead=self.lead,
            submit_label=self.button,
            cancel_url=self.cancel_url(),
            now=now(),
            **context,
        )

    def cancel_url(self) -> str:
        url: str = self.record.get_absolute_url()
        return url


class CreatePage(TransitionPage):
    """Makes a new record. The form carries its key, so that sending it twice makes one record and shows it."""

    @cached_property
    def record(self) -> Any:
        return self.model(id=self._key())

    def _key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.request.POST.get("key", ""))
        except ValueError:
            return uuid.uuid4()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        already = self.model.objects.filter(pk=self._key()).first() if request.method == "POST" else None
        return redirect(already) if already else super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(key=self.record.pk, **context)

    def cancel_url(self) -> str:
        return reverse("home")


def actions_for(record: Any, user: Any, steps: Iterable[tuple[Transition[Any, Any], str, str]]) -> list[dict[str, str]]:
    """What can be done with a record now: (transition, label, url name). What is another post's to do says whose."""
    return [
        {
            "label": label,
            "url": reverse(name, args=[record.pk]),
            "why_not": "" if user.may_change_by(transition.may) else f"for a {who_may(transition.may)}",
        }
        for transition, label, name in steps
        if transition.open_from(record.state)
    ]

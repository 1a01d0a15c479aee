"""Every page stands on one of these. Each must say who it is for."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.generic import DetailView
from django.views.generic.base import View

from access.actor import NotYours
from access.roles import Can


class GuardedPage(View):
    """A page for people who may do `may`; `may = None` says that every signed-in person has one (their home)."""

    may: ClassVar[Can | None]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        act = self.may
        if act is None and request.user.is_outside:  # type: ignore[union-attr]
            raise NotYours("This page is for people who work for the police.")
        if act is not None and not request.user.can(act):  # type: ignore[union-attr]
            raise NotYours(f"You may not {act.label}.")
        return super().dispatch(request, *args, **kwargs)


class RecordPage(GuardedPage, DetailView):  # type: ignore[type-arg]
    """A page about one guarded record. A record that the person may not see is a 404, as if it were not there."""

    context_object_name = "record"


def public(because: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page for people who have not signed in, and why it may be."""

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        view.public_because = because  # type: ignore[attr-defined]
        view.login_required = False  # type: ignore[attr-defined] # read by Django's LoginRequiredMiddleware
        return view

    return mark

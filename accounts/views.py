"""Signing in and out, and my absence."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from access.actor import NotYours
from access.time import now
from access.views import GuardedPage
from accounts.forms import AbsenceForm, SignInForm
from accounts.models import Absence
from accounts.workflow import CannotCover, come_back, go_away, signs_in


class SignIn(LoginView):
    public_because = "people sign in here"
    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True
    extra_context = {"heading": "Sign in", "submit_label": "Sign in"}

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        signs_in(form.get_user())
        return answer

    def get_success_url(self) -> str:
        """Somebody of a partner agency goes to their own pages; what they came for is there or not for them."""
        home = reverse(settings.OUTSIDE_REDIRECT_URL)
        came_for: str = super().get_success_url()
        user: Any = self.request.user
        return home if user.is_authenticated and user.is_outside and not came_for.startswith(home) else came_for


class SignOut(LogoutView):
    public_because = "signing out twice is no harm"


class MyAbsence(GuardedPage):
    """When I am away and who covers; who of my colleagues is away now."""

    may = None

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, AbsenceForm(person=request.user, initial={"starts": now()}))  # type: ignore[arg-type]

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        form = AbsenceForm(request.POST, person=user)
        if form.is_valid():
            try:
                absence = go_away(user, by=user, **form.cleaned_data)
            except CannotCover as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, f"Saved. {absence.cover} covers for you.")
                return redirect("my-absence")
        return self._show(request, form, status=422)

    def _show(self, request: HttpRequest, form: AbsenceForm, status: int = 200) -> HttpResponse:
        at = now()
        known = Absence.objects.filter(ends__gt=at).select_related("person", "cover").order_by("starts")
        context = {
            "now": at,
            "heading": "My absence",
            "lead": "While you are away, what you answer for goes to the person who covers. "
            "There is no absence without cover.",
            "form": form,
            "submit_label": "Save the absence",
            "mine": known.filter(person=request.user.pk),
            "others": known.exclude(person=request.user.pk).filter(starts__lte=at),
        }
        return render(request, "accounts/absence.html", context, status=status)


class ComeBack(GuardedPage):
    """I am back earlier than planned, or am not going after all."""

    may = None

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        absence = get_object_or_404(Absence, pk=pk)
        try:
            come_back(absence, by=request.user)  # type: ignore[arg-type]
        except NotYours as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Welcome back. New work comes to you again.")
        return redirect("my-absence")

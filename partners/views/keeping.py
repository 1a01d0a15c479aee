"""The rules of who is proposed, and the agencies with their mailboxes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from accounts.workflow import NotPossible
from partners import forms, workflow
from partners.models import Agency, SharingRule
from places.models import LocalAuthority
from workflow.transitions import NotNow


class KeepingForm(GuardedPage):
    """A form that is refused comes back with everything that was typed."""

    may = Can.KEEP_SHARING_RULES
    reference = ""
    heading = ""
    lead = ""
    button = "Save"
    back = "sharing-rules"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self._show(form, 422)
        try:
            return self.saved(form)
        except (NotNow, NotPossible) as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, str(refusal))
            return self._show(form, 422)

    def form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def save(self, form: Any) -> str:
        """Do it, and say in words what was done."""
        raise NotImplementedError

    def saved(self, form: Any) -> HttpResponse:
        """What is shown once it is done."""
        messages.success(self.request, self.save(form))
        return redirect(self.back_to())

    def back_to(self) -> str:
        return reverse(self.back)

    def _show(self, form: Any, status: int = 200) -> HttpResponse:
        context = {
            "now": now(),
            "reference": self.reference,
            "heading": self.heading,
            "lead": self.lead,
            "form": form,
            "submit_label": self.button,
            "cancel_url": self.back_to(),
        }
        return render(self.request, "components/form.html", context, status=status)


class Rules(GuardedPage):
    """Who is proposed for what, and why. Rules that have ended stay to be read."""

    may = Can.KEEP_SHARING_RULES

    def get(self, request: HttpRequest) -> HttpResponse:
        rules = SharingRule.objects.select_related("agency", "added_by", "ended_by").order_by("kind", "starts_at", "pk")
        context = {
            "now": now(),
            "rules": [rule for rule in rules if rule.ends_at is None],
            "ended": [rule for rule in rules if rule.ends_at],
        }
        return render(request, "partners/rules.html", context)


class NewRule(KeepingForm):
    heading = "A new rule"
    lead = "A rule is never edited: end it, and add another. What was proposed before stays as it was."

    def form(self, data: Any = None) -> Any:
        return forms.RuleForm(data)

    def save(self, form: Any) -> str:
        rule = workflow.add_rule(form.rule(), by=self.request.user)  # type: ignore[arg-type]
        return f"From now on: {rule.to_whom}."


class EndRule(KeepingForm):
    heading = "End a rule"

    @property
    def rule(self) -> SharingRule:
        return get_object_or_404(SharingRule.objects.filter(ends_at=None), pk=self.kwargs["pk"])

    def form(self, data: Any = None) -> Any:
        self.lead = f"{self.rule}. On which notices: {self.rule.when_in_words}"
        return forms.EndRuleForm(data)

    def save(self, form: Any) -> str:
        workflow.end_rule(self.rule, by=self.request.user, because=form.cleaned_data["because"])  # type: ignore[arg-type]
        return "The rule has ended. It stays to be read."


class Agencies(GuardedPage):
    """Every partner agency, with its mailbox, and whether the force has checked that mailbox."""

    may = Can.SEE_SHARING

    def get(self, request: HttpRequest) -> HttpResponse:
        names = {council.code: str(council) for council in LocalAuthority.objects.all()}
        agencies = list(Agency.objects.order_by("kind", "name"))
        for agency in agencies:
            councils = [names.get(code, f"council {code}") for code in agency.authorities]
            agency.where = ", ".join(councils)  # type: ignore[attr-defined] # for the page
        context = {
            "now": now(),
            "agencies": agencies,
            "may_keep": request.user.can(Can.KEEP_SHARING_RULES),  # type: ignore[union-attr]
        }
        return render(request, "partners/agencies.html", context)


class NewAgency(KeepingForm):
    heading = "A new agency"
    back = "agencies"

    def form(self, data: Any = None) -> Any:
        return forms.AgencyForm(data)

    def save(self, form: Any) -> str:
        return f"{workflow.add_agency(form.agency(), by=self.request.user)} is in the list."  # type: ignore[arg-type]


class ChangeAgency(KeepingForm):
    heading = "Change an agency"
    lead = "What was sent before stays as it was, with the name it has now."
    back = "agencies"

    @property
    def agency(self) -> Agency:
        return get_object_or_404(Agency, pk=self.kwargs["pk"])

    def form(self, data: Any = None) -> Any:
        return forms.AgencyForm(data, initial=forms.AgencyForm.of(self.agency))

    def save(self, form: Any) -> str:
        agency = workflow.change_agency(self.agency, form.agency(), by=self.request.user)  # type: ignore[arg-type]
        return f"{agency} is changed."

"""Each step of the register: a referral is typed in or comes in a file, is looked at, linked, seen, offered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from online import register_duplicates as duplicates
from online.codes import Channel
from online.forms import register_referrals as referral_forms
from online.forms import register_steps as forms
from online.models import CaseTransfer, OnlineCase, ReferralFile, ReferralRow
from online.referral_files import COLUMNS, LIMIT
from online.workflow import allocating, case_transfers, cases, keeping_apart, referral_files
from workflow.transitions import NotNow
from workflow.views import CreatePage, TransitionPage, as_typed

ROWS = "identifiers"


class TakesReferral(TransitionPage):
    """A form about a referral, with several identifiers. Before anything is saved it shows each case that has something
    in common with it, and why. One more row, or one of these cases, costs nothing that was typed."""

    template_name = "online/register_referral.html"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.identifiers = referral_forms.IdentifierRows(self.request.POST or None, prefix=ROWS)
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "add_row" in request.POST:
            return self._shown_again(self._with_another_row())
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        return self._asked(form) or self.form_valid(form)

    def _asked(self, form: Any) -> HttpResponse | None:
        """Whoever sends it has to have seen each case that may be the same; or says that it is one of them."""
        if "same_as" in self.request.POST:
            return self._same(form)
        found = duplicates.of_referral(form.referral())
        seen = set(self.request.POST.getlist("seen"))
        return self._shown_again(form, found) if {str(each.case.pk) for each in found} - seen else None

    def _same(self, form: Any) -> HttpResponse:
        case = get_object_or_404(OnlineCase.objects.all(), pk=self.request.POST["same_as"])
        try:
            return redirect(self.again(case, form))
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)

    def again(self, case: OnlineCase, form: Any) -> Any:
        said = {"facts": form.referral(), "channel": Channel.TYPED.value}
        return cases.report_again(case, by=self.request.user, **said)  # type: ignore[arg-type]

    def _with_another_row(self) -> Any:
        typed = self.request.POST.copy()
        there = str(typed.get(f"{ROWS}-TOTAL_FORMS", ""))
        more = int(there) + 1 if there.isdigit() and len(there) < 4 else 1
        typed[f"{ROWS}-TOTAL_FORMS"] = str(min(more, referral_forms.MOST_IDENTIFIERS))
        form = self.get_form_class()(typed)
        form.identifiers = referral_forms.IdentifierRows(typed, prefix=ROWS)
        return form

    def _shown_again(self, form: Any, found: Any = ()) -> HttpResponse:
        for row in form.identifiers:
            as_typed(row)
        return self.render_to_response(self.get_context_data(form=as_typed(form), found=found))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {"found": (), **context, "formset": context["form"].identifiers}


class Register(TakesReferral, CreatePage):
    transition = cases.register
    model = OnlineCase
    form_class = referral_forms.ReferralForm
    title = "Register a referral"
    button = "Register it"
    lead = "It counts from when it reached the force, wherever in the force that was."

    def cancel_url(self) -> str:
        return reverse("online-cases")


class TypeIn(TakesReferral):
    transition = referral_files.type_in_row
    model = ReferralRow
    form_class = referral_forms.TypedRowForm
    title = "Type in a row of a file"
    button = "Register it"

    def get_initial(self) -> dict[str, Any]:
        return {"received_at": self.record.received_at}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "row": self.record}

    def again(self, case: OnlineCase, form: Any) -> Any:
        """The row is that case again: it waits for nobody any more."""
        return referral_files.row_is_again(self.record, by=self.request.user, case=case, facts=form.referral())  # type: ignore[arg-type]


class AboutIt(TransitionPage):
    """A step in the life of a case. Whose it is stands on each page."""

    model = OnlineCase


class Again(TakesReferral):
    transition = cases.received_again
    model = OnlineCase
    form_class = referral_forms.AgainForm
    title = "It has come again"
    button = "Save"
    lead = "The same referral, or more of the same abuse. It is no second case, and its age counts from the first."

    def get_initial(self) -> dict[str, Any]:
        case: OnlineCase = self.record
        return {"sender": case.sender, "sender_named": case.sender_named, "sender_ref": case.sender_ref}

    def _asked(self, form: Any) -> HttpResponse | None:
        """Which case it is stands in the address."""
        return None

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return redirect(self.again(self.record, form))
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)


class WithWhatIsInCommon(AboutIt):
    """A decision for which one has to see the other cases."""

    template_name = "online/register_decide.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "found": duplicates.of_case(self.record)}


class Triage(WithWhatIsInCommon):
    transition = cases.triage
    form_class = forms.TriageForm
    title = "Look at a referral"
    button = "I have looked at it"
    lead = "Whether a child is at risk now comes before everything else."


class Link(WithWhatIsInCommon):
    transition = cases.link
    form_class = forms.LinkForm
    title = "It is part of another case"
    button = "Link it"
    lead = "The other case goes on, is as old as the older of the two, and its level is looked at again."

    def get_initial(self) -> dict[str, Any]:
        return {"to": self.request.GET.get("to", "")}


class Apart(WithWhatIsInCommon):
    transition = keeping_apart.keep_apart
    form_class = forms.ApartForm
    title = "It is not the same case"
    lead = "Both go on. Whoever looks later sees who has said so, and why."

    def get_initial(self) -> dict[str, Any]:
        return {"other": self.request.GET.get("other", "")}


class Unlink(AboutIt):
    transition = cases.unlink
    form_class = referral_forms.BecauseForm
    title = "The two are not one case"
    lead = "It goes on where it stood, and its clocks count from when it was received."


class Seen(AboutIt):
    transition = cases.seen_elsewhere
    form_class = forms.SeenForm
    title = "Visible in the records system"
    lead = "From then on whoever looks up the address or the person finds it."

    def get_initial(self) -> dict[str, Any]:
        return {"system": "Niche"}


class CorrectSeen(AboutIt):
    transition = cases.correct_elsewhere
    form_class = forms.CorrectSeenForm
    title = "Correct the number in the records system"

    def get_initial(self) -> dict[str, Any]:
        case: OnlineCase = self.record
        return {"system": case.external_system, "ref": case.external_ref, "at": case.external_at}


class NotSeen(AboutIt):
    transition = cases.not_seen_elsewhere
    form_class = referral_forms.BecauseForm
    title = "It cannot be seen there after all"
    lead = "The time until it can be seen runs again, counted from when it was received."


class AddIdentifier(AboutIt):
    transition = cases.add_identifier
    form_class = referral_forms.IdentifierForm
    title = "Add an identifier"


class Allocate(AboutIt):
    transition = allocating.allocate_case
    form_class = forms.AllocateForm
    title = "Give it to somebody"
    lead = "Every clock that is one person's goes along."

    def get_initial(self) -> dict[str, Any]:
        return {"researcher": self.record.researcher_id, "investigator": self.record.investigator_id}


class Offer(CreatePage):
    transition = case_transfers.offer_case
    model = CaseTransfer
    form_class = forms.OfferForm
    title = "Ask another force to take it"
    button = "Offer it"
    lead = "It stays ours, and every clock runs on, until a named person there has accepted it with a number."

    @cached_property
    def online_case(self) -> OnlineCase:
        """Which one; a hidden one is a 404."""
        found: OnlineCase = get_object_or_404(OnlineCase.objects.all(), pk=self.kwargs["pk"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.online_case = self.online_case
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "reference": self.online_case.reference}

    def cancel_url(self) -> str:
        return self.online_case.get_absolute_url()


class Accepted(TransitionPage):
    transition = case_transfers.case_accepted
    model = CaseTransfer
    form_class = forms.AcceptedForm
    title = "The other force has accepted it"
    button = "They have accepted it"
    lead = "From this moment it is theirs. What is owed for a child who is linked with it is still owed."


class Refused(TransitionPage):
    transition = case_transfers.case_refused
    model = CaseTransfer
    form_class = forms.RefusedForm
    title = "The other force does not take it"
    lead = "It is ours as before, and as old as before."


class TakeBack(TransitionPage):
    transition = case_transfers.take_offer_back
    model = CaseTransfer
    form_class = referral_forms.BecauseForm
    title = "Take the offer back"


class Upload(CreatePage):
    """A file of referrals is taken in: all of it, or nothing."""

    takes_files = True

    transition = referral_files.read_referrals
    model = ReferralFile
    form_class = referral_forms.FileForm
    template_name = "online/register_upload.html"
    title = "Take in a file of referrals"
    button = "Take it in"
    lead = "Every row becomes a case, is known already, or waits until somebody has typed it in. None is dropped."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "columns": COLUMNS.items(), "limit": LIMIT}

    def cancel_url(self) -> str:
        return reverse("online-files")


class Settle(TransitionPage):
    transition = referral_files.settle_row
    model = ReferralRow
    form_class = referral_forms.BecauseForm
    title = "It is no case of its own"
    lead = "Say what the row is, and where it is if it is something."

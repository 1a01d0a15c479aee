"""Sharing a notice with partner agencies: who is proposed and why, exactly what goes to each, and then it goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property

from partners.content import digest, in_words, what_may_not_go
from partners.enclosed import may_go_with
from partners.models import Agency, Recipient
from partners.rows import RECIPIENT_KINDS
from partners.workflow import holders, recipients_of
from partners.workflow.recipients import why_not_to_be_sent
from ppn import workflow
from ppn.content import sheet_of
from ppn.forms import sharing as forms
from ppn.recipients import usual_classes
from ppn.views.steps import PpnStep
from ppn.workflow.sharing import corrections, digest_of


class Share(PpnStep):
    """First exactly what goes to each is shown; it goes when that has been read."""

    transition = workflow.share
    form_class = forms.ShareForm
    template_name = "ppn/share.html"
    title = "Share with partner agencies"
    lead = "You see exactly what goes to each agency before it goes. It is kept as it was sent."

    @cached_property
    def recipients(self) -> list[Recipient]:
        return recipients_of(self.record)

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.about(self.recipients, may_go_with(self.record))
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        chosen = form.chosen()
        not_seen = [agency for agency in form.cleaned_data["agencies"] if agency.pk not in chosen.seen]
        if not_seen or "preview" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = super().get_context_data(**context)
        form = found["form"]
        previews = list(self._previews(form)) if form.is_bound and set(form.errors) <= {"__all__"} else []
        return found | {
            "previews": previews,
            "proposed": [_shown(each) for each in self.recipients],
            "submit_label": "Send exactly this" if previews else "Show exactly what goes",
        }

    def _previews(self, form: Any) -> Iterator[dict[str, Any]]:
        sheet, chosen = sheet_of(self.record, form.cleaned_data["summary"]), form.chosen()
        for agency in form.cleaned_data["agencies"]:
            usual = form.usual.get(agency.pk) or usual_classes(agency)
            parcel = chosen.parcel(sheet, agency, usual)
            content = chosen.content(sheet, agency, usual)
            yield {
                "agency": agency,
                "content": in_words(content),
                "seen": digest(content),
                "wrong": why_not_to_be_sent(content, parcel),
                "classes": [(each, parcel.classes is not None and each in parcel.classes) for each in sheet.classes()],
                "documents": [(each, each in parcel.documents) for each in form.documents.values()],
                "how": _how(agency),
            }


def _how(agency: Agency) -> str:
    """How it reaches them."""
    if not agency.mailbox:
        return "No mailbox of theirs is known: it waits until somebody has told them by telephone"
    if not agency.mailbox_is_secure:
        return "Their mailbox is not known to be secure: only that something waits is mailed. Telephone them"
    return f"By mail to {agency.mailbox}"


def _shown(recipient: Recipient) -> dict[str, Any]:
    state = Recipient.State(recipient.state)
    return {"recipient": recipient, "state": state.label, "state_kind": RECIPIENT_KINDS[state]}


class ToEverybody(PpnStep):
    """What reaches everybody who received something, and who that is."""

    template_name = "ppn/share_to_everybody.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(received=holders(self.record), **context)


class Correct(ToEverybody):
    transition = workflow.correct_sharing
    form_class = forms.CorrectForm
    title = "Correct what was sent"
    lead = (
        "It goes to everybody who received it, as far as each needs it. What was sent before stays on record. "
        "Nobody can fetch its documents any more: share those again that are still right."
    )

    def form_valid(self, form: Any) -> HttpResponse:
        if "preview" in self.request.POST or not self.request.POST.get("seen"):
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = super().get_context_data(**context)
        form = found["form"]
        if not form.is_bound or not set(form.errors) <= {"__all__"}:
            return found | {"submit_label": "Show exactly what goes"}
        said = form.cleaned_data
        contents = corrections(self.record, said["summary"], said["because"], form.redactions())
        previews = [
            {"agency": agency, "content": in_words(content), "wrong": what_may_not_go(content), "how": _how(agency)}
            for agency, content in contents.items()
        ]
        return found | {"previews": previews, "seen": digest_of(contents), "submit_label": "Send the correction"}


class Withdraw(ToEverybody):
    transition = workflow.withdraw_sharing
    form_class = forms.WithdrawForm
    title = "Take back what was sent"
    button = "Take it back"
    lead = "Everybody who received it is asked to destroy it, and has five working days to say that they did."

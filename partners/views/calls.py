"""Where systems of agencies are called when something changed, and the calls that nobody took."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from partners import forms, workflow
from partners.filters import CallFilter
from partners.models import Webhook, WebhookCall
from partners.rows import CALL_KINDS, call_as_work
from partners.views.keeping import KeepingForm
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

State = WebhookCall.State
OPEN: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.call_again, "Call again now", "call-again"),
    (workflow.drop_call, "Do not call about it any more", "call-drop"),
]


class Webhooks(GuardedPage):
    """Which system of which agency is called where. Addresses that have ended stay to be read."""

    may = Can.KEEP_AGENCY_ACCESS

    def get(self, request: HttpRequest) -> HttpResponse:
        known = Webhook.objects.select_related("account__account", "account__agency", "added_by", "ended_by")
        hooks = list(known.order_by("account__agency__name", "added_at"))
        context = {
            "now": now(),
            "webhooks": [each for each in hooks if each.ended_at is None],
            "ended": [each for each in hooks if each.ended_at],
        }
        return render(request, "partners/webhooks.html", context)


class NewWebhook(KeepingForm):
    """Its secret is on the page that answers, and on no other ever."""

    may = Can.KEEP_AGENCY_ACCESS
    heading = "Call an agency's system"
    lead = "It is told that something changed, and nothing else. Ask the agency for the address."
    back = "webhooks"

    def saved(self, form: Any) -> HttpResponse:
        of_agency, address = form.cleaned_data["account"], form.cleaned_data["address"]
        webhook, secret = workflow.add_webhook(of_agency, by=self.request.user, address=address)  # type: ignore[arg-type]
        context = {"now": now(), "webhook": webhook, "secret": secret}
        answer = render(self.request, "partners/webhook_secret.html", context)
        answer["Cache-Control"] = "no-store"
        return answer

    def form(self, data: Any = None) -> Any:
        return forms.WebhookForm(data)


class EndWebhook(KeepingForm):
    may = Can.KEEP_AGENCY_ACCESS
    heading = "End an address"
    back = "webhooks"

    def form(self, data: Any = None) -> Any:
        self.webhook = get_object_or_404(Webhook.objects.filter(ended_at=None), pk=self.kwargs["pk"])
        self.lead = f"{self.webhook}. Their system can fetch what it was sent as before."
        return forms.EndRuleForm(data)

    def save(self, form: Any) -> str:
        workflow.end_webhook(self.webhook, by=self.request.user, because=form.cleaned_data["because"])  # type: ignore[arg-type]
        return "Nobody is called there any more."


class Calls(QueuePage):
    """Calls to partners' systems that nobody took, those that wait the longest first."""

    may = Can.KEEP_AGENCY_ACCESS
    heading = "Calls to partners' systems"
    lead = "Their systems are told that something changed. They can fetch it without the call; they hear of it later."
    filterset_class = CallFilter
    due_field = "due_at"
    empty = {"title": "Everybody was called", "text": "A call that nobody takes appears here."}

    def records(self) -> QuerySet[WebhookCall]:
        return WebhookCall.objects.select_related("webhook__account__account", "webhook__account__agency", "team")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {
            "given_up": ("Given up", Q(state=State.GIVEN_UP)),
            "waiting": ("Waiting", Q(state=State.WAITING)),
        }

    def row(self, record: WebhookCall, clock: Clock | None) -> Work:
        return call_as_work(record, clock)


class CallPage(RecordPage):
    """One call: where to, what came back, and when it is tried again."""

    may = Can.KEEP_AGENCY_ACCESS
    template_name = "partners/call.html"

    def get_queryset(self) -> QuerySet[WebhookCall]:
        return WebhookCall.objects.select_related("webhook__account__account", "webhook__account__agency")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        call: WebhookCall = self.object
        return super().get_context_data(
            now=now(),
            heading=str(call.webhook.account),
            reference=call.reference,
            state=State(call.state).label,
            state_kind=CALL_KINDS[State(call.state)],
            actions=actions_for(call, self.request.user, OPEN),
            clocks=clocks_of(call),
            timeline=timeline_of(call),
            missing=[],
            missing_step="",
            **context,
        )


class CallStep(TransitionPage):
    model = WebhookCall
    form_class = forms.BecauseForm


class CallAgain(CallStep):
    transition = workflow.call_again
    title = "Call again now"
    button = "Call"
    lead = "Say what is different now: their system was put right, or they asked for it."


class DropCall(CallStep):
    transition = workflow.drop_call
    title = "Do not call about it any more"
    lead = "Their system can still fetch it. Say who has told them, or why nobody needs to."

"""That something changed is called to the systems of partners, one call at a time; whoever dies on the way leaves the
row for the next.

A call that was taken while its row could not be saved goes again with the same identifier, by which their system knows
it as the same. One that fails holds up the others to the same system until the next nudge, and nobody else.
"""

from __future__ import annotations

import json
import logging
from uuid import UUID

from access.actor import signed
from access.time import now
from partners.models import WebhookCall
from partners.reach import NoAnswer, post
from partners.signing import signed_headers
from partners.workflow.webhooks import CALLS, GIVEN_UP, WAITING, call_failed, called, drop_call

log = logging.getLogger(__name__)

AT_ONCE = 50
CHANGED = "disclosures.changed"
ENDED = "The address has ended, or its system is not let in any more"


def call_waiting(at_once: int = AT_ONCE) -> int:
    """Make the calls that wait, up to so many. Returns how many were dealt with."""
    done = 0
    silent: set[UUID] = set()
    while done < at_once:
        call = _call_one(silent)
        if call is None:
            break
        done += 1
        if call.state in (WAITING, GIVEN_UP):
            silent.add(call.webhook_id)
    return done


def _call_one(silent: set[UUID]) -> WebhookCall | None:
    """Claim one that nobody else holds, make it, say what came of it. None = nothing waits."""
    with signed(CALLS) as at:
        waiting = WebhookCall.objects.filter(state=WAITING, try_at__lte=at).exclude(webhook__in=silent)
        first = waiting.order_by("try_at", "pk").select_related("webhook__account__account", "webhook__account__agency")
        call = first.select_for_update(of=("self",), skip_locked=True).first()
        return _make(call) if call else None


def _make(call: WebhookCall) -> WebhookCall:
    webhook = call.webhook
    account = webhook.account
    if webhook.ended_at or account.agency.closed_at or not account.account.works_at(now()):
        return drop_call(call, by=CALLS, because=ENDED)
    body = said(call)
    try:
        post(webhook.address, body, signed_headers(webhook, call.message_id, now(), body))
    except NoAnswer as problem:
        log.warning("Call %s was not taken", call.pk)
        return call_failed(call, by=CALLS, because=str(problem))
    return called(call, by=CALLS)


def said(call: WebhookCall) -> bytes:
    """All that goes: that something changed, when, and which call this is. The same at each try."""
    what = {"type": CHANGED, "at": call.owed_at.isoformat().replace("+00:00", "Z"), "id": call.message_id}
    return json.dumps(what, separators=(",", ":")).encode()

"""What an agency's system answers, and what everybody there has answered so far."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Expression, F, Value
from django.db.models.functions import NullIf
from rest_framework.request import Request
from rest_framework.response import Response

from access.actor import current
from access.problems import Problem
from access.roles import Can
from accounts.once import once
from partners.actor import on_behalf
from partners.api.asked import must_be_known
from partners.api.base import AgencyApi
from partners.api.bodies import ReplyBody
from partners.api.disclosures import gone
from partners.api.operations import WHAT_YOU_SAY
from partners.api.paging import PARAMETERS, page_of
from partners.api.written import JsonText, a_list
from partners.models import Delivery, Disclosure, Reply
from partners.workflow import replies as verbs

What = Reply.What
FIELDS: dict[str, Expression | F] = {
    "id": F("id"),
    "disclosure": F("delivery__disclosure_id"),
    "reference": F("reference"),
    "what": F("what"),
    "who": F("who"),
    "at": F("said_at"),
    "outcome": NullIf(F("outcome"), Value("")),
    "said": F("said"),
    "held_at": F("held_at"),
    "reason": NullIf(F("reason"), Value("")),
    "how": F("how"),
    "recorded_at": F("recorded_at"),
}
VERBS: dict[str, Callable[..., Delivery]] = {
    What.ACKNOWLEDGED: verbs.acknowledge,
    What.DECISION: verbs.record_decision,
    What.CHANGED: verbs.change_outcome,
    What.ASKS: verbs.ask_for_more,
    What.DISAGREES: verbs.they_disagree,
    What.DESTROYED: verbs.confirm_destroyed,
    What.INTERVIEW: verbs.record_interview,
    What.INTERVIEW_HELD: verbs.interview_was_held,
    What.NO_INTERVIEW: verbs.there_was_no_interview,
    What.MINUTES: verbs.receive_minutes,
}
"""What they say -> the verb that it is. The fields of a body are called like the facts of the verb."""


MARKS = b'{[,"'
MOST_MARKS = 200
"""Of a body with minutes. They are one long text in a few fields: what has many more parts would fill many times the
memory of its own length once it is read."""


def as_json() -> Expression:
    return JsonText(FIELDS)


class Replies(AgencyApi):
    """What the agency has answered, by whichever way, the newest first; and a new answer by its system."""

    may = Can.SEND_REPLIES
    schema = WHAT_YOU_SAY

    def largest_body(self) -> int:
        return int(settings.AGENCY_LARGEST_MINUTES)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """What is let in is read here: Django's own limit (DATA_UPLOAD_MAX_MEMORY_SIZE) is for forms, and lower."""
        super().initial(request, *args, **kwargs)
        request._request._body = request._request.read()

    def get(self, request: Request) -> Response:
        must_be_known(request, PARAMETERS)
        whose = f"replies {self.agency}"
        page = page_of(Reply.objects.all(), request, by="recorded_at", written=as_json(), of=whose)
        _handed_over(*(row.key for row in page.rows))
        return Response(a_list([row.written for row in page.rows], next=page.next, previous=page.previous))

    @once
    def post(self, request: Request) -> Response:
        must_be_known(request, set())
        _is_large_only_with_minutes(request)
        sent = self.read(ReplyBody)
        key, what = sent.pop("disclosure"), sent.pop("what")
        delivery = Delivery.objects.filter(disclosure__in=_theirs(key)).first()
        if delivery is None:
            return gone(self.agency, key)
        answer = verbs.Answer(who=sent.pop("who"), how=Reply.How.SYSTEM.value, at=sent.pop("at", None))
        with on_behalf(self.actor) as hand:
            done = VERBS[what](delivery, by=hand, answer=answer, **sent)
        return Response(_written(done.said_last), status=201)


def _is_large_only_with_minutes(request: Request) -> None:
    """Everything else is as small here as anywhere. Raises Problem (413)."""
    usual, body = settings.API_LARGEST_BODY, request.body
    if len(body) <= usual:
        return
    is_one_file = sum(body.count(mark) for mark in MARKS) <= MOST_MARKS
    if not (is_one_file and isinstance(request.data, dict) and request.data.get("what") == What.MINUTES):
        raise Problem(413, f"The body is larger than {usual // 1024} KiB, which only one with minutes may be.")


def _theirs(key: Any) -> Any:
    return Disclosure.objects.filter(pk=key).figures().values("pk")


def _written(reply: Reply) -> Any:
    _handed_over(reply.pk)
    return json.loads(Reply.objects.filter(pk=reply.pk).figures().values_list(as_json(), flat=True)[0])


def _handed_over(*keys: Any) -> None:
    if (stretch := current()) and keys:
        stretch.handed_over.setdefault(Reply._meta.label_lower, set()).update(keys)

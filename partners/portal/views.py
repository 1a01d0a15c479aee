"""What an agency was sent and still stands, and one of them."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from access.roles import Can
from access.time import now
from documents.opening import answer, sent_as
from documents.vault import Damaged
from partners.content import in_words
from partners.models import Delivery, Disagreement, DisclosedDocument, Disclosure, Expects, Purpose, Reply
from partners.portal import words
from partners.portal.answers import open_to
from partners.portal.page import PortalPage
from partners.portal.words import NOT_READ, asked_of, at_what_time, by_when, please
from partners.workflow.handing import hand_document
from partners.workflow.looking import looked
from partners.workflow.replies import INTERVIEW_REQUEST
from places.views import pager
from workflow.transitions import NotNow

log = logging.getLogger(__name__)
State = Delivery.State
DAMAGED = "The file cannot be read here. Telephone the police team."
A_PAGE = 50
ANSWERED = 3
WAITS = Case(
    When(state__in=NOT_READ, then=Value(0)),
    When(state=State.ACKNOWLEDGED, asked_at=None, expects__contains=[Expects.DECISION], then=Value(1)),
    When(state=State.ACKNOWLEDGED, asked_at=None, kind=INTERVIEW_REQUEST, outcome_at=None, then=Value(1)),
    When(
        Q(state=State.ACKNOWLEDGED, asked_at=None, expects__contains=[Expects.OUTCOME]) & ~Q(kind__in=words.NOT_HERE),
        then=Value(2),
    ),
    default=Value(ANSWERED),
    output_field=IntegerField(),
)
"""What nobody there has said that they have comes first, then what is to be decided, then what came of it: as in
`words.asked_of`. What has waited longest is at the top of each."""


class Today(PortalPage):
    """What waits for an answer; then what was sent today; then everything else that can still be read.

    The list names nobody: who reads of a child opens its page, and is entered there (`Sent`).
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        page = Paginator(_in_order(), A_PAGE).get_page(request.GET.get("page"))
        rows = _rows(list(page.object_list), at)
        waiting, others = [row for row in rows if row["asked"]], [row for row in rows if not row["asked"]]
        is_first = page.number == 1
        context = {
            "now": at,
            "agency": self.person.agency,
            "is_first": is_first,
            "is_quiet": page.paginator.count == 0,
            "waiting": waiting,
            "today": [row for row in others if row["is_todays"]],
            "earlier": [row for row in others if not row["is_todays"]],
            "pager": pager(request, page),
        }
        return render(request, "portal/today.html", context)


def _in_order() -> Any:
    standing = Disclosure.objects.figures().values("pk")
    known: Any = Delivery.objects.filter(disclosure__in=standing).annotate(waits=WAITS)
    still = Case(When(waits__lt=ANSWERED, then="sent_at"))
    return known.order_by("waits", still, "-sent_at", "pk")


def _rows(deliveries: list[Delivery], at: datetime) -> list[dict[str, Any]]:
    """As the list shows them. What was sent is not read for it, but for what it is about."""
    named = Disclosure.objects.defer("content").annotate(about=KeyTextTransform("about", "content"))
    sent = {each.pk: each for each in named.filter(pk__in=[each.disclosure_id for each in deliveries])}
    due = by_when(deliveries)
    return [_row(each, sent[each.disclosure_id], due.get(each.pk), at) for each in deliveries]


def _row(delivery: Delivery, sent: Any, due: datetime | None, at: datetime) -> dict[str, Any]:
    asked, is_taken_back = asked_of(delivery), delivery.purpose == Purpose.WITHDRAWAL
    return {
        "key": delivery.disclosure_id,
        "reference": delivery.reference,
        "about": "Taken back" if is_taken_back else (sent.about or words.UNNAMED),
        "is_corrected": delivery.purpose == Purpose.CORRECTION,
        "asked": please(asked, due, at) if asked else "",
        "is_late": due is not None and due <= at,
        "is_todays": timezone.localdate(delivery.sent_at) == timezone.localdate(at),
        "sent": at_what_time(delivery.sent_at, at),
        "police_owe": delivery.asked_at is not None and delivery.is_owed,
        "state": _what_they_did(delivery),
    }


def _what_they_did(delivery: Delivery) -> str:
    if delivery.state == State.CONFIRMED:
        return "You told us that it is destroyed"
    if delivery.state == State.SETTLED:
        return "You told us what you decided"
    if delivery.kind == INTERVIEW_REQUEST and delivery.outcome_at:
        return "You told us of the return interview"
    return "You told us that you have it" if delivery.acknowledged_at else ""


class Sent(PortalPage):
    """Exactly what was sent, what we ask, and what the agency has said."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        delivery, sent, at = self._looked_at(), self.sent, now()
        asked, due = asked_of(delivery), by_when([delivery]).get(delivery.pk)
        is_taken_back = delivery.purpose == Purpose.WITHDRAWAL
        about = {"kind": delivery.kind, "record": delivery.record}
        context = {
            "now": at,
            "sent": sent,
            "sent_when": at_what_time(sent.sent_at, at),
            "about": "Taken back" if is_taken_back else words.about(sent.content),
            "is_taken_back": is_taken_back,
            "team": delivery.team,
            "asked": please(asked, due, at) if asked else "",
            "is_late": due is not None and due <= at,
            "police_owe": delivery.asked_at is not None and delivery.is_owed,
            "family": words.what_the_family_knows(sent, at),
            "is_kept_from_the_family": words.is_kept_from_the_family(sent),
            "content": in_words(sent.content),
            "documents": list(DisclosedDocument.objects.filter(disclosure=sent.pk).order_by("name")),
            "not_here": words.NOT_HERE.get(delivery.kind, ""),
            "answers": open_to(delivery),
            "replies": list(Reply.objects.filter(**about).order_by("recorded_at", "pk")),
            "disagreements": list(Disagreement.objects.filter(**about).order_by("raised_at")),
        }
        return render(request, "portal/sent.html", context)

    def _looked_at(self) -> Delivery:
        """The one thing that reading a page for agencies writes. Every read is a consultation: whoever sent it sees who
        looked, and when, and what has been read has arrived. A HEAD shows nothing, and so is none."""
        if self.request.method == "GET":
            shown, who = [self.delivery.disclosure_id], self.request.user
            looked(who, shown, how=Delivery.Told.PORTAL.value, may=Can.USE_PORTAL)  # type: ignore[arg-type]
        found: Delivery = Delivery.objects.get(pk=self.delivery.pk)
        return found


class Document(PortalPage):
    """A document that came with it, as a copy to keep. Only ever asked for by somebody who wants to have it."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: UUID, document: UUID) -> HttpResponse:
        sent = get_object_or_404(DisclosedDocument.objects.filter(disclosure=self.sent.pk), pk=document)
        try:
            content = hand_document(sent, to=request.user, how=Delivery.Told.PORTAL.value, may=self.may)  # type: ignore[arg-type]
        except NotNow as refusal:
            return self._not_given(str(refusal), 410)
        except Damaged as damage:
            log.error("Document %s cannot be opened: %s", sent.attachment_id, damage)
            return self._not_given(DAMAGED, 503)
        return answer(content, media_type=sent_as(sent.media_type), filename=sent.name)

    def _not_given(self, why: str, status: int) -> HttpResponse:
        return render(
            self.request, "portal/no_document.html", {"now": now(), "sent": self.sent, "why": why}, status=status
        )

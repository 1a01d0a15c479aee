"""A document that an agency was sent: its bytes, for as long as what it went with stands."""

from __future__ import annotations

import logging
from typing import cast

from django.utils.http import content_disposition_header, quote_etag
from rest_framework.request import Request
from rest_framework.response import Response

from access.actor import Acting, current
from access.problems import problem
from access.roles import Can
from documents.models import Attachment, State
from documents.opening import opened, sent_as
from documents.vault import Damaged
from partners.actor import on_behalf
from partners.api.asked import must_be_known
from partners.api.base import AgencyApi
from partners.api.disclosures import gone, key_of
from partners.api.operations import ONE_DOCUMENT
from partners.api.written import FileOrJson
from partners.models import DisclosedDocument, Disclosure
from partners.workflow.looking import looked
from workflow.transitions import NotNow

log = logging.getLogger(__name__)

WITHDRAWN = "The police have withdrawn this document: it did not belong to what you were sent. Destroy your copy."
DAMAGED = "The file cannot be read here, so nothing of it was handed to you. Tell the police."


class SentDocument(AgencyApi):
    """One document as it was sent. 410 where it was withdrawn since, or what it went with was replaced."""

    may = Can.PULL_SHARED
    schema = ONE_DOCUMENT
    renderer_classes = [FileOrJson]

    def get(self, request: Request, key: str, document: str) -> Response:
        must_be_known(request, set())
        about = {"pk": key_of(document), "disclosure": key_of(key)}
        sent = DisclosedDocument.objects.filter(**about).first()
        if sent is None:
            return gone(self.agency, key_of(key))
        return self._given(sent)

    def _given(self, sent: DisclosedDocument) -> Response:
        """The bytes, or why not. What they are handed is in the ledger as what it is to the police, too."""
        handed = cast(Acting, current()).handed_over
        with on_behalf(self.actor, may=self.may):
            attachment = Attachment.objects.get(pk=sent.attachment_id)
            try:
                content = opened(attachment)
            except NotNow as refusal:
                return _refused(attachment, str(refusal))
            except Damaged as damage:
                log.error("Document %s cannot be opened: %s", attachment.pk, damage)
                return problem(503, DAMAGED)
        looked(self.actor, [sent.disclosure_id], how="system")
        handed.setdefault(Disclosure._meta.label_lower, set()).add(sent.disclosure_id)
        handed.setdefault(Attachment._meta.label_lower, set()).add(attachment.pk)
        return _answer(sent, content)


def _refused(attachment: Attachment, why: str) -> Response:
    if attachment.state != State.WITHDRAWN:
        return problem(409, why)
    answer = problem(410, WITHDRAWN)
    answer.data |= {"what": "withdrawn", "replaced_by": None}
    return answer


def _answer(sent: DisclosedDocument, content: bytes) -> Response:
    """To be kept, never to be shown by a browser: nobody has one here."""
    headers = {
        "Content-Disposition": content_disposition_header(True, sent.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "ETag": quote_etag(sent.sha256),
    }
    return Response(content, content_type=sent_as(sent.media_type), headers=headers)

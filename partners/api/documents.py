"""A document that an agency was sent: its bytes, for as long as what it went with stands."""

from __future__ import annotations

import logging

from django.utils.http import content_disposition_header, quote_etag
from rest_framework.request import Request
from rest_framework.response import Response

from access.problems import problem
from access.roles import Can
from documents.opening import sent_as
from documents.vault import Damaged
from partners.api.asked import must_be_known
from partners.api.base import AgencyApi
from partners.api.disclosures import gone, key_of
from partners.api.operations import ONE_DOCUMENT
from partners.api.written import FileOrJson
from partners.models import DisclosedDocument
from partners.workflow.handing import WithdrawnSince, hand_document
from workflow.transitions import NotNow

log = logging.getLogger(__name__)

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
        try:
            content = hand_document(sent, to=self.actor, how="system", may=self.may)
        except WithdrawnSince as refusal:
            answer = problem(410, str(refusal))
            answer.data |= {"what": "withdrawn", "replaced_by": None}
            return answer
        except NotNow as refusal:
            return problem(409, str(refusal))
        except Damaged as damage:
            log.error("Document %s cannot be opened: %s", sent.attachment_id, damage)
            return problem(503, DAMAGED)
        return _answer(sent, content)


def _answer(sent: DisclosedDocument, content: bytes) -> Response:
    """To be kept, never to be shown by a browser: nobody has one here."""
    headers = {
        "Content-Disposition": content_disposition_header(True, sent.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "ETag": quote_etag(sent.sha256),
    }
    return Response(content, content_type=sent_as(sent.media_type), headers=headers)

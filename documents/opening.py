"""Handing a file to somebody: only what may be opened, only as it was stored, in an answer in which nothing runs."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from documents import vault
from documents.kinds import KINDS
from documents.models import Attachment, State
from workflow.transitions import NotNow

NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What browsers draw around a picture needs its style; everything else is refused, scripts and forms by the sandbox."""


def opened(attachment: Attachment) -> bytes:
    """The file as it was added. Raises NotNow where nobody may open it, vault.Damaged where it is not what it was."""
    if not attachment.may_be_opened:
        raise NotNow(f"This cannot be opened. {State(attachment.state).label}.")
    return vault.take(attachment.stored_as, attachment.sha256)


def answer(content: bytes, *, media_type: str, filename: str, inline: bool = False) -> HttpResponse:
    """A file as a browser is given it: whole, because the ledger withholds streams; never sniffed, never kept."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, filename) or "attachment"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response


def answer_with(attachment: Attachment, *, copy: bool) -> HttpResponse:
    """The file of a document, shown by the browser where that is safe, or as a copy to keep."""
    kind = KINDS.get(attachment.media_type)
    return answer(
        opened(attachment),
        media_type=sent_as(attachment.media_type),
        filename=saved_as(attachment),
        inline=not copy and kind is not None and kind.inline,
    )


def saved_as(attachment: Attachment) -> str:
    """A name that names nobody: the name it was given stays on the page."""
    kind = KINDS.get(attachment.media_type)
    ending = kind.endings[0] if kind else "bin"
    return f"{attachment.reference}-{str(attachment.pk)[:8]}.{ending}"


def sent_as(media_type: str) -> str:
    """With the encoding that text of ours has."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type

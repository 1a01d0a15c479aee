"""Papers that leave the screen, as tagged PDF (PDF/UA-1). Every page says how it is marked, for whom it was printed and
when, and says it again across the page, so that a copy names whoever copied it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from accounts.duty import posts_of
from accounts.models import User
from govuk.times import exactly

VARIANT = "pdf/ua-1"
STYLE = Path(__file__).with_name("paper.css")
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # else it tells each step of each paper
_one_at_a_time = threading.Lock()  # it takes a whole core, and its libraries promise nothing to threads


@dataclass(frozen=True)
class Marking:
    """A protective marking (Government Security Classifications) and how the paper is to be handled."""

    level: str
    handling: str


CHILD_PROTECTION = Marking("OFFICIAL-SENSITIVE", "Child protection: do not copy")


def write(
    template: str, context: Mapping[str, Any], *, marking: Marking, for_whom: User, reference: str, at: datetime
) -> bytes:
    """The paper. The template extends `documents/pdf/base.html`. Takes seconds."""
    with _one_at_a_time:
        document = laid_out(template, context, marking=marking, for_whom=for_whom, reference=reference, at=at)
        written: bytes = document.write_pdf(pdf_variant=VARIANT)
    return written


def laid_out(
    template: str, context: Mapping[str, Any], *, marking: Marking, for_whom: User, reference: str, at: datetime
) -> Any:
    """Its pages (`weasyprint.Document`), before they are written."""
    from weasyprint import CSS, HTML  # takes seconds

    frame = {
        "marking": marking,
        "reference": reference,
        "printed_for": printed_for(for_whom),
        "printed_at": exactly(at),
        "name": str(for_whom),
        "force": settings.FORCE_NAME,
    }
    page = HTML(string=render_to_string(template, {**context, **frame}), url_fetcher=fetches_nothing())
    style = CSS(string=STYLE.read_text(), url_fetcher=fetches_nothing())
    return page.render(stylesheets=[style], pdf_variant=VARIANT)


def printed_for(person: User) -> str:
    """ "Cora Co-ordinator, Vale MASH": their own post, not that of somebody they cover for."""
    teams = dict.fromkeys(str(post.team) for post in posts_of(person) if post.person_id == person.pk)
    return ", ".join([str(person), *teams])


def fetches_nothing() -> Any:
    """A paper is whole in itself: what somebody typed never makes the server ask another, nor read a file."""
    from weasyprint.urls import URLFetcher  # takes seconds

    return URLFetcher(allowed_protocols=())

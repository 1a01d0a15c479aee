"""The pack of a monthly meeting: one page to read on a screen, and the same on paper with the name of whoever prints it
across every page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from cohort.agenda import Agenda, agenda_of
from cohort.models import CohortMeeting
from cohort.rows import when_in_words
from documents import pdf
from documents.opening import answer


class Pack(GuardedPage):
    """What the agencies of one authority speak of, child by child. Whoever opens it is in the ledger."""

    may = Can.SEE_COHORT

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        meeting = _meeting(pk)
        return render(request, "cohort/pack.html", {**_context(agenda_of(meeting, now())), "now": now()})


class PackPdf(GuardedPage):
    """The same on paper. That it was printed is in the ledger like every look."""

    may = Can.SEE_COHORT

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        meeting, at = _meeting(pk), now()
        written = pdf.write(
            "cohort/pdf/pack.html",
            _context(agenda_of(meeting, at)),
            marking=pdf.CHILD_PROTECTION,
            for_whom=request.user,  # type: ignore[arg-type]
            reference=meeting.reference,
            at=at,
        )
        return answer(written, media_type="application/pdf", filename=f"{meeting.reference}.pdf", inline=True)


def _meeting(pk: UUID) -> CohortMeeting:
    found: CohortMeeting = get_object_or_404(CohortMeeting.objects.select_related("authority"), pk=pk)
    return found


def _context(agenda: Agenda) -> dict[str, Any]:
    return {"agenda": agenda, "meeting": agenda.meeting, "when": when_in_words(agenda.meeting)}

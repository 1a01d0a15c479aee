"""What a member of the scrutiny group sees: the papers of their meeting for their days, and its report. The same for
members of the force and, at the portal, for people of partner agencies. No page leads on from here."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from documents.opening import answer
from partners.portal.page import PortalPage
from quality.models import ScrutinyMeeting, ScrutinyPaper
from quality.scrutiny_report import report_as_pdf
from quality.scrutiny_rows import answers_of, finding_of, quarter_of
from quality.workflow.scrutiny import meetings_open_to
from quality.workflow.scrutiny_papers import keep_from_me
from strategy.forms.asking import area
from workflow.transitions import NotNow


class ConflictForm(forms.Form):
    because = forms.CharField(
        label="Why can you not look at this case?",
        widget=area(3),
        help_text="For example: you know the family, or you had a part in it. No names are needed",
    )


class Meetings(GuardedPage):
    """Meetings of which they are a member, each with the papers they may read now."""

    may: ClassVar[Can | None] = None
    pages: ClassVar[str] = "scrutiny-mine"

    def get(self, request: HttpRequest) -> HttpResponse:
        meetings = [self._shown(each) for each in meetings_open_to(request.user)]  # type: ignore[arg-type]
        context = {"now": now(), "heading": "Scrutiny group: your papers", "meetings": meetings}
        return render(request, "quality/scrutiny_mine.html", context)

    def _shown(self, meeting: ScrutinyMeeting) -> dict[str, Any]:
        papers = ScrutinyPaper.objects.filter(meeting=meeting.pk).order_by("number")
        is_open = meeting.closes_at is not None and meeting.closes_at > now()
        return {
            "meeting": meeting,
            "quarter": quarter_of(meeting),
            "papers": [(each, reverse(f"{self.pages}-paper", args=[each.pk])) for each in papers] if is_open else [],
            "is_open": is_open,
            "pdf": reverse(f"{self.pages}-report", args=[meeting.pk]) if meeting.report else "",
        }


class Paper(GuardedPage):
    """One paper, and nothing else of its case."""

    may: ClassVar[Can | None] = None
    pages: ClassVar[str] = "scrutiny-mine"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        paper = _paper(pk)
        context = {
            "now": now(),
            "heading": paper.title,
            "paper": paper,
            "answers": answers_of(paper),
            "finding": finding_of(paper),
            "back": reverse(self.pages),
            "conflict": reverse(f"{self.pages}-conflict", args=[paper.pk]),
        }
        return render(request, "quality/scrutiny_mine_paper.html", context)


def _paper(pk: UUID) -> ScrutinyPaper:
    """Theirs, in its days. For those too who see more of it: here they see what members see."""
    papers = ScrutinyPaper.objects.filter(state__in=[ScrutinyPaper.State.CHECKED, ScrutinyPaper.State.FOUND])
    found: ScrutinyPaper = get_object_or_404(papers, pk=pk)
    return found


class Conflict(GuardedPage):
    """They cannot look at this case: from then on it is not there for them."""

    may: ClassVar[Can | None] = None
    pages: ClassVar[str] = "scrutiny-mine"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self._show(pk, ConflictForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        form, paper = ConflictForm(request.POST), _paper(pk)
        if not form.is_valid():
            return self._show(pk, form, 422)
        try:
            keep_from_me(paper, person=request.user, because=form.cleaned_data["because"])  # type: ignore[arg-type]
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self._show(pk, form, 422)
        return redirect(self.pages)

    def _show(self, pk: UUID, form: forms.Form, status: int = 200) -> HttpResponse:
        context = {
            "now": now(),
            "heading": "You cannot look at this case",
            "reference": _paper(pk).title,
            "lead": "From then on you do not see its paper. The other cases stay.",
            "form": form,
            "submit_label": "Keep it from me",
            "cancel_url": reverse(f"{self.pages}-paper", args=[pk]),
        }
        return render(self.request, "transition.html", context, status=status)


class ReportPdf(GuardedPage):
    """The report on paper, for a member."""

    may: ClassVar[Can | None] = None

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        open_to_them = {each.pk: each for each in meetings_open_to(request.user)}  # type: ignore[arg-type]
        meeting = open_to_them.get(pk)
        if meeting is None or not meeting.report:
            raise Http404("No report of theirs")
        written = report_as_pdf(meeting, for_whom=request.user)  # type: ignore[arg-type]
        return answer(written, media_type="application/pdf", filename=f"{meeting.reference}.pdf", inline=True)


class AtThePortal(PortalPage):
    """The same pages for people of agencies: let in now, and asked so at every request."""

    pages: ClassVar[str] = "portal-scrutiny"


class PortalMeetings(AtThePortal, Meetings):
    may = Can.USE_PORTAL


class PortalPaper(AtThePortal, Paper):
    may = Can.USE_PORTAL


class PortalConflict(AtThePortal, Conflict):
    may = Can.USE_PORTAL


class PortalReportPdf(AtThePortal, ReportPdf):
    may = Can.USE_PORTAL

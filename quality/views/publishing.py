"""What the force reads: published reports and newsletters, and those that are being written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from documents import pdf
from documents.opening import answer
from quality.forms import publishing as forms
from quality.forms.learning import BecauseForm
from quality.models import Publication
from quality.publication_rows import KINDS
from quality.workflow import publishing
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

State = Publication.State
SHOWN = 100
FOR_STAFF = pdf.Marking("OFFICIAL", "For people who work for the police")
STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (publishing.check_publication, "It names nobody", "publication-check"),
    (publishing.publish, "Publish it", "publication-publish"),
    (publishing.change_publication, "Change it", "publication-change"),
    (publishing.withdraw_publication, "Withdraw it", "publication-withdraw"),
]


class Learning(GuardedPage):
    """What was published, the newest first; for those who write it, what is not published yet."""

    may = Can.LEARN

    def get(self, request: HttpRequest) -> HttpResponse:
        writes = request.user.can(Can.SEE_QUALITY)  # type: ignore[union-attr]
        out = Publication.objects.filter(state=State.PUBLISHED).order_by("-published_at", "pk")
        others = Publication.objects.exclude(state=State.PUBLISHED).order_by("-written_at", "pk")
        context = {
            "heading": "Learning",
            "published": list(out[:SHOWN]),
            "unpublished": list(others[:SHOWN]) if writes else [],
            "writes": writes,
            "now": now(),
        }
        return render(request, "quality/publication_list.html", context)


class PublicationPage(RecordPage):
    """One report or newsletter, as everybody reads it."""

    may = Can.LEARN
    template_name = "quality/publication.html"

    def get_queryset(self) -> QuerySet[Publication]:
        return Publication.objects.select_related("written_by", "checked_by", "published_by", "withdrawn_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        publication: Publication = self.object
        writes = self.request.user.can(Can.SEE_QUALITY)  # type: ignore[union-attr]
        return super().get_context_data(
            now=now(),
            heading=publication.title,
            reference=publication.reference,
            state=State(publication.state).label,
            state_kind=KINDS[publication.state],
            actions=actions_for(publication, self.request.user, STEPS) if writes else [],
            clocks=clocks_of(publication) if writes else [],
            timeline=timeline_of(publication) if writes else [],
            writes=writes,
            missing=[],
            **context,
        )


class PublicationPdf(GuardedPage):
    """The same on paper."""

    may = Can.LEARN

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication: Publication = get_object_or_404(Publication.objects.all(), pk=pk)
        reference = publication.reference
        user: Any = request.user
        about = {"marking": FOR_STAFF, "for_whom": user, "reference": reference, "at": now()}
        written = pdf.write("quality/publication_paper.html", {"record": publication}, **about)
        return answer(written, media_type="application/pdf", filename=f"{reference}.pdf", inline=True)


class Write(CreatePage):
    transition = publishing.write_publication
    model = Publication
    form_class = forms.WriteForm
    title = "Write a report or newsletter"
    button = "Save the draft"
    lead = "The figures of the period are put in by themselves, with what each counts. A second person reads it."

    def cancel_url(self) -> str:
        return reverse("learning")


class Change(TransitionPage):
    transition = publishing.change_publication
    model = Publication
    form_class = forms.ChangeForm
    title = "Change it"
    button = "Save the draft"
    lead = "The figures are drawn up anew, and a second person reads it again."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in ("title", "begins_on", "ends_on", "text")}


class Check(TransitionPage):
    transition = publishing.check_publication
    model = Publication
    title = "It names nobody"
    button = "I have read it: it leads to nobody"
    lead = "Names on record, numbers, postcodes and days are looked for. What is left only a person can see."


class Publish(TransitionPage):
    transition = publishing.publish
    model = Publication
    title = "Publish it"
    button = "Publish it"
    lead = "Everybody who works here can read it. What it says is never changed again."


class Withdraw(TransitionPage):
    transition = publishing.withdraw_publication
    model = Publication
    form_class = BecauseForm
    title = "Withdraw it"
    button = "Withdraw it"

"""Writing a notice: from an incident, a finding or by itself; kept while it is written; submitted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from govuk.times import exactly
from ppn import language, typed, workflow
from ppn.filters import DraftFilter
from ppn.forms.people import MOST_PEOPLE, SubjectForm, Subjects
from ppn.forms.review import ThrowAwayForm
from ppn.forms.submit import SubmitForm
from ppn.models import Draft, Ppn
from ppn.origins import Origin, origin_of
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import NotNow
from workflow.views import CreatePage, TransitionPage, as_typed


def _form_of(sent: QueryDict, people: int) -> Any:
    """The form as somebody left it, with room for so many people, and without errors."""
    sent = sent.copy()
    sent["subjects-TOTAL_FORMS"] = str(min(people, MOST_PEOPLE))
    sent.setdefault("subjects-INITIAL_FORMS", "0")
    form = as_typed(SubmitForm(sent))
    form.subjects = Subjects(sent, prefix="subjects")
    for person in form.subjects:
        as_typed(person)
    return form


class Submit(CreatePage):
    """A new notice, filled in from where it comes from, or as far as somebody had come with it."""

    transition = workflow.submit
    model = Ppn
    form_class = SubmitForm
    template_name = "ppn/submit.html"
    title = "Public protection notice"
    button = "Submit to the MASH"
    lead = "It is in the MASH queue the second you submit it. You can submit with gaps: write “not known”."

    @cached_property
    def draft(self) -> Draft | None:
        """The draft that somebody goes on with: only its author does."""
        key = _uuid(self.request.GET.get("draft", ""))
        rows = Draft.objects.filter(author=self.request.user.pk, state=Draft.State.OPEN)
        return get_object_or_404(rows, pk=key) if key else None

    def _key(self) -> UUID:
        return self.draft.pk if self.draft and self.request.method == "GET" else super()._key()

    @cached_property
    def arises_from(self) -> UUID | None:
        return self.draft.arises_from if self.draft else _uuid(self.request.GET.get("from", ""))

    @cached_property
    def origin(self) -> Origin | None:
        return origin_of(self.arises_from)

    def get_form(self, form_class: Any = None) -> Any:
        if self.draft and self.request.method == "GET":
            form = _form_of(typed.as_sent(self.draft.typed), typed.people_in(self.draft.typed))
        else:
            form = super().get_form(form_class)
            known = list(self.origin.subjects) if self.origin and self.request.method == "GET" else []
            form.subjects = Subjects(self.request.POST or None, prefix="subjects", initial=known or None)
        form.arises_from = self.arises_from
        return form

    def get_initial(self) -> dict[str, Any]:
        begun = self.origin
        return {"first_known_at": begun.first_known_at if begun else now(), **(begun.notice if begun else {})}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One more person, or a draft: the page comes back with everything that was typed."""
        if "save_draft" in request.POST:
            return self._saved(request)
        return self._again(request, 1) if "add_person" in request.POST else super().post(request, *args, **kwargs)

    def _saved(self, request: HttpRequest) -> HttpResponse:
        try:
            draft = keep(request, self._key(), self.arises_from)
        except (NotNow, typed.NotKept) as refusal:
            messages.error(request, f"Not saved. {refusal}")
            return self._again(request, 0)
        messages.success(request, f"Saved as {draft.reference}. Nobody reviews it until you submit it.")
        return redirect("ppn-drafts")

    def _again(self, request: HttpRequest, more: int) -> HttpResponse:
        there = str(request.POST.get("subjects-TOTAL_FORMS", ""))
        form = _form_of(request.POST, int(there) + more if there.isdigit() else 1)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "formset": context["form"].subjects, "origin": self.origin, "arises_from": self.arises_from}


def keep(request: HttpRequest, key: UUID, arises_from: UUID | None) -> Draft:
    """What has been typed, kept as a draft. Raises NotNow once the notice has been submitted, NotKept."""
    user: Any = request.user
    words = typed.kept(request.POST)
    if Ppn.objects.filter(pk=key).exists():
        raise NotNow("This notice has been submitted.")
    draft = Draft.objects.filter(pk=key).first()
    if draft is None:
        try:
            return workflow.start_draft(Draft(pk=key), by=user, typed=words, arises_from=arises_from)
        except IntegrityError:
            raise NotNow("Somebody else is writing this draft, or you saved it twice at once.") from None
    return workflow.save_draft(draft, by=user, typed=words)


class SaveDraft(GuardedPage):
    """Called by the page while somebody types. Says when it was saved, or why not."""

    may = Can.SUBMIT_PPN

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        try:
            draft = keep(request, pk, _uuid(request.GET.get("from", "")))
        except (NotNow, typed.NotKept) as refusal:
            return JsonResponse({"why": str(refusal)}, status=409)
        return JsonResponse({"saved": exactly(draft.saved_at)})


class LanguageHints(GuardedPage):
    """Words to think about again, while somebody types. It never blocks anything."""

    may = Can.SUBMIT_PPN

    def post(self, request: HttpRequest) -> HttpResponse:
        texts = [request.POST.get(name, "") for name in request.POST if name not in typed.NOT_KEPT]
        return render(request, "ppn/hints.html", {"hints": language.hints(*texts)})


class Drafts(QueuePage):
    """My own drafts; for a supervisor, every draft that has been left for two hours."""

    may = Can.SUBMIT_PPN
    heading = "Drafts"
    filterset_class = DraftFilter
    due_field = "started_at"
    empty = {"title": "No draft", "text": "What you begin to write is kept here until you submit it."}

    def records(self) -> QuerySet[Draft]:
        return Draft.objects.filter(state=Draft.State.OPEN).select_related("author")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        chips = {"mine": ("Mine", Q(author=self.request.user.pk))}
        if self.request.user.can(Can.CHECK_PPN):  # type: ignore[union-attr]
            overdue = Clock.running().filter(deadline="DR", due_at__lt=at).values_list("record", flat=True)
            chips["left"] = ("Left for too long", Q(pk__in=list(overdue)))
        return chips

    def row(self, record: Draft, clock: Clock | None) -> Work:
        return Work(
            title="Notice not yet submitted",
            url=record.get_absolute_url(),
            reference=record.reference,
            why=f"Last saved {exactly(record.saved_at)}",
            due=clock.due_at if clock else None,
            started=record.started_at,
            child="not_known",
            state=Draft.State(record.state).label,
            owner=str(record.author),
            holds_up="The MASH: it knows nothing of it",
        )


class DraftPage(RecordPage):
    """What has been typed so far. Its author goes on with it; a supervisor reads it."""

    may = Can.SUBMIT_PPN
    template_name = "ppn/draft.html"

    def get_queryset(self) -> QuerySet[Draft]:
        return Draft.objects.select_related("author")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        draft: Draft = self.object
        is_open = draft.state == Draft.State.OPEN
        return super().get_context_data(
            now=now(),
            heading="Draft of a notice",
            reference=draft.reference,
            state=Draft.State(draft.state).label,
            state_kind="working" if is_open else "done",
            is_mine=is_open and draft.author_id == self.request.user.pk,
            is_open=is_open,
            boxes=list(typed.in_words(draft.typed, _labels())),
            clocks=clocks_of(draft),
            timeline=timeline_of(draft),
            **context,
        )


def _labels() -> Mapping[str, str]:
    boxes = {**SubmitForm.base_fields, **SubjectForm.base_fields}
    return {name: str(box.label) for name, box in boxes.items()}


class ThrowAway(TransitionPage):
    transition = workflow.throw_away
    model = Draft
    form_class = ThrowAwayForm
    title = "Throw this draft away"
    button = "Throw it away"
    lead = "What was typed can still be read here, with your reason."


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

"""Photos and documents: adding one, its page, the file itself, the quarantine."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from cases.views.facts import with_facts
from documents import forms, workflow
from documents.checking import check
from documents.filters import AttachmentFilter
from documents.holders import HOLDERS, Holder
from documents.models import NOT_CHECKED, Attachment, State
from documents.nightly import last_look
from documents.opening import answer_with
from documents.rows import STATE_KINDS, as_work, state_in_words
from documents.showing import shown
from documents.vault import Damaged
from govuk.times import exactly
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import NotNow, Transition
from workflow.views import CreatePage, TransitionPage, actions_for

log = logging.getLogger(__name__)


def _holder(kind: str) -> Holder:
    if kind not in HOLDERS.by_kind:
        raise Http404("No record of this kind holds documents")
    return HOLDERS.by_kind[kind]


def _found(request: HttpRequest, key: UUID) -> tuple[Attachment, Any]:
    """The document and its record, for whoever may see the record; 404 or 403 otherwise."""
    together = Attachment.objects.select_related("added_by", "released_by", "withdrawn_by")
    attachment = get_object_or_404(together, pk=key)
    holder = _holder(attachment.kind)
    holder.must_let_see(request.user)  # type: ignore[arg-type]
    return attachment, holder.get(attachment.record)


class Add(CreatePage):
    """A photo or document for a record: the camera of a phone, or a file."""

    transition = workflow.add
    model = Attachment
    form_class = forms.AddForm
    title = "Add a photo or document"
    button = "Add it"
    lead = "It is checked for malware before anybody can open it. Who opens it is recorded."
    takes_files: ClassVar[bool] = True

    @cached_property
    def holder(self) -> Holder:
        return _holder(self.kwargs["kind"])

    @cached_property
    def about(self) -> Any:
        """The record that it is added to; a hidden one is a 404."""
        self.holder.must_let_add(self.request.user)  # type: ignore[arg-type]
        return self.holder.get(self.kwargs["record"])

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if HOLDERS.takes_no_images(self.about):
            form.takes_no_images()
        return with_facts(form, to=self.about)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if response.status_code != 302:
            return response
        added = check(self.record)
        say = messages.success if added.may_be_opened else messages.warning
        say(self.request, f"Added: {added.caption}. {state_in_words(added)}")
        return redirect(self.about)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        said = {**super().get_context_data(**context), "reference": self.about.reference}
        return {**said, "heading": "Add a document"} if HOLDERS.takes_no_images(self.about) else said

    def cancel_url(self) -> str:
        url: str = self.about.get_absolute_url()
        return url


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.release, "Let it out of quarantine", "document-release"),
    (workflow.withdraw, "It was added to the wrong record", "document-withdraw"),
]


class DocumentPage(RecordPage):
    """One document: what it shows, what it really is, who added it, where it stands and why."""

    may = None  # whoever may see its record: asked of the record's own app
    template_name = "documents/document.html"

    def get_object(self, queryset: Any = None) -> Attachment:
        attachment, self.about = _found(self.request, self.kwargs["pk"])
        return attachment

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        attachment: Attachment = self.object
        return super().get_context_data(
            now=now(),
            heading=attachment.caption,
            reference=attachment.reference,
            child="",
            grade=None,
            state=State(attachment.state).label,
            state_kind=STATE_KINDS[State(attachment.state)],
            about=self.about,
            shown=shown(attachment),
            actions=actions_for(attachment, self.request.user, ACTIONS),
            clocks=clocks_of(attachment),
            missing=[],
            missing_step="",
            timeline=timeline_of(attachment),
            **context,
        )


class Open(GuardedPage):
    """The file itself. `copy`: to be saved rather than shown."""

    may = None  # whoever may see its record
    copy: ClassVar[bool] = False

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        attachment, _ = _found(request, pk)
        try:
            return answer_with(attachment, copy=self.copy)
        except NotNow as refusal:
            return self._not_opened(attachment, str(refusal), status=409)
        except Damaged as problem:
            log.error("Document %s cannot be opened: %s", attachment.pk, problem)
            return self._not_opened(attachment, f"{problem} Tell whoever looks after the system.", status=500)

    def _not_opened(self, attachment: Attachment, why: str, *, status: int) -> HttpResponse:
        context = {"record": attachment, "why": why, "heading": "This file cannot be opened"}
        return render(self.request, "documents/not_opened.html", context, status=status)


class Copy(Open):
    """The file, to be saved."""

    copy = True


class DocumentStep(TransitionPage):
    model = Attachment

    @cached_property
    def record(self) -> Attachment:
        return _found(self.request, self.kwargs["pk"])[0]


class Release(DocumentStep):
    transition = workflow.release
    form_class = forms.ReleaseForm
    title = "Let it out of quarantine"
    button = "Let it out"
    lead = "No scanner has looked at it. Whoever opens it trusts your judgement of where it came from."


class Withdraw(DocumentStep):
    transition = workflow.withdraw
    form_class = forms.WithdrawForm
    title = "It was added to the wrong record"
    button = "Withdraw it"
    lead = "It goes off the list and cannot be opened any more. It is kept, with your reason."


class Quarantine(QueuePage):
    """Documents that nobody can open yet, the nearest to their time first."""

    may = Can.RELEASE_DOCUMENT
    heading = "Photos and documents in quarantine"
    filterset_class = AttachmentFilter
    due_field = "due_at"
    empty = {"title": "Nothing is in quarantine", "text": "What no scanner could look at appears here by itself."}

    def records(self) -> QuerySet[Attachment]:
        return Attachment.objects.select_related("added_by", "released_by", "withdrawn_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        waiting = Q(state__in=NOT_CHECKED)
        return {
            "waiting": ("Not yet checked", waiting),
            "overdue": ("Overdue", waiting & Q(due_at__lt=at)),
            "released": ("Let out, not checked", Q(state=State.RELEASED)),
            "infected": ("Malware found", Q(state=State.INFECTED)),
            "withdrawn": ("Withdrawn", Q(state=State.WITHDRAWN)),
        }

    def row(self, record: Attachment, clock: Clock | None) -> Work:
        return as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        return {"lead": _store_in_words()}


def _store_in_words() -> str:
    """What the last look at the store found: nothing may be lost, or lie there, unseen."""
    look = last_look()
    if look is None:
        return "The store of files has never been looked at: the nightly look has not run."
    said = f"The store of files was last looked at on {exactly(look.at)}: {look.files} files."
    if look.orphans or look.missing:
        said += (
            f" {len(look.orphans)} belong to no document, and the files of {len(look.missing)} documents are gone."
            " Tell whoever looks after the system."
        )
    return said

"""The MASH queue, a notice, and the pages that move it on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from cases.history import known_already
from partners.models import Disclosure
from ppn import forms, people, workflow
from ppn.filters import PpnFilter
from ppn.models import OPEN, WAITING_FOR_REVIEW, Answer, Grade, Ppn, State, Subject
from ppn.rows import KINDS, as_work
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for, as_typed


class Queue(QueuePage):
    """Every notice that is not yet filed, the review nearest to breach first."""

    may = Can.SEE_PPN_QUEUE
    heading = "MASH queue"
    filterset_class = PpnFilter
    due_field = "due_at"
    empty = {"title": "No notice waits here", "text": "A new notice appears the second it is submitted."}

    def records(self) -> QuerySet[Ppn]:
        return Ppn.objects.filter(state__in=OPEN).select_related("taken_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        waiting = Q(state__in=WAITING_FOR_REVIEW)
        return {
            "waiting": ("Waiting for review", waiting),
            "overdue": ("Overdue", waiting & Q(due_at__lt=at)),
            "child": ("Child, or not known", waiting & ~Q(child=Answer.NO)),
            "red": ("Red / high", waiting & Q(grade=Grade.RED)),
            "never_opened": ("Never opened", Q(state=State.SUBMITTED, taken_at=None)),
            "mine": ("Mine", Q(state=State.UNDER_RESEARCH, taken_by=self.request.user.pk)),
            "assessed": ("Assessed, not shared", Q(state=State.RISK_ASSESSED)),
            "shared": ("Waiting for a strategy decision", Q(state=State.SHARED)),
        }

    def row(self, record: Ppn, clock: Clock | None) -> Work:
        return as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        oldest = Ppn.objects.filter(state__in=WAITING_FOR_REVIEW).aggregate(oldest=Min("submitted_at"))["oldest"]
        lead = f"{counts['waiting']} wait for review, {counts['overdue']} of them overdue."
        if oldest:
            days, hours = divmod(int((at - oldest).total_seconds()) // 3600, 24)
            lead += f" The oldest has waited {days} days {hours} hours."
        take_next = {"url": "take-next/", "label": "Take the next notice"}
        may_take = self.request.user.can(Can.REVIEW_PPN)  # type: ignore[union-attr]
        return {"lead": lead, "take_next": take_next if may_take else None}


class TakeNext(GuardedPage):
    """Give me the notice nearest to breach that nobody has."""

    may = Can.REVIEW_PPN

    def post(self, request: HttpRequest) -> HttpResponse:
        ppn = workflow.take_next(by=request.user)  # type: ignore[arg-type]
        if ppn is None:
            messages.info(request, "Every notice has somebody working on it.")
            return redirect("ppn-queue")
        messages.success(request, f"{ppn.reference} is yours.")
        return redirect(ppn)


class Mine(QueuePage):
    """What I submitted, and what has become of it."""

    may = Can.SUBMIT_PPN
    heading = "My notices"
    filterset_class = PpnFilter
    due_field = "submitted_at"
    empty = {"title": "You have submitted no notice", "text": "What you submit appears here, with what becomes of it."}

    def records(self) -> QuerySet[Ppn]:
        return Ppn.objects.filter(submitted_by=self.request.user.pk).select_related("taken_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {"open": ("Not yet filed", Q(state__in=OPEN)), "filed": ("Filed", Q(state=State.FILED))}

    def row(self, record: Ppn, clock: Clock | None) -> Work:
        return as_work(record, clock)


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.take, "Take this notice", "ppn-take"),
    (workflow.assess, "Assess the risk", "ppn-assess"),
    (workflow.share, "Share with agencies", "ppn-share"),
    (workflow.file, "Decide on a strategy meeting and file", "ppn-file"),
    (workflow.found_a_child, "A child is involved after all", "ppn-found-a-child"),
    (workflow.put_back, "Put back in the queue", "ppn-put-back"),
]


class PpnPage(RecordPage):
    """One notice: what the officer saw, the voice of each child, what the MASH did, what runs out when."""

    may = Can.SEE_PPNS
    template_name = "ppn/ppn.html"

    def get_queryset(self) -> QuerySet[Ppn]:
        return Ppn.objects.select_related("case", "submitted_by", "taken_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        ppn: Ppn = self.object
        subjects = list(ppn.subjects.select_related("person"))
        unknown = people.not_yet_identified(ppn)
        met = {subject.pk: people.candidates(subject) for subject in unknown}
        for subject in subjects:
            subject.may_be = met.get(subject.pk)  # type: ignore[attr-defined] # None: there is nothing to ask
        return super().get_context_data(
            now=now(),
            heading=", ".join(ppn.types_in_words()),
            reference=f"{ppn.reference}, {ppn.case.reference}",
            child=ppn.child,
            grade=ppn.current_grade,
            state=State(ppn.state).label,
            state_kind=KINDS[State(ppn.state)],
            subjects=sorted(subjects, key=lambda subject: (not subject.is_child, subject.name)),
            may_identify=self.request.user.can(Can.REVIEW_PPN),  # type: ignore[union-attr]
            **known_already((each.person for each in subjects if each.person), address=None, but_not=ppn.pk),
            disclosures=list(Disclosure.objects.filter(record=ppn.pk).select_related("agency", "sent_by")),
            actions=_offered(ppn, actions_for(ppn, self.request.user, ACTIONS)),
            clocks=clocks_of(ppn),
            missing=missing(ppn, unknown),
            missing_step="file this notice",
            timeline=timeline_of(ppn),
            **context,
        )


def _offered(ppn: Ppn, actions: list[dict[str, str]]) -> list[dict[str, str]]:
    """Where a child is known there is none to find."""
    return [each for each in actions if ppn.child != Answer.YES or "found-a-child" not in each["url"]]


def missing(ppn: Ppn, unknown: list[Subject]) -> list[dict[str, Any]]:
    """What still stands between this notice and being filed."""
    if ppn.state == State.FILED:
        return []
    return [
        {
            "label": "Who everybody is",
            "done": not unknown,
            "why": "Somebody we know, or somebody new",
            "url": reverse("ppn-say-who", args=[ppn.pk, unknown[0].pk]) if unknown else "",
        },
        {
            "label": "Risk assessed by the MASH",
            "done": bool(ppn.assessed_at),
            "why": "Opening it does not stop the clock",
            "url": "",
        },
        {
            "label": "Shared with partner agencies",
            "done": bool(ppn.shared_at),
            "why": "Partners know nothing of it yet",
            "url": "",
        },
        {
            "label": "Decision on a strategy meeting",
            "done": bool(ppn.strategy_decision),
            "why": "A sergeant decides and says why",
            "url": "",
        },
    ]


class PpnStep(TransitionPage):
    model = Ppn


class SayWho(PpnStep):
    """Somebody the notice names: whom we may know them to be, with what speaks for it and against."""

    transition = workflow.say_who
    form_class = forms.SayWhoForm
    button = "Save"
    lead = "What we know of them, and what runs out when, is on the notice as soon as you have said who they are."

    @cached_property
    def subject(self) -> Subject:
        found: Subject = get_object_or_404(Subject.objects.filter(ppn=self.record), pk=self.kwargs["subject"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.choose_from(people.candidates(self.subject))
        given = form.facts
        form.facts = lambda: {**given(), "subject": self.subject}
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "heading": f"Who is {self.subject.name}?"}


class Submit(CreatePage):
    """A new notice, from an incident or by itself."""

    transition = workflow.submit
    model = Ppn
    form_class = forms.SubmitForm
    template_name = "ppn/submit.html"
    title = "Public protection notice"
    button = "Submit to the MASH"
    lead = "It is in the MASH queue the second you submit it. You can submit with gaps: write “not known”."

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.subjects = forms.Subjects(self.request.POST or None, prefix="subjects")
        form.arises_from = self._arises_from()
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"first_known_at": now()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One more person: the page comes back with everything that was typed, and room for another."""
        if "add_person" not in request.POST:
            return super().post(request, *args, **kwargs)
        typed = request.POST.copy()
        there = str(typed.get("subjects-TOTAL_FORMS", ""))
        wanted = int(there) + 1 if there.isdigit() else 1
        typed["subjects-TOTAL_FORMS"] = str(min(wanted, forms.MOST_PEOPLE))
        form = as_typed(forms.SubmitForm(typed))
        form.subjects = forms.Subjects(typed, prefix="subjects")
        for person in form.subjects:
            as_typed(person)
        return self.render_to_response(self.get_context_data(form=form))

    def _arises_from(self) -> UUID | None:
        try:
            return UUID(self.request.GET.get("from", ""))
        except ValueError:
            return None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "formset": context["form"].subjects}


class Assess(PpnStep):
    transition = workflow.assess
    form_class = forms.AssessForm
    title = "Secondary risk assessment"
    button = "Save the assessment"

    def get_initial(self) -> dict[str, Any]:
        return {"grade": self.record.grade}


class Share(PpnStep):
    transition = workflow.share
    form_class = forms.ShareForm
    title = "Share with partner agencies"
    button = "Share"
    lead = (
        "What you share is kept exactly as you share it. Agencies are not connected to Longstop yet: "
        "send the same text to their mailbox as you do now."
    )


class File(PpnStep):
    transition = workflow.file
    form_class = forms.FileForm
    title = "Decide on a strategy meeting and file"
    button = "File the notice"


class Take(PpnStep):
    transition = workflow.take
    title = "Take this notice"
    button = "Take it"


class PutBack(PpnStep):
    transition = workflow.put_back
    form_class = forms.PutBackForm
    title = "Put the notice back in the queue"
    button = "Put it back"


class FoundAChild(PpnStep):
    transition = workflow.found_a_child
    form_class = forms.FoundAChildForm
    title = "A child is involved after all"
    button = "Save"

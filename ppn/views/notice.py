"""One notice: everything the MASH needs to review it, on one page."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from cases.history import known_already
from documents.showing import documents_of
from encompass.showing import school_notices_about
from partners.showing import sharing_of
from ppn import household, language, paper, people, workflow
from ppn.child_clock import child_clock
from ppn.marac import Criterion
from ppn.models import Answer, Concern, DetailRequest, DomesticAbuse, Ppn, State, Subject, Trigger
from ppn.repeats import notices_about
from ppn.rows import BESIDE, KINDS, as_work
from ppn.triggers import TRIGGERS
from sla.work import clocks_of, nearest_clocks, timeline_of
from strategy.showing import meetings_about
from workflow.transitions import Transition
from workflow.views import actions_for

ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.take, "Take this notice", "ppn-take"),
    (workflow.assess, "Assess the risk", "ppn-assess"),
    (workflow.share, "Share with agencies", "ppn-share"),
    (workflow.file, "File this notice", "ppn-file"),
    (workflow.found_a_child, "A child is involved after all", "ppn-found-a-child"),
    (workflow.check, "Check it as a supervisor", "ppn-check"),
    (workflow.force_a_look, "Put it before the MASH sergeant", "ppn-force-a-look"),
    (workflow.correct_sharing, "Correct what was sent", "ppn-correct"),
    (workflow.withdraw_sharing, "Take back what was sent", "ppn-take-back"),
    (workflow.put_back, "Put back in the queue", "ppn-put-back"),
    (workflow.reopen, "Open it again", "ppn-reopen"),
]


class PpnPage(RecordPage):
    """One notice: what the officer saw, the voice of each child, what is known, what the MASH did, what runs out."""

    may = Can.SEE_PPNS
    template_name = "ppn/ppn.html"

    def get_queryset(self) -> QuerySet[Ppn]:
        return Ppn.objects.select_related("case", "submitted_by", "taken_by", "checked_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        ppn: Ppn = self.object
        user: Any = self.request.user
        subjects = list(ppn.subjects.select_related("person", "school"))
        unknown = people.not_yet_identified(ppn)
        met = {subject.pk: people.candidates(subject) for subject in unknown}
        for subject in subjects:
            subject.may_be = met.get(subject.pk)  # type: ignore[attr-defined] # None: there is nothing to ask
        at = now()
        return super().get_context_data(
            now=at,
            heading=", ".join(ppn.types_in_words()),
            reference=f"{ppn.reference}, {ppn.case.reference}",
            child=ppn.child,
            grade=ppn.current_grade,
            state=State(ppn.state).label,
            state_kind=KINDS[State(ppn.state)],
            subjects=sorted(subjects, key=lambda subject: (not subject.is_child, subject.name)),
            may_identify=user.can(Can.REVIEW_PPN),
            **known_already((each.person for each in subjects if each.person), address=None, but_not=ppn.pk),
            **_what_happened(ppn),
            **meetings_about(ppn),
            **documents_of(ppn),
            school_notices=school_notices_about(ppn),
            **_review(ppn, user),
            child_clock=child_clock(ppn, at),
            **sharing_of(ppn),
            actions=_offered(ppn, user, actions_for(ppn, user, ACTIONS)),
            clocks=clocks_of(ppn),
            missing=missing(ppn, unknown),
            missing_step="file this notice",
            timeline=timeline_of(ppn),
            **context,
        )


def _what_happened(ppn: Ppn) -> dict[str, Any]:
    abuse = DomesticAbuse.objects.filter(ppn=ppn).first()
    return {
        "concern": Concern.objects.filter(ppn=ppn).first(),
        "abuse": abuse,
        "marac": [Criterion(each).label for each in abuse.marac] if abuse else [],
        "hints": language.hints(ppn.narrative, ppn.assessment),
    }


def _review(ppn: Ppn, user: Any) -> dict[str, Any]:
    """What the software has looked up for the review, and what waits for somebody."""
    triggers = Trigger.objects.filter(ppn=ppn).select_related("raised_by", "proposed_by", "decided_by")
    return {
        "repeats": [each for each in notices_about(ppn) if not each.is_one],
        "other_notices": household.notices_of_household(ppn),
        "other_children": household.other_children(ppn),
        "considered": list(ppn.children_considered.select_related("person", "by")),
        "not_considered": {child.pk for child in household.not_considered(ppn)},
        "triggers": [(each, TRIGGERS[each.code]) for each in triggers.order_by("raised_at", "code", "pk")],
        "details": list(DetailRequest.objects.filter(ppn=ppn).select_related("asked_by", "answered_by")),
        "may_review": user.can(Can.REVIEW_PPN),
        "may_decide": user.can(Can.FILE_PPN),
        "may_answer": user.can(Can.SUBMIT_PPN),
    }


def _offered(ppn: Ppn, user: Any, actions: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without what has been done already, and without the check for those who never wait for it."""
    senseless = {
        "/found-a-child/": ppn.child == Answer.YES,
        "/check/": ppn.checked_at is not None or not user.can(Can.CHECK_PPN) or ppn.submitted_by_id == user.pk,
    }
    return [each for each in actions if not any(is_so and part in each["url"] for part, is_so in senseless.items())]


def missing(ppn: Ppn, unknown: list[Subject]) -> list[dict[str, Any]]:
    """What still stands between this notice and being filed."""
    if ppn.state == State.FILED:
        return []
    steps = [
        ("Who everybody is", not unknown, "Somebody we know, or somebody new"),
        ("Risk assessed by the MASH", bool(ppn.assessed_at), "Opening it does not stop the clock"),
        ("Shared with partner agencies", bool(ppn.shared_at), "Partners know nothing of it yet"),
    ]
    urls = {"Who everybody is": reverse("ppn-say-who", args=[ppn.pk, unknown[0].pk]) if unknown else ""}
    found = [{"label": label, "done": done, "why": why, "url": urls.get(label, "")} for label, done, why in steps]
    return [*found, *({"label": reason, "done": False, "why": "", "url": ""} for reason in workflow.in_the_way(ppn))]


class HouseholdPage(RecordPage):
    """One family, however many notices: every open notice about it, its children, and what is known of each."""

    may = Can.REVIEW_PPN
    template_name = "ppn/household.html"

    def get_queryset(self) -> QuerySet[Ppn]:
        return Ppn.objects.select_related("case", "taken_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        ppn: Ppn = self.object
        notices = [ppn, *household.notices_of_household(ppn)]
        clocks = nearest_clocks(notices, but_not=BESIDE)
        children = Subject.objects.filter(ppn__in=notices, part=Subject.Part.CHILD).select_related("person", "ppn")
        return super().get_context_data(
            now=now(),
            heading="All open notices about this household",
            reference=ppn.reference,
            rows=[as_work(each, clocks.get(each.pk)) for each in notices],
            children=list(children.order_by("name", "ppn__submitted_at")),
            other_children=household.other_children(ppn),
            **context,
        )


class Paper(GuardedPage):
    """The notice as PDF, with the name of whoever prints it across every page."""

    may = Can.SEE_PPNS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        user: Any = request.user
        ppn = get_object_or_404(Ppn.objects.select_related("submitted_by"), pk=pk)
        answer = HttpResponse(paper.as_pdf(ppn, for_whom=user), content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'inline; filename="{ppn.reference}.pdf"'
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


class OnItsNotice(GuardedPage):
    """What hangs on a notice is shown on the notice's page."""

    may = Can.SEE_PPNS
    model: ClassVar[type[DetailRequest | Trigger]]
    part: ClassVar[str]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        record = get_object_or_404(self.model.objects.select_related("ppn"), pk=pk)
        return redirect(f"{record.ppn.get_absolute_url()}#{self.part}")


class DetailOnItsNotice(OnItsNotice):
    model, part = DetailRequest, "details"


class TriggerOnItsNotice(OnItsNotice):
    model, part = Trigger, "triggers"

"""Children whose images were shared: the list, one of them, and each step until it is resolved."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from access.actor import NotYours
from access.roles import Can, who_may
from access.time import now
from access.views import RecordPage
from accounts.models import User
from cases.views.facts import with_facts
from online.forms import images as forms
from online.image_filters import ImageFilter
from online.image_home import RELATED, of_their_teams, theirs
from online.image_outcomes import outcomes
from online.image_rows import (
    IS_OPEN,
    KINDS,
    NO_GUIDANCE,
    NOT_SEEN,
    TO_ALLOCATE,
    as_work,
    by_phone,
    holder,
    warnings_of,
    whose,
    wider_risk,
)
from online.models import WIDER_RISK, OnlineCase, SharedImage
from online.workflow import shared_images as verbs
from ppn.models import Ppn
from ppn.origins import Origin, origin_of
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import NotNow, Transition
from workflow.views import CreatePage, TransitionPage, actions_for

State = SharedImage.State


class Queue(QueuePage):
    """Every child whose image was shared and for whom something is still to be done, the nearest to breach first."""

    may = Can.SEE_SHARED_IMAGES
    heading = "Shared images of children"
    lead = "Each child is seen in person. No image is ever stored here."
    template_name = "online/image_list.html"
    filterset_class = ImageFilter
    due_field = "due_at"
    empty = {"title": "No report is open", "text": "A new report, or an incident about images, comes here by itself."}

    def records(self) -> QuerySet[SharedImage]:
        rows: QuerySet[SharedImage] = SharedImage.objects.select_related(*RELATED)
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        user: Any = self.request.user
        return {
            "open": ("Not resolved", IS_OPEN),
            "mine": ("Yours", IS_OPEN & theirs(user)),
            "team": ("Your team", IS_OPEN & of_their_teams(user)),
            "guidance": ("No guidance yet", NO_GUIDANCE),
            "allocate": ("To allocate", TO_ALLOCATE),
            "unseen": ("Child not seen", NOT_SEEN),
            "phone": ("With the phone team", by_phone()),
            "wider": ("Wider risk", wider_risk()),
            "late": ("Late", IS_OPEN & Q(due_at__lt=at)),
            "resolved": ("Resolved", Q(state=State.RESOLVED)),
            "error": ("Recorded in error", Q(state=State.IN_ERROR)),
        }

    def row(self, record: SharedImage, clock: Clock | None) -> Work:
        return as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        months, rows = outcomes(at)
        user: Any = self.request.user
        return {"months": months, "outcomes": rows, "may_report": user.can(Can.REPORT_SHARED_IMAGES)}


class Report(CreatePage):
    """What was reported; and then straight on to the questions of wider risk."""

    transition = verbs.report_shared_image
    model = SharedImage
    form_class = forms.ReportForm
    title = "Report that images of a child were shared"
    button = "Save, and go on to the questions"
    lead = "The child is not to blame. No image is ever stored here: do not copy, forward or photograph it."

    @cached_property
    def origin(self) -> tuple[UUID, Origin] | None:
        """The incident that it comes from, if the address names one that this person may see."""
        try:
            key = UUID(self.request.GET.get("from", ""))
        except ValueError:
            return None
        found = origin_of(key)
        return (key, found) if found else None

    def get_initial(self) -> dict[str, Any]:
        if self.origin is None:
            return {}
        _, origin = self.origin
        return {"what": origin.notice.get("narrative", ""), "reported_at": origin.first_known_at}

    def get_form(self, form_class: Any = None) -> Any:
        key, origin = self.origin or (None, None)
        about = {"arises_from": key, "from_reference": origin.reference if origin else "", "case": None}
        return with_facts(super().get_form(form_class), **about)

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if answer.status_code != 302:
            return answer
        return redirect("sharedimage-questions", self.record.pk)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        origin = self.origin
        return {**super().get_context_data(**context), "reference": origin[1].reference if origin else ""}

    def cancel_url(self) -> str:
        return self.origin[1].url if self.origin else reverse("online-images")


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (verbs.child_seen_in_person, "The child was seen in person", "sharedimage-seen"),
    (verbs.wider_risk_asked, "Questions of wider risk", "sharedimage-questions"),
    (verbs.give_guidance, "Specialist's guidance", "sharedimage-guidance"),
    (verbs.allocate_images, "Allocate it", "sharedimage-allocate"),
    (verbs.full_investigation, "Begin a full investigation", "sharedimage-investigate"),
    (verbs.full_investigation, "It is part of an investigation", "sharedimage-investigation"),
    (verbs.images_covered_by_notice, "A notice has been submitted already", "sharedimage-notice"),
    (verbs.resolve_images, "Resolve it", "sharedimage-resolve"),
    (verbs.no_shared_image, "No image was shared", "sharedimage-error"),
    (verbs.reopen_images, "Open it again", "sharedimage-reopen"),
]


def offered(images: SharedImage, user: User) -> list[dict[str, str]]:
    """What can be done now, and whose it is."""
    found = actions_for(images, user, [each for each in ACTIONS if _makes_sense(images, each[2])])
    for each in found:
        if each["url"].endswith("/seen/") and not any(user.can(act) for act in verbs.SEES_CHILDREN):
            each["why_not"] = "for an officer who has seen the child"
    if images.state in verbs.OPEN and images.ppn_id is None:
        why_not = "" if user.can(Can.SUBMIT_PPN) else f"for a {who_may(Can.SUBMIT_PPN)}"
        notice = {"label": "Submit the notice", "url": f"{reverse('ppn-new')}?from={images.pk}", "why_not": why_not}
        found.insert(1, notice)
    return found


def _makes_sense(images: SharedImage, name: str) -> bool:
    if name in ("sharedimage-investigate", "sharedimage-investigation"):
        return images.online_case_id is None
    return name != "sharedimage-notice" or images.ppn_id is None


def missing(images: SharedImage) -> list[dict[str, Any]]:
    """What still stands between it and being resolved."""
    if images.state not in verbs.OPEN:
        return []

    def step(label: str, done: bool, why: str, name: str) -> dict[str, Any]:
        return {"label": label, "done": done, "why": why, "url": reverse(name, args=[images.pk]) if name else ""}

    found = [
        step(
            "The child has been seen in person", images.seen_at is not None, "Never by phone alone", "sharedimage-seen"
        ),
        step("Every question of wider risk answered", not images.not_asked, "", "sharedimage-questions"),
        step("The specialist sergeant has said how", bool(images.guidance), "", "sharedimage-guidance"),
        step("Allocated", bool(images.handler), "By the specialist sergeant", "sharedimage-allocate"),
        step("Notice submitted", images.ppn_id is not None, "Or a sergeant says why none is needed", ""),
    ]
    if images.is_aggravated:
        why = "There is wider risk"
        found.append(step("Full investigation", images.online_case_id is not None, why, "sharedimage-investigate"))
    return found


class ImagesPage(RecordPage):
    """One child whose image was shared: what is known, what the child said, and what is still to be done."""

    may = Can.SEE_SHARED_IMAGES
    template_name = "online/sharedimage.html"

    def get_queryset(self) -> QuerySet[SharedImage]:
        people = ("recorded_by", "guided_by", "allocated_by", "seen_by", "resolved_by")
        return SharedImage.objects.select_related(*RELATED, "school", *people)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        images: SharedImage = self.object
        user: Any = self.request.user
        at = now()
        return super().get_context_data(
            now=at,
            heading=f"Images shared: {whose(images)}",
            reference=images.reference,
            child="yes",
            grade=None,
            state=State(images.state).label,
            state_kind=KINDS[images.state],
            holder=holder(images),
            answers=[(words, getattr(images, f"get_{name}_display")()) for name, words in WIDER_RISK.items()],
            warnings=warnings_of(images, at),
            actions=offered(images, user),
            **beside(images, user),
            missing=missing(images),
            missing_step="resolve it",
            clocks=clocks_of(images),
            timeline=timeline_of(images),
            **context,
        )


def beside(images: SharedImage, user: User) -> dict[str, Any]:
    """The incident, the notice and the investigation, for those who may see each."""
    notice = Ppn.objects.filter(pk=images.ppn_id).first() if images.ppn_id and user.can(Can.SEE_PPNS) else None
    case_id = images.online_case_id
    case = OnlineCase.objects.filter(pk=case_id).first() if case_id and user.can(Can.SEE_ONLINE) else None
    may_see = images.arises_from and user.can(Can.SEE_INCIDENTS)
    return {"notice": notice, "online_case": case, "origin": origin_of(images.arises_from) if may_see else None}


class Step(TransitionPage):
    model = SharedImage

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        images = self.record
        return {**super().get_context_data(**context), "reference": f"{whose(images)}, {images.reference}"}


class Questions(Step):
    transition = verbs.wider_risk_asked
    form_class = forms.RiskForm
    title = "Is there more to it?"
    lead = (
        "Not known counts as yes until somebody knows. With a yes it is the specialist team's, and the child is seen "
    )
    lead += "within a day of the report."

    def get_initial(self) -> dict[str, Any]:
        images = self.record
        answers = {name: getattr(images, name) for name in WIDER_RISK} if images.asked_at else {}
        return {**answers, "said": images.risk_said}


class GiveGuidance(Step):
    transition = verbs.give_guidance
    form_class = forms.GuidanceForm
    title = "Specialist's guidance"
    lead = "Whoever deals with it reads this first. Earlier guidance stays in the timeline."


class Allocate(Step):
    transition = verbs.allocate_images
    form_class = forms.AllocateForm
    title = "Allocate it"
    button = "Allocate it"


class SeenPage(Step):
    transition = verbs.child_seen_in_person
    form_class = forms.SeenForm
    title = "The child was seen in person"
    lead = "By you. A telephone call is not that."


class Notice(Step):
    transition = verbs.images_covered_by_notice
    form_class = forms.CoveredForm
    title = "A notice has been submitted already"
    lead = "It has to have been submitted since this was reported."


class Link(Step):
    transition = verbs.full_investigation
    form_class = forms.LinkForm
    title = "It is part of an investigation"


class Investigate(Step):
    """A new investigation on the register, which counts from this report."""

    transition = verbs.full_investigation
    form_class = forms.InvestigateForm
    title = "Begin a full investigation"
    button = "Register it"
    lead = "It goes on the register, and its age counts from the moment this was reported."

    def get_initial(self) -> dict[str, Any]:
        images = self.record
        return {"what": "\n".join(filter(None, [images.what, images.risk_said]))}

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        try:
            images = verbs.begin_investigation(self.record, by=user, **form.cleaned_data)
        except (NotNow, NotYours) as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect(images)


class Resolve(Step):
    transition = verbs.resolve_images
    form_class = forms.ResolveForm
    title = "Resolve it"
    button = "Resolve it"
    lead = "You answer for it: the child was seen in person, and everything has been done for them."


class Error(Step):
    transition = verbs.no_shared_image
    form_class = forms.ErrorForm
    title = "No image was shared"
    lead = "You answer for that: say how you know."


class Reopen(Step):
    transition = verbs.reopen_images
    form_class = forms.AgainForm
    title = "Open it again"
    lead = "Its clocks count from the report, as before."

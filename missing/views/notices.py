"""Who is to be told that a child is missing or found: the list, the page of one, its steps; and where the scheme is
live for schools."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.time import today as local_day
from access.views import GuardedPage, RecordPage
from encompass.schooling import key_adults
from missing.forms import notices as forms
from missing.models import MissingNotice, SchoolScheme
from missing.return_filters import NoticeFilter
from missing.return_rows import NOTICE_KINDS, notice_as_work, notice_warnings
from missing.workflow import notices as verbs
from missing.workflow.telling import notice_in_words
from partners.content import in_words
from partners.models import Disclosure
from partners.showing import sharing_of
from places.models import LocalAuthority
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import NotNow, Transition
from workflow.views import TransitionPage, actions_for

State, Whom = MissingNotice.State, MissingNotice.Whom
COMPLETE = Q(state=State.TO_SEND, agency__isnull=False, agency__closed_at=None)


class Queue(QueuePage):
    """Authorities and schools that do not know yet, the nearest to breach first."""

    may = Can.SEE_MISSING
    heading = "Authorities and schools to tell"
    template_name = "missing/notices.html"
    filterset_class = NoticeFilter
    due_field = "due_at"
    empty = {
        "title": "Nobody waits to be told",
        "text": "Each report and each return says by itself who is to be told.",
    }

    def records(self) -> QuerySet[MissingNotice]:
        return MissingNotice.objects.select_related("agency", "team", "school", "episode__person")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        to_send = Q(state=State.TO_SEND)
        return {
            "to_send": ("Not sent yet", to_send),
            "overdue": ("Overdue", to_send & Q(due_at__lt=at)),
            "complete": ("Complete, can go", COMPLETE),
            "nobody": ("Nobody knows whom", to_send & Q(agency=None)),
            "sent": ("Sent", Q(state=State.SENT)),
            "late": ("Sent late", Q(state=State.SENT, late=True)),
            "not_sent": ("Not sent, for a reason", Q(state=State.NOT_SENT)),
        }

    def row(self, record: MissingNotice, clock: Clock | None) -> Work:
        return notice_as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        may_send = self.request.user.can(Can.SEARCH_FOR_MISSING)  # type: ignore[union-attr]
        return {"complete": counts["complete"] if may_send else 0}


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (verbs.send_notice, "Send it", "missing-notice-send"),
    (verbs.say_school, "Say which school", "missing-notice-school"),
    (verbs.say_authority, "Say which authority", "missing-notice-authority"),
    (verbs.not_sent, "Do not send it", "missing-notice-not-sent"),
]


def _offered(notice: MissingNotice, user: Any) -> list[dict[str, str]]:
    """A school is not asked for where an authority is told, nor the other way; nothing is sent to nobody."""
    left_out = {"missing-notice-authority" if notice.whom == Whom.SCHOOL else "missing-notice-school"}
    if notice.agency is None:
        left_out.add("missing-notice-send")
    return actions_for(notice, user, [each for each in ACTIONS if each[2] not in left_out])


class NoticePage(RecordPage):
    may = Can.SEE_MISSING
    template_name = "missing/notice.html"

    def get_queryset(self) -> QuerySet[MissingNotice]:
        rows = MissingNotice.objects.select_related("agency", "school", "team", "sent_by")
        return rows.select_related("episode__person", "episode__host", "episode__responsible")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        notice: MissingNotice = self.object
        sent = Disclosure.objects.filter(kind=notice._meta.label_lower, record=notice.pk).order_by("-number").first()
        return super().get_context_data(
            now=now(),
            heading=str(MissingNotice.About(notice.about).label),
            reference=notice.reference,
            child="yes",
            grade=None,
            state=State(notice.state).label,
            state_kind=NOTICE_KINDS[State(notice.state)],
            warnings=notice_warnings(notice),
            adults=key_adults(notice.school) if notice.school else [],
            content=in_words(sent.content if sent else notice_in_words(notice)),
            actions=_offered(notice, self.request.user),
            clocks=clocks_of(notice),
            missing=[],
            missing_step="",
            timeline=timeline_of(notice),
            **sharing_of(notice),
            **context,
        )


class Step(TransitionPage):
    model = MissingNotice
    template_name = "missing/interview_step.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(warnings=notice_warnings(self.record), episode=self.record.episode, **context)


class Send(Step):
    transition = verbs.send_notice
    form_class = forms.SendForm
    template_name = "missing/notice_send.html"
    title = "Send it"
    button = "Send it"

    def get_initial(self) -> dict[str, Any]:
        return dict(vars(verbs.usual_grounds(self.record.whom)))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(content=in_words(notice_in_words(self.record)), **context)


class SaySchool(Step):
    transition = verbs.say_school
    form_class = forms.SchoolForm
    title = "Which school is told?"
    lead = "It is told of this child, whether or not the scheme is live where the child lives."


class SayAuthority(Step):
    transition = verbs.say_authority
    form_class = forms.AuthorityForm
    title = "Which authority is told?"
    lead = "A child who is placed out of the area of an authority has two: where they live, and who answers for them."


class NotSent(Step):
    transition = verbs.not_sent
    form_class = forms.NotSentForm
    title = "Do not send it"
    button = "They are not told"
    lead = "You answer for that: say why."


class SendAll(GuardedPage):
    """Everything that is complete goes, each by itself. What could not go says why, and stays."""

    may = Can.SEARCH_FOR_MISSING

    def get(self, request: HttpRequest) -> HttpResponse:
        usual = vars(verbs.usual_grounds(Whom.AUTHORITY.value))
        return self._show(request, forms.SendAllForm(initial=usual))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.SendAllForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, 422)
        try:
            sent, refused = verbs.send_all(by=request.user, grounds=form.each())  # type: ignore[arg-type]
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, form, 422)
        messages.success(request, f"Sent: {len(sent)}. Whether each has arrived stands on its page.")
        for notice, why in refused:
            messages.error(request, f"{notice} was not sent. {why}")
        return redirect("missing-notices")

    def _show(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        rows = MissingNotice.objects.filter(COMPLETE).select_related("agency", "team", "school", "episode__person")
        context = {
            "now": now(),
            "heading": "Send all that are complete",
            "lead": "Each goes by itself, as its page shows it. What is not complete stays on the list.",
            "form": form,
            "going": [notice_as_work(each, None) for each in rows.order_by("due_at", "pk")],
            "submit_label": "Send them",
            "cancel_url": reverse("missing-notices"),
        }
        return render(request, "missing/notice_send_all.html", context, status=status)


class Schemes(GuardedPage):
    """Where schools are told of missing children (Operation Endeavour), and since when. Rows are added, not changed."""

    may = Can.KEEP_SCHOOL_CALENDARS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, forms.SchemeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.SchemeForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, 422)
        try:
            scheme = verbs.add_scheme(by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, form, 422)
        messages.success(request, f"Saved. {scheme}.")
        return redirect("school-schemes")

    def _show(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        rows = SchoolScheme.objects.select_related("authority", "by").order_by("authority__name", "-starts", "-pk")
        day = local_day()
        authorities = LocalAuthority.objects.filter(pk__in=rows.values("authority"))
        context = {
            "now": now(),
            "heading": "Where schools are told of missing children",
            "lead": "Operation Endeavour, authority by authority. Where nothing is said, the scheme is not live.",
            "form": form,
            "rows": rows,
            "live": [each for each in authorities.order_by("name") if verbs.is_live(each, day)],
            "submit_label": "Save what was agreed",
        }
        return render(request, "missing/schemes.html", context, status=status)

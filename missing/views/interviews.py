"""The list of return interviews, with each way in which one gets lost by its name; the page of one; and its steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now
from access.views import RecordPage
from missing.chasing import next_chase
from missing.forms import interviews as forms
from missing.models import Episode, InterviewRequest
from missing.plans import plan_of
from missing.return_filters import InterviewFilter
from missing.return_home import to_ask_share
from missing.return_rows import INTERVIEW_KINDS, interview_as_work, interview_warnings
from missing.showing import learned_of, may_read_text
from missing.workflow import interviews as verbs
from missing.workflow.asking import last_before
from partners.content import in_words
from partners.models import Basis, Disclosure, Reply
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionForm, TransitionPage, actions_for, as_typed

State, Outcome = InterviewRequest.State, InterviewRequest.Outcome
LEARNED = "learned"


class Queue(QueuePage):
    """Every return interview that is not read into the record, the nearest to breach first."""

    may = Can.SEE_MISSING
    heading = "Return interviews"
    lead = "Somebody independent hears each child who was missing. It is done when what they said is read here."
    template_name = "missing/interviews.html"
    filterset_class = InterviewFilter
    due_field = "due_at"
    empty = {
        "title": "No return interview is outstanding",
        "text": "Each that was asked for has come back and is read.",
    }

    def records(self) -> QuerySet[InterviewRequest]:
        return InterviewRequest.objects.select_related("agency", "team", "episode__person")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {
            "open": ("Not done", Q(state__in=verbs.NOT_DONE)),
            "overdue": ("Overdue", Q(state__in=verbs.NOT_DONE, due_at__lt=at)),
            "not_held": ("Asked for, not held yet", Q(state=State.REQUESTED)),
            "too_late": ("Not held within 72 hours", Q(state=State.REQUESTED, due_at__lt=at)),
            "no_result": ("Held, nothing has come back", Q(state=State.HELD)),
            "unread": ("Come back, unread", Q(state=State.RECEIVED)),
            "again": ("A later answer, unread", Q(state=State.RECEIVED, read_at__isnull=False)),
            "none": ("There was none", Q(outcome__in=verbs.WITHOUT)),
            "no_reply": ("The authority never answered", Q(outcome=Outcome.NO_REPLY)),
            "read": ("Read into the record", Q(state=State.READ)),
        }

    def row(self, record: InterviewRequest, clock: Clock | None) -> Work:
        return interview_as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        return {"to_ask": to_ask_share()}


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (verbs.read_interview, "Read it into the record", "interview-read"),
    (verbs.interview_held, "It was held", "interview-held"),
    (verbs.interview_came, "It has come back", "interview-came"),
    (verbs.no_interview, "There was none", "interview-none"),
    (verbs.chase, "Remind them", "interview-chase"),
]
ONLY_WHILE_OUTSTANDING = {"interview-came", "interview-none"}
"""A later answer can be written down too: from the page of what has come, not as the next thing to do."""


class InterviewPage(RecordPage):
    """What was asked, what came, and what was read into the record."""

    may = Can.SEE_MISSING
    template_name = "missing/interview.html"

    def get_queryset(self) -> QuerySet[InterviewRequest]:
        return InterviewRequest.objects.select_related(
            "agency", "team", "case", "requested_by", "read_by", "episode__person"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        interview: InterviewRequest = self.object
        user: Any = self.request.user
        return super().get_context_data(
            now=now(),
            heading="Return interview",
            reference=interview.reference,
            child="yes",
            grade=None,
            state=State(interview.state).label,
            state_kind=INTERVIEW_KINDS[State(interview.state)],
            warnings=interview_warnings(interview),
            may_read_text=may_read_text(),
            replies=_replies(interview),
            sent=_sent(interview),
            learned=learned_of(interview),
            next_chase=next_chase(interview),
            may_add_answer=user.can(Can.CHASE_INTERVIEWS) and interview.state not in verbs.OUTSTANDING,
            actions=_offered(interview, user),
            clocks=clocks_of(interview),
            missing=_missing(interview),
            missing_step="finish with this return interview",
            timeline=timeline_of(interview),
            **context,
        )


def _offered(interview: InterviewRequest, user: Any) -> list[dict[str, str]]:
    late = interview.state not in verbs.OUTSTANDING
    return actions_for(interview, user, [each for each in ACTIONS if not (late and each[2] in ONLY_WHILE_OUTSTANDING)])


def _replies(interview: InterviewRequest) -> list[Reply]:
    rows = Reply.objects.filter(kind=interview._meta.label_lower, record=interview.pk).select_related("agency")
    return list(rows.order_by("recorded_at", "pk"))


def _sent(interview: InterviewRequest) -> list[tuple[Disclosure, Any]]:
    """Exactly what left the force, in order: the request, and each reminder."""
    rows = Disclosure.objects.filter(kind=interview._meta.label_lower, record=interview.pk)
    found = rows.select_related("agency", "sent_by").order_by("number")
    return [(each, in_words(each.content)) for each in found]


def _missing(interview: InterviewRequest) -> list[dict[str, Any]]:
    if interview.state == State.READ:
        return []
    none = interview.outcome in verbs.WITHOUT
    steps = [
        ("Held by somebody independent", none or interview.state != State.REQUESTED, "The child has not been heard"),
        ("What came of it is here", interview.state == State.RECEIVED, "Police do not know what the child said"),
        ("Read into the record", False, "Whoever meets the child next does not know it"),
    ]
    return [{"label": label, "done": done, "why": why, "url": ""} for label, done, why in steps]


class Request(CreatePage):
    """A return interview is asked for: from the page of an episode, with what is known filled in."""

    transition = verbs.request_interview
    model = InterviewRequest
    form_class = forms.RequestForm
    template_name = "missing/interview_request.html"
    title = "Ask for a return interview"
    button = "Send the request"
    lead = (
        "The authority is sent the child's name and date of birth, from when to when they were missing and from what "
        "kind of place, and that an interview is due within 72 hours of the return. Nothing else."
    )

    @cached_property
    def episode(self) -> Episode:
        rows = Episode.objects.select_related("person", "host", "responsible")
        found: Episode = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.episode = self.episode
        return form

    def get_initial(self) -> dict[str, Any]:
        authority = self.episode.responsible or self.episode.host
        known = {"basis": Basis.PUBLIC_TASK.value, "why_needed": verbs.WHY_NEEDED}
        return {**known, "agency": authority.pk} if authority else known

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        there = InterviewRequest.objects.filter(episode=self.episode).first()
        more = {"episode": self.episode, "there": there, "last": last_before(self.episode)}
        return {**super().get_context_data(**context), **more, "reference": self.episode.reference}

    def cancel_url(self) -> str:
        return self.episode.get_absolute_url()


class Step(TransitionPage):
    model = InterviewRequest
    template_name = "missing/interview_step.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            warnings=interview_warnings(self.record), episode=self.record.episode, **context
        )


class Held(Step):
    transition = verbs.interview_held
    form_class = forms.HeldForm
    title = "It was held"
    lead = "What the child said still has to come back: the authority is reminded by itself."


class Came(Step):
    transition = verbs.interview_came
    form_class = forms.CameForm
    title = "It has come back"
    lead = "Only those read it who ask for return interviews or answer for missing children. What came before stays."


class NoInterview(Step):
    transition = verbs.no_interview
    form_class = forms.NoneForm
    title = "There was no return interview"
    lead = "Somebody reads that into the record too, and says how the child is heard instead."


class Chase(Step):
    transition = verbs.chase
    form_class = TransitionForm
    title = "Remind them"
    button = "Send a reminder"
    lead = (
        "It goes by itself after 72 hours, after five working days, and every week. Send one now where you cannot wait."
    )


class Read(Step):
    """What came stands above the boxes: whoever reads it into the record has it open."""

    transition = verbs.read_interview
    form_class = forms.ReadForm
    template_name = "missing/interview_read.html"
    title = "Read it into the record"
    button = "It is read"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.learned = forms.LearnedRows(self.request.POST or None, prefix=LEARNED)
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"opened": verbs.as_opened(self.record)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One more row: the page comes back with everything that was typed, and room for another."""
        if "add_row" not in request.POST:
            return super().post(request, *args, **kwargs)
        typed = request.POST.copy()
        there = str(typed.get(f"{LEARNED}-TOTAL_FORMS", ""))
        typed[f"{LEARNED}-TOTAL_FORMS"] = str(min(int(there) + 1 if there.isdigit() else 1, forms.MOST_LEARNED))
        form = as_typed(forms.ReadForm(typed))
        form.learned = forms.LearnedRows(typed, prefix=LEARNED)
        for row in form.learned:
            as_typed(row)
        return self.render_to_response(self.get_context_data(form=form))

    def form_invalid(self, form: Any) -> HttpResponse:
        """What stands above is what is there now: whoever sends the form again has read that."""
        now_open = verbs.as_opened(self.record)
        if form.data.get("opened") != now_open:
            typed = form.data.copy()
            typed["opened"] = now_open
            form.data = typed
        return super().form_invalid(form)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        person = self.record.episode.person
        return {**context, "formset": context["form"].learned, "plan": plan_of(person), "person": person}

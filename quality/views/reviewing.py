"""Reviews and feedback: what waits for a reviewer, one review blind or open, and what somebody is told."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from quality.codes import Of
from quality.forms import reviewing as forms
from quality.models import Feedback, Review, SecondLook
from quality.sampling_found import MODELS
from quality.sampling_rows import FEEDBACK_KINDS, REVIEW_KINDS, feedback_as_work, review_as_work
from quality.sampling_showing import as_submitted, marks_of, side_by_side, themes_of
from quality.workflow import feedback as telling
from quality.workflow import reviews
from quality.workflow.reviewers import is_named
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

State = Review.State
MOST = 50
OWN: list[tuple[Transition[Any, Any], str, str]] = [
    (reviews.look_again_blind, "Say what you would have decided", "qualityreview-blind"),
    (reviews.finish_review, "Review it", "qualityreview-finish"),
    (reviews.hand_back, "Hand it back", "qualityreview-hand-back"),
]
LEADS: list[tuple[Transition[Any, Any], str, str]] = [
    (reviews.give_review, "Give it to somebody else", "qualityreview-give"),
    (reviews.leave_out, "Leave it out", "qualityreview-leave-out"),
]
TELLS: list[tuple[Transition[Any, Any], str, str]] = [
    (telling.send_feedback, "Send it", "feedback-send"),
    (telling.acknowledge_feedback, "I have read it", "feedback-acknowledge"),
]


class MyReviews(GuardedPage):
    """What this person is to review, the nearest to breach first, and feedback they have still to send."""

    may = Can.REVIEW_QUALITY

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        rows = Review.objects.filter(reviewer=user, state=State.TO_REVIEW)
        first = rows.select_related("sample", "author", "reviewer").order_by("sample__due_at", "reference")
        to_send = Feedback.objects.filter(written_by=user, state=Feedback.State.WRITTEN)
        context = {
            "heading": "My reviews",
            "rows": [review_as_work(each) for each in first[:MOST]],
            "total": rows.count(),
            "to_send": [feedback_as_work(each) for each in _with_names(to_send)[:MOST]],
            "now": now(),
        }
        return render(request, "quality/review_mine.html", context)


class MyFeedback(GuardedPage):
    """What somebody was told about their work, or as a supervisor about that of their people. Everybody has one."""

    may = None

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        sent = Feedback.objects.exclude(state=Feedback.State.WRITTEN)
        context = {
            "heading": "Feedback on my work",
            "mine": [feedback_as_work(each) for each in _with_names(sent.filter(officer=user))[:MOST]],
            "theirs": [feedback_as_work(each) for each in _with_names(sent.filter(supervisor=user))[:MOST]],
            "now": now(),
        }
        return render(request, "quality/review_feedback_list.html", context)


def _with_names(rows: QuerySet[Feedback]) -> QuerySet[Feedback]:
    return rows.select_related("review", "officer", "written_by").order_by("-sent_at", "-written_at", "pk")


class ReviewPage(RecordPage):
    """One review. While it is blind, its reviewer reads the notice here, as it was submitted, and nowhere else."""

    may = Can.REVIEW_QUALITY
    template_name = "quality/review.html"

    def get_queryset(self) -> QuerySet[Review]:
        return Review.objects.select_related("sample", "author", "reviewer")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        review: Review = self.object
        user: Any = self.request.user
        look = SecondLook.objects.filter(review=review).first()
        is_theirs = review.reviewer_id == user.pk
        to_review = review.state == State.TO_REVIEW
        blind = review.sample.is_blind and look is None
        may_read = is_theirs and is_named(review, user)
        return super().get_context_data(
            now=now(),
            heading=f"{review.get_of_display()} {review.record_reference}",
            reference=review.reference,
            state=State(review.state).label,
            state_kind=REVIEW_KINDS[review.state],
            is_theirs=is_theirs,
            blind=blind and to_review,
            restricted=is_theirs and not may_read,
            record_url="" if blind or not may_read else _page_of(review),
            submitted=as_submitted(review) if blind and to_review and may_read else None,
            asked=Of(review.of).label,
            compared=side_by_side(look) if look else [],
            marks=marks_of(review),
            told=Feedback.objects.filter(review=review).first(),
            actions=_offered(review, user, blind=blind) if to_review else [],
            clocks=[*clocks_of(review), *clocks_of(review.sample)],
            missing=[],
            timeline=timeline_of(review),
            **context,
        )


def _page_of(review: Review) -> str:
    model: Any = MODELS[review.of]
    url: str = model(pk=review.record).get_absolute_url()
    return url


def _offered(review: Review, user: Any, *, blind: bool) -> list[dict[str, str]]:
    own = OWN if review.reviewer_id == user.pk else []
    senseless = reviews.finish_review if blind else reviews.look_again_blind
    steps = [each for each in own if each[0] is not senseless]
    if review.sample.is_blind and not blind:
        steps = [each for each in steps if each[0] is not reviews.hand_back]
    return actions_for(review, user, [*steps, *(LEADS if user.can(Can.LEAD_QUALITY) else [])])


class _OfAReview(TransitionPage):
    model = Review

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        review: Review = self.record
        return {**super().get_context_data(**context), "lead": f"{review.get_of_display()} {review.record_reference}"}


class LookBlind(_OfAReview):
    transition = reviews.look_again_blind
    form_class = forms.LookBlindForm
    title = "Say what you would have decided"
    button = "Save, and show me what was decided"
    template_name = "quality/review_blind.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        review: Review = self.record
        user: Any = self.request.user
        may_read = review.reviewer_id == user.pk and is_named(review, user)
        blind = review.sample.is_blind and not SecondLook.objects.filter(review=review).exists()
        submitted = as_submitted(review) if may_read and blind else None
        return {**super().get_context_data(**context), "submitted": submitted}


class Finish(_OfAReview):
    transition = reviews.finish_review
    form_class = forms.FinishForm
    title = "Review it"
    button = "Save, and go on to the feedback"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.offer(self.record)
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        written = Feedback.objects.filter(review=self.record).first()
        return redirect(written) if answer.status_code == 302 and written else answer


class HandBack(_OfAReview):
    transition = reviews.hand_back
    form_class = forms.HandBackForm
    title = "Hand it back"
    button = "Hand it back"

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        return redirect("quality-my-reviews") if answer.status_code == 302 else answer


class Give(_OfAReview):
    transition = reviews.give_review
    form_class = forms.GiveForm
    title = "Give it to somebody else"
    button = "Give it to them"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.offer(self.record)
        return form


class LeaveOut(_OfAReview):
    transition = reviews.leave_out
    form_class = forms.LeaveOutForm
    title = "Leave it out"
    button = "Leave it out"


class FeedbackPage(RecordPage):
    """What one person was told of one piece of their work."""

    may = None
    template_name = "quality/review_feedback.html"

    def get_queryset(self) -> QuerySet[Feedback]:
        return Feedback.objects.select_related("review__sample", "officer", "supervisor", "written_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told: Feedback = self.object
        user: Any = self.request.user
        steps = [each for each in TELLS if _is_for(each[0], told, user)]
        look = SecondLook.objects.filter(review=told.review_id).first()
        return super().get_context_data(
            now=now(),
            heading=f"Feedback on {told.review.record_reference}",
            reference=told.reference,
            state=Feedback.State(told.state).label,
            state_kind=FEEDBACK_KINDS[told.state],
            grade_said=told.review.get_grade_display(),
            kind=told.review.sample.get_kind_display(),
            themes=themes_of(told.review),
            marks=marks_of(told.review),
            compared=side_by_side(look) if look else [],
            actions=actions_for(told, user, steps),
            clocks=clocks_of(told),
            missing=[],
            timeline=timeline_of(told),
            **context,
        )


def _is_for(verb: Transition[Any, Any], told: Feedback, user: Any) -> bool:
    """Whoever wrote it sends it, and whom it is for reads it."""
    return user.pk == (told.written_by_id if verb is telling.send_feedback else told.officer_id)


class Send(TransitionPage):
    transition = telling.send_feedback
    model = Feedback
    form_class = forms.SendForm
    title = "Send the feedback"
    button = "Send it"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        lead = f"{self.record.officer} reads it, and may answer. Nobody else of any rank can read it."
        return {**super().get_context_data(**context), "lead": lead}


class Acknowledge(TransitionPage):
    transition = telling.acknowledge_feedback
    model = Feedback
    form_class = forms.AcknowledgeForm
    title = "I have read it"
    button = "Save"

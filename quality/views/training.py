"""Training: what posts require, one person's, the courses, what is proposed, and champions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now, today
from access.views import GuardedPage, RecordPage
from accounts.models import User
from govuk.times import exactly
from quality.forms import training as forms
from quality.forms.learning import BecauseForm
from quality.models import Course, TrainingDue, TrainingNeed, TrainingRecord
from quality.training_filters import TrainingFilter
from quality.training_home import REQUIRED, soon
from quality.training_rows import NEED_KINDS, away_at, due_as_work, need_as_work
from quality.whose import sees_training_of
from quality.workflow import training
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

NEED_STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (training.book_training, "A place is booked", "trainingneed-book"),
    (training.decline_training, "It is not taken", "trainingneed-decline"),
]
COURSE_STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (training.change_course, "Change it", "course-change"),
    (training.course_answers, "It answers another theme", "course-answers"),
    (training.retire_course, "Give it no more", "course-retire"),
    (training.give_course_again, "Give it again", "course-again"),
]


class RequiredTraining(QueuePage):
    """What posts require and is to be taken, the nearest to breach first: one's own, and that of one's people."""

    may = Can.LEARN
    heading = "Training"
    template_name = "quality/training_list.html"
    filterset_class = TrainingFilter
    due_field = "due_at"
    empty = {"title": "Nobody has to take anything", "text": "Courses say which posts require them."}

    def records(self) -> QuerySet[TrainingDue]:
        rows = TrainingDue.objects.filter(REQUIRED, due_at__isnull=False)
        self.away = away_at(now(), set(rows.figures().values_list("person", flat=True)))
        found: QuerySet[TrainingDue] = rows.select_related("person", "course", "team")
        return found

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {
            "soon": ("Never taken, or due within two months", soon(at)),
            "never": ("Never taken", Q(state=TrainingDue.State.NEVER)),
            "overdue": ("Overdue", Q(due_at__lt=at)),
            "mine": ("Yours", Q(person=self.request.user)),
            "all": ("All", Q()),
        }

    def row(self, record: TrainingDue, clock: Clock | None) -> Work:
        return due_as_work(record, clock, self.away.get(record.person_id, ""))

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        return {"may_keep": self.request.user.can(Can.KEEP_TRAINING)}  # type: ignore[union-attr]


class MyTraining(GuardedPage):
    """What I have taken, what my post requires, what is proposed to me."""

    may = Can.LEARN

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("learner", pk=request.user.pk)


class DuePage(GuardedPage):
    """What a post requires of somebody stands on the page of their training."""

    may = Can.LEARN

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        due: TrainingDue = get_object_or_404(TrainingDue.objects.all(), pk=pk)
        return redirect("learner", pk=due.person_id)


class LearnerPage(GuardedPage):
    """The training of one person, for themselves, whoever supervises them and whoever keeps training."""

    may = Can.LEARN

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        if not sees_training_of(user, pk):
            raise Http404("Training is seen by those who supervise somebody")
        person = get_object_or_404(User, pk=pk, is_outside=False)
        records = TrainingRecord.objects.filter(person=person).select_related("course", "recorded_by")
        needs = TrainingNeed.objects.filter(person=person).select_related("person", "course", "theme")
        dues = TrainingDue.objects.filter(REQUIRED, person=person).select_related("person", "course", "team")
        context = {
            "heading": "Your training" if person == user else f"Training of {person}",
            "now": now(),
            "person": person,
            "needs": [need_as_work(each) for each in needs.order_by("-proposed_at", "pk")],
            "dues": [due_as_work(each) for each in dues.order_by("due_at", "course__name")],
            "records": _with_corrections(records.order_by("-taken_on", "-recorded_at")),
            "may_keep": user.can(Can.KEEP_TRAINING),
        }
        return render(request, "quality/training_person.html", context)


def _with_corrections(records: Iterable[TrainingRecord]) -> list[tuple[TrainingRecord, TrainingRecord | None]]:
    """Each record, and what has taken its place."""
    rows = list(records)
    corrections = {each.corrects_id: each for each in rows if each.corrects_id}
    return [(each, corrections.get(each.pk)) for each in rows]


class Courses(GuardedPage):
    """Every course."""

    may = Can.LEARN

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "heading": "Courses",
            "courses": list(Course.objects.order_by("-state", "name")),
            "may_keep": request.user.can(Can.KEEP_TRAINING),  # type: ignore[union-attr]
            "now": now(),
        }
        return render(request, "quality/training_courses.html", context)


class CoursePage(RecordPage):
    """One course: what it is for, who has to take it, which themes it answers."""

    may = Can.LEARN
    template_name = "quality/learning_record.html"

    def get_queryset(self) -> QuerySet[Course]:
        rows: QuerySet[Course] = Course.objects.all()
        return rows

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        course: Course = self.object
        months = f"After {course.refresh_months} months" if course.refresh_months else "It is not taken again"
        themes = [each.theme.name for each in course.themes.select_related("theme").order_by("theme__name")]
        said = [
            ("What it is for", course.what_for, ""),
            ("Taken again", months, ""),
            ("Required by the posts", "\n".join(course.required_for) or "None", ""),
            ("Answers the themes", "\n".join(themes) or "None", ""),
        ]
        if course.retired_because:
            said.append(("Given no more", course.retired_because, ""))
        may_keep = self.request.user.can(Can.KEEP_TRAINING)  # type: ignore[union-attr]
        return super().get_context_data(
            now=now(),
            heading=course.name,
            state=Course.State(course.state).label,
            said=said,
            actions=actions_for(course, self.request.user, COURSE_STEPS) if may_keep else [],
            timeline=timeline_of(course),
            **context,
        )


class AddCourse(CreatePage):
    transition = training.add_course
    model = Course
    form_class = forms.AddCourseForm
    title = "A new course"
    button = "Add it"

    def cancel_url(self) -> str:
        return reverse("courses")


class ChangeCourse(TransitionPage):
    transition = training.change_course
    model = Course
    form_class = forms.ChangeCourseForm
    title = "Change this course"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in ("what_for", "refresh_months", "roles")}


class CourseAnswers(TransitionPage):
    transition = training.course_answers
    model = Course
    form_class = forms.AnswersForm
    title = "A theme that this course answers"
    lead = "Whoever is told of this theme in feedback is proposed for the course."


class RetireCourse(TransitionPage):
    transition = training.retire_course
    model = Course
    form_class = BecauseForm
    title = "Give this course no more"
    button = "Give it no more"


class CourseAgain(TransitionPage):
    transition = training.give_course_again
    model = Course
    title = "Give this course again"
    button = "Give it again"


class RecordTraining(CreatePage):
    transition = training.record_training
    model = TrainingRecord
    form_class = forms.RecordForm
    title = "Somebody has taken a course"
    lead = "What is recorded is never changed: a mistake is put right by a record that takes its place."

    def get_initial(self) -> dict[str, Any]:
        return {"person": self.request.GET.get("person", ""), "taken_on": today()}

    def cancel_url(self) -> str:
        return reverse("required-training")


class CorrectTraining(CreatePage):
    transition = training.correct_training
    model = TrainingRecord
    form_class = forms.CorrectForm
    title = "What was recorded is wrong"
    button = "Save the correction"

    @cached_property
    def wrong(self) -> TrainingRecord:
        rows = TrainingRecord.objects.select_related("course", "person")
        found: TrainingRecord = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.wrong = self.wrong
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        wrong = self.wrong
        lead = f"{wrong.person}: {wrong.course}, recorded as taken on {exactly(wrong.taken_on)}."
        return {**super().get_context_data(**context), "lead": lead}

    def cancel_url(self) -> str:
        return self.wrong.get_absolute_url()


class NeedPage(RecordPage):
    """Training that is proposed to somebody."""

    may = Can.LEARN
    template_name = "quality/learning_record.html"

    def get_queryset(self) -> QuerySet[TrainingNeed]:
        return TrainingNeed.objects.select_related("person", "course", "theme", "proposed_by", "booked_by", "ended_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        need: TrainingNeed = self.object
        return super().get_context_data(
            now=now(),
            heading=f"{need.person}: {need.course}",
            reference=need.reference,
            state=TrainingNeed.State(need.state).label,
            state_kind=NEED_KINDS[need.state],
            said=_said(need),
            actions=actions_for(need, self.request.user, NEED_STEPS),
            clocks=clocks_of(need),
            missing=[],
            timeline=timeline_of(need),
            **context,
        )


def _said(need: TrainingNeed) -> list[tuple[str, str, str]]:
    rows = [
        ("Course", need.course.name, need.course.get_absolute_url()),
        ("Because of the theme", need.theme.name, ""),
        ("Why", need.because, ""),
        ("Proposed", f"{exactly(need.proposed_at)}, by {need.proposed_by}", ""),
        ("Booked for", exactly(need.booked_for) if need.booked_for else "Not booked", ""),
    ]
    if need.ended_at:
        said = need.declined_because or "On record"
        rows.append((str(need.get_state_display()), f"{said}\n{need.ended_by}, {exactly(need.ended_at)}", ""))
    return rows


class Book(TransitionPage):
    transition = training.book_training
    model = TrainingNeed
    form_class = forms.BookForm
    title = "A place is booked"
    lead = "Whoever keeps training records it when it is taken."


class Decline(TransitionPage):
    transition = training.decline_training
    model = TrainingNeed
    form_class = BecauseForm
    title = "It is not taken"

"""The register of samples, one sample with how it was drawn, drawing, and who is overlooked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import FormView

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from quality.forms.sampling import DrawForm, PeerThemesForm
from quality.models import Review, Sample
from quality.sampling_filters import SampleFilter
from quality.sampling_rows import SAMPLE_KINDS, review_as_work, sample_as_work, size_in_words
from quality.sampling_showing import (
    figures,
    how_many_unassigned,
    not_drawn,
    not_reviewed,
    progress,
    unassigned,
)
from quality.workflow.monthly import draw_due, without_a_sample
from quality.workflow.peer import graded_items, note_peer_themes, rounds
from quality.workflow.samples import draw, the_draw
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import NotNow

State = Sample.State
FEW = 10


class Register(QueuePage):
    """Every sample of every kind, the nearest to breach first, and peer scrutiny beside them."""

    may = Can.SEE_QUALITY
    template_name = "quality/sampling_register.html"
    heading = "Quality register"
    lead = "Everything that was drawn for a second look. The words of feedback are for whoever did the work."
    filterset_class = SampleFilter
    due_field = "due_at"
    empty = {"title": "No sample is going on", "text": "Longstop draws on the first of each month."}

    def records(self) -> QuerySet[Sample]:
        left = Count("reviews", filter=Q(reviews__state=Review.State.TO_REVIEW))
        rows: QuerySet[Sample] = Sample.objects.select_related("whose", "theme", "team")
        return rows.annotate(left=left)

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        going_on = Q(state=State.DRAWN)
        return {
            "drawn": ("Going on", going_on),
            "late": ("Late", going_on & Q(due_at__lt=at)),
            "done": ("Done", Q(state=State.DONE)),
        }

    def row(self, record: Any, clock: Clock | None) -> Work:
        return sample_as_work(record, record.left, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        user: Any = self.request.user
        return {
            "figures": figures(at),
            "rounds": rounds()[:FEW],
            "may_draw": user.can(Can.REVIEW_QUALITY),
        }


class SamplePage(RecordPage):
    """One sample: what it was drawn from, that anybody can draw it again, and how far its reviews have come."""

    may = Can.SEE_QUALITY
    template_name = "quality/sampling_sample.html"

    def get_queryset(self) -> QuerySet[Sample]:
        return Sample.objects.select_related("whose", "theme", "team", "drawn_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        drawn: Sample = self.object
        rows = drawn.reviews.select_related("sample", "author", "reviewer").order_by("record_reference")
        return super().get_context_data(
            now=now(),
            heading=drawn.title,
            reference=drawn.reference,
            state=State(drawn.state).label,
            state_kind=SAMPLE_KINDS[drawn.state],
            size=size_in_words(drawn),
            again=the_draw(drawn),
            rows=[review_as_work(each) for each in rows],
            progress=progress(drawn),
            actions=[],
            clocks=clocks_of(drawn),
            missing=[],
            timeline=timeline_of(drawn),
            **context,
        )


class Sampling(GuardedPage):
    """Sampling never stops in silence: whose work was not drawn from or not reviewed stands here by name."""

    may = Can.SEE_QUALITY

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        user: Any = request.user
        context = {
            "heading": "Nobody may be overlooked",
            "without": without_a_sample(),
            "not_drawn": not_drawn(at),
            "not_reviewed": not_reviewed(at),
            "unassigned": how_many_unassigned(),
            "rows": [review_as_work(each) for each in unassigned()[:FEW]],
            "may_draw": user.can(Can.LEAD_QUALITY),
            "now": at,
        }
        return render(request, "quality/sampling_wall.html", context)


class DrawDue(GuardedPage):
    """The quality lead draws what is due, and does not wait for the night."""

    may = Can.LEAD_QUALITY

    def post(self, request: HttpRequest) -> HttpResponse:
        draw_due()
        return redirect("quality-register")

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"heading": "Draw what is due", "without": without_a_sample(), "now": now()}
        return render(request, "quality/sampling_due.html", context)


class _OneForm(GuardedPage, FormView):
    """A form that does something and goes on to what came of it. What was typed is never lost."""

    template_name = "components/form.html"
    heading = ""
    lead = ""
    button = ""

    def does(self, said: dict[str, Any]) -> str:
        """Returns where to go on."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return redirect(self.does(form.cleaned_data))
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=self.heading,
            lead=self.lead,
            submit_label=self.button,
            cancel_url=reverse("quality-register"),
            now=now(),
            **context,
        )


class Draw(_OneForm):
    may = Can.REVIEW_QUALITY
    form_class = DrawForm
    heading = "Draw a sample"
    lead = "It is drawn at random from the work of everybody in the last two months."
    button = "Draw it"

    def does(self, said: dict[str, Any]) -> str:
        user: Any = self.request.user
        return draw(said.pop("kind"), by=user, **said).get_absolute_url()


class PeerThemes(_OneForm):
    may = Can.REVIEW_QUALITY
    form_class = PeerThemesForm
    heading = "Count what peer scrutiny found"
    lead = "Records of offenders stay where they are. Only the theme is counted here, with everybody else's."
    button = "Count it"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "items": graded_items()}

    def does(self, said: dict[str, Any]) -> str:
        user: Any = self.request.user
        note_peer_themes(said.pop("reference"), by=user, **said)
        return reverse("quality-register")

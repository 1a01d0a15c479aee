"""Papers of the scrutiny group, for those of the force who write, check and judge them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from access.roles import Can
from access.time import now
from access.views import RecordPage
from quality.forms import scrutiny as forms
from quality.improvement_rows import action_as_work
from quality.models import ImprovementAction, ScrutinyMeeting, ScrutinyPaper, ThemeNote
from quality.scrutiny_cases import record_of
from quality.scrutiny_chronology import proposed
from quality.scrutiny_rows import PAPER_KINDS, answers_of, finding_of
from quality.views.of import CreateOf
from quality.workflow import improvement_actions, scrutiny_papers
from sla.work import timeline_of
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

State = ScrutinyPaper.State
STEPS: dict[str, list[tuple[Transition[Any, Any], str, str]]] = {
    ScrutinyMeeting.State.PLANNED: [
        (scrutiny_papers.check_paper, "Check it", "scrutinypaper-check"),
        (scrutiny_papers.prepare_paper, "Write the paper", "scrutinypaper-prepare"),
        (scrutiny_papers.leave_case_out, "Leave it out", "scrutinypaper-out"),
    ],
    ScrutinyMeeting.State.HELD: [
        (scrutiny_papers.record_finding, "Record the finding", "scrutinypaper-finding"),
    ],
}
"""By the state of its meeting."""


class PaperPage(RecordPage):
    """One case as the group sees it, and what it found."""

    may = Can.SEE_QUALITY
    template_name = "quality/scrutiny_paper.html"

    def get_queryset(self) -> QuerySet[ScrutinyPaper]:
        return ScrutinyPaper.objects.select_related("meeting", "prepared_by", "checked_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        paper: ScrutinyPaper = self.object
        user: Any = self.request.user
        return super().get_context_data(
            now=now(),
            heading=paper.title,
            reference=paper.reference,
            state=State(paper.state).label,
            state_kind=PAPER_KINDS[paper.state],
            source=record_of(paper.kind, paper.record),
            answers=answers_of(paper),
            finding=finding_of(paper),
            themes=[note.theme for note in ThemeNote.objects.filter(record=paper.pk).select_related("theme")],
            rows=[action_as_work(each) for each in paper.actions.select_related("owner", "agency").order_by("due_on")],
            may_ask=paper.state == State.FOUND and user.can(Can.CHAIR_SCRUTINY),
            conflicts=list(paper.conflicts.select_related("person").order_by("declared_at")),
            actions=actions_for(paper, user, STEPS.get(paper.meeting.state, [])),
            clocks=[],
            missing=[],
            timeline=timeline_of(paper),
            **context,
        )


class Step(TransitionPage):
    model = ScrutinyPaper


class Prepare(Step):
    transition = scrutiny_papers.prepare_paper
    form_class = forms.PrepareForm
    title = "Write the paper"
    lead = "A first chronology is proposed from the record. Nothing that was typed there is taken over."

    def get_initial(self) -> dict[str, Any]:
        paper: ScrutinyPaper = self.record
        names = ("child_seen", "child_spoken_to", "child_observed", "how_recorded")
        written = {name: getattr(paper, name) for name in names if getattr(paper, name)}
        return {"text": paper.text or proposed(paper), **written}


class Check(Step):
    transition = scrutiny_papers.check_paper
    template_name = "quality/scrutiny_check.html"
    title = "Check the paper"
    button = "Nobody can be known by it"
    lead = "Read it as somebody who knows the family would."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "answers": answers_of(self.record)}


class LeaveOut(Step):
    transition = scrutiny_papers.leave_case_out
    form_class = forms.BecauseForm
    title = "Leave the case out"
    button = "Leave it out"


class Finding(Step):
    transition = scrutiny_papers.record_finding
    form_class = forms.FindingForm
    title = "What the group found"


class AskFor(CreateOf):
    transition = improvement_actions.give_scrutiny_action
    model = ImprovementAction
    of = ScrutinyPaper
    form_class = forms.GroupActionForm
    title = "Something to be done"
    button = "Ask for it"

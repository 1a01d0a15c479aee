"""Learning actions: who has to change what, whether it is done, and whether a new sample shows that it held."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now
from access.views import RecordPage
from accounts.duty import people_answered_for
from govuk.times import exactly
from quality.forms import learning as forms
from quality.learning_filters import ActionFilter
from quality.learning_rows import KINDS, action_as_work
from quality.models import LearningAction, Retest
from quality.sources import pages_of
from quality.whose import supervised_by
from quality.workflow import learning
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of_all
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

State = LearningAction.State
ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (learning.action_done, "It is done", "learningaction-done"),
    (learning.pass_action, "Give it to somebody else", "learningaction-pass"),
    (learning.learning_not_needed, "It is not needed", "learningaction-not-needed"),
]
JUDGE: list[tuple[Transition[Any, Any], str, str]] = [(learning.judge_retest, "Say whether it held", "retest-judge")]


class Actions(QueuePage):
    """What is to change, the nearest to breach first: everybody sees what is theirs."""

    may = Can.LEARN
    heading = "Learning actions"
    filterset_class = ActionFilter
    due_field = "due_at"
    empty = {
        "title": "Nothing is to change",
        "text": "They come from themes, scrutiny and recommendations.",
    }

    def records(self) -> QuerySet[LearningAction]:
        rows: QuerySet[LearningAction] = LearningAction.objects.select_related("theme", "owner")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        user: Any = self.request.user
        open_ = Q(state=State.OPEN)
        return {
            "open": ("To be done", open_),
            "mine": ("Yours", open_ & Q(owner__in=people_answered_for(user))),
            "supervised": ("Of people you supervise", open_ & Q(owner__in=supervised_by(user))),
            "overdue": ("Overdue", open_ & Q(due_at__lt=at)),
            "to_test": ("To be tested again", Q(state=State.DONE)),
            "past": ("Over", ~Q(state__in=[State.OPEN, State.DONE])),
        }

    def row(self, record: LearningAction, clock: Clock | None) -> Work:
        return action_as_work(record, clock)


class ActionPage(RecordPage):
    """One thing to change, from the theme to the re-test."""

    may = Can.LEARN
    template_name = "quality/learning_record.html"

    def get_queryset(self) -> QuerySet[LearningAction]:
        return LearningAction.objects.select_related("theme", "owner", "opened_by", "done_by", "follows")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        action: LearningAction = self.object
        retest = Retest.objects.filter(action=action).select_related("drawn_by", "decided_by", "action").first()
        return super().get_context_data(
            now=now(),
            heading=action.what.splitlines()[0][:120],
            reference=action.reference,
            state=State(action.state).label,
            state_kind=KINDS[action.state],
            said=_said(action, retest, self.request.user.can(Can.SEE_QUALITY)),  # type: ignore[union-attr]
            actions=self._actions(action, retest),
            clocks=clocks_of(action),
            missing=[],
            timeline=timeline_of_all([action, *([retest] if retest else [])]),
            **context,
        )

    def _actions(self, action: LearningAction, retest: Retest | None) -> list[dict[str, str]]:
        user: Any = self.request.user
        if retest is not None:
            return actions_for(retest, user, JUDGE)
        if action.state == State.DONE and user.can(Can.REVIEW_QUALITY):
            url = reverse("learningaction-retest", args=[action.pk])
            return [{"label": "Draw a new sample", "url": url, "why_not": ""}]
        return [each for each in actions_for(action, user, ACTIONS) if not each["why_not"]]


def _said(action: LearningAction, retest: Retest | None, sees_themes: bool) -> list[tuple[str, str, str]]:
    pages = pages_of([(action.source, action.record)])
    followed = LearningAction.objects.filter(follows=action).first()
    rows = [
        ("What is to change", action.what, ""),
        ("Because of the theme", action.theme.name, action.theme.get_absolute_url() if sees_themes else ""),
        ("Who has it", str(action.owner), ""),
        ("Given", f"{exactly(action.opened_at)}, by {action.opened_by}", ""),
    ]
    if action.record:
        rows.append(("Asked for by", f"{action.get_source_display()}, {action.found_in}", pages.get(action.record, "")))
    if action.follows:
        rows.append(("Follows, because it did not hold", action.follows.reference, action.follows.get_absolute_url()))
    if action.done_at:
        rows.append(("Done", f"{action.evidence}\n{action.done_by}, {exactly(action.done_at)}", ""))
    if retest is not None:
        rows += _tested(retest)
    elif action.closed_because:
        rows.append(("Not needed", action.closed_because, ""))
    if followed:
        rows.append(("Followed by", f"{followed.reference}: {followed.what}", followed.get_absolute_url()))
    return rows


def _tested(retest: Retest) -> list[tuple[str, str, str]]:
    rows = [("New sample", f"{retest.sample_reference}, drawn {exactly(retest.drawn_at)} by {retest.drawn_by}", "")]
    if retest.decided_at:
        figures = f"Found again in {retest.found} of {retest.looked_at}."
        rows.append((str(retest.get_state_display()), f"{figures} {retest.result}\n{retest.decided_by}", ""))
    return rows


class OpenAction(CreatePage):
    transition = learning.open_action
    model = LearningAction
    form_class = forms.OpenActionForm
    title = "Give somebody something to change"
    button = "Give it to them"
    lead = "They say when it is done, and what shows it. After that a new sample shows whether it held."

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET.get(name, "") for name in ("theme", "source", "record", "found_in")}

    def cancel_url(self) -> str:
        return reverse("themes")


class ActionStep(TransitionPage):
    model = LearningAction

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": self.record.what}


class Done(ActionStep):
    transition = learning.action_done
    form_class = forms.DoneForm
    title = "It is done"
    button = "It is done"


class Pass(ActionStep):
    transition = learning.pass_action
    form_class = forms.PassForm
    title = "Give it to somebody else"
    button = "Give it to them"


class NotNeeded(ActionStep):
    transition = learning.learning_not_needed
    form_class = forms.BecauseForm
    title = "It is not needed"
    button = "It is not needed"


class DrawRetest(CreatePage):
    """The new sample is drawn by whatever draws samples here."""

    transition = learning.draw_retest
    model = Retest
    form_class = forms.DrawForm
    title = "Draw a new sample"
    button = "Draw it"
    lead = "Records of this theme are drawn at random, to see whether it is still found."

    @cached_property
    def action(self) -> LearningAction:
        found: LearningAction = get_object_or_404(LearningAction.objects.all(), pk=self.kwargs["pk"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.action = self.action
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "reference": self.action.reference}

    def cancel_url(self) -> str:
        return self.action.get_absolute_url()


class Judge(TransitionPage):
    transition = learning.judge_retest
    model = Retest
    form_class = forms.JudgeForm
    title = "Did it hold?"
    button = "Save"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": self.record.action.what}

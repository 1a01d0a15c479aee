"""The pages that move an episode on: one form, one verb each. What nobody may overlook stands on each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from access.roles import Can
from access.time import now
from access.views import RecordPage
from missing import workflow
from missing.forms import judging, returning, searching
from missing.models import Episode, PlanAction, RiskAnswer, RiskDecision
from missing.rows import risk_in_words, warnings
from missing.showing import last_interview_of
from missing.views.episode import last_answers
from missing.views.report import known_of
from sla.work import clocks_of, timeline_of
from workflow.views import CreatePage, TransitionPage, actions_for, as_typed

PLAN = "plan"


class Step(TransitionPage):
    model = Episode
    template_name = "missing/step.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        episode: Episode = self.record
        known = {"risk": risk_in_words(episode), "alerts": warnings(episode, now()), "child": str(episode.person)}
        return super().get_context_data(**known, **context)


class Judged(Step):
    """A step that judges the risk: everybody's judgement so far is in view."""

    template_name = "missing/judge.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = RiskDecision.objects.filter(episode=self.record).select_related("by").order_by("-at", "-pk")
        return super().get_context_data(judgements=list(rows), **context)


class InTheControlRoom(Judged):
    """A judgement made from afar: what we know of the child is in view first."""

    template_name = "missing/grade.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**known_of(self.record.person, but_not=self.record.pk), **context)


class Grade(InTheControlRoom):
    transition = workflow.grade
    form_class = judging.GradeForm
    title = "Grade it"
    lead = "By when somebody must be there counts from the report, whatever you choose."

    def get_initial(self) -> dict[str, Any]:
        return {"risk": self.record.risk, "next_review_at": self.record.next_review_at}


class Reassess(InTheControlRoom):
    transition = workflow.reassess
    form_class = judging.ReassessForm
    title = "Re-assess the risk"
    lead = "Ring whoever reported it. Ask whether anything has changed, and decide what happens next."

    def get_initial(self) -> dict[str, Any]:
        return {"risk": self.record.risk}


class Attend(Step):
    transition = workflow.attend
    title = "An officer is there"
    button = "Yes, an officer is with them"


class Asks(Judged):
    """A step that asks about the risk, with what was answered last."""

    template_name = "missing/assess.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "before": self.before}

    @cached_property
    def before(self) -> Mapping[str, RiskAnswer]:
        rows = RiskAnswer.objects.filter(episode=self.record).order_by("-at", "-recorded_at", "-pk")
        return {row.question: row for row in last_answers(list(rows))}


class Assess(Asks):
    transition = workflow.assess
    form_class = judging.AssessForm
    title = "Assess the risk"
    lead = "What was said on the call is filled in. Ask again, and confirm or change each answer."

    def get_initial(self) -> dict[str, Any]:
        return {"risk": self.record.risk}


class Ratify(Asks):
    """The supervisor sees where the officer and the call differ, decides, and sets the plan."""

    transition = workflow.ratify
    form_class = judging.RatifyForm
    template_name = "missing/ratify.html"
    title = "Ratify the risk, and set the plan"
    lead = "Not by whoever made the assessment. The plan is yours from here."

    def get_form_kwargs(self) -> dict[str, Any]:
        known = super().get_form_kwargs()
        known.pop("before")
        return known

    def get_initial(self) -> dict[str, Any]:
        return {"next_review_at": self.record.next_review_at}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.actions = judging.Actions(self.request.POST or None, prefix=PLAN)
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One more action: the page comes back with everything that was typed, and room for another."""
        if "add_action" not in request.POST:
            return super().post(request, *args, **kwargs)
        typed = request.POST.copy()
        there = str(typed.get(f"{PLAN}-TOTAL_FORMS", ""))
        wanted = int(there) + 1 if there.isdigit() else 1
        typed[f"{PLAN}-TOTAL_FORMS"] = str(min(wanted, judging.MOST_ACTIONS))
        form = as_typed(judging.RatifyForm(typed))
        form.actions = judging.Actions(typed, prefix=PLAN)
        for row in form.actions:
            as_typed(row)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "formset": context["form"].actions, "differences": self._differences()}

    def _differences(self) -> list[dict[str, Any]]:
        """Questions that were answered otherwise on the call than at the door."""
        rows = list(
            RiskAnswer.objects.filter(episode=self.record).select_related("by").order_by("at", "recorded_at", "pk")
        )
        first: dict[str, RiskAnswer] = {}
        for row in rows:
            first.setdefault(row.question, row)
        last = {row.question: row for row in rows}
        changed = [(first[each], last[each]) for each in first if first[each].answer != last[each].answer]
        return [{"question": a.get_question_display(), "before": a, "now": b} for a, b in changed]


class KnowMore(Step):
    transition = workflow.know_more
    form_class = judging.KnowMoreForm
    title = "Something more is known"


class RaiseRisk(Judged):
    transition = workflow.raise_risk
    form_class = judging.RiskForm
    title = "Raise the risk"
    lead = "Anybody may, at once. What is due comes nearer."


class LowerRisk(Judged):
    transition = workflow.lower_risk
    form_class = judging.RiskForm
    title = "Lower the risk"
    lead = "By one level; from high only an inspector. What is due already stays due."


class Enquire(Step):
    transition = workflow.log_enquiry
    form_class = searching.EnquiryForm
    title = "Log an enquiry"
    lead = "Whoever did something to find the child writes it down. Only that quiets the clock of inactivity."


class Review(Step):
    transition = workflow.review
    form_class = searching.ReviewForm
    title = "Review"
    lead = "Looking is not searching: the clock of inactivity runs on until something is done."


class InspectorReview(Review):
    transition = workflow.inspector_review
    title = "Inspector's review"


class LongReview(Review):
    transition = workflow.long_review
    title = "Superintendent's review"


class LongTerm(Review):
    transition = workflow.missing_for_long
    title = "Missing for long"
    lead = "It becomes a long-term investigation. Every clock runs on."


class Ukmpu(Step):
    transition = workflow.tell_ukmpu
    form_class = searching.UkmpuForm
    title = "UK Missing Persons Unit told"


class Daily(Step):
    transition = workflow.decide_daily
    form_class = searching.DailyForm
    title = "Daily management meeting"


class PassOn(Step):
    transition = workflow.pass_on
    form_class = searching.PassOnForm
    title = "Hand on"


class NoMeeting(Step):
    transition = workflow.no_meeting
    form_class = searching.BecauseForm
    title = "No strategy meeting is needed"
    lead = "You answer for that. It is looked at again in dip samples."


class Offer(Step):
    transition = workflow.offer_transfer
    form_class = searching.OfferForm
    title = "Offer to another force"
    lead = "It stays ours, with every clock running, until an inspector there has accepted it."


class Accepted(Step):
    transition = workflow.transfer_accepted
    form_class = searching.AcceptedForm
    title = "The other force accepts"


class Refused(Step):
    transition = workflow.transfer_refused
    form_class = searching.RefusedForm
    title = "The other force refuses"


class InError(Step):
    transition = workflow.recorded_in_error
    form_class = searching.BecauseForm
    title = "Recorded in error, or a duplicate"
    lead = "It stays to be read and counted, with your reason."


class Found(Step):
    transition = workflow.found
    form_class = returning.FoundForm
    title = "The child is found"
    lead = "Found is not done: somebody sees the child, hears them, and asks for a return interview."

    def get_initial(self) -> dict[str, Any]:
        return {"found_at": now()}


class Interview(Step):
    transition = workflow.interview
    form_class = returning.InterviewForm
    template_name = "missing/hear.html"
    title = "Prevention interview"
    lead = "You have seen the child in person. Write what they said in their own words, and how they were."

    def get_initial(self) -> dict[str, Any]:
        return {"at": now()}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**last_interview_of(self.record.person), **context)


class NobodySees(Step):
    transition = workflow.let_nobody_see
    form_class = searching.BecauseForm
    title = "No officer sees the child"
    lead = "An inspector answers for it: who has seen the child, when, and how we know that the child is safe."


class Close(Step):
    transition = workflow.close
    form_class = returning.CloseForm
    title = "Close"
    lead = "It stays an obligation until the return interview has come back and somebody has read it into the record."


class GiveAction(CreatePage):
    transition = workflow.give_action
    model = PlanAction
    form_class = searching.ActionForm
    title = "An action for this child"

    @cached_property
    def episode(self) -> Episode:
        found: Episode = get_object_or_404(Episode.objects.all(), pk=self.kwargs["pk"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        given = form.facts
        form.facts = lambda: {**given(), "episode": self.episode, "source": PlanAction.Source.PLAN.value}
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "reference": f"{self.episode.reference}, {self.episode.person}"}

    def cancel_url(self) -> str:
        return self.episode.get_absolute_url()


class ActionPage(RecordPage):
    """One action: who does it, by when, what came of it."""

    may = Can.SEE_MISSING
    model = PlanAction
    template_name = "missing/action.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        action: PlanAction = self.object
        steps = [
            (workflow.action_done, "It is done", "episode-action-done"),
            (workflow.action_not_needed, "It is not needed, or could not be done", "episode-action-not-needed"),
        ]
        return super().get_context_data(
            now=now(),
            heading=action.what,
            reference=action.reference,
            child="yes",
            grade=None,
            state=action.get_state_display(),
            state_kind="waiting" if action.state == PlanAction.State.OPEN else "done",
            actions=actions_for(action, self.request.user, steps),
            clocks=clocks_of(action),
            missing=[],
            missing_step="",
            timeline=timeline_of(action),
            **context,
        )


class ActionDone(TransitionPage):
    transition = workflow.action_done
    model = PlanAction
    form_class = searching.HowForm
    title = "It is done"
    lead = "If it was done to find the child, log it as an enquiry too: only that quiets the clock of inactivity."


class ActionNotNeeded(TransitionPage):
    transition = workflow.action_not_needed
    model = PlanAction
    form_class = searching.WhyNotForm
    title = "It is not needed, or could not be done"

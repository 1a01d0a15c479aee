"""The page of a child in the cohort, and the pages of each step of their stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from access.roles import Can, who_may
from access.time import now, today
from access.views import RecordPage
from cases.models import Person
from cohort import workflow
from cohort.forms import entries as forms
from cohort.hooks import episodes_of
from cohort.known import KnownBefore, known_before
from cohort.models import CohortEntry, CohortMeeting, MeetingDecision, PlanStep
from cohort.rows import KINDS, last_update, warnings, when_in_words
from documents.showing import documents_of
from govuk.fields import YesNoNotKnown as Answer
from sla.models import Clock
from sla.work import panel_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

State = CohortEntry.State
ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.take_in, "Take the child in", "entry-take-in"),
    (workflow.not_take, "Do not take them in", "entry-not-take"),
    (workflow.assess, "Assess the exploitation", "entry-assess"),
    (workflow.change_lead, "Change the named worker", "entry-lead"),
    (workflow.change_authority, "Change the authority", "entry-authority"),
    (workflow.leave, "The child leaves the cohort", "entry-leave"),
]


class EntryPage(RecordPage):
    """Everything that is kept of one child: the risks, the plan and its steps, what was decided, what happened."""

    may = Can.SEE_COHORT
    template_name = "cohort/entry.html"

    def get_queryset(self) -> QuerySet[CohortEntry]:
        return CohortEntry.objects.select_related(
            "person", "team", "lead", "authority", "proposed_by", "entered_by", "left_by"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        entry: CohortEntry = self.object
        known, at = known_before(entry.person), now()
        is_open = entry.left_at is None
        plan = entry.risk_plans.select_related("updated_by").order_by("-started_at").first()
        steps = list(PlanStep.objects.filter(plan__entry=entry).select_related("owner", "agency").order_by("due_at"))
        meeting = _meeting(entry)
        return super().get_context_data(
            now=at,
            heading=entry.person.name,
            reference=entry.reference,
            child=child_of(entry.person),
            grade=None,
            state=State(entry.state).label,
            state_kind=KINDS[entry.state],
            warnings=warnings(known, at) if entry.is_in_cohort else [],
            actions=actions_of(entry, plan, self.request.user),
            known=known,
            plan=plan,
            plan_said=last_update(plan) if plan else "",
            steps=steps,
            meeting=meeting,
            meeting_said=when_in_words(meeting) if meeting else "",
            assessments=list(entry.assessments.select_related("assessed_by").order_by("-assessed_at", "pk")),
            decisions=_decisions(entry),
            episodes=episodes_of([entry.person.same_as_id], entry.proposed_at, at)[entry.person.same_as_id],
            may_keep=self.request.user.can(Can.KEEP_COHORT),  # type: ignore[union-attr]
            clocks=clocks_of_all([entry, plan, meeting, known.trigger_plan, known.philomena, *steps])
            if is_open
            else [],
            missing=missing(entry, known, meeting) if entry.is_in_cohort else [],
            missing_step="be ready for this child",
            timeline=timeline_of_all([entry, plan, *steps]),
            **(documents_of(known.philomena) if known.philomena else {"documents": [], "documents_add_url": ""}),
            **context,
        )


def child_of(person: Person) -> str:
    """For the tag: that somebody is an adult needs none."""
    child = person.child_on(today())
    return "" if child == Answer.NO else child.value


def actions_of(entry: CohortEntry, plan: Any, user: Any) -> list[dict[str, str]]:
    """What can be done now. Of a child in the cohort the plan comes first."""
    own = actions_for(entry, user, ACTIONS)
    if plan is None or not entry.is_in_cohort:
        return own
    why_not = "" if user.can(Can.KEEP_COHORT) else f"for a {who_may(Can.KEEP_COHORT)}"
    of_plan = [("Update the plan", "riskplan-update"), ("Give somebody a step", "riskplan-step")]
    first = [{"label": label, "url": reverse(name, args=[plan.pk]), "why_not": why_not} for label, name in of_plan]
    return [*first, *own]


def _meeting(entry: CohortEntry) -> CohortMeeting | None:
    if not entry.is_in_cohort:
        return None
    found: CohortMeeting | None = CohortMeeting.objects.filter(
        authority=entry.authority_id, state=CohortMeeting.State.PLANNED
    ).first()
    return found


def _decisions(entry: CohortEntry) -> list[MeetingDecision]:
    rows = MeetingDecision.objects.filter(entry=entry).select_related("meeting")
    return list(rows.order_by("-meeting__held_at", "pk"))


def clocks_of_all(records: Iterable[Any]) -> list[dict[str, Any]]:
    """The running clocks of these records, nearest first, each with what it is for."""
    about = {record.pk: record for record in records if record is not None}
    running = Clock.running().filter(record__in=list(about)).order_by("due_at")
    return [
        {**panel_of(clock), "what_for": getattr(about[clock.record], "what", str(about[clock.record]))}
        for clock in running
    ]


def timeline_of_all(records: Iterable[Any]) -> list[dict[str, Any]]:
    lines = [line for record in records if record is not None for line in timeline_of(record)]
    return sorted(lines, key=lambda line: line["when"], reverse=True)


def missing(entry: CohortEntry, known: KnownBefore, meeting: CohortMeeting | None) -> list[dict[str, Any]]:
    """What should be there for a child in the cohort, and is not."""
    about = f"?person={entry.person.reference}"
    plan = known.risk_plan
    is_written, has_a_time = bool(plan and plan.is_written), bool(meeting and meeting.planned_for)
    items = [
        ("A risk management plan", is_written, reverse("riskplan-update", args=[plan.pk]) if plan else ""),
        ("A trigger plan", known.trigger_plan is not None, f"{reverse('triggerplan-new')}{about}"),
        ("A Philomena form", known.philomena is not None, f"{reverse('philomena-new')}{about}"),
        ("A time for the monthly meeting", has_a_time, meeting.get_absolute_url() if meeting else ""),
    ]
    return [{"label": label, "done": done, "why": "", "url": url} for label, done, url in items]


def person_asked_for(request: Any) -> Person | None:
    """From ?person=PER-001234, as links from other pages have it."""
    reference = request.GET.get("person", "")
    return get_object_or_404(Person.objects.all(), reference=reference) if reference else None


class AboutAPerson(CreatePage):
    """Makes something new about a child; the address may say which."""

    @cached_property
    def person(self) -> Person | None:
        return person_asked_for(self.request)

    def get_initial(self) -> dict[str, Any]:
        return {"person": self.person.reference} if self.person else {}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.person}, {self.person.reference}" if self.person else ""}

    def cancel_url(self) -> str:
        return self.person.get_absolute_url() if self.person else reverse("cohort")


class Propose(AboutAPerson):
    transition = workflow.propose
    model = CohortEntry
    form_class = forms.ProposeForm
    title = "Propose a child for the cohort"
    button = "Propose the child"
    lead = "The missing team's sergeant decides within five working days."


class Step(TransitionPage):
    """One step of a child's stay. Whose it is stands on each page."""

    model = CohortEntry

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**context),
            "reference": f"{self.record.person}, {self.record.reference}",
        }


class TakeIn(Step):
    transition = workflow.take_in
    form_class = forms.TakeInForm
    title = "Take the child into the cohort"
    button = "Take the child in"
    lead = "From now on there is a named worker, a risk management plan and a monthly meeting with the agencies."

    def get_initial(self) -> dict[str, Any]:
        return {"authority": self.record.authority_id}


class NotTake(Step):
    transition = workflow.not_take
    form_class = forms.NotTakeForm
    title = "Do not take the child in"
    lead = "You answer for that: say why."


class Assess(Step):
    transition = workflow.assess
    form_class = forms.AssessForm
    title = "Assess the exploitation"
    lead = "What was found before stays beside it."

    def get_initial(self) -> dict[str, Any]:
        return {"exploitation": self.record.exploitation, "tool": self.record.tool}


class ChangeLead(Step):
    transition = workflow.change_lead
    form_class = forms.LeadForm
    title = "Change the named worker"


class ChangeAuthority(Step):
    transition = workflow.change_authority
    form_class = forms.AuthorityForm
    title = "Change the responsible authority"


class Leave(Step):
    transition = workflow.leave
    form_class = forms.LeaveForm
    title = "The child leaves the cohort"
    button = "The child leaves"
    lead = "You answer for that: say why. Each open step of the plan is answered first."

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.offer(workflow.open_steps(self.record))
        return form

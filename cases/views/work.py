"""The queues of people's decisions: children linked with a risk, and records that may be one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from access.roles import Can
from access.time import now
from access.time import today as local_day
from access.views import RecordPage
from cases import forms
from cases.filters import FindingFilter, MatchFilter
from cases.indexing import described
from cases.meet import among
from cases.models import Evidence, Finding, Match, Person, Residence
from cases.nightly import last_compared
from cases.picture import Seen
from cases.rows import KINDS, finding_as_work, match_as_work
from cases.searching import born_in_words
from cases.workflow import findings, matches
from govuk.times import exactly
from matching.score import compare
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import TransitionForm, TransitionPage, actions_for


class FindingQueue(QueuePage):
    """Children whom our own records put with a person posing a risk."""

    may = Can.DECIDE_FINDING
    heading = "Children linked with a risk"
    filterset_class = FindingFilter
    due_field = "due_at"
    empty = {
        "title": "No child waits for a decision",
        "text": "Links are looked at whenever something new is recorded, and again every night.",
    }

    def records(self) -> QuerySet[Finding]:
        return Finding.objects.select_related("child", "risk", "decided_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        waiting = Q(state=Finding.State.OPEN)
        return {
            "waiting": ("Waiting for a decision", waiting),
            "overdue": ("Overdue", waiting & Q(due_at__lt=at)),
            "decided": ("Decided", Q(state=Finding.State.DECIDED)),
        }

    def row(self, record: Finding, clock: Clock | None) -> Work:
        return finding_as_work(record, clock)


class FindingPage(RecordPage):
    """One child and one person posing a risk: what puts them together, and how we know."""

    may = Can.SEE_PEOPLE
    model = Finding
    template_name = "cases/finding.html"
    actions: ClassVar[list[tuple[Transition[Any, Any], str, str]]] = [
        (findings.decide, "Decide", "finding-decide"),
    ]

    def get_queryset(self) -> QuerySet[Finding]:
        return Finding.objects.select_related("child", "risk", "decided_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        finding: Finding = self.object
        today = local_day()
        evidence = list(Evidence.objects.filter(finding=finding).select_related("through", "address"))
        mistakes = withdrawn(finding, evidence)
        for each in evidence:
            each.mistake = mistakes.get(each.fact, "")  # for the page
        return super().get_context_data(
            now=now(),
            heading=f"{finding.child} is linked with {finding.risk}",
            reference=finding.reference,
            child=finding.child.child_on(today).value,
            grade=None,
            state=Finding.State(finding.state).label,
            state_kind="new" if finding.state == Finding.State.OPEN else "done",
            born=born_in_words(finding.child, today),
            flags=[flag for flag in Seen.of(finding.risk).flags if flag.is_a_risk and flag.holds_on(today)],
            evidence=sorted(evidence, key=lambda each: each.found_at),
            actions=actions_for(finding, self.request.user, self.actions),
            may_submit=self.request.user.can(Can.SUBMIT_PPN),  # type: ignore[union-attr]
            clocks=clocks_of(finding),
            missing=[],
            missing_step="",
            timeline=timeline_of(finding),
            **context,
        )


def withdrawn(finding: Finding, evidence: list[Evidence]) -> dict[UUID, str]:
    """Evidence of which a fact turned out a mistake since, by its fact, and why. A home is evidence with two facts: one
    of each person."""
    found: dict[UUID, str] = {}
    for kind in {each.fact_kind for each in evidence}:
        facts = apps.get_model(kind).objects.filter(pk__in=[each.fact for each in evidence])
        found |= {fact.pk: fact.withdrawn_because for fact in facts.exclude(withdrawn_at=None)}
    two = [finding.child.same_as_id, finding.risk.same_as_id]
    homes = Residence.objects.filter(person__same_as__in=two, address__in=[each.address_id for each in evidence])
    mistaken = {home.address_id: home.withdrawn_because for home in homes.exclude(withdrawn_at=None)}
    return {each.fact: mistaken[each.address_id] for each in evidence if each.address_id in mistaken} | found


class Decide(TransitionPage):
    transition = findings.decide
    model = Finding
    form_class = forms.DecideForm
    title = "Decide on a child linked with a person posing a risk"
    button = "Save the decision"
    lead = "If somebody must act, submit a notice from the page before: that decides it, and the notice's clocks run."


class MatchQueue(QueuePage):
    """Records that may be one person."""

    may = Can.MERGE_PEOPLE
    heading = "Duplicates: records that may be one person"
    filterset_class = MatchFilter
    due_field = "due_at"
    empty = {"title": "No two records wait", "text": "Records are compared when they are made, and again every night."}

    def records(self) -> QuerySet[Match]:
        return Match.objects.select_related("one", "other", "proposed_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {
            "suggested": ("Suggested", Q(state=Match.State.SUGGESTED)),
            "proposed": ("Waiting for a second person", Q(state=Match.State.PROPOSED)),
            "merged": ("One person", Q(state=Match.State.MERGED)),
            "two": ("Two people", Q(state__in=[Match.State.NOT_THE_SAME, Match.State.PARTED])),
        }

    def row(self, record: Match, clock: Clock | None) -> Work:
        return match_as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        compared = last_compared()
        if compared is None:
            return {"lead": "Everybody has never been compared with everybody: the nightly comparison has not run."}
        return {"lead": f"Everybody was last compared with everybody on {exactly(compared)}."}


MATCH_ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (matches.propose, "They are one person", "match-propose"),
    (matches.agree, "Agree: they are one person", "match-agree"),
    (matches.not_the_same, "They are two people", "match-two"),
    (matches.disagree, "Disagree: they are two people", "match-disagree"),
    (matches.part, "Part them again", "match-part"),
]


class MatchPage(RecordPage):
    """Two records side by side, with what speaks for their being one person and against."""

    may = Can.MERGE_PEOPLE
    model = Match
    template_name = "cases/match.html"

    def get_queryset(self) -> QuerySet[Match]:
        return Match.objects.select_related("one", "other", "proposed_by", "decided_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        match: Match = self.object
        said = described([match.one_id, match.other_id])
        today = local_day()
        return super().get_context_data(
            now=now(),
            heading="One person, or two?",
            reference=match.reference,
            child="",
            grade=None,
            state=Match.State(match.state).label,
            state_kind=KINDS[Match.State(match.state)],
            comparison=compare(said[match.one_id], said[match.other_id], among=among()),
            sides=[_side(match.one, today), _side(match.other, today)],
            actions=actions_for(match, self.request.user, MATCH_ACTIONS),
            clocks=clocks_of(match),
            missing=[],
            missing_step="",
            timeline=timeline_of(match),
            **context,
        )


def _side(person: Person, today: Any) -> dict[str, Any]:
    """One of the two, by itself: not with what it may have been joined to."""
    seen = Seen.of_record(person)
    return {"person": person, "born": born_in_words(person, today), "seen": seen}


class MatchStep(TransitionPage):
    model = Match


class Propose(MatchStep):
    transition = matches.propose
    form_class = forms.BecauseForm
    title = "They are one person"
    button = "Propose it"
    lead = "Somebody else must agree. Nothing is moved or lost, and the two can be parted again."


class Agree(MatchStep):
    transition = matches.agree
    form_class = TransitionForm
    title = "Agree: they are one person"
    button = "Agree"
    lead = "From now on the two records are read as one. Nothing is moved or lost, and the two can be parted again."


class NotTheSame(MatchStep):
    transition = matches.not_the_same
    form_class = forms.BecauseForm
    title = "They are two people"


class Disagree(MatchStep):
    transition = matches.disagree
    form_class = forms.BecauseForm
    title = "Disagree: they are two people"


class Part(MatchStep):
    transition = matches.part
    form_class = forms.BecauseForm
    title = "Part them again"
    button = "Part them"
    lead = "Each record is again exactly what it was."

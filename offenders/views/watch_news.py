"""New information about an offender; and reactive management, which it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property

from access.actor import System, acting
from access.roles import Can
from access.time import now
from access.views import RecordPage
from accounts.duty import people_answered_for
from offenders.forms import watch_approvals as reactive_forms
from offenders.forms import watch_news as forms
from offenders.forms.watch_fields import nominal_asked_for
from offenders.models import Approval, Intelligence, Nominal, ReactiveProposal, Written
from offenders.watch_filters import NewsFilter
from offenders.watch_rows import NEWS_KINDS, WRITTEN_KINDS, news_as_work
from offenders.watch_showing import clocks_and_steps, in_words
from offenders.workflow import intelligence as verbs
from offenders.workflow import reactive
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

State = Intelligence.State


class Queue(QueuePage):
    """What is new about offenders, the nearest to breach first."""

    may = Can.SEE_OFFENDERS
    heading = "New information about offenders"
    template_name = "offenders/news.html"
    filterset_class = NewsFilter
    due_field = "due_at"
    empty = {"title": "Nothing new waits", "text": "New information comes here when somebody records it."}

    def records(self) -> QuerySet[Intelligence]:
        rows: QuerySet[Intelligence] = Intelligence.objects.select_related("nominal__person", "nominal__manager")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        new = Q(state=State.NEW)
        theirs = Q(nominal__manager__in=people_answered_for(self.request.user))  # type: ignore[arg-type]
        return {
            "new": ("Nobody has assessed it", new),
            "mine": ("Of your offenders", new & theirs),
            "reactive": ("Ended reactive management", new & Q(was_reactive=True)),
            "overdue": ("Overdue", new & Q(due_at__lt=at)),
            "assessed": ("Assessed", ~new),
        }

    def row(self, record: Intelligence, clock: Clock | None) -> Work:
        return news_as_work(record, clock)


class AboutANominal(CreatePage):
    """Makes something new about an offender; the address may say which."""

    @cached_property
    def nominal(self) -> Nominal | None:
        return nominal_asked_for(self.request.GET.get("nominal", ""))

    def get_initial(self) -> dict[str, Any]:
        return {"nominal": self.nominal.reference} if self.nominal else {}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        nominal = self.nominal
        said = f"{nominal.person.name}, {nominal.reference}" if nominal else ""
        return {**super().get_context_data(**context), "reference": said}

    def cancel_url(self) -> str:
        return self.nominal.get_absolute_url() if self.nominal else reverse("home")


class Record(AboutANominal):
    transition = verbs.record_intelligence
    model = Intelligence
    form_class = forms.NewsForm
    title = "Record new information"
    lead = "Their manager is told at once. Whoever is managed reactively is visited again from this moment."


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (verbs.assess_intelligence, "Say what it means", "intelligence-assess"),
]


class NewsPage(RecordPage):
    may = Can.SEE_OFFENDERS
    template_name = "offenders/news_item.html"

    def get_queryset(self) -> QuerySet[Intelligence]:
        return Intelligence.objects.select_related("nominal__person", "nominal__manager", "recorded_by", "assessed_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        item: Intelligence = self.object
        return super().get_context_data(
            now=now(),
            heading=f"New information: {item.nominal.person.name}",
            reference=item.reference,
            state=State(item.state).label,
            state_kind=NEWS_KINDS[item.state],
            actions=actions_for(item, self.request.user, ACTIONS),
            **clocks_and_steps(item),
            **context,
        )


class Assess(TransitionPage):
    transition = verbs.assess_intelligence
    model = Intelligence
    form_class = forms.AssessNewsForm
    title = "Say what it means"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        item = self.record
        return {
            **super().get_context_data(**context),
            "reference": f"{item.nominal.person.name}, {item.reference}",
            "lead": item.what,
        }


class Propose(AboutANominal):
    """The criteria stand on the page before anything is proposed."""

    transition = reactive.propose_reactive
    model = ReactiveProposal
    form_class = reactive_forms.ProposeForm
    template_name = "offenders/reactive_new.html"
    title = "Propose reactive management"
    button = "Propose it"
    lead = "An inspector decides. Until then they are visited as before; anything new ends it."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        criteria = None
        if self.nominal:
            with acting(System("criteria of reactive management")):
                criteria = reactive.criteria_of(self.nominal)
        return {**super().get_context_data(**context), "criteria": in_words(criteria) if criteria else None}


REACTIVE_ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (reactive.propose_again, "Propose it again", "reactiveproposal-again"),
    (reactive.drop_proposal, "Do not propose it any more", "reactiveproposal-drop"),
]


class ProposalPage(RecordPage):
    may = Can.SEE_OFFENDERS
    template_name = "offenders/reactive.html"

    def get_queryset(self) -> QuerySet[ReactiveProposal]:
        return ReactiveProposal.objects.select_related("nominal__person", "author", "approved_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        proposal: ReactiveProposal = self.object
        return super().get_context_data(
            now=now(),
            heading=f"Reactive management: {proposal.nominal.person.name}",
            reference=proposal.reference,
            state=Written(proposal.state).label,
            state_kind=WRITTEN_KINDS[proposal.state],
            proposal=proposal,
            criteria=in_words(proposal.criteria),
            approvals=list(Approval.objects.filter(record=proposal.pk).order_by("-submitted_at", "pk")),
            actions=actions_for(proposal, self.request.user, REACTIVE_ACTIONS),
            **clocks_and_steps(proposal),
            **context,
        )


class OfAProposal(TransitionPage):
    model = ReactiveProposal

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        said = f"{self.record.nominal.person.name}, {self.record.reference}"
        return {**super().get_context_data(**context), "reference": said}


class ProposeAgain(OfAProposal):
    transition = reactive.propose_again
    form_class = reactive_forms.AgainForm
    title = "Propose it again"
    button = "Propose it"

    def get_initial(self) -> dict[str, Any]:
        return {"because": self.record.because}


class Drop(OfAProposal):
    transition = reactive.drop_proposal
    form_class = reactive_forms.DropForm
    title = "Do not propose it any more"

"""Proposals to tell an agency of an offender, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from access.roles import Can
from access.time import now
from access.views import RecordPage
from offenders.disclosure_rows import KINDS, disclosure_as_work
from offenders.filters import DisclosureFilter
from offenders.forms import disclosures as forms
from offenders.models import OffenderDisclosure
from offenders.views.register_steps import New
from offenders.workflow import disclosures as verbs
from partners.content import in_words
from partners.models import Informed
from partners.showing import sharing_of
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

State = OffenderDisclosure.State
ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (verbs.tell_agency, "Tell them", "offenderdisclosure-tell"),
    (verbs.do_not_tell, "Do not tell them", "offenderdisclosure-refuse"),
]


class Disclosures(QueuePage):
    """What agencies were told of offenders, or are to be told."""

    may = Can.SEE_OFFENDERS
    heading = "Telling agencies of offenders"
    lead = "Nothing of an offender leaves the force without a decision on this list."
    filterset_class = DisclosureFilter
    due_field = "due_at"
    empty = {"title": "Nothing waits for a decision", "text": "A proposal begins on the page of an offender."}

    def records(self) -> QuerySet[OffenderDisclosure]:
        rows: QuerySet[OffenderDisclosure] = OffenderDisclosure.objects.select_related(
            "nominal__person", "nominal__team", "agency", "proposed_by"
        )
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        proposed = Q(state=State.PROPOSED)
        return {
            "proposed": ("Nobody has decided", proposed),
            "overdue": ("Overdue", proposed & Q(due_at__lt=at)),
            "sent": ("Told", Q(state=State.SENT)),
            "refused": ("Not told", Q(state=State.REFUSED)),
        }

    def row(self, record: OffenderDisclosure, clock: Clock | None) -> Work:
        return disclosure_as_work(record)


class DisclosurePage(RecordPage):
    """One proposal: exactly what would be said, and what became of it."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/disclosure.html"

    def get_queryset(self) -> QuerySet[OffenderDisclosure]:
        return OffenderDisclosure.objects.select_related(
            "nominal__person", "nominal__team", "agency", "proposed_by", "decided_by"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        disclosure: OffenderDisclosure = self.object
        user: Any = self.request.user
        return super().get_context_data(
            now=now(),
            heading=f"Telling {disclosure.agency} of {disclosure.nominal.person}",
            reference=f"{disclosure.reference}, {disclosure.nominal.reference}",
            child="",
            grade=None,
            state=State(disclosure.state).label,
            state_kind=KINDS[disclosure.state],
            disclosure=disclosure,
            content=in_words(verbs.content_of(disclosure)),
            actions=actions_for(disclosure, user, ACTIONS),
            clocks=clocks_of(disclosure),
            missing=[],
            missing_step="",
            timeline=timeline_of(disclosure),
            **sharing_of(disclosure),
            **context,
        )


class Propose(New):
    """An offender manager proposes that an agency is told."""

    transition = verbs.propose_disclosure
    model = OffenderDisclosure
    form_class = forms.ProposeForm
    title = "Propose to tell an agency"
    button = "Put it to an inspector"
    lead = "An inspector decides. Until then nothing is sent."


class OfADisclosure(TransitionPage):
    model = OffenderDisclosure


class Tell(OfADisclosure):
    transition = verbs.tell_agency
    form_class = forms.TellForm
    template_name = "offenders/disclosure_tell.html"
    title = "Tell them"
    button = "Send it now"
    lead = "You answer for that. It goes at once, exactly as it stands here."

    def get_initial(self) -> dict[str, Any]:
        return {"why_needed": self.record.why, "informed": Informed.NO_RISK.value}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(content=in_words(verbs.content_of(self.record)), **context)


class DoNotTell(OfADisclosure):
    transition = verbs.do_not_tell
    form_class = forms.DoNotTellForm
    title = "Do not tell them"
    lead = "You answer for that: say why."

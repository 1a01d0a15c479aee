"""Children in contact with an offender: the list, one of them, and the steps until the plan has taken it up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from access.roles import Can, who_may
from access.time import now
from access.views import RecordPage
from accounts.duty import people_answered_for
from offenders.codes import ContactKind
from offenders.contact_chasing import next_chase
from offenders.forms import watch_news as forms
from offenders.models import ChildContact
from offenders.views.watch_news import AboutANominal
from offenders.watch_filters import ContactFilter
from offenders.watch_rows import CONTACT_KINDS, contact_as_work, contact_warnings
from offenders.watch_showing import clocks_and_steps
from offenders.workflow import contacts
from ppn.models import Ppn
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

State = ChildContact.State
OPEN = Q(state__in=contacts.OPEN)


class Queue(QueuePage):
    """Every child in contact with an offender of whom something is still to be done, the nearest to breach first."""

    may = Can.SEE_OFFENDERS
    heading = "Children in contact with an offender"
    template_name = "offenders/contacts.html"
    filterset_class = ContactFilter
    due_field = "due_at"
    empty = {"title": "No contact with a child waits", "text": "Record it the moment you know of it."}

    def records(self) -> QuerySet[ChildContact]:
        rows: QuerySet[ChildContact] = ChildContact.objects.select_related(
            "nominal__person", "nominal__manager", "child"
        )
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        theirs = Q(nominal__manager__in=people_answered_for(self.request.user))  # type: ignore[arg-type]
        return {
            "open": ("Not settled", OPEN),
            "mine": ("Of your offenders", OPEN & theirs),
            "no_notice": ("No notice", Q(state=State.LEARNED)),
            "no_decision": ("No decision of social care", Q(state__in=contacts.UNDECIDED)),
            "plan": ("Not in the plan", Q(state=State.DECIDED)),
            "late": ("Late", OPEN & Q(due_at__lt=at)),
            "settled": ("Settled", ~OPEN),
        }

    def row(self, record: ChildContact, clock: Clock | None) -> Work:
        return contact_as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        return {"may_record": self.request.user.can(Can.MANAGE_OFFENDERS)}  # type: ignore[union-attr]


class Learn(AboutANominal):
    """What is known of the contact; and then straight into the notice, which is filled in from it."""

    transition = contacts.learn_of_contact
    model = ChildContact
    form_class = forms.ContactForm
    title = "Record contact with a child"
    button = "Save, and go on to the notice"
    lead = "Next you submit a notice to the MASH, filled in from this. It is due within the same tour of duty."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "discovered_at": now(), "visit": self.request.GET.get("visit", "")}

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        return redirect(notice_url(self.record)) if answer.status_code == 302 else answer


def notice_url(contact: ChildContact) -> str:
    return f"{reverse('ppn-new')}?from={contact.pk}"


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (contacts.covered_by_notice, "A notice has been submitted already", "childcontact-notice"),
    (contacts.decision_known, "Record what social care decided", "childcontact-decision"),
    (contacts.chase_decision, "Ask for the decision again", "childcontact-chase"),
    (contacts.raise_with_head, "Ask the head of service", "childcontact-head"),
    (contacts.contact_in_plan, "Say what it changes in the plan", "childcontact-plan"),
    (contacts.decision_changed, "Social care decided otherwise", "childcontact-change"),
    (contacts.no_contact, "There was no contact", "childcontact-error"),
]


def offered(contact: ChildContact, user: Any) -> list[dict[str, str]]:
    """Without a notice, the notice comes before everything else."""
    found = actions_for(contact, user, ACTIONS)
    if contact.state != State.LEARNED:
        return found
    why_not = "" if user.can(Can.SUBMIT_PPN) else f"for a {who_may(Can.SUBMIT_PPN)}"
    return [{"label": "Submit the notice now", "url": notice_url(contact), "why_not": why_not}, *found]


class ContactPage(RecordPage):
    """One child and one offender: what is known, the notice, what social care decided, what the plan makes of it."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/contact.html"

    def get_queryset(self) -> QuerySet[ChildContact]:
        related = ("nominal__person", "nominal__manager", "child", "visit", "recorded_by", "closed_by")
        return ChildContact.objects.select_related(*related)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        contact: ChildContact = self.object
        at = now()
        return super().get_context_data(
            now=at,
            heading=f"{contact.nominal.person.name} and {contact.child_named}",
            reference=contact.reference,
            child="yes",
            grade=None,
            state=State(contact.state).label,
            state_kind=CONTACT_KINDS[contact.state],
            kind=ContactKind(contact.kind).label,
            warnings=contact_warnings(contact, at),
            actions=offered(contact, self.request.user),
            notice=notice_of(contact, self.request.user),
            next_chase=next_chase(contact),
            **clocks_and_steps(contact),
            **context,
        )


def notice_of(contact: ChildContact, user: Any) -> dict[str, Any] | None:
    """Its reference for everybody; the way there for those who may see notices, and this one."""
    if contact.ppn_id is None:
        return None
    seen = Ppn.objects.filter(pk=contact.ppn_id).first() if user.can(Can.SEE_PPNS) else None
    return {"reference": seen.reference if seen else "", "url": seen.get_absolute_url() if seen else ""}


class Step(TransitionPage):
    model = ChildContact

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        contact = self.record
        said = f"{contact.nominal.person.name} and {contact.child_named}, {contact.reference}"
        return {**super().get_context_data(**context), "reference": said}


class Covered(Step):
    transition = contacts.covered_by_notice
    form_class = forms.CoveredForm
    title = "A notice has been submitted already"
    lead = "It has to name this child, and to have been submitted since this became known."


class Chase(Step):
    transition = contacts.chase_decision
    form_class = forms.ChaseForm
    title = "Ask for the decision again"


class Head(Step):
    transition = contacts.raise_with_head
    form_class = forms.HeadForm
    title = "Ask the head of service"


class Decision(Step):
    transition = contacts.decision_known
    form_class = forms.CareForm
    title = "Record what social care decided"


class Change(Step):
    transition = contacts.decision_changed
    form_class = forms.CareForm
    title = "Social care decided otherwise"
    lead = "The plan has to take it up again."


class Plan(Step):
    transition = contacts.contact_in_plan
    form_class = forms.PlanForm
    title = "Say what it changes in the plan"
    button = "The plan has taken it up"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        contact = self.record
        lead = f"Social care decided: {contact.get_decision_display()}. {contact.protects}"
        return {**super().get_context_data(**context), "lead": lead}


class NoContact(Step):
    transition = contacts.no_contact
    form_class = forms.NoContactForm
    title = "There was no contact"
    lead = "You answer for that: say why."

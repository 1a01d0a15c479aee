"""Every queue that people work: what waits in it, since when, what brings it to an end, whose it is.

States come from each app's own constants, so that a queue here is the queue that its people see. Of the past only the
steps are asked: they are never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from access.guarded import Guarded
from access.roles import Can, Role
from cases.models import Finding, Match
from cohort.codes import Risk as MissingRisk
from encompass.models.notice import NOT_TOLD
from govuk.fields import YesNoNotKnown as Answer
from missing.codes import MISSING
from missing.workflow.interviews import NOT_DONE
from offenders.codes import Risk as OffenderRisk
from offenders.models import Approval, HubTask
from online.codes import Kirat
from online.models.case import BEFORE
from partners.models import Delivery, Expects, Recipient
from ppn.codes import WAITING_FOR_REVIEW
from ppn.codes import Grade as PpnGrade
from ppn.models import Trigger
from quality.models import Review
from sla.lengths import Basis, Number
from strategy.codes import NOT_HELD
from triage.codes import IN_HUB, WITH_A_TEAM
from triage.codes import Risk as IncidentRisk
from triage.codes import State as IncidentState
from workflow.transitions import TRANSITIONS

NOT_KNOWN = "not known"
Words = tuple[tuple[str, str], ...]
"""(code, words), the highest risk first. What none of them names is not known."""


@dataclass(frozen=True)
class Queue:
    """One queue.

    code, name   in addresses and for people
    kind         its model, as app.model
    states       those in which something waits
    page, show   where its people see it; empty = it is worked from the pages of its records
    act          who may see that page
    works, runs  the post that works it, and the post that answers for how much waits in it
    limit        how many may wait before it counts as broken
    child        which of its rows concern a child, or nobody knows; None = the kind of work does not say, so all do
    sure         of these, those of which somebody has said that a child is concerned
    risk         the field that says how much risk, with `risks` in words; None = the kind of work does not say
    holder       the field that says who has it; None = it is a team's
    team         the field that says whose it is; empty = no team's
    only         which of its records it is about, by fields that never change; None = all of them
    """

    code: str
    name: str
    kind: str
    states: tuple[str, ...]
    page: str
    show: str
    act: Can
    works: Role
    runs: Role
    limit: Number
    child: Q | None = None
    sure: Q | None = None
    always_a_child: bool = False
    risk: Combinable | None = None
    risks: Words = ()
    holder: str | None = None
    team: str = "team"
    only: Q | None = None

    @property
    def model(self) -> type[Guarded]:
        model: type[Guarded] = apps.get_model(self.kind)
        return model

    @property
    def url(self) -> str:
        return reverse(self.page) + (f"?show={self.show}" if self.show else "") if self.page else ""

    def get_absolute_url(self) -> str:
        return reverse("queue-backlog", args=[self.code])

    def waiting(self) -> QuerySet[Any]:
        """What waits, as whoever acts may see it."""
        rows: QuerySet[Any] = self.records().filter(state__in=self.states)
        return rows

    def records(self) -> QuerySet[Any]:
        """Everything that may come into it."""
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows.filter(self.only) if self.only else rows

    def completed_by(self) -> list[str]:
        """The verbs that take something out of it, in the words of those who use them."""
        verbs = [verb for name, verb in sorted(TRANSITIONS.items()) if name.split(".")[0] == self.kind.split(".")[0]]
        out = [verb for verb in verbs if set(verb.source) & set(self.states) and _leads_out(verb, self.states)]
        return [(verb.__doc__ or verb.name).strip().split(".")[0] for verb in out if self._is_of(verb)]

    def _is_of(self, verb: Any) -> bool:
        """Of this model, and not of another one of the same app that has a state of the same name."""
        annotation = str(verb.effect.__annotations__.get(verb.record_name, ""))
        return annotation == self.model.__name__


def _leads_out(verb: Any, states: tuple[str, ...]) -> bool:
    return any(after not in states for after in verb.states_after())


def most(name: str, number: int) -> Number:
    """How many may wait before the queue counts as broken: a force sets its own."""
    return Number(
        f"Most that may wait: {name}",
        number,
        Basis.LOCAL,
        "No authority found. Ours: what people of the demonstration can finish in about three days",
        is_our_default=True,
    )


def words(choices: type[Any], *codes: Any) -> Words:
    return tuple((code.value, str(choices(code).label)) for code in codes)


A_CHILD, SURE = ~Q(child=Answer.NO), Q(child=Answer.YES)
INCIDENT_CHILD = A_CHILD | ~Q(possible_child_because="")
OF_INCIDENTS = words(IncidentRisk, IncidentRisk.HIGH, IncidentRisk.MEDIUM, IncidentRisk.LOW)
OF_NOTICES = words(PpnGrade, *PpnGrade)
OF_OFFENDERS = words(OffenderRisk, OffenderRisk.VERY_HIGH, OffenderRisk.HIGH, OffenderRisk.MEDIUM, OffenderRisk.LOW)
OF_MISSING = tuple((each.value, str(each.label)) for each in MissingRisk if each != MissingRisk.NOT_KNOWN)
OF_ONLINE = tuple((each.value, str(each.label)) for each in Kirat)


def _grade(path: str = "") -> Combinable:
    """The MASH's grade of a notice, and the officer's until there is one."""
    return Coalesce(NullIf(F(f"{path}mash_grade"), Value("")), F(f"{path}grade"))


ALL = (
    Queue(
        "notices", "Notices to review", "ppn.ppn", tuple(WAITING_FOR_REVIEW), "ppn-queue", "waiting",
        Can.SEE_PPN_QUEUE, Role.COORDINATOR, Role.MASH_INSPECTOR, most("notices to review", 300),
        child=A_CHILD, sure=SURE, risk=_grade(), risks=OF_NOTICES, holder="taken_by",
    ),
    Queue(
        "triggers", "Strategy triggers to decide", "ppn.trigger",
        (Trigger.State.RAISED.value, Trigger.State.PROPOSED.value), "ppn-triggers", "all",
        Can.REVIEW_PPN, Role.MASH_SERGEANT, Role.MASH_INSPECTOR, most("strategy triggers", 30),
        child=~Q(ppn__child=Answer.NO), sure=Q(ppn__child=Answer.YES),
        risk=_grade("ppn__"), risks=OF_NOTICES, team="ppn__team",
    ),
    Queue(
        "meetings", "Strategy meetings to hold", "strategy.strategymeeting", tuple(NOT_HELD), "strategy-queue", "open",
        Can.SEE_STRATEGY_MEETINGS, Role.MASH_SERGEANT, Role.MASH_INSPECTOR, most("strategy meetings to hold", 20),
        always_a_child=True,
    ),
    Queue(
        "agencies", "Agencies to tell, or not", "partners.recipient",
        (Recipient.State.PROPOSED.value, Recipient.State.REFUSAL_PROPOSED.value), "", "",
        Can.SEE_SHARING, Role.COORDINATOR, Role.MASH_INSPECTOR, most("agencies to tell", 200),
    ),
    Queue(
        "replies", "Partners who have not acknowledged", "partners.delivery",
        (Delivery.State.WAITING.value, Delivery.State.FAILED.value, Delivery.State.DELIVERED.value),
        "partner-silence", "all", Can.SEE_SHARING, Role.COORDINATOR, Role.MASH_INSPECTOR,
        most("partners who have not acknowledged", 200), only=Q(expects__contains=[Expects.RECEIPT]),
    ),
    Queue(
        "schools", "Schools to tell", "encompass.schoolnotice", tuple(NOT_TOLD), "schools-to-tell", "not_told",
        Can.SEE_SCHOOL_NOTICES, Role.COORDINATOR, Role.MASH_INSPECTOR, most("schools to tell", 30),
        always_a_child=True,
    ),
    Queue(
        "unit", "Incidents that wait for a unit", "triage.incident", (IncidentState.AWAITING_RESOURCE.value,), "board",
        "unit", Can.SEE_INCIDENTS, Role.DISPATCHER, Role.CONTACT_CHIEF_INSPECTOR,
        most("incidents that wait for a unit", 100),
        child=INCIDENT_CHILD, sure=SURE, risk=F("risk"), risks=OF_INCIDENTS, holder="owner",
    ),
    Queue(
        "hub", "Triage hub", "triage.incident", tuple(IN_HUB), "hub", "all", Can.ALLOCATE, Role.TRIAGE_OFFICER,
        Role.TRIAGE_SUPERVISOR, most("triage hub", 150),
        child=INCIDENT_CHILD, sure=SURE, risk=F("risk"), risks=OF_INCIDENTS, holder="owner",
    ),
    Queue(
        "resolution", "Resolution centre and other teams", "triage.incident", tuple(WITH_A_TEAM), "resolution", "",
        Can.RESOLVE_BY_PHONE, Role.RESOLUTION_OFFICER, Role.RESOLUTION_SUPERVISOR, most("resolution centre", 300),
        child=INCIDENT_CHILD, sure=SURE, risk=F("risk"), risks=OF_INCIDENTS, holder="owner",
    ),
    Queue(
        "missing", "Missing children not found", "missing.episode", tuple(MISSING), "missing", "missing",
        Can.SEE_MISSING, Role.RESPONSE_SERGEANT, Role.RESPONSE_INSPECTOR, most("missing children", 15),
        always_a_child=True, risk=F("risk"), risks=OF_MISSING, holder="owner",
    ),
    Queue(
        "interviews", "Return interviews to come", "missing.interviewrequest", tuple(NOT_DONE), "interviews", "open",
        Can.SEE_MISSING, Role.MISSING_COORDINATOR, Role.MISSING_SERGEANT, most("return interviews", 40),
        always_a_child=True, risk=F("episode__risk"), risks=OF_MISSING,
    ),
    Queue(
        "online", "Online referrals without a level", "online.onlinecase", tuple(BEFORE), "online-levels", "open",
        Can.SEE_ONLINE, Role.CHILD_ABUSE_RESEARCHER, Role.CHILD_ABUSE_INSPECTOR, most("online referrals", 60),
        risk=F("kirat"), risks=OF_ONLINE, holder="researcher",
    ),
    Queue(
        "visor", "ViSOR hub", "offenders.hubtask",
        tuple(each.value for each in HubTask.State if each != HubTask.State.CLOSED), "offenders-hub", "open",
        Can.SEE_OFFENDERS, Role.HUB_ADMINISTRATOR, Role.HUB_MANAGER, most("ViSOR hub", 60),
        holder="assigned_to", team="hub",
    ),
    Queue(
        "approvals", "Work of offender managers to approve", "offenders.approval", (Approval.State.WAITING.value,),
        "offenders-approvals", "all", Can.SEE_OFFENDERS, Role.OFFENDER_SERGEANT, Role.OFFENDER_INSPECTOR,
        most("approvals", 100), risk=F("risk"), risks=OF_OFFENDERS, team="at_team",
    ),
    Queue(
        "findings", "Children linked with a risk", "cases.finding", (Finding.State.OPEN.value,), "findings", "waiting",
        Can.DECIDE_FINDING, Role.MASH_SERGEANT, Role.MASH_INSPECTOR, most("children linked with a risk", 30),
        always_a_child=True, team="",
    ),
    Queue(
        "matches", "Records that may be one person", "cases.match",
        (Match.State.SUGGESTED.value, Match.State.PROPOSED.value), "matches", "", Can.MERGE_PEOPLE, Role.COORDINATOR,
        Role.MASH_INSPECTOR, most("records that may be one person", 200), team="",
    ),
    Queue(
        "reviews", "Work drawn for a second look", "quality.review", (Review.State.TO_REVIEW.value,),
        "quality-my-reviews", "", Can.REVIEW_QUALITY, Role.QUALITY_REVIEWER, Role.QUALITY_LEAD,
        most("second looks", 60), holder="reviewer",
    ),
)  # fmt: skip
QUEUES: dict[str, Queue] = {each.code: each for each in ALL}

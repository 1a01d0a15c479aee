"""What has to be done before a notice can be filed: schools told, agencies told, everybody considered, every trigger
decided. Nothing here goes past a guard; it does what a MASH does."""

from __future__ import annotations

from access.actor import System
from accounts.models import User
from encompass import workflow as encompass
from encompass.models import SchoolNotice
from encompass.models import State as SchoolState
from partners import workflow as partners
from partners.disclose import Grounds
from partners.models import Agency, Basis, Delivery, Informed, Recipient
from ppn import household, workflow
from ppn.models import Ppn, StrategyDecision
from ppn.recipients import propose_agencies
from strategy.about import SUBJECTS
from strategy.models import StrategyMeeting
from strategy.workflow import Asked, Child, request

MAIL = System("mail")
GROUNDS = Grounds(Basis.PUBLIC_TASK.value, "To keep the child safe", Informed.YES.value)
NO = "no"
CALLED = "Police were called. What each child said and how they were is here as it was written."


def schools_told(ppn: Ppn, *, by: User) -> None:
    """The four questions, answered at the door; the mail goes and arrives."""
    for notice in SchoolNotice.objects.filter(about=ppn.pk, state=SchoolState.TO_SCREEN).order_by("reference"):
        answers = dict.fromkeys(("refuge", "suspect_at_school", "fears_school", "others_data"), NO)
        notice = encompass.screen(notice, by=by, happened="", voice=notice.voice, **answers)
        if notice.state == SchoolState.SENT:
            encompass.delivered(notice, by=MAIL)


def every_school_settled(ppn: Ppn, *, by: User, sergeant: User) -> None:
    """Where nobody found the school a co-ordinator did, by telephone; where none was to be told somebody said why."""
    schools_told(ppn, by=by)
    for notice in SchoolNotice.objects.filter(about=ppn.pk).order_by("reference"):
        if notice.state == SchoolState.NEEDS_SCHOOL:
            encompass.not_for_school(
                notice, by=sergeant, because="Moved away in the summer; the new school is told by its own force"
            )
        elif notice.state == SchoolState.READY:
            note = "Keep an eye on the child today, and a quiet place to sit"
            lead, because = "The safeguarding lead", "By telephone; the lead was there"
            encompass.told_by_phone(notice, by=by, name=lead, because=because, support_note=note)


def filed(ppn: Ppn, *, by: User, reviewer: User, decision: str, because: str) -> None:
    every_school_settled(ppn, by=reviewer, sergeant=by)
    _everybody_considered(ppn, reviewer)
    ppn = _decided(ppn, by, decision, because)
    agencies_told(ppn, by, reviewer)
    workflow.file(ppn, by=by, strategy_meeting=decision, because=because)


def _everybody_considered(ppn: Ppn, by: User) -> None:
    for child in household.not_considered(ppn):
        workflow.consider_child(
            ppn, by=by, child=child, what_it_means="Seen by the school nurse this week; safe at home"
        )


def _decided(ppn: Ppn, by: User, decision: str, because: str) -> Ppn:
    """A trigger that nobody else has decided is decided now; where agencies are to meet, the authority is asked."""
    ppn = workflow.decide_strategy(ppn, by=by, decision=decision, because=because)
    if decision == StrategyDecision.REQUESTED:
        _, prefill = SUBJECTS.by_kind[ppn._meta.label_lower]
        known = prefill(ppn)
        asked = Asked(
            authority=Agency.objects.filter(kind=Agency.Kind.SOCIAL_CARE).order_by("name")[0],
            why=known.why or because,
            risk_is_immediate=NO,
            children=known.children or [Child("not known")],
            about=known.about,
        )
        request(StrategyMeeting(), by=by, asked=asked, grounds=GROUNDS)
    return ppn


def agencies_told(ppn: Ppn, by: User, reviewer: User, summary: str = CALLED) -> None:
    """Each agency proposed is told, or two people say why not; and what was sent has arrived."""
    propose_agencies(ppn, by=reviewer)
    proposed = Recipient.objects.filter(record=ppn.pk, state=Recipient.State.PROPOSED)
    agencies = [each.agency for each in proposed.select_related("agency") if each.agency]
    if agencies:
        workflow.share(ppn, by=reviewer, agencies=agencies, summary=summary, grounds=GROUNDS)
    for recipient in proposed.filter(agency=None):
        recipient = partners.refuse(
            recipient, by=reviewer, because="There is none for this family: asked of the council"
        )
        partners.countersign(recipient, by=by)
    waiting = Delivery.objects.filter(disclosure__record=ppn.pk, state=Delivery.State.WAITING)
    for delivery in waiting.select_related("disclosure"):
        partners.delivered(delivery, by=MAIL)

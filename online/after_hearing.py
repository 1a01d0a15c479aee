"""What others do that something here follows from: it becomes known that an adult works with children, that a child is
linked, or what a designated officer answered. Each is heard in the transaction in which it happens."""

from __future__ import annotations

from datetime import datetime

from access.actor import System, acting
from access.time import now
from govuk.fields import YesNoNotKnown as Answer
from online.codes import Status
from online.models import Bail, LadoReferral, LinkedChild, Occupant, Suspect
from online.workflow.bail import ENDS, child_now_linked
from online.workflow.children import learn_of_child
from online.workflow.closing import open_again
from online.workflow.lado import LadoSaid, lado_answered, owe_referral
from online.workflow.occupants import correct_occupant, occupant_back
from online.workflow.research import WORKS_WITH_CHILDREN, add_occupant, work_known
from online.workflow.safety_plans import OWES, plan_needed_for
from partners.models import Outcome, Reply
from partners.replies import HANDLERS

ANSWERS = System("the designated officer's answer on an adult who works with children")
FREE = [Status.INTERVIEWED.value, Status.BAILED.value, Status.RUI.value]


def works_with_children(occupant: Occupant) -> None:
    """The designated officer has to be told; a case that was closed is open again."""
    referral = owe_referral(occupant)
    if referral:
        open_again(occupant.online_case, f"{referral}: an adult works with children")


def work_not_known(occupant: Occupant) -> None:
    """Nobody knows yet whether this adult works with children: a case that was closed or called safe is open again."""
    if occupant.may_be_adult and occupant.works_with_children == Answer.NOT_KNOWN:
        open_again(occupant.online_case, f"{occupant}: not known whether they work with children")


def child_learned(child: LinkedChild) -> None:
    """Suspects who are free already: a plan is owed from now on, and bail is about a child."""
    with acting(OWES):
        for suspect in Suspect.objects.filter(online_case=child.online_case_id, state__in=FREE):
            plan_needed_for(suspect, since=_later(child.known_at, suspect.changed_at))
        for bail in Bail.objects.filter(online_case=child.online_case_id, state=Bail.State.IN_FORCE):
            child_now_linked(bail, by=ENDS)
        open_again(child.online_case, f"{child}: a child is linked")


def _later(known_at: datetime, free_since: datetime) -> datetime:
    return min(max(known_at, free_since), now())


def answered(reply: Reply) -> None:
    """By the agency's own system, on our pages for agencies, or by somebody here who recorded it."""
    if reply.what not in (Reply.What.DECISION, Reply.What.CHANGED):
        return
    words = f"{Outcome(reply.outcome).label}. {reply.said}".strip()
    said = LadoSaid(
        reply=words,
        who=f"{reply.who}, {reply.agency}",
        at=reply.said_at,
        transfer_of_risk=reply.said.strip() or "Not known: ask them",
    )
    with acting(ANSWERS):
        waits = [LadoReferral.State.REFERRED, LadoReferral.State.ANSWERED]
        for referral in LadoReferral.objects.filter(pk=reply.record, state__in=waits):
            lado_answered(referral, by=ANSWERS, said=said)


WORKS_WITH_CHILDREN.append(works_with_children)
for verb in (add_occupant, work_known, occupant_back, correct_occupant):
    verb.watchers.append(work_not_known)
learn_of_child.watchers.append(child_learned)
HANDLERS[LadoReferral._meta.label_lower].append(answered)

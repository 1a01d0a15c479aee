"""What others do is new information for a level: a child is learned of, a case becomes part of another, somebody who
lives at an address is managed as an offender from now on."""

from __future__ import annotations

from access.actor import acting
from offenders.workflow import registrations
from online.models import CaseTransfer, LinkedChild, NewInformation, OnlineCase
from online.workflow import case_transfers, cases, children
from online.workflow.cases import FOLLOWS
from online.workflow.kirat import research_is_over
from online.workflow.known_offenders import is_now_managed
from online.workflow.news import NewsFacts, information_moot, information_received, level_is_older, waiting_in
from online.workflow.research import somebody_named

FEW_WORDS = 500


def child_learned_of(child: LinkedChild) -> None:
    """A restricted child is named nowhere else."""
    what = f"The case concerns a child: {child.reference}"
    level_is_older(child.online_case, what, child.reference, since=child.known_at)


def became_part(case: OnlineCase, to: OnlineCase) -> None:
    """What the one says is new for the other; what nobody had taken up there goes along."""
    what = f"{case.reference} is part of this case: {case.what[:FEW_WORDS]}"
    level_is_older(to, what, case.reference, since=case.received_at)
    with acting(FOLLOWS, apart=True):
        if case.named_at and not to.kirat:
            somebody_named(to, by=FOLLOWS, at=case.named_at)
        for info in waiting_in(case):
            facts = NewsFacts(info.what, info.source, info.received_at)
            information_received(NewInformation(), by=FOLLOWS, case=to, facts=facts)
            information_moot(info, by=FOLLOWS)


def handed_over(transfer: CaseTransfer) -> None:
    """Another force has it: nothing of research waits for anybody here."""
    research_is_over(transfer.online_case)


cases.PARTS.append(became_part)
case_transfers.case_accepted.watchers.append(handed_over)
children.learn_of_child.watchers.append(child_learned_of)
for verb in (registrations.register, registrations.take_on, registrations.register_before_sentence):
    verb.watchers.append(is_now_managed)

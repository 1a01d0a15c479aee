"""A notice is filed when nothing is left to do, and opened again by itself when something new is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils import timezone

from access.actor import System, acting
from access.roles import Can
from access.time import now, today
from accounts.models import User
from ppn import household
from ppn.models import DetailRequest, Ppn, State, StrategyDecision, Subject, Trigger
from ppn.repeats import months_before
from ppn.triggers import TRIGGERS
from ppn.workflow.strategy import not_asked, open_triggers
from sla.lengths import Basis, Number
from workflow.transitions import NotNow, must_say, transition

REOPENED_WITHIN = Number(
    "Months after which a filed notice is opened again by a new one about the child",
    3,
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
NEW_NOTICE = System("a new notice about the child")

InTheWay = Callable[[Ppn], Iterable[str]]


def _triggers(ppn: Ppn) -> Iterable[str]:
    for trigger in open_triggers(ppn):
        yield f"Trigger {trigger.code} has no decision: {trigger.why}"


def _questions(ppn: Ppn) -> Iterable[str]:
    if codes := not_asked(ppn):
        yield "Nobody has answered yet whether these are so: " + "; ".join(
            f"{code}: {TRIGGERS[code]}" for code in codes
        )


def _details(ppn: Ppn) -> Iterable[str]:
    for request in DetailRequest.objects.filter(ppn=ppn, state=DetailRequest.State.ASKED).order_by("asked_at"):
        yield f"The officer has not answered yet: {request.question}"


def _children(ppn: Ppn) -> Iterable[str]:
    for child in household.not_considered(ppn):
        yield f"{child} is in the household: say what this means for them"


IN_THE_WAY: list[InTheWay] = [_triggers, _questions, _details, _children]
"""What keeps a notice from being filed, each in words."""


def in_the_way(ppn: Ppn) -> list[str]:
    """Everything that still stands between this notice and being filed."""
    return [reason for each in IN_THE_WAY for reason in each(ppn)]


@transition(source=State.SHARED.value, target=State.FILED.value, may=Can.REVIEW_PPN)
def file(ppn: Ppn, *, by: User, strategy_meeting: str, because: str) -> None:
    """Nothing is filed until somebody has said whether a strategy meeting is needed, and why. Where anything ever
    raised the question, that somebody is a sergeant."""
    if strategy_meeting not in StrategyDecision.values:
        raise NotNow("Decide whether a strategy meeting is requested, has been held, or is not needed.")
    must_say(because, "why")
    if not by.can(Can.FILE_PPN) and (strategy_meeting != StrategyDecision.NOT_NEEDED or _was_ever_raised(ppn)):
        raise NotNow("A strategy meeting was in question: a MASH sergeant files it.")
    ppn.strategy_decision, ppn.strategy_because = strategy_meeting, because  # what is in the way depends on it
    if reasons := in_the_way(ppn):
        raise NotNow(" ".join(f"{reason.rstrip('.')}." for reason in reasons))


def _was_ever_raised(ppn: Ppn) -> bool:
    return Trigger.objects.filter(ppn=ppn).exists()


@transition(source=State.FILED.value, target=State.SHARED.value, may=Can.FILE_PPN)
def reopen(ppn: Ppn, *, by: User | System, because: str) -> None:
    """Something is known that was not when it was filed. Whoever files it again has seen it."""
    must_say(because, "what is new")
    ppn.reopened_at, ppn.reopened_because = now(), because


def reopen_last_filed(ppn: Ppn, child: Subject) -> None:
    """The last notice about this child that was filed is read again beside the new one."""
    if child.person is None:
        return
    since = months_before(today(), REOPENED_WITHIN.in_force(now())[0])
    with acting(NEW_NOTICE):
        earlier = Subject.objects.filter(
            part=Subject.Part.CHILD,
            person__same_as=child.person.same_as_id,
            ppn__state=State.FILED,
            ppn__submitted_at__lt=ppn.submitted_at,
        )
        last = earlier.exclude(ppn=ppn).select_related("ppn").order_by("-ppn__submitted_at").first()
        if last and timezone.localdate(last.ppn.submitted_at) >= since:
            reopen(last.ppn, by=NEW_NOTICE, because=f"A new notice about the child: {ppn.reference}")

"""Whether the agencies must meet about a child: raised by Longstop or by a person, proposed by a co-ordinator, decided
by a sergeant. "No" needs a reason as much as "yes"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from ppn.models import ANY, OPEN, Answer, Ppn, State, StrategyDecision, Trigger
from ppn.triggers import BY_HAND, TRIGGERS, Raised, fired
from workflow.transitions import NotNow, OneOf, must_say, transition

LOOKS = System("strategy triggers")


@transition(target=Trigger.State.RAISED.value, may=Can.SUBMIT_PPN)
def raise_trigger(trigger: Trigger, *, by: User | System, ppn: Ppn, raised: Raised) -> None:
    """Something in the notice, or on record, may need a strategy meeting. A sergeant decides."""
    must_say(raised.why, "what you have seen")
    trigger.ppn, trigger.team, trigger.reference = ppn, ppn.team, ppn.reference
    trigger.code, trigger.why, trigger.evidence = raised.code, raised.why, raised.evidence
    trigger.raised_at, trigger.raised_by = now(), None if isinstance(by, System) else by


@transition(source=Trigger.State.RAISED.value, target=Trigger.State.PROPOSED.value, may=Can.REVIEW_PPN)
def propose(trigger: Trigger, *, by: User, proposal: str, because: str) -> None:
    """A co-ordinator says what they would do, and why. Only the sergeant decides."""
    if proposal not in Trigger.Proposal.values:
        raise NotNow("Propose a strategy meeting, or that none is needed.")
    must_say(because, "why")
    trigger.proposal, trigger.proposed_because, trigger.proposed_by = proposal, because, by


@transition(
    source=[Trigger.State.RAISED.value, Trigger.State.PROPOSED.value],
    target=Trigger.State.DECIDED.value,
    may=Can.FILE_PPN,
)
def decide_trigger(trigger: Trigger, *, by: User, decision: str, because: str) -> None:
    """The sergeant's answer to one trigger."""
    must_say(because, "why")
    trigger.decision, trigger.because = decision, because
    trigger.decided_at, trigger.decided_by = now(), by


def _opened_again(ppn: Ppn) -> str:
    return State.SHARED.value if ppn.state == State.FILED else str(ppn.state)


@transition(source=ANY, target=OneOf(_opened_again, tuple(OPEN)), may=Can.SUBMIT_PPN)
def force_a_look(ppn: Ppn, *, by: User, code: str, why: str) -> None:
    """Any officer can put a notice before the sergeant: what they have seen may need a strategy meeting. A filed one is
    open again until the sergeant has decided."""
    if code not in BY_HAND:
        raise NotNow("Choose what you have seen.")
    must_say(why, "what you have seen")
    raise_once(ppn, [Raised(code, why, f"{by.pk} at {now().isoformat()}")], by=by)
    if ppn.state == State.FILED:
        ppn.reopened_at, ppn.reopened_because = now(), f"{code}, {why}"


@transition(source=OPEN, may=Can.FILE_PPN)
def decide_strategy(ppn: Ppn, *, by: User, decision: str, because: str) -> None:
    """The sergeant decides for the whole notice: every open trigger gets this decision, with its reason."""
    if decision not in StrategyDecision.values:
        raise NotNow("Decide whether a strategy meeting is requested, has been held, or is not needed.")
    must_say(because, "why")
    for trigger in open_triggers(ppn):
        decide_trigger(trigger, by=by, decision=decision, because=because)
    ppn.strategy_decision, ppn.strategy_because = decision, because


def answer_triggers(ppn: Ppn, *, by: User, asked: Mapping[str, str]) -> None:
    """What the co-ordinator was asked in the review, each yes or no. A yes raises the trigger."""
    said = {code: asked[code] for code in BY_HAND if asked.get(code) in (Answer.YES, Answer.NO)}
    ppn.asked = {**ppn.asked, **said}
    raised = [
        Raised(code, f"{TRIGGERS[code]}: seen in the review", "review") for code in said if said[code] == Answer.YES
    ]
    raise_once(ppn, raised, by=by)


def not_asked(ppn: Ppn) -> list[str]:
    """Codes that nobody has answered yet. Where it is known that no child is involved there is nothing to ask."""
    return [] if ppn.child == Answer.NO else [code for code in BY_HAND if code not in ppn.asked]


def open_triggers(ppn: Ppn) -> list[Trigger]:
    rows = Trigger.objects.filter(ppn=ppn).exclude(state=Trigger.State.DECIDED)
    return list(rows.order_by("raised_at", "code", "pk"))


def look_again(ppn: Ppn, *, by: User | System = LOOKS) -> list[Trigger]:
    """Read every automatic trigger again; raise what is new. The same evidence never raises it twice."""
    return raise_once(ppn, fired(ppn), by=by)


def raise_once(ppn: Ppn, found: Iterable[Raised], *, by: User | System) -> list[Trigger]:
    known = {(each.code, each.evidence) for each in Trigger.objects.filter(ppn=ppn)}
    new = [each for each in found if (each.code, each.evidence) not in known]
    return [raise_trigger(Trigger(), by=by, ppn=ppn, raised=each) for each in new]

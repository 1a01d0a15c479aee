"""We disagree with an agency, or they with us: practitioners, managers, heads of service, safeguarding partners."""

from __future__ import annotations

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from partners.models import Delivery, Disagreement
from workflow.transitions import NotNow, OneOf, must_say, transition

State = Disagreement.State
STAGES = [State.PRACTITIONERS.value, State.MANAGERS.value, State.HEADS.value, State.PARTNERS.value]


def _one_up(disagreement: Disagreement) -> str:
    return STAGES[STAGES.index(disagreement.state) + 1]


@transition(target=State.PRACTITIONERS.value, may=Can.RECORD_REPLY)
def raise_disagreement(
    disagreement: Disagreement,
    *,
    by: User | System,
    delivery: Delivery,
    why: str,
    what_we_ask: str,
    raised_by_them: bool = False,
) -> None:
    """Somebody disagrees with what is done for a child. Those who deal with it talk today."""
    must_say(why, "what you disagree about")
    must_say(what_we_ask, "what is asked for, for the child")
    disagreement.kind, disagreement.record, disagreement.about = delivery.kind, delivery.record, delivery.reference
    disagreement.reference, disagreement.case, disagreement.team = next_reference("DIS"), delivery.case, delivery.team
    disagreement.agency, disagreement.why, disagreement.what_we_ask = delivery.agency, why, what_we_ask
    disagreement.raised_by_them, disagreement.raised_at, disagreement.stage_since = raised_by_them, now(), now()
    disagreement.raised_by = None if isinstance(by, System) else by


@transition(source=STAGES[:-1], target=OneOf(_one_up, tuple(STAGES[1:])), may=Can.RECORD_REPLY)
def next_stage(disagreement: Disagreement, *, by: User, what_was_said: str, with_whom: str) -> None:
    """It was not settled: it goes one stage up, to the next post on both sides."""
    must_say(what_was_said, "what was said, and why it is not settled")
    must_say(with_whom, "who takes it on, here and there")
    disagreement.stage_since = now()


@transition(source=STAGES, target=State.SETTLED.value, may=Can.RECORD_REPLY)
def settle(disagreement: Disagreement, *, by: User, how: str) -> None:
    """It is settled: what is done for the child, and who agreed to it."""
    must_say(how, "what is done for the child, and who agreed to it")
    if disagreement.state == State.PARTNERS and not by.can(Can.COUNTERSIGN):
        raise NotNow("At this stage a sergeant or somebody above records what was settled.")
    disagreement.settled_at, disagreement.settled_by, disagreement.settled_how = now(), by, how

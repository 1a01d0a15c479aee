"""Enforcement: planned only behind the gate, recorded as it happened. An inspector may decide to go without the gate,
for one enforcement, and owes a strategy discussion within hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from govuk.fields import YesNoNotKnown as Answer
from online.codes import EnforcementKind
from online.models import Enforcement, GateOverride, OnlineCase
from online.workflow.cases import FOLLOWS
from online.workflow.gate import Lack, as_you_read, lacks
from strategy.models import StrategyMeeting
from workflow.transitions import NotNow, OneOf, must_say, transition

Case = OnlineCase.State
State = Enforcement.State
PLANNABLE = [Case.ASSESSED.value, Case.EXECUTED.value]
BEHIND_THE_GATE = [*PLANNABLE, Case.PLANNED.value]


@dataclass(frozen=True)
class PlanFacts:
    """What is planned, who looks after the children, and what is done about the suspect's own risk."""

    kind: str
    planned_for: datetime
    briefing: str
    child_plan: str
    welfare_plan: str
    social_worker: str = ""
    voluntary_because: str = ""


def _locked(case: OnlineCase) -> OnlineCase:
    found: OnlineCase = OnlineCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    return found


@transition(target=GateOverride.State.OWED.value, may=Can.COMMAND_ONLINE)
def override_gate(override: GateOverride, *, by: User, case: OnlineCase, because: str) -> None:
    """An inspector decides to go without what is missing, once, and why. A strategy discussion is owed in hours."""
    must_say(because, "why it cannot wait, for example that a child is being abused now")
    case = _locked(case)
    if case.state not in BEHIND_THE_GATE:
        raise NotNow(f"No enforcement can be decided on in {case} now: it is {case.get_state_display().lower()}.")
    missing = lacks(case)
    if not missing:
        raise NotNow("The gate is open: a sergeant can plan it.")
    if (decided := unused_override(case)) and names(decided, missing):
        raise NotNow(f"This has been decided already: {decided}.")
    _write(override, case, missing, because, by, GateOverride.Kind.DECIDED)


@transition(target=GateOverride.State.OWED.value, may=Can.INVESTIGATE_ONLINE)
def gate_was_shut(
    override: GateOverride, *, by: System, case: OnlineCase, missing: Sequence[Lack], because: str, officer: User
) -> None:
    """Enforcement was carried out although the gate was shut. A strategy discussion is owed in hours."""
    _write(override, case, missing, because, officer, GateOverride.Kind.HAPPENED)


def _write(
    override: GateOverride, case: OnlineCase, missing: Sequence[Lack], because: str, who: User, kind: GateOverride.Kind
) -> None:
    override.online_case, override.reference = case, next_reference("OVR")
    override.missing = "\n".join(lack.words for lack in missing)
    override.because, override.at, override.by, override.kind = because.strip(), now(), who, kind.value


def unused_override(case: OnlineCase) -> GateOverride | None:
    """The last decision of an inspector to go without the gate, where no enforcement has used it. With it every earlier
    one is past."""
    rows = GateOverride.objects.filter(online_case=case, kind=GateOverride.Kind.DECIDED)
    last: GateOverride | None = rows.order_by("-at", "-reference").first()
    used = last is not None and Enforcement.objects.filter(override=last).figures().exists()
    return None if used else last


def names(override: GateOverride, missing: Sequence[Lack]) -> bool:
    """Whether the inspector knew of everything that is missing now."""
    known = set(override.missing.splitlines())
    return all(lack.words in known for lack in missing)


@transition(source=GateOverride.State.OWED.value, target=GateOverride.State.HELD.value, may=Can.SEE_ONLINE)
def owed_discussion_held(override: GateOverride, *, by: System, meeting: StrategyMeeting) -> None:
    """The strategy discussion that was owed has been held."""
    override.strategy, override.held_at = meeting, meeting.held_at


@transition(target=State.PLANNED.value, may=Can.SUPERVISE_ONLINE)
def plan_enforcement(
    enforcement: Enforcement, *, by: User, case: OnlineCase, facts: PlanFacts, override: GateOverride | None = None
) -> None:
    """A sergeant plans it. The gate has to be open, or an inspector has decided to go without."""
    case = _locked(case)
    if case.state not in PLANNABLE:
        raise NotNow(f"Nothing can be planned for {case} now: it is {case.get_state_display().lower()}.")
    enforcement.override = _through_the_gate(case, override)
    _must_be_whole(facts)
    if Enforcement.objects.filter(online_case=case, state=State.PLANNED).figures().exists():
        raise NotNow("Something is planned already: record what became of it, or call it off.")
    enforcement.online_case, enforcement.reference = case, next_reference("ENF")
    enforcement.planned_at, enforcement.planned_by = now(), by
    for name, fact in vars(facts).items():
        setattr(enforcement, name, fact.strip() if isinstance(fact, str) else fact)
    with acting(FOLLOWS):
        enforcement_planned(case, by=FOLLOWS)


def _through_the_gate(case: OnlineCase, override: GateOverride | None) -> GateOverride | None:
    """None = it is open; else the inspector's decision that names everything that is missing."""
    missing = lacks(case)
    if not missing:
        return None
    said = " ".join(as_you_read(missing))
    if override is None:
        raise NotNow(f"The safeguarding gate is shut. {said}")
    if override != unused_override(case):
        raise NotNow(
            f"{override} does not hold for this: the last decision counts, for one enforcement of its own case. {said}"
        )
    if not names(override, missing):
        raise NotNow(f"More is missing now than when {override} was decided. The inspector decides again. {said}")
    return override


def _must_be_whole(facts: PlanFacts) -> None:
    if facts.kind not in EnforcementKind.values:
        raise NotNow("Choose what is planned.")
    if facts.kind == EnforcementKind.VOLUNTARY:
        must_say(facts.voluntary_because, "why nobody is arrested: no bail conditions protect a child afterwards")
    if facts.planned_for < now():
        raise NotNow("It is planned for a time that has passed. Check the date and time.")
    must_say(facts.briefing, "who goes and what they must know")
    must_say(facts.child_plan, "who sees the children and who stays with them; “no child” is an answer")
    must_say(facts.welfare_plan, "what is done about the risk of suicide of the suspect")


def _planned_or_further(case: OnlineCase) -> str:
    return Case.PLANNED.value if case.state == Case.ASSESSED else case.state


@transition(
    source=PLANNABLE,
    target=OneOf(_planned_or_further, (Case.PLANNED.value, Case.EXECUTED.value)),
    may=Can.SUPERVISE_ONLINE,
)
def enforcement_planned(case: OnlineCase, *, by: System) -> None:
    """Enforcement is planned."""


@dataclass(frozen=True)
class DoneFacts:
    """What came of it. `although`: why it was carried out with the gate shut; `devices` None = not known."""

    done_at: datetime
    result: str
    children_seen: str
    devices: int | None
    although: str = ""


@transition(source=State.PLANNED.value, target=State.DONE.value, may=Can.INVESTIGATE_ONLINE)
def carry_out(
    enforcement: Enforcement,
    *,
    by: User,
    done_at: datetime,
    result: str,
    children_seen: str,
    devices: int | None,
    although: str = "",
) -> None:
    """It was carried out, and this came of it. If the gate was shut then, that is on record as well."""
    said = DoneFacts(done_at, result, children_seen, devices, although)
    _happened(enforcement, _locked(enforcement.online_case), by, said)


@transition(target=State.DONE.value, may=Can.INVESTIGATE_ONLINE)
def enforced_unplanned(
    enforcement: Enforcement,
    *,
    by: User,
    case: OnlineCase,
    kind: str,
    child_plan: str,
    welfare_plan: str,
    said: DoneFacts,
) -> None:
    """It happened and nobody had planned it here, for example an arrest by other officers. It is on record all the
    same, with what was missing."""
    case = _locked(case)
    if case.state not in [Case.ATTRIBUTED, *PLANNABLE, Case.PLANNED]:
        raise NotNow(f"Nothing can be recorded for {case} now: it is {case.get_state_display().lower()}.")
    if planned := Enforcement.objects.filter(online_case=case, state=State.PLANNED).first():
        raise NotNow(f"{planned} is planned: record what came of it there.")
    facts = PlanFacts(kind, now(), UNPLANNED, child_plan, welfare_plan, voluntary_because=UNPLANNED)
    _must_be_whole(facts)
    enforcement.online_case, enforcement.reference = case, next_reference("ENF")
    enforcement.kind, enforcement.briefing, enforcement.planned_for = kind, UNPLANNED, said.done_at
    enforcement.child_plan, enforcement.welfare_plan = child_plan.strip(), welfare_plan.strip()
    enforcement.voluntary_because = UNPLANNED if kind == EnforcementKind.VOLUNTARY else ""
    enforcement.planned_at, enforcement.planned_by = now(), by
    _happened(enforcement, case, by, said)


UNPLANNED = "Nobody had planned it here"


def _happened(enforcement: Enforcement, case: OnlineCase, by: User, said: DoneFacts) -> None:
    must_say(said.result, "what came of it")
    if said.children_seen not in Answer.values:
        raise NotNow("Say whether each child there was seen: yes, no or not known.")
    if said.done_at > now():
        raise NotNow("It cannot have been carried out in the future. Check the date and time.")
    if said.done_at < case.received_at:
        raise NotNow("It cannot have been carried out before the referral was received. Check the date and time.")
    enforcement.done_at, enforcement.done_by, enforcement.result = said.done_at, by, said.result.strip()
    enforcement.children_seen, enforcement.devices = said.children_seen, said.devices
    enforcement.happened = _if_it_was_shut(enforcement, case, said.although, by)
    with acting(FOLLOWS):
        carried_out(case, by=FOLLOWS, at=said.done_at)


def _if_it_was_shut(enforcement: Enforcement, case: OnlineCase, although: str, by: User) -> GateOverride | None:
    """What was missing when it happened, and the inspector had not decided to go without."""
    missing = lacks(case, enforcement.done_at)
    if not missing or _was_decided(enforcement, case, missing):
        return None
    if not although.strip():
        said = " ".join(as_you_read(missing))
        raise NotNow(f"The safeguarding gate was shut: say why it was carried out although this was missing. {said}")
    with acting(FOLLOWS):
        return gate_was_shut(GateOverride(), by=FOLLOWS, case=case, missing=missing, because=although, officer=by)


def _was_decided(enforcement: Enforcement, case: OnlineCase, missing: Sequence[Lack]) -> bool:
    """An inspector had decided to go without all this, when it was planned or after; times are typed to the minute."""
    for decided in filter(None, [enforcement.override, unused_override(case)]):
        before = enforcement.done_at is not None and decided.at.replace(second=0, microsecond=0) <= enforcement.done_at
        if before and names(decided, missing):
            enforcement.override = decided
            return True
    return False


@transition(
    source=[Case.ATTRIBUTED.value, Case.ASSESSED.value, Case.PLANNED.value, Case.EXECUTED.value],
    target=Case.EXECUTED.value,
    may=Can.INVESTIGATE_ONLINE,
)
def carried_out(case: OnlineCase, *, by: System, at: datetime) -> None:
    """Enforcement was carried out. How soon to act is answered; the children are not yet safe for that."""
    case.executed_at = min(case.executed_at or at, at)


@transition(source=State.PLANNED.value, target=State.CALLED_OFF.value, may=Can.SUPERVISE_ONLINE)
def call_off(enforcement: Enforcement, *, by: User, because: str) -> None:
    """A sergeant calls it off. By when to act does not move: something else has to be planned."""
    must_say(because, "why it is called off")
    enforcement.called_off_because = because.strip()
    case = _locked(enforcement.online_case)
    with acting(FOLLOWS):
        enforcement_called_off(case, by=FOLLOWS)


def _assessed_again(case: OnlineCase) -> str:
    return Case.ASSESSED.value if case.state == Case.PLANNED else case.state


@transition(
    source=[Case.PLANNED.value, Case.EXECUTED.value],
    target=OneOf(_assessed_again, (Case.ASSESSED.value, Case.EXECUTED.value)),
    may=Can.SUPERVISE_ONLINE,
)
def enforcement_called_off(case: OnlineCase, *, by: System) -> None:
    """What was planned is called off. The time to act runs on."""

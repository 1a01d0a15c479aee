"""A referral reaches the force and becomes a case; somebody looks at it the same day, and the rest of the force can see
it. When it was received is never lost, whatever it becomes part of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from access.actor import Actor, System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.models import next_reference
from cases.workflow.cases import open_case
from govuk.fields import YesNoNotKnown as Answer
from online.codes import NAMES_SOMEBODY, Channel
from online.models import OPEN, Identifier, OnlineCase
from online.referrals import ReferralFacts, Said, as_compared, is_said, the_first, wait_for_whoever_sends
from online.register_links import would_be_lost
from workflow.transitions import NotNow, OneOf, must_say, transition

State = OnlineCase.State
FOLLOWS = System("an investigation into online abuse")


@transition(target=State.RECEIVED.value, may=Can.REGISTER_ONLINE)
def register(case: OnlineCase, *, by: Actor, facts: ReferralFacts, channel: str = Channel.TYPED.value) -> None:
    """A referral is on the register. Its age counts from when it reached the force."""
    facts.must_be_whole()
    _must_be_new(facts)
    for name, fact in vars(facts).items():
        if name != "said":
            setattr(case, name, fact.strip() if isinstance(fact, str) else fact)
    case.reference, case.case, case.team = next_reference("OSC"), open_case(), team_of(Role.CHILD_ABUSE_RESEARCHER)
    case.channel, case.recorded_at, case.recorded_by = channel, now(), by if isinstance(by, User) else None
    case.known_since = facts.received_at
    _keep(case, facts.said, since=facts.received_at)


def _must_be_new(facts: ReferralFacts) -> None:
    """Of one referral there is one case, whoever of us may see it."""
    wait_for_whoever_sends(facts)
    first = the_first(facts)
    if first is None:
        return
    seen = OnlineCase.objects.filter(pk=first.pk).exists()
    where = f"see {first.reference}, and record it there as received again" if seen else "ask your sergeant about it"
    raise NotNow(f"A referral with the number {facts.sender_ref.strip()} of this sender is here already: {where}.")


def _keep(case: OnlineCase, said: Sequence[Said], *, since: datetime) -> None:
    """`since`: when we knew it. Whoever is named counts from the first moment."""
    if any(each.kind in NAMES_SOMEBODY for each in said):
        case.named_at = min(case.named_at or since, since)
    Identifier.objects.bulk_create(
        [
            Identifier(
                online_case=case,
                kind=each.kind,
                value=each.value.strip(),
                plain=as_compared(each.kind, each.value),
                seen_from=each.seen_from,
                seen_to=each.seen_to,
            )
            for each in said
        ]
    )


@transition(source=State.values, may=Can.REGISTER_ONLINE)
def received_again(
    case: OnlineCase, *, by: Actor, facts: ReferralFacts, channel: str = Channel.TYPED.value, sent_by: str = ""
) -> None:
    """The same referral has come again, or more of the same abuse: it is no second case. Nothing of it is lost."""
    facts.must_be_whole()
    case.received_again_at = now()
    known = {
        (each.kind, each.plain, each.seen_from, each.seen_to) for each in Identifier.objects.filter(online_case=case)
    }
    more = [each for each in facts.said if each.compared() not in known]
    _keep(case, more, since=facts.received_at)
    if more or facts.what.strip() != case.what:
        for hear in AGAIN:
            hear(case, facts)


AGAIN: list[Callable[[OnlineCase, ReferralFacts], object]] = []
"""Called inside the transition when more is said than before: with the case, which is not saved yet, and what came."""


def report_again(case: OnlineCase, *, by: Actor, facts: ReferralFacts, channel: str, sent_by: str = "") -> OnlineCase:
    """`received_again`, and where it reached us before the case did, that counts."""
    done = received_again(case, by=by, facts=facts, channel=channel, sent_by=sent_by)
    _as_old_as(lead_of(done), facts.received_at)
    return done


def lead_of(case: OnlineCase) -> OnlineCase:
    """The case that it is part of, however many steps up; itself, where it is part of none."""
    with acting(FOLLOWS, apart=True):
        while case.linked_to_id is not None:
            case = OnlineCase.objects.get(pk=case.linked_to_id)
    return case


def take_in(facts: ReferralFacts, *, by: Actor, channel: str) -> tuple[OnlineCase, bool]:
    """A referral from a file or another system. The second of one number is no second case: the first is the answer,
    whoever may see it. Says as well whether it is new."""
    facts.must_be_whole()
    wait_for_whoever_sends(facts)
    first = the_first(facts)
    if first is None:
        return register(OnlineCase(), by=by, facts=facts, channel=channel), True
    with acting(FOLLOWS, apart=True):
        return report_again(first, by=FOLLOWS, facts=facts, channel=channel, sent_by=str(by)), False


@transition(source=OPEN, may=Can.RESEARCH_ONLINE)
def add_identifier(case: OnlineCase, *, by: User, said: Said) -> None:
    """Something more is known of whoever is behind it: an account, a number, a name."""
    said.must_be_whole()
    if is_said(case, said):
        raise NotNow(f"{said.value.strip()} is there already.")
    _keep(case, [said], since=now())


@transition(source=State.RECEIVED.value, target=State.RESEARCHING.value, may=Can.RESEARCH_ONLINE)
def triage(
    case: OnlineCase, *, by: User, immediate_risk: str, immediate_because: str, duplicates_looked_for: str
) -> None:
    """A researcher has looked: is a child at risk now, and do we have it already?"""
    if immediate_risk not in Answer.values:
        raise NotNow("Say whether a child is at risk now: yes, no or not known.")
    must_say(immediate_because, "what makes you say so")
    must_say(duplicates_looked_for, "where you looked for the same referral, and what you found")
    case.immediate_risk, case.immediate_because = immediate_risk, immediate_because.strip()
    case.duplicates_looked_for = duplicates_looked_for.strip()
    case.triaged_at, case.triaged_by = now(), by
    case.researcher = case.researcher or by
    for hear in TRIAGED:
        hear(case)


TRIAGED: list[Callable[[OnlineCase], object]] = []
"""Called inside the transition when somebody has it from now on."""


@transition(source=OPEN, may=Can.RESEARCH_ONLINE)
def seen_elsewhere(case: OnlineCase, *, by: User, system: str, ref: str, at: datetime) -> None:
    """The occurrence can be seen in the records system: whoever looks up the address or the person finds it."""
    if case.external_at:
        raise NotNow(f"It can be seen already: {case.external_system} {case.external_ref}. Correct that instead.")
    _seen(case, system, ref, at)


@transition(source=OPEN, may=Can.RESEARCH_ONLINE)
def correct_elsewhere(case: OnlineCase, *, by: User, system: str, ref: str, at: datetime, because: str) -> None:
    """The number in the records system was wrong: this is the right one."""
    must_say(because, "what was wrong")
    if not case.external_at:
        raise NotNow("No number was recorded: record it first.")
    _seen(case, system, ref, at)


def _seen(case: OnlineCase, system: str, ref: str, at: datetime) -> None:
    must_say(system, "in which system")
    must_say(ref, "its number there")
    if not case.received_at <= at <= now():
        raise NotNow("It can be seen since a time between when it was received and now.")
    case.external_system, case.external_ref, case.external_at = system.strip(), ref.strip(), at


@transition(source=OPEN, may=Can.RESEARCH_ONLINE)
def not_seen_elsewhere(case: OnlineCase, *, by: User, because: str) -> None:
    """Nobody finds it in the records system after all: the time until it can be seen runs again, from the beginning."""
    must_say(because, "what was wrong")
    if not case.external_at:
        raise NotNow("No number was recorded.")
    case.external_system, case.external_ref, case.external_at = "", "", None


LINKS = [State.RECEIVED.value, State.RESEARCHING.value, State.NO_RESEARCH.value, State.ATTRIBUTED.value]


@transition(source=LINKS, target=State.LINKED.value, may=Can.RESEARCH_ONLINE)
def link(case: OnlineCase, *, by: User, to: OnlineCase, because: str) -> None:
    """It is part of a case we have already. That case is as old as the older of the two, and has new information."""
    must_say(because, "why the two are one case")
    if to.pk == case.pk:
        raise NotNow("A case cannot be part of itself.")
    if to.state not in OPEN:
        raise NotNow(f"{to} is not open any more: open it again, or go on with this one.")
    if left := would_be_lost(case, to):
        raise NotNow(f"Record it with {to} first, or link {to} to this one. Not there yet: {'; '.join(left)}.")
    case.linked_to, case.linked_because = to, because.strip()
    for above in PARTS:
        above(case, to)
    with acting(FOLLOWS):
        _as_old_as(to, case.known_since)
        absorb(to, by=FOLLOWS, other=case)


PARTS: list[Callable[[OnlineCase, OnlineCase], object]] = []
"""Each part of the app says what it does when a case becomes part of another: called with both."""


def _as_before(case: OnlineCase) -> str:
    if case.triaged_at is None:
        return State.RECEIVED.value
    return State.ATTRIBUTED.value if case.attributed_at else State.RESEARCHING.value


@transition(
    source=State.LINKED.value,
    target=OneOf(_as_before, (State.RECEIVED.value, State.RESEARCHING.value, State.ATTRIBUTED.value)),
    may=Can.SUPERVISE_ONLINE,
)
def unlink(case: OnlineCase, *, by: User, because: str) -> None:
    """The two are not one case after all. It goes on where it stood, and its clocks count from when it was received."""
    must_say(because, "why the two are not one case")
    case.linked_to, case.linked_because, case.recheck_on, case.no_research_because = None, "", None, ""


@transition(source=OPEN, may=Can.RESEARCH_ONLINE)
def absorb(case: OnlineCase, *, by: System, other: OnlineCase) -> None:
    """Another case is part of this one: it is as old as the older of the two."""
    case.known_since = min(case.known_since, other.known_since)


@transition(source=OPEN, may=Can.RESEARCH_ONLINE)
def older_than_known(case: OnlineCase, *, by: System, since: datetime) -> None:
    """It reached the force sooner than we knew: its age counts from then."""
    case.known_since = min(case.known_since, since)


def _as_old_as(case: OnlineCase, since: datetime) -> None:
    """Only where it makes a difference: the clocks of its age begin anew from the earlier moment."""
    with acting(FOLLOWS, apart=True):
        now_is = OnlineCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if now_is.state in OPEN and since < now_is.known_since:
            older_than_known(now_is, by=FOLLOWS, since=since)


def _stays_or_attributed(case: OnlineCase) -> str:
    early = (State.RESEARCHING.value, State.NO_RESEARCH.value, State.ATTRIBUTED.value)
    return State.ATTRIBUTED.value if case.state in early else case.state


@transition(
    source=[s for s in OPEN if s != State.RECEIVED.value],
    target=OneOf(_stays_or_attributed, tuple(s for s in OPEN if s != State.RECEIVED.value)),
    may=Can.RESEARCH_ONLINE,
)
def attributed(case: OnlineCase, *, by: System, at: datetime) -> None:
    """It has been attributed to an address; the first time counts."""
    case.attributed_at = case.attributed_at or at
    case.researched_at = max(case.researched_at or at, at)
    case.recheck_on, case.no_research_because = None, ""


__all__ = ["AGAIN", "FOLLOWS", "TRIAGED", "ReferralFacts", "Said", "as_compared", "attributed", "take_in"]

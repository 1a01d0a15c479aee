"""Research and attribution: what was done, which address it leads to, who lives there, and what each system says of
them. Every adult is asked about: do they work with children?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from access.actor import System, acting
from access.roles import Can
from access.time import now, today
from accounts.models import User
from cases.models import Address, Person, next_reference
from cases.places import key_of, known_address, read
from govuk.fields import YesNoNotKnown as Answer
from online.codes import Confidence, ResearchKind
from online.models import OPEN, CandidateAddress, ChildrenCheck, Occupant, OccupantCheck, OnlineCase, ResearchAction
from online.research_lengths import LOOKED_AGAIN
from online.workflow.cases import FOLLOWS, attributed
from online.workflow.checks import check_not_needed, look_for_children
from online.workflow.known_offenders import meet_offender
from online.workflow.news import level_is_older
from workflow.transitions import NotNow, must_say, transition

State = OnlineCase.State
At = CandidateAddress.State
TRIAGED = [state for state in OPEN if state != State.RECEIVED.value]
RESEARCHED = [State.RESEARCHING.value, State.ATTRIBUTED.value, State.NO_RESEARCH.value]
"""Triaged, and no level has been set."""


@dataclass(frozen=True)
class ResearchFacts:
    """What was done, what came of it (empty = no answer yet), and what comes next."""

    kind: str
    what: str
    at: datetime
    result: str = ""
    asked_ref: str = ""
    next_step: str = ""
    next_on: date | None = None


@transition(source=OPEN, may=Can.RESEARCH_ONLINE)
def record_research(case: OnlineCase, *, by: User, facts: ResearchFacts) -> None:
    """A researcher did something to find out who is behind it. That keeps the research from having stalled."""
    if facts.kind not in ResearchKind.values:
        raise NotNow("Choose what was done.")
    must_say(facts.what, "what was done")
    if not case.received_at <= facts.at <= now():
        raise NotNow("It was done at a time between when the referral was received and now.")
    ResearchAction.objects.create(online_case=case, by=by, recorded_at=now(), **vars(facts))
    case.researched_at = max(case.researched_at or facts.at, facts.at)


@transition(source=RESEARCHED, target=State.NO_RESEARCH.value, may=Can.SUPERVISE_ONLINE)
def no_further_research(case: OnlineCase, *, by: User, because: str, recheck_on: date) -> None:
    """A sergeant says that nothing more can be found out for now, and on which day somebody looks again."""
    must_say(because, "why nothing more can be found out")
    longest, _ = LOOKED_AGAIN.in_force(now())
    if not today() < recheck_on <= today() + longest:
        raise NotNow(f"Choose a day, tomorrow or within {longest.days} days, on which somebody looks again.")
    case.no_research_because, case.recheck_on = because.strip(), recheck_on


@transition(source=State.NO_RESEARCH.value, target=State.RESEARCHING.value, may=Can.RESEARCH_ONLINE)
def research_again(case: OnlineCase, *, by: User, because: str) -> None:
    """Somebody has looked at it again: research goes on."""
    must_say(because, "what can be done now")
    case.recheck_on, case.no_research_because, case.researched_at = None, "", now()


@transition(source=OPEN, may=Can.REGISTER_ONLINE)
def somebody_named(case: OnlineCase, *, by: System, at: datetime) -> None:
    """Another referral on the same abuse names somebody: the first level is due from when that one was received."""
    case.named_at = min(case.named_at or at, at)


@dataclass(frozen=True)
class AddressFacts:
    """An address it may lead to. `address` None = not on record here."""

    written: str
    postcode: str
    confidence: str
    how: str
    warnings: str = ""
    address: Address | None = None


@transition(target=CandidateAddress.State.CANDIDATE.value, may=Can.RESEARCH_ONLINE)
def add_candidate(candidate: CandidateAddress, *, by: User, case: OnlineCase, facts: AddressFacts) -> None:
    """An address it may lead to."""
    if case.state not in TRIAGED:
        raise NotNow(f"{case} has to be triaged first." if case.is_open else f"{case} is not open any more.")
    must_say(facts.written, "the address")
    must_say(facts.how, "how we come to this address")
    if facts.confidence not in Confidence.values:
        raise NotNow("Choose how sure it is.")
    if there := _same_address(case, facts):
        raise NotNow(f"{there} is there already, as {there.get_state_display().lower()}.")
    candidate.online_case, candidate.reference = case, next_reference("ADR")
    candidate.recorded_at, candidate.recorded_by = now(), by
    for name, fact in vars(facts).items():
        setattr(candidate, name, fact.strip() if isinstance(fact, str) else fact)
    candidate.address = facts.address or known_address(facts.written, facts.postcode)


def _same_address(case: OnlineCase, facts: AddressFacts) -> CandidateAddress | None:
    """The same house on this case, however it was written."""
    key = key_of(*read(facts.written, facts.postcode))
    for each in CandidateAddress.objects.filter(online_case=case).order_by("recorded_at", "pk"):
        if key_of(*read(each.written, each.postcode)) == key:
            return each
    return None


@transition(source=At.CANDIDATE.value, target=At.ATTRIBUTED.value, may=Can.RESEARCH_ONLINE)
def attribute(candidate: CandidateAddress, *, by: User, because: str) -> None:
    """It leads to this address. From this moment somebody has to look for children there."""
    must_say(because, "what makes it this address")
    candidate.attributed_at, candidate.attributed_by = now(), by
    candidate.how = f"{candidate.how}\n{because.strip()}"
    with acting(FOLLOWS):
        attributed(candidate.online_case, by=FOLLOWS, at=now())
        look_for_children(candidate)
    level_is_older(candidate.online_case, f"Attributed to another address: {candidate}", candidate.reference)


@transition(source=[At.CANDIDATE.value, At.ATTRIBUTED.value], target=At.RULED_OUT.value, may=Can.RESEARCH_ONLINE)
def rule_out(candidate: CandidateAddress, *, by: User, because: str) -> None:
    """It does not lead to this address. Nobody has to look for children there any more."""
    must_say(because, "why it is not this address")
    candidate.ruled_out_because = because.strip()
    if candidate.state == At.ATTRIBUTED:
        with acting(FOLLOWS):
            _not_there(candidate)


def _not_there(candidate: CandidateAddress) -> None:
    case = OnlineCase.objects.select_for_update(of=("self",)).get(pk=candidate.online_case_id)
    for check in ChildrenCheck.objects.filter(at=candidate, state=ChildrenCheck.State.DUE):
        check_not_needed(check, by=FOLLOWS)
    others = CandidateAddress.objects.filter(online_case=case, state=At.ATTRIBUTED).exclude(pk=candidate.pk)
    if case.state == State.ATTRIBUTED and not others.exists():
        not_attributed(case, by=FOLLOWS)
    level_is_older(case, f"It is not {candidate}: {candidate.ruled_out_because}", candidate.reference)


@transition(source=State.ATTRIBUTED.value, target=State.RESEARCHING.value, may=Can.RESEARCH_ONLINE)
def not_attributed(case: OnlineCase, *, by: System) -> None:
    """The only address it was attributed to was ruled out: research goes on. What was due stays due."""


@transition(source=At.RULED_OUT.value, target=At.CANDIDATE.value, may=Can.RESEARCH_ONLINE)
def candidate_again(candidate: CandidateAddress, *, by: User, because: str) -> None:
    """It may be this address after all."""
    must_say(because, "why it may be this address after all")
    candidate.how = f"{candidate.how}\n{because.strip()}"


@dataclass(frozen=True)
class OccupantFacts:
    """Somebody who lives there. `works_with_children`: yes, no or not known, with how we know or whom we asked."""

    name_said: str
    age: str
    relation: str = ""
    is_suspect: str = Answer.NOT_KNOWN.value
    works_with_children: str = Answer.NOT_KNOWN.value
    post: str = ""
    employer: str = ""
    works_how: str = ""
    person: Person | None = None


@transition(target=Occupant.State.THERE.value, may=Can.RESEARCH_ONLINE)
def add_occupant(occupant: Occupant, *, by: User, at: CandidateAddress, facts: OccupantFacts) -> None:
    """Somebody lives at an address it may lead to, or is there often."""
    must_say(facts.name_said, "who it is; “not known” is an answer")
    if facts.age not in Occupant.Age.values:
        raise NotNow("Say whether they are an adult or a child; “not known” is an answer.")
    at = CandidateAddress.objects.select_for_update(of=("self",)).select_related("online_case").get(pk=at.pk)
    if at.state == At.RULED_OUT:
        raise NotNow(f"{at} has been ruled out.")
    if not at.online_case.is_open:
        raise NotNow(f"{at.online_case} is not open any more.")
    occupant.at, occupant.online_case, occupant.reference = at, at.online_case, next_reference("OCC")
    occupant.recorded_at, occupant.recorded_by = now(), by
    for name, fact in vars(facts).items():
        setattr(occupant, name, fact.strip() if isinstance(fact, str) else fact)
    if facts.person and (there := whoever_is(facts.person, at)):
        raise NotNow(f"{facts.person} is an occupant there already: {there.reference}.")
    _works_with_children(occupant)
    met = meet_offender(occupant) if occupant.person else ""
    works = " They work with children." if occupant.works_with_children == Answer.YES else ""
    level_is_older(at.online_case, f"Somebody else lives at {at} or is there often.{works}{met}", occupant.reference)


def whoever_is(person: Person, at: CandidateAddress) -> Occupant | None:
    """The occupant there who is this person, whichever record names them."""
    rows = Occupant.objects.filter(at=at, person__same_as=person.same_as_id, state=Occupant.State.THERE)
    found: Occupant | None = rows.first()
    return found


@transition(source=Occupant.State.THERE.value, may=Can.RESEARCH_ONLINE)
def work_known(occupant: Occupant, *, by: User, works_with_children: str, post: str, employer: str, how: str) -> None:
    """Somebody was asked about the work of an occupant: do they work with children?"""
    must_say(how, "how we know, or whom you asked")
    is_new = works_with_children == Answer.YES and occupant.works_with_children != Answer.YES
    occupant.works_with_children, occupant.works_how = works_with_children, how.strip()
    occupant.post, occupant.employer = post.strip(), employer.strip()
    _works_with_children(occupant)
    if is_new:
        level_is_older(occupant.online_case, f"Somebody at {occupant.at} works with children", occupant.reference)


def _works_with_children(occupant: Occupant) -> None:
    if occupant.works_with_children not in Answer.values:
        raise NotNow("Say whether they work with children: yes, no or not known.")
    if occupant.works_with_children == Answer.YES:
        must_say(occupant.post, "what they do with children, paid or not")
        occupant.works_known_at = occupant.works_known_at or now()
        for hear in WORKS_WITH_CHILDREN:
            hear(occupant)


WORKS_WITH_CHILDREN: list[Callable[[Occupant], object]] = []
"""Called inside the transition by which we know that somebody works with children."""


@transition(source=Occupant.State.THERE.value, may=Can.RESEARCH_ONLINE)
def check_occupant(occupant: Occupant, *, by: User, system: str, result: str, at: datetime) -> None:
    """One system was asked about one occupant. “Nothing” is a result."""
    _keep_check(occupant, by, system, result, at)


def _keep_check(occupant: Occupant, by: User, system: str, result: str, at: datetime) -> None:
    if system not in ResearchKind.values:
        raise NotNow("Choose which system was asked.")
    must_say(result, "what it said; “nothing” is an answer")
    if at > now():
        raise NotNow("It cannot have been asked in the future. Check the date and time.")
    OccupantCheck.objects.create(
        online_case=occupant.online_case, occupant=occupant, system=system, result=result.strip(), at=at, by=by
    )


@transition(source=Occupant.State.THERE.value, may=Can.RESEARCH_ONLINE)
def check_in_several(occupant: Occupant, *, by: User, results: Mapping[str, str], at: datetime) -> None:
    """Several systems were asked about one occupant: what each of them said."""
    if not results:
        raise NotNow("Say what at least one system said; “nothing” is an answer.")
    for system, result in results.items():
        _keep_check(occupant, by, system, result, at)

"""Each child whom a case may concern: a notice, a strategy discussion, the social worker, and what social care decided.
Until all of that is done the child is not safe because somebody was arrested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import Person, next_reference
from online.codes import CareOutcome
from online.models import CHILD_OPEN, OPEN, LinkedChild, OnlineCase, SocialWorkerContact
from places.models import School
from ppn.models import Ppn, Subject
from strategy.models import StrategyMeeting
from workflow.transitions import NotNow, OneOf, must_say, transition

State = LinkedChild.State
WITH_NOTICE = [State.NOTICED.value, State.DISCUSSED.value]
LINKED = [*CHILD_OPEN, State.SETTLED.value]


@dataclass(frozen=True)
class ChildFacts:
    """Which child, and how the case concerns them. `known_at`: when the first of us knew of the child."""

    name_said: str
    how: str
    what: str
    known_at: datetime
    person: Person | None = None
    age_said: str = ""
    school: School | None = None
    authority_said: str = ""


@transition(target=State.KNOWN.value, may=Can.RESEARCH_ONLINE)
def learn_of_child(child: LinkedChild, *, by: User | System, case: OnlineCase, facts: ChildFacts) -> None:
    """The case concerns a child. The clock of the notice runs from when the first of us knew."""
    case = OnlineCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.state not in OPEN:
        raise NotNow(f"{case} is not open any more.")
    must_say(facts.name_said, "who the child is; “not known” is an answer")
    must_say(facts.what, "how we know of the child")
    if facts.how not in LinkedChild.How.values:
        raise NotNow("Choose how the case concerns the child.")
    if facts.known_at > now():
        raise NotNow("Nobody can have known of it in the future. Check the date and time.")
    if facts.person and (known := linked_child(case, facts.person)):
        raise NotNow(f"This child is linked with the case already: {known}.")
    child.online_case, child.reference = case, next_reference("CHI")
    child.recorded_by = None if isinstance(by, System) else by
    for name, fact in vars(facts).items():
        setattr(child, name, fact.strip() if isinstance(fact, str) else fact)


def linked_child(case: OnlineCase, person: Person) -> LinkedChild | None:
    """The linked child who is this person, whichever record names them."""
    rows = LinkedChild.objects.filter(online_case=case, person__same_as=person.same_as_id)
    found: LinkedChild | None = rows.exclude(state=State.IN_ERROR).first()
    return found


def _as_far_as_the_discussion(child: LinkedChild) -> str:
    return State.DISCUSSED.value if child.discussed_at else State.NOTICED.value


NOTICED = OneOf(_as_far_as_the_discussion, (State.NOTICED.value, State.DISCUSSED.value))


@transition(source=State.KNOWN.value, target=NOTICED, may=Can.SUBMIT_PPN)
def child_noticed(child: LinkedChild, *, by: System, notice: Ppn) -> None:
    """The notice about the child is with the MASH."""
    child.ppn, child.notice_at = notice, notice.submitted_at


@transition(source=State.KNOWN.value, target=NOTICED, may=Can.RESEARCH_ONLINE)
def covered_by_earlier_notice(child: LinkedChild, *, by: User, notice: Ppn, because: str) -> None:
    """A notice that has been submitted says it already: of this child, and since we knew of the child here."""
    must_say(because, "how that notice covers this child and this case")
    if notice.submitted_at < child.known_at:
        raise NotNow(f"{notice} was submitted before this became known. It needs a notice of its own.")
    if child.person and not _names(notice, child.person):
        raise NotNow(f"{notice} does not name this child.")
    child.ppn, child.notice_at = notice, notice.submitted_at


def _names(notice: Ppn, person: Person) -> bool:
    named = Subject.objects.filter(ppn=notice, person__same_as=person.same_as_id)
    return bool(named.figures().exists())


def _stays_or_discussed(child: LinkedChild) -> str:
    """Without a notice it still waits for one."""
    return State.DISCUSSED.value if child.state == State.NOTICED else child.state


@transition(source=LINKED, target=OneOf(_stays_or_discussed, tuple(LINKED)), may=Can.SEE_ONLINE)
def child_discussed(child: LinkedChild, *, by: System, meeting: StrategyMeeting) -> None:
    """A strategy discussion about the child was held."""
    _was_discussed(child, meeting)


@transition(source=LINKED, target=OneOf(_stays_or_discussed, tuple(LINKED)), may=Can.SUPERVISE_ONLINE)
def covered_by_discussion(child: LinkedChild, *, by: User, meeting: StrategyMeeting, because: str) -> None:
    """A discussion that was held was about this child too, and a sergeant says so."""
    must_say(because, "how that discussion was about this child and this case")
    if meeting.held_at is None:
        raise NotNow(f"{meeting} has not been held.")
    if meeting.held_at < child.known_at:
        raise NotNow(f"{meeting} was held before we knew of this child. Ask for another discussion.")
    _was_discussed(child, meeting)


def _was_discussed(child: LinkedChild, meeting: StrategyMeeting) -> None:
    held = meeting.held_at
    if held is None:
        raise NotNow(f"{meeting} has not been held.")
    first = child.discussed_at or held
    if child.discussed_last_at is None or held >= child.discussed_last_at:
        child.strategy = meeting
    child.discussed_at = min(first, held)
    child.discussed_last_at = max(child.discussed_last_at or held, held)


@transition(source=LINKED, may=Can.RESEARCH_ONLINE)
def social_worker_spoken_to(child: LinkedChild, *, by: User, who: str, said: str, at: datetime) -> None:
    """Somebody of us spoke with the social worker of the child. It is done again within two weeks."""
    must_say(who, "who the social worker is, and of which authority")
    must_say(said, "what they said")
    if not child.known_at <= at <= now():
        raise NotNow("You spoke at a time between when we knew of the child and now.")
    SocialWorkerContact.objects.create(
        online_case=child.online_case, child=child, who=who.strip()[:200], said=said.strip(), at=at, by=by
    )
    child.contacted_at = max(child.contacted_at or at, at)


@transition(source=LINKED, may=Can.INVESTIGATE_ONLINE)
def child_seen_by_us(child: LinkedChild, *, by: User, at: datetime, said: str) -> None:
    """An officer saw the child in person, and how the child was."""
    must_say(said, "how the child was, and what they said in their own words; “said nothing” is an answer")
    if at > now():
        raise NotNow("You cannot have seen the child in the future. Check the date and time.")
    child.seen_at = max(child.seen_at or at, at)


@dataclass(frozen=True)
class CareSaid:
    """What social care decided, in words, who said so and when."""

    outcome: str
    said: str
    who: str
    at: datetime


@transition(source=WITH_NOTICE, target=State.SETTLED.value, may=Can.RECORD_REPLY)
def care_decided(child: LinkedChild, *, by: User | System, said: CareSaid) -> None:
    """Social care has decided on the child."""
    _take(child, by, said)


@transition(source=State.SETTLED.value, may=Can.RECORD_REPLY)
def care_decided_otherwise(child: LinkedChild, *, by: User | System, said: CareSaid) -> None:
    """Social care has decided otherwise. What it decided before stays in the steps."""
    _take(child, by, said)


def _take(child: LinkedChild, by: User | System, said: CareSaid) -> None:
    if said.outcome not in CareOutcome.values:
        raise NotNow("Choose what social care decided.")
    must_say(said.said, "what was decided, and how the child is protected now; “not known” is an answer")
    must_say(said.who, "who told us, and of which authority")
    if said.at > now():
        raise NotNow("It cannot have been decided in the future. Check the date and time.")
    child.outcome, child.outcome_said, child.outcome_from = said.outcome, said.said.strip(), said.who.strip()[:200]
    child.settled_at, child.settled_by = said.at, None if isinstance(by, System) else by


@transition(source=LINKED, target=State.IN_ERROR.value, may=Can.SUPERVISE_ONLINE)
def no_child(child: LinkedChild, *, by: User, because: str) -> None:
    """A sergeant says that the case does not concern this child: it was recorded in error."""
    must_say(because, "why the case does not concern this child")
    child.error_because = because.strip()


@transition(source=LINKED, may=Can.RESEARCH_ONLINE)
def child_sooner(child: LinkedChild, *, by: System) -> None:
    """The level is very high: the notice and the discussion are due sooner."""


@transition(source=CHILD_OPEN, may=Can.SEE_ONLINE)
def case_not_live(child: LinkedChild, *, by: System) -> None:
    """The case is not ours any more: nobody here asks the social worker again. What was owed for the child stays so."""

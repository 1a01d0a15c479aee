"""An offender has contact with a child. The notice goes in within the same tour; what social care decided is asked for
until it is known; then the plan for the offender takes it up. It stays open until all three are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import Finding, Person, next_reference
from offenders.codes import CareDecision, ContactKind, TaskKind
from offenders.models import OURS, ChildContact, Nominal, OffenderVisit
from offenders.workflow.hub_tasks import ask_hub
from offenders.workflow.intelligence import end_reactive
from partners.models import Agency, Disclosure
from ppn.models import Ppn, Subject
from workflow.transitions import NotNow, OneOf, must_say, transition

State = ChildContact.State
FOLLOWS = System("an offender's contact with a child")
UNDECIDED = [State.NOTICE.value, State.SHARED.value]
OPEN = [State.LEARNED.value, *UNDECIDED, State.DECIDED.value]
NOT_SAID = "Social care has not said how the child is protected: ask them."


@dataclass(frozen=True)
class ContactFacts:
    """Which child, and what is known of the contact. `child` None = nobody on record, or not known who."""

    child: Person | None
    child_said: str
    relation: str
    kind: str
    what: str
    discovered_at: datetime


@transition(target=State.LEARNED.value, may=Can.MANAGE_OFFENDERS)
def learn_of_contact(
    contact: ChildContact, *, by: User, nominal: Nominal, facts: ContactFacts, visit: OffenderVisit | None = None
) -> None:
    """Somebody of us knows that an offender has contact with a child. The clock of the notice runs from then."""
    contact.recorded_by, contact.visit = by, visit
    if visit and visit.nominal_id != nominal.pk:
        raise NotNow(f"{visit} is a visit to somebody else.")
    _begin(contact, nominal, facts)
    contact.finding = _link(contact)


def _link(contact: ChildContact) -> UUID | None:
    """The link between the two that waits for a decision: one notice settles both."""
    if contact.child is None:
        return None
    with acting(FOLLOWS):
        pair = {"child__same_as": contact.child.same_as_id, "risk__same_as": contact.nominal.person.same_as_id}
        found = Finding.objects.filter(state=Finding.State.OPEN, **pair).first()
    return found.pk if found else None


@transition(target=State.LEARNED.value, may=Can.MANAGE_OFFENDERS)
def contact_found(
    contact: ChildContact, *, by: System, nominal: Nominal, facts: ContactFacts, finding: Finding
) -> None:
    """What we know puts an offender with a child, and nobody has reported it. It counts from when we knew."""
    contact.finding = finding.pk
    _begin(contact, nominal, facts)


def _begin(contact: ChildContact, nominal: Nominal, facts: ContactFacts) -> None:
    _must_be_whole(facts)
    nominal = Nominal.objects.select_for_update(of=("self",)).get(pk=nominal.pk)
    if nominal.state not in OURS:
        raise NotNow(f"{nominal} is not managed here any more.")
    if facts.child and (known := open_contact(nominal, facts.child)):
        raise NotNow(f"This contact is on record already: {known}.")
    contact.reference, contact.nominal = next_reference("CON"), nominal
    for name, fact in vars(facts).items():
        setattr(contact, name, fact.strip() if isinstance(fact, str) else fact)
    end_reactive(nominal, because=contact.reference, at=facts.discovered_at)
    what = f"Contact with a child: see {contact.reference}"  # a restricted child is named nowhere else
    ask_hub(TaskKind.CHILD_CONTACT, nominal, what, arises_from=contact, since=facts.discovered_at)


def _must_be_whole(facts: ContactFacts) -> None:
    must_say(facts.child_said, "who the child is, as you were told; “not known” is an answer")
    must_say(facts.relation, "how the child and the offender know each other; “not known” is an answer")
    must_say(facts.what, "what is known of the contact")
    if facts.kind not in ContactKind.values:
        raise NotNow("Choose what kind of contact it is.")
    if facts.discovered_at > now():
        raise NotNow("Nobody can have known of it in the future. Check the date and time.")


def open_contact(nominal: Nominal, child: Person) -> ChildContact | None:
    """Their contact with this child that is not settled, whichever record of the child names it."""
    with acting(FOLLOWS):
        rows = ChildContact.objects.filter(nominal=nominal, child__same_as=child.same_as_id, state__in=OPEN)
        return rows.order_by("discovered_at").first()


def _as_far_as_the_notice(contact: ChildContact) -> str:
    return State.SHARED.value if contact.shared_at else State.NOTICE.value


@transition(
    source=State.LEARNED.value,
    target=OneOf(_as_far_as_the_notice, (State.NOTICE.value, State.SHARED.value)),
    may=Can.SUBMIT_PPN,
)
def notice_submitted(contact: ChildContact, *, by: System, notice: Ppn) -> None:
    """The notice about it is with the MASH."""
    _has_notice(contact, notice)


@transition(
    source=State.LEARNED.value,
    target=OneOf(_as_far_as_the_notice, (State.NOTICE.value, State.SHARED.value)),
    may=Can.MANAGE_OFFENDERS,
)
def covered_by_notice(contact: ChildContact, *, by: User, notice: Ppn, because: str) -> None:
    """A notice that has been submitted says it already: of this child, and since it became known."""
    must_say(because, "how that notice covers this contact")
    if notice.submitted_at < contact.discovered_at:
        raise NotNow(f"{notice} was submitted before this became known. It needs a notice of its own.")
    if contact.child and not _names(notice, contact.child):
        raise NotNow(f"{notice} does not name this child.")
    _has_notice(contact, notice)


def _names(notice: Ppn, child: Person) -> bool:
    named = Subject.objects.filter(ppn=notice, person__same_as=child.same_as_id)
    return bool(named.figures().exists())


def _has_notice(contact: ChildContact, notice: Ppn) -> None:
    contact.ppn, contact.notice_at = notice, notice.submitted_at
    contact.shared_at = _social_care_told(notice)


def social_care_was_sent(notice: Ppn) -> Disclosure | None:
    """What social care was sent first of this notice."""
    with acting(FOLLOWS):
        rows = Disclosure.objects.filter(kind=Ppn._meta.label_lower, record=notice.pk)
        return rows.filter(agency__kind=Agency.Kind.SOCIAL_CARE).select_related("agency").order_by("number").first()


def _social_care_told(notice: Ppn) -> datetime | None:
    sent = social_care_was_sent(notice)
    return sent.sent_at if sent else None


@transition(source=State.NOTICE.value, target=State.SHARED.value, may=Can.SEE_OFFENDERS)
def contact_shared(contact: ChildContact, *, by: System, at: datetime) -> None:
    """Social care has been told. From now on we ask for its decision until we know it."""
    contact.shared_at = at


@transition(source=UNDECIDED, may=Can.RECORD_REPLY)
def chase_decision(contact: ChildContact, *, by: User | System, said: str) -> None:
    """Social care has been asked for its decision again, and what they said."""
    must_say(said, "whom you asked, and what they said")
    contact.chased, contact.chased_at = contact.chased + 1, now()


@transition(source=UNDECIDED, may=Can.COMMAND_OFFENDERS)
def raise_with_head(contact: ChildContact, *, by: User, whom: str, said: str) -> None:
    """An inspector has asked the head of service of the authority for the decision."""
    must_say(whom, "who the head of service is")
    must_say(said, "what they said")
    contact.raised_at, contact.raised_with = now(), whom.strip()


@dataclass(frozen=True)
class CareSaid:
    """What social care decided, who said so and when, and how the child is protected now."""

    decision: str
    decided_at: datetime
    who: str
    protects: str


@transition(source=UNDECIDED, target=State.DECIDED.value, may=Can.RECORD_REPLY)
def decision_known(contact: ChildContact, *, by: User | System, said: CareSaid) -> None:
    """Social care has decided. Now the plan for the offender has to take it up."""
    _take(contact, said)


@transition(source=[State.DECIDED.value, State.CLOSED.value], target=State.DECIDED.value, may=Can.RECORD_REPLY)
def decision_changed(contact: ChildContact, *, by: User | System, said: CareSaid) -> None:
    """Social care has decided otherwise. The plan has to take that up too."""
    contact.closed_at = contact.closed_by = None
    _take(contact, said)


def _take(contact: ChildContact, said: CareSaid) -> None:
    if said.decision not in CareDecision.values:
        raise NotNow("Choose what social care decided.")
    must_say(said.who, "who told us, and of which authority")
    must_say(said.protects, "how the child is protected now; “not known” is an answer")
    if said.decided_at > now():
        raise NotNow("It cannot have been decided in the future. Check the date and time.")
    contact.decision, contact.decision_at = said.decision, said.decided_at
    contact.decision_from, contact.protects = said.who.strip()[:200], said.protects.strip()


@transition(source=State.DECIDED.value, target=State.CLOSED.value, may=Can.MANAGE_OFFENDERS)
def contact_in_plan(contact: ChildContact, *, by: User, effect: str) -> None:
    """The plan for the offender says what it changes. Only now is it settled."""
    must_say(effect, "what it changes in the plan for the offender; “nothing, because …” is an answer")
    contact.effect, contact.closed_at, contact.closed_by = effect.strip(), now(), by


@transition(source=OPEN, target=State.IN_ERROR.value, may=Can.SUPERVISE_OFFENDERS)
def no_contact(contact: ChildContact, *, by: User, because: str) -> None:
    """A sergeant says that there was no contact: it was recorded in error."""
    must_say(because, "why there was no contact")
    _in_error(contact, because, by)


@transition(source=State.LEARNED.value, target=State.IN_ERROR.value, may=Can.DECIDE_FINDING)
def finding_was_none(contact: ChildContact, *, by: System, because: str, decided_by: User) -> None:
    """Whoever decided on the link says that there is no contact, or that what we know is wrong."""
    _in_error(contact, because, decided_by)


def _in_error(contact: ChildContact, because: str, who: User) -> None:
    contact.error_because, contact.closed_at, contact.closed_by = because.strip(), now(), who

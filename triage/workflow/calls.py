"""A call comes in and is graded; it comes in again; its risk is looked at again; a child comes to light."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from access.actor import NotYours, System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases.markers import has_high_risk_abuse, markers_for
from cases.models import Address, Involvement, Person, next_reference
from cases.places import address_in
from cases.records import Details, Home, must_be_somebody
from matching.numbers import phone
from triage import children
from triage.codes import ENDED, NOT_ATTENDED, OPEN, Channel, Grade, State, ToldCaller
from triage.models import Answer, Incident, Thrive
from triage.owners import OWNS, passes_to
from triage.people import takes_part
from triage.schools import tell_schools
from triage.workflow.facts import Abuse, Assessment, Contact
from triage.workflow.lengths import AGAIN_WITHIN
from triage.workflow.risk import asked_about_abuse, assessed, ranked
from workflow.transitions import NotNow, OneOf, must_say, transition

SECOND_CONTACT = System("a second contact about it")
SILENT_IS_G1 = "A silent or abandoned call from where there is high-risk domestic abuse is Immediate"
"""The inspected force's own rule; it takes a supervisor to change it."""


def _waits_in(incident: Incident) -> str:
    return State.AWAITING_RESOURCE.value if incident.grade in (Grade.G1, Grade.G2) else State.IN_TRIAGE.value


def _goes_on_in(incident: Incident) -> str:
    """After a change of grade: an urgent one waits for a unit, unless one is on its way; any other stays where it is
    dealt with, and leaves the list of those that wait for a unit."""
    if incident.state == State.ASSIGNED or incident.state in ENDED:
        return State.ASSIGNED.value if incident.state == State.ASSIGNED else _waits_in(incident)
    urgent = incident.grade in (Grade.G1, Grade.G2)
    return _waits_in(incident) if urgent or incident.state == State.AWAITING_RESOURCE else incident.state


WAITS = OneOf(_waits_in, (State.AWAITING_RESOURCE.value, State.IN_TRIAGE.value))
GOES_ON = OneOf(_goes_on_in, tuple(NOT_ATTENDED))


@transition(target=WAITS, may=Can.TAKE_CALL)
def take_call(
    incident: Incident, *, by: User | System, contact: Contact, abuse: Abuse | None, assessment: Assessment, grade: str
) -> None:
    """Somebody has called: what happened, whether a child is there, THRIVE, and a grade."""
    for name, fact in vars(contact).items():
        setattr(incident, name, fact)
    incident.reported_at = _when_it_was(contact)
    incident.caller_number, incident.safe_number = _digits(contact.caller_number), _digits(contact.safe_number)
    incident.address = address_in(contact.location)
    incident.reference, incident.team = next_reference("INC"), team_of(Role.CONTACT_SUPERVISOR)
    incident.grade = incident.grade_initial = _grade_of_a_silent_call(incident, grade)
    earlier = called_before(incident)
    incident.repeat_of = (earlier.repeat_of or earlier) if earlier else None
    if contact.child == Answer.YES:
        children.child_is_known(incident, incident.reported_at)
    children.look_at(incident)
    _waits_with(incident)
    assessed(incident, assessment, Thrive.Trigger.REPEAT_CALL if earlier else Thrive.Trigger.INITIAL, by)
    asked_about_abuse(incident, abuse, by)
    if earlier and earlier.state in NOT_ATTENDED:
        said = f"{incident.reference}: {contact.what_happened}"
        rang_again(earlier, by=SECOND_CONTACT, what_they_say=said, child=contact.child)


def _when_it_was(contact: Contact) -> datetime:
    if contact.reported_at and contact.reported_at > now():
        raise NotNow("The call cannot have come in later than now: look at when it came in.")
    return contact.reported_at or now()


def _digits(number: str) -> str:
    """As it is compared; what is no telephone number stays as it was typed, so that nothing is lost."""
    return (phone(number) or number.strip())[:40]


def _waits_with(incident: Incident) -> None:
    """In the triage hub, or on the list of those that wait for a unit: somebody named has it from the first second."""
    state = _waits_in(incident)
    if state == State.IN_TRIAGE:
        incident.entered_hub_at = incident.entered_hub_at or now()
    passes_to(incident, OWNS[state])


def _grade_of_a_silent_call(incident: Incident, grade: str) -> str:
    """Asked as the software: a marker that the call taker may not see counts all the same."""
    if incident.channel != Channel.SILENT:
        return grade
    with acting(System("is there high-risk domestic abuse?")):
        markers = markers_for(address=incident.address, numbers=[incident.caller_number])
    if not has_high_risk_abuse(markers):
        return grade
    incident.urgent_because = incident.urgent_because or SILENT_IS_G1
    return Grade.G1.value


def called_before(incident: Incident) -> Incident | None:
    """The latest contact of the last 24 hours about the same address or from the same number: one that still waits
    before one that does not. Asked as the software, so that a restricted one counts."""
    with acting(System("has somebody called about it before?")):
        found = _contacts(incident.location, incident.address, incident.caller_number, incident.reported_at)
        earlier = list(found.exclude(pk=incident.pk).exclude(state=State.DUPLICATE_LINKED))
    return min(earlier, key=lambda each: each.state not in NOT_ATTENDED, default=None)


def earlier_contacts(location: str, address: Address | None, number: str) -> list[Incident]:
    """The same for the page of a call that is being taken, as far as whoever takes it may see."""
    return list(_contacts(location, address, _digits(number), now()))


def _contacts(location: str, address: Address | None, number: str, until: datetime) -> QuerySet[Incident]:
    same = Q(address=address) if address else Q(pk__in=[])
    if any(each.isdigit() for each in location):  # written alike, it is the same house; "High Street" is not
        same |= Q(location__iexact=location.strip())
    if number:
        same |= Q(caller_number=number) | Q(safe_number=number)
    since = until - AGAIN_WITHIN.in_force(now())[0]
    return Incident.objects.filter(same, reported_at__gte=since, reported_at__lte=until).order_by("-reported_at")


@transition(source=NOT_ATTENDED, may=Can.TAKE_CALL)
def rang_again(incident: Incident, *, by: User | System, what_they_say: str, child: str) -> None:
    """Somebody has called again about it. The risk has to be looked at again, by 15 minutes from now."""
    must_say(what_they_say, "what they say now")
    incident.called_again_at = now()
    if child == Answer.YES and incident.child != Answer.YES:
        children.child_is_known(incident)
    elif child == Answer.NOT_KNOWN and incident.child == Answer.NO:
        incident.child = Answer.NOT_KNOWN.value
    children.look_at(incident, what_they_say)
    ranked(incident)


@transition(source=NOT_ATTENDED, target=GOES_ON, may=Can.REGRADE)
def regrade(
    incident: Incident, *, by: User | System, grade: str, assessment: Assessment, because: str, caller_told: str
) -> None:
    """A new grade, always with a new THRIVE. Anyone may raise it; only a supervisor may lower it. No clock is reset."""
    if Grade(grade).is_lower_than(incident.grade):
        _may_be_lowered(by, caller_told)
    must_say(because, "why the grade changes")
    incident.grade = grade
    if incident.state == State.AWAITING_RESOURCE and _waits_in(incident) == State.IN_TRIAGE:
        _waits_with(incident)
    elif incident.state not in (State.AWAITING_RESOURCE, State.ASSIGNED) and grade in (Grade.G1, Grade.G2):
        passes_to(incident, Role.DISPATCHER)
    assessed(incident, assessment, Thrive.Trigger.REGRADE, by)


def _may_be_lowered(by: User | System, caller_told: str) -> None:
    """A mark to be treated as urgent is left alone: it survives, and the rank with it (IOPC, Lancashire)."""
    if not by.can(Can.DOWNGRADE):
        raise NotYours(f"You may not {Can.DOWNGRADE.label}. Ask a supervisor.")
    if caller_told not in ToldCaller.values:
        raise NotNow("The grade is lowered: say whether the caller has been told.")


@transition(source=NOT_ATTENDED, may=Can.REASSESS)
def reassess(incident: Incident, *, by: User, assessment: Assessment, trigger: str) -> None:
    """The risk is looked at again while the incident waits. The next look falls due an interval from now."""
    assessed(incident, assessment, trigger, by)
    incident.reassessed_at = now()


@transition(source=OPEN, may=Can.REASSESS)
def treat_as_urgent(incident: Incident, *, by: User | System, because: str) -> None:
    """It is to be treated as urgent whatever its grade. A lower grade does not take that away."""
    must_say(because, "why it is urgent")
    incident.urgent_because = because
    ranked(incident)


@transition(source=OPEN, may=Can.REASSESS)
def ask_about_abuse(incident: Incident, *, by: User, domestic_abuse: str, abuse: Abuse) -> None:
    """What the caller says about domestic abuse. The earlier answers stay."""
    incident.domestic_abuse = domestic_abuse
    asked_about_abuse(incident, abuse, by)
    tell_schools(incident, by=by)


@transition(source=OPEN, may=Can.REASSESS)
def child_found(incident: Incident, *, by: User | System, how_we_know: str) -> None:
    """A child is involved. What has to be done for a child is due from when police first knew, which may be past."""
    must_say(how_we_know, "how we know")
    children.child_is_known(incident, incident.possible_child_at)
    ranked(incident)


@transition(source=OPEN, may=Can.REASSESS)
def no_child(incident: Incident, *, by: User, how_we_know: str) -> None:
    """Somebody has looked, and no child is involved: how we know that."""
    must_say(how_we_know, "how we know that no child is involved")
    if incident.child == Answer.YES:
        raise NotNow("Somebody has said that a child is involved. Record the outcome of a visit to change that.")
    incident.child, incident.no_child_although = Answer.NO.value, incident.possible_child_because
    incident.possible_child_because, incident.possible_child_at = "", None
    ranked(incident)


@transition(source=OPEN, may=Can.TAKE_CALL)
def look_for_a_child(incident: Incident, *, by: System) -> None:
    """The software has found that a child may be involved. Somebody has to say whether one is."""
    children.look_at(incident)
    ranked(incident)


@transition(source=[*OPEN, *ENDED], may=Can.RECORD_PEOPLE)
def name_person(
    incident: Incident, *, by: User, part: str, person: Person | None, details: Details, home: Home | None
) -> None:
    """Somebody is part of this incident: somebody we know, or somebody new. What we know of them is here at once."""
    must_say(part, "what part they have in it")
    if person is None:
        must_be_somebody(details)
    somebody = takes_part(incident, part, person, details, home, by)
    _also_part_of(incident, somebody)
    if incident.state in OPEN:
        children.look_at(incident)
        ranked(incident)


def _also_part_of(incident: Incident, person: Person) -> None:
    """Two contacts about one person within 24 hours: the one that was there first is looked at again."""
    if incident.repeat_of_id or incident.state not in NOT_ATTENDED:
        return
    with acting(SECOND_CONTACT):
        parts = Involvement.objects.filter(person__same_as=person.same_as_id, withdrawn_at=None).figures()
        since = incident.reported_at - AGAIN_WITHIN.in_force(now())[0]
        near = Q(reported_at__gte=since, reported_at__lte=incident.reported_at)
        same = Incident.objects.filter(near, pk__in=parts.values("record"), state__in=NOT_ATTENDED)
        earlier = same.exclude(pk=incident.pk).order_by("reported_at").first()
    if earlier:
        incident.repeat_of_id = earlier.repeat_of_id or earlier.pk
        said = f"{incident.reference}: {person} is part of both"
        rang_again(earlier, by=SECOND_CONTACT, what_they_say=said, child=incident.child)


@transition(source=ENDED, target=GOES_ON, may=Can.REOPEN_INCIDENT)
def reopen(incident: Incident, *, by: User, because: str, grade: str, assessment: Assessment) -> None:
    """It was ended too soon. It waits again, with a new THRIVE, and its clocks run from now."""
    must_say(because, "why it is opened again")
    incident.reopened_at, incident.grade = now(), grade
    incident.attended_at = incident.attended_by = incident.resourced_at = incident.outcome_at = None
    incident.unit, incident.no_ppn_because, incident.destination = "", "", ""
    incident.entered_hub_at = incident.first_contact_at = None
    _waits_with(incident)
    assessed(incident, assessment, Thrive.Trigger.NEW_INFORMATION, by)

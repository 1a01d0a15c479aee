"""Images of a child were shared. The specialist sergeant says how it is dealt with, somebody sees the child in person,
and only then is it resolved: never by phone alone. Nothing here blames the child, and nothing here is an image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from access.actor import NotYours, System, acting
from access.roles import Can, Role, who_may
from access.time import now
from accounts.duty import team_of
from accounts.models import Posting, Team, User
from cases.models import Case, Person, next_reference
from cases.workflow.cases import open_case
from govuk.fields import YesNoNotKnown as Answer
from online.codes import Handler, Outcome
from online.models import WIDER_RISK, OnlineCase, SharedImage
from online.words_only import only_words
from online.workflow.cases import ReferralFacts, register
from places.models import School
from ppn.models import Ppn
from workflow.transitions import NotNow, OneOf, must_say, transition

State = SharedImage.State
FOLLOWS = System("a report of images of a child that were shared")
OPEN = [State.REPORTED.value, State.GUIDED.value, State.ALLOCATED.value]
WITHOUT_CHARGE = [Outcome.NOT_IN_PUBLIC_INTEREST.value, Outcome.DIVERSION.value]
PRESSED = ["coercion", "threat", "payment", "adult"]
"""Where one of these is so, outcome 21 or 22 is the specialist sergeant's, with reasons (College of Policing)."""
SEES_CHILDREN = [Can.ATTEND, Can.INVESTIGATE_ONLINE]
"""Whoever goes to people. A call taker or a researcher does not, and cannot have seen the child."""


@dataclass(frozen=True)
class ImageFacts:
    """What was reported. `child` None = not on record, or nobody knows who; `child_said` says what is known."""

    what: str
    child_said: str
    reported_at: datetime
    child: Person | None = None
    child_age: str = ""
    recipient_age: str = ""
    school: School | None = None
    school_said: str = ""


@dataclass(frozen=True)
class Risk:
    """The answers to the questions of wider risk, each yes, no or not known."""

    coercion: str
    threat: str
    payment: str
    adult: str
    circulation: str


@dataclass(frozen=True)
class Guidance:
    """What the specialist sergeant says to whoever will deal with it."""

    how: str
    questions: str
    viewing: str
    devices: str

    def in_words(self) -> str:
        return (
            f"{self.how.strip()}\n"
            f"Questions to ask: {self.questions.strip()}\n"
            f"Viewing: {self.viewing.strip()}\n"
            f"Devices and accounts: {self.devices.strip()}"
        )


@dataclass(frozen=True)
class Seen:
    """The child was seen in person: the child's own words first."""

    seen_at: datetime
    where: str
    with_whom: str
    own_words: str
    demeanour: str
    wants: str
    devices: str


@transition(target=State.REPORTED.value, may=Can.REPORT_SHARED_IMAGES)
def report_shared_image(
    images: SharedImage,
    *,
    by: User | System,
    facts: ImageFacts,
    arises_from: UUID | None = None,
    from_reference: str = "",
    case: Case | None = None,
) -> None:
    """Images of a child were shared, and the first of us was told. Every clock counts from then."""
    must_say(facts.what, "what was reported, in words")
    must_say(facts.child_said, "whose image it is, as you were told; “not known” is an answer")
    if facts.reported_at > now():
        raise NotNow("Nobody can have told us in the future. Check the date and time.")
    if arises_from and (known := report_from(arises_from)):
        raise NotNow(f"It is on record already: {known}.")
    only_words(facts)
    for name, fact in vars(facts).items():
        setattr(images, name, fact.strip() if isinstance(fact, str) else fact)
    images.reference, images.case = next_reference("IMG"), case or open_case()
    images.team = team_of(Role.CHILD_ABUSE_SERGEANT)
    images.recorded_at, images.recorded_by = now(), by if isinstance(by, User) else None
    images.arises_from, images.from_reference = arises_from, from_reference


def report_from(incident: UUID) -> SharedImage | None:
    """The report that came with an incident. Asked as the software: one that somebody may not see is there all the
    same."""
    with acting(FOLLOWS):
        return SharedImage.objects.filter(arises_from=incident).first()


def _as_far_as_it_is(images: SharedImage) -> str:
    if images.handler:
        return State.ALLOCATED.value
    return State.GUIDED.value if images.guidance else State.REPORTED.value


AS_FAR_AS_IT_IS = OneOf(_as_far_as_it_is, tuple(OPEN))


@transition(source=OPEN, target=AS_FAR_AS_IT_IS, may=Can.REPORT_SHARED_IMAGES)
def wider_risk_asked(images: SharedImage, *, by: User, answers: Risk, said: str) -> None:
    """Somebody asked whether there is more to it: pressure, threats, payment, an adult, images gone further. With a
    yes, or an answer missing, it is the specialist team's."""
    must_say(said, "what was said to these questions, and by whom")
    only_words(said)
    for name, answer in vars(answers).items():
        if answer not in Answer.values:
            raise NotNow(f"Answer each question: {WIDER_RISK[name]}")
        if getattr(images, name) == Answer.YES and answer != Answer.YES and not by.can(Can.SUPERVISE_ONLINE):
            raise NotYours(
                f"“{WIDER_RISK[name]}” was answered yes: only a {who_may(Can.SUPERVISE_ONLINE)} changes that."
            )
        setattr(images, name, answer)
    images.risk_said, images.asked_at = said.strip(), now()
    if needs_a_specialist(images) and images.handler not in ("", Handler.SPECIALIST):
        _comes_back(images)


def needs_a_specialist(images: SharedImage) -> bool:
    """There is wider risk, or nobody can say that there is none."""
    return images.is_aggravated or bool(images.not_asked)


def _comes_back(images: SharedImage) -> None:
    """The specialist team has it again, and allocates it."""
    images.handler, images.at_team, images.officer = "", None, None
    images.allocated_at = images.allocated_by = None


@transition(source=OPEN, target=AS_FAR_AS_IT_IS, may=Can.ADD_SPECIALIST_NOTE)
def give_guidance(images: SharedImage, *, by: User, guidance: Guidance) -> None:
    """The specialist sergeant says how it is dealt with, what is asked, whether anything is viewed, and what is done
    about devices. Earlier guidance stays in the timeline."""
    must_say(guidance.how, "how it is to be dealt with")
    must_say(guidance.questions, "which questions are to be asked")
    must_say(guidance.viewing, "whether anything is to be viewed, and by whom")
    must_say(guidance.devices, "what is to be done about devices and accounts")
    only_words(guidance)
    images.guidance, images.guided_at, images.guided_by = guidance.in_words(), now(), by


@transition(source=OPEN, target=State.ALLOCATED.value, may=Can.SUPERVISE_ONLINE)
def allocate_images(
    images: SharedImage, *, by: User, handler: str, to_team: Team | None = None, officer: User | None = None
) -> None:
    """It has a team, and an officer by name. Only the specialist team gets it without guidance, or with wider risk."""
    if handler not in Handler.values:
        raise NotNow("Choose who deals with it.")
    if handler == Handler.SPECIALIST:
        to_team = to_team or images.team
    else:
        _may_leave_the_specialists(images)
    if to_team is None:
        raise NotNow("Choose the team that deals with it.")
    if officer is not None:
        _can_take_it(officer, to_team)
    images.handler, images.at_team, images.officer = handler, to_team, officer
    images.allocated_at, images.allocated_by = now(), by


def _may_leave_the_specialists(images: SharedImage) -> None:
    if not images.guidance:
        raise NotNow("Give the specialist's guidance first: nobody else deals with it before that.")
    if images.is_aggravated:
        raise NotNow("A question of wider risk was answered yes: only the specialist team deals with it.")
    if images.not_asked:
        raise NotNow(f"Not known yet: {' '.join(images.not_asked)} Until then only the specialist team deals with it.")


def _can_take_it(officer: User, team: Team) -> None:
    if not officer.is_active or not any(officer.can(each) for each in SEES_CHILDREN):
        raise NotNow(f"{officer} cannot take it: choose somebody who goes to see the child.")
    if not Posting.objects.filter(person=officer, team=team, starts__lte=now()).exclude(ends__lte=now()).exists():
        raise NotNow(f"{officer} is not in {team}. Choose somebody of that team, or leave it to their sergeant.")


@transition(source=OPEN, may=Can.REPORT_SHARED_IMAGES)
def child_seen_in_person(images: SharedImage, *, by: User, seen: Seen) -> None:
    """An officer has seen the child in person. A telephone call is not that."""
    if not any(by.can(each) for each in SEES_CHILDREN):
        raise NotYours("Whoever saw the child records it: an officer who went there.")
    must_say(seen.where, "where the child was seen")
    must_say(seen.with_whom, "who was with the child; “nobody” is an answer")
    must_say(seen.own_words, "what the child said, in their words; that they could not share anything yet is an answer")
    must_say(seen.demeanour, "how the child was")
    must_say(seen.wants, "what the child wants to happen; “not known” is an answer")
    must_say(seen.devices, "what was done about devices, accounts and taking it down; “nothing yet” is an answer")
    only_words(seen)
    if seen.seen_at > now():
        raise NotNow("The child cannot have been seen in the future. Check the date and time.")
    if seen.seen_at < images.reported_at:
        raise NotNow("The child was seen before this was reported: see them again, and give that time.")
    images.seen_at, images.seen_by = seen.seen_at, by
    images.seen_where, images.seen_with = seen.where.strip(), seen.with_whom.strip()
    images.own_words, images.demeanour = seen.own_words.strip(), seen.demeanour.strip()
    images.wants, images.devices_said = seen.wants.strip(), seen.devices.strip()


@transition(source=OPEN, may=Can.SUBMIT_PPN)
def images_noticed(images: SharedImage, *, by: System, notice: Ppn) -> None:
    """The notice about the child is with the MASH. The first one stands."""
    images.ppn = images.ppn or notice


@transition(source=OPEN, may=Can.SUBMIT_PPN)
def images_covered_by_notice(images: SharedImage, *, by: User, notice: Ppn, because: str) -> None:
    """A notice that was submitted since the report says it already."""
    must_say(because, "how that notice covers what was reported here")
    if notice.submitted_at < images.reported_at:
        raise NotNow(f"{notice} was submitted before this was reported. It needs a notice of its own.")
    images.ppn = notice


@transition(source=OPEN, may=Can.REGISTER_ONLINE)
def full_investigation(images: SharedImage, *, by: User, online_case: OnlineCase) -> None:
    """It is investigated as online abuse. The investigation is as old as this report."""
    if images.online_case_id != online_case.pk:
        _is_not_investigated(images)
    if online_case.known_since > images.reported_at:
        raise NotNow(
            f"{online_case} counts from a later time than this report. Begin an investigation from here, and make it "
            "part of the other: then both count from this report."
        )
    images.online_case = online_case


def _is_not_investigated(images: SharedImage) -> None:
    if images.online_case_id:
        raise NotNow(f"It is investigated already: {images.online_case}.")


def begin_investigation(images: SharedImage, *, by: User, sender: str, sender_named: str, what: str) -> SharedImage:
    """Register an investigation from the report, and link the two: both or neither."""
    _is_not_investigated(images)
    facts = ReferralFacts(
        sender=sender,
        sender_named=sender_named,
        sender_ref=images.reference,
        received_at=images.reported_at,
        what=what,
    )
    with transaction.atomic():
        case = register(OnlineCase(), by=by, facts=facts)
        return full_investigation(images, by=by, online_case=case)


def missing_before_resolved(images: SharedImage) -> Sequence[str]:
    """What still has to be done, in words. A notice may be left out, by whoever resolves it and for a reason."""
    found = []
    if images.state != State.ALLOCATED:
        found.append("it has not been allocated by the specialist sergeant")
    if images.seen_at is None:
        found.append("the child has not been seen in person")
    found += [f"not known: {question}" for question in images.not_asked]
    if images.is_aggravated and images.online_case_id is None:
        found.append("there is wider risk, and no full investigation has begun")
    return found


@transition(source=OPEN, target=State.RESOLVED.value, may=Can.RESOLVE_SHARED_IMAGES)
def resolve_images(
    images: SharedImage, *, by: User, outcome: str, said: str, no_ppn_because: str = "", although: str = ""
) -> None:
    """A sergeant says that everything has been done for the child, and with which outcome."""
    if outcome not in Outcome.values:
        raise NotNow("Choose the outcome.")
    must_say(said, "what was done, and why this outcome")
    only_words(said, no_ppn_because, although)
    if missing := missing_before_resolved(images):
        raise NotNow(f"It cannot be resolved yet: {'; '.join(missing)}.")
    if images.ppn_id is None and not no_ppn_because.strip():
        raise NotNow("No notice has been submitted: submit one first, or say why none is needed.")
    if outcome in WITHOUT_CHARGE and any(getattr(images, name) == Answer.YES for name in PRESSED):
        _specialist_gives_reasons(by, although)
    images.outcome, images.resolved_said, images.outcome_although = outcome, said.strip(), although.strip()
    images.no_ppn_because = no_ppn_because.strip() if images.ppn_id is None else ""
    images.resolved_at, images.resolved_by = now(), by


def _specialist_gives_reasons(by: User, although: str) -> None:
    if not by.can(Can.SUPERVISE_ONLINE):
        raise NotYours(
            "Somebody pressed, threatened or paid the child, or an adult is involved: outcome 21 or 22 is for a "
            f"{who_may(Can.SUPERVISE_ONLINE)}."
        )
    must_say(
        although, "why outcome 21 or 22 although the child was pressed, threatened or paid, or an adult is involved"
    )


@transition(source=OPEN, target=State.IN_ERROR.value, may=Can.RESOLVE_SHARED_IMAGES)
def no_shared_image(images: SharedImage, *, by: User, because: str) -> None:
    """A sergeant says that no image of a child was shared: it was recorded in error."""
    must_say(because, "how you know that no image of a child was shared")
    only_words(because)
    if images.is_aggravated and not by.can(Can.SUPERVISE_ONLINE):
        raise NotYours(f"There is wider risk: only a {who_may(Can.SUPERVISE_ONLINE)} says that it was an error.")
    images.error_because = because.strip()


@transition(source=[State.RESOLVED.value, State.IN_ERROR.value], target=AS_FAR_AS_IT_IS, may=Can.RESOLVE_SHARED_IMAGES)
def reopen_images(images: SharedImage, *, by: User, because: str) -> None:
    """There is more to it. Its clocks count from the report, as before."""
    must_say(because, "what is new")
    only_words(because)
    images.outcome, images.resolved_said, images.outcome_although = "", "", ""
    images.resolved_at = images.resolved_by = None
    images.no_ppn_because, images.error_because = "", ""

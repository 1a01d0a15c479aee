"""A strategy meeting is asked of the local authority, and the authority answers. Nothing here pauses the clock of the
child: what was declined still has to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import User
from cases import records
from cases.models import Case, HowKnown, Person, next_reference
from cases.records import Source
from cases.workflow.cases import open_case
from govuk.fields import YesNoNotKnown as Answer
from partners.content import Content, what_may_not_go
from partners.disclose import Grounds, disclose, must_stand
from partners.models import Agency
from strategy.codes import NOT_HELD, OPEN, Reply, State
from strategy.models import AuthoritysAnswer, MeetingChild, StrategyMeeting
from workflow.transitions import NotNow, must_say, transition

LEGAL_TEST = "Reasonable cause to suspect that a child is suffering, or is likely to suffer, significant harm"
"""Children Act 1989, section 47."""


@dataclass(frozen=True)
class Child:
    """A child the meeting is about: somebody on record where we know, else the name as written."""

    name: str
    person: Person | None = None


@dataclass(frozen=True)
class About:
    """The record a meeting is asked for, such as a notice."""

    kind: str
    record: UUID
    reference: str
    case: Case | None = None

    def __str__(self) -> str:
        return self.reference


@dataclass(frozen=True)
class Asked:
    """What the authority is asked, about whom, and why."""

    authority: Agency
    why: str
    risk_is_immediate: str
    children: Sequence[Child]
    about: About | None = None
    follows: StrategyMeeting | None = None


@transition(target=State.REQUESTED.value, may=Can.REQUEST_STRATEGY_MEETING)
def request(meeting: StrategyMeeting, *, by: User, asked: Asked, grounds: Grounds) -> None:
    """A sergeant asks the local authority for a strategy meeting. The clock of the child runs from here."""
    _must_be_complete(asked, grounds)
    meeting.authority, meeting.why, meeting.follows = asked.authority, asked.why.strip(), asked.follows
    meeting.risk_is_immediate = asked.risk_is_immediate
    meeting.requested_by, meeting.requested_at, meeting.asked_at = by, now(), now()
    meeting.reference, meeting.team = next_reference("STR"), team_of(Role.COORDINATOR)
    _place(meeting, asked)
    MeetingChild.objects.bulk_create(
        [MeetingChild(meeting=meeting, name=child.name.strip(), person=child.person) for child in asked.children]
    )
    _are_part_of_it(meeting, [child.person for child in asked.children if child.person], by)
    _send(meeting, asked.children, grounds, by=by)


def _are_part_of_it(meeting: StrategyMeeting, people: Sequence[Person], by: User) -> None:
    """So that the meeting is on the picture of each child."""
    source = Source(HowKnown.RECORD.value, meeting.reference, by=by, case=meeting.case)
    records.involve([(person, "child") for person in people], meeting, source)


def _must_be_complete(asked: Asked, grounds: Grounds) -> None:
    must_say(asked.why, "what makes us suspect significant harm")
    if asked.authority.kind != Agency.Kind.SOCIAL_CARE:
        raise NotNow("A strategy meeting is asked of children's social care: choose the local authority.")
    if asked.authority.closed_at:
        raise NotNow(f"Nothing is sent to {asked.authority} any more: choose another.")
    if asked.risk_is_immediate not in Answer.values:
        raise NotNow("Say whether the risk is immediate: yes, no or not known.")
    if not asked.children or not all(child.name.strip() for child in asked.children):
        raise NotNow("Say which child it is about. A name may be “not known”.")
    people = [child.person.same_as_id for child in asked.children if child.person]
    if len(set(people)) < len(people):
        raise NotNow("One child is named twice.")
    must_stand(grounds)


def _place(meeting: StrategyMeeting, asked: Asked) -> None:
    """In the case of the record it is asked for, of the discussion it follows, or in a new one."""
    about, follows = asked.about, asked.follows
    if about:
        meeting.about_kind, meeting.about, meeting.about_reference = about.kind, about.record, about.reference
    elif follows:
        meeting.about_kind, meeting.about, meeting.about_reference = (
            follows.about_kind,
            follows.about,
            follows.about_reference,
        )
    known = (about.case if about else None) or (follows.case if follows else None)
    meeting.case = known or open_case()


def _send(
    meeting: StrategyMeeting, children: Sequence[Any], grounds: Grounds, *, by: User, again_because: str = ""
) -> None:
    """Exactly this leaves the force. Their answer has a clock of its own here, so none is asked of them there."""
    content = request_in_words(meeting, [child.name.strip() for child in children], again_because)
    if wrong := what_may_not_go(content):
        raise NotNow(" ".join(wrong))
    disclose(meeting, to=[meeting.authority], content=content, grounds=grounds, by=by, expects=())


def request_in_words(meeting: StrategyMeeting, children: Sequence[str], again_because: str = "") -> Content:
    """The request as the authority reads it."""
    lines = [
        ("Test", LEGAL_TEST),
        ("Children", ", ".join(children)),
        ("Why", meeting.why),
        ("Risk is immediate", str(Answer(meeting.risk_is_immediate).label)),
        *([("Asked again because", again_because)] if again_because else []),
    ]
    section = {"heading": "What we ask", "lines": [{"label": label, "text": text} for label, text in lines]}
    return {"reference": meeting.reference, "about": "Request for a strategy meeting", "sections": [section]}


@transition(source=State.REQUESTED.value, target=State.ACCEPTED.value, may=Can.RECORD_STRATEGY_MEETING)
def accepted(meeting: StrategyMeeting, *, by: User, by_name: str, because: str, answered_at: datetime) -> None:
    """The local authority accepts: there will be a strategy meeting."""
    _answered(meeting, Reply.ACCEPTED, by, by_name, because, answered_at)


@transition(source=State.REQUESTED.value, target=State.DECLINED.value, may=Can.RECORD_STRATEGY_MEETING)
def declined(meeting: StrategyMeeting, *, by: User, by_name: str, because: str, answered_at: datetime) -> None:
    """The local authority declines. A sergeant asks again, or leaves it so and says why; the clock runs on."""
    _answered(meeting, Reply.DECLINED, by, by_name, because, answered_at)


def _answered(
    meeting: StrategyMeeting, reply: Reply, by: User, by_name: str, because: str, answered_at: datetime
) -> None:
    must_say(by_name, "who at the authority answered")
    must_say(because, "what they said, and why")
    if not meeting.asked_at <= answered_at <= now():
        raise NotNow("The answer came after we asked, and not in the future. Check the date and time.")
    meeting.answered_at = answered_at
    AuthoritysAnswer.objects.create(
        meeting=meeting,
        reply=reply.value,
        by_name=by_name.strip(),
        because=because.strip(),
        answered_at=answered_at,
        recorded_at=now(),
        recorded_by=by,
    )


@transition(source=State.DECLINED.value, target=State.REQUESTED.value, may=Can.REQUEST_STRATEGY_MEETING)
def ask_again(meeting: StrategyMeeting, *, by: User, because: str, grounds: Grounds) -> None:
    """A sergeant disagrees and asks again. The clock of the child still counts from when we first asked."""
    must_say(because, "why we ask again")
    must_stand(grounds)
    meeting.asked_at = now()
    children = list(MeetingChild.objects.filter(meeting=meeting).order_by("name", "pk"))
    _send(meeting, children, grounds, by=by, again_because=because.strip())


@transition(source=State.DECLINED.value, target=State.STANDS.value, may=Can.REQUEST_STRATEGY_MEETING)
def let_it_stand(meeting: StrategyMeeting, *, by: User, because: str) -> None:
    """A sergeant leaves the refusal as it is, and answers for that."""
    must_say(because, "why no meeting is needed after all")
    meeting.ended_because = because.strip()


@transition(source=OPEN, may=Can.RECORD_STRATEGY_MEETING)
def say_which_child(meeting: StrategyMeeting, *, by: User, child: MeetingChild, person: Person) -> None:
    """A child who was named only in words is somebody on record."""
    if child.meeting_id != meeting.pk or child.person_id:
        raise NotNow("Somebody has said already which child this is.")
    there = MeetingChild.objects.filter(meeting=meeting, person__isnull=False).select_related("person")
    if person.same_as_id in {each.person.same_as_id for each in there}:
        raise NotNow(f"{person} is down for this meeting already.")
    MeetingChild.objects.filter(pk=child.pk).update(person=person)
    _are_part_of_it(meeting, [person], by)


@transition(source=NOT_HELD, may=Can.RECORD_STRATEGY_MEETING)
def risk_rose(meeting: StrategyMeeting, *, by: User, because: str) -> None:
    """The risk is immediate now. The meeting is due sooner."""
    must_say(because, "what has changed")
    if meeting.risk_is_immediate == Answer.YES:
        raise NotNow("The risk is down as immediate already.")
    meeting.risk_is_immediate = Answer.YES.value


@transition(source=NOT_HELD, target=State.CANCELLED.value, may=Can.REQUEST_STRATEGY_MEETING)
def cancel(meeting: StrategyMeeting, *, by: User, because: str) -> None:
    """A sergeant cancels the meeting before it was held, and answers for that."""
    must_say(because, "why there is no meeting")
    meeting.ended_because = because.strip()

"""Strategy meetings in tests, in words: asked for, answered, planned, held."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from access.actor import System, acting, signed
from access.time import now
from accounts.models import User
from documents.intake import Upload
from partners import workflow as sharing
from partners.disclose import Grounds
from partners.models import Agency, Delivery
from strategy import workflow
from strategy.models import Action, ReceivedMinutes, StrategyMeeting
from strategy.workflow import NOT_DECIDED, Asked, AttendeeFacts, Child, Decisions

GROUNDS = Grounds(basis="public_task", why_needed="To decide with us how the child is kept safe", informed="yes")
SOCIAL_WORKER = AttendeeFacts("Sol Worker", "Vale Council", "Team manager", "social_care")
NURSE = AttendeeFacts("Nell Nurse", "Vale NHS", "Named nurse", "health")
SERGEANT = AttendeeFacts("Sam Sergeant", "Police", "MASH sergeant", "police")
TABLE = [SOCIAL_WORKER, NURSE, SERGEANT]
STARTS = replace(
    NOT_DECIDED,
    section_47="start",
    section_47_because="The injury is not explained",
    investigation="joint",
    sees_child="The social worker and an officer, today by 18:00",
)


def the_council(name: str = "Vale Council", kind: str = "social_care") -> Agency:
    with signed(System("test")):
        found: Agency = Agency.objects.get_or_create(
            name=name, defaults={"kind": kind, "mailbox": f"{name.split()[0].lower()}@council.example"}
        )[0]
    return found


def asked(by: User, *, children: Any = None, immediate: str = "no", about: Any = None, follows: Any = None) -> Any:
    """A sergeant asks for a meeting about Anya."""
    said = Asked(
        authority=the_council(),
        why="Bruises in three places, and two accounts of them",
        risk_is_immediate=immediate,
        children=children or [Child("Anya Example")],
        about=about,
        follows=follows,
    )
    return workflow.request(StrategyMeeting(), by=by, asked=said, grounds=GROUNDS)


def answered(meeting: StrategyMeeting, by: User, *, yes: bool = True) -> StrategyMeeting:
    verb = workflow.accepted if yes else workflow.declined
    because = "They will chair it" if yes else "They see a parenting matter"
    return verb(meeting, by=by, by_name="Duty manager Ash", because=because, answered_at=now())


def agreed(by: User, **said: Any) -> StrategyMeeting:
    """Asked for and accepted."""
    return answered(asked(by, **said), by)


def held(
    meeting: StrategyMeeting,
    by: User,
    *,
    at: datetime | None = None,
    attendees: Any = None,
    decisions: Decisions = NOT_DECIDED,
    because: str = "",
    next_on: Any = None,
) -> StrategyMeeting:
    return workflow.hold(
        meeting,
        by=by,
        held_at=at or now(),
        mode="phone",
        attendees=TABLE if attendees is None else attendees,
        no_quorum_because=because,
        decisions=decisions,
        next_on=next_on,
    )


def minuted(meeting: StrategyMeeting, by: User, text: str = "All agreed.") -> StrategyMeeting:
    return workflow.record_minutes(meeting, by=by, text=text, document=None)


def minutes_received(meeting: StrategyMeeting, content: bytes = b"Everybody agreed.") -> ReceivedMinutes:
    """The council's system sends its minutes of the meeting."""
    council = System("Vale Council's system")
    with acting(council):
        delivery = Delivery.objects.filter(record=meeting.pk).latest("sent_at")
        said = sharing.Answer(who="Sol Worker", how="system")
        sharing.receive_minutes(delivery, by=council, answer=said, minutes=Upload("minutes.txt", content))
        found: ReceivedMinutes = ReceivedMinutes.objects.filter(meeting=meeting).latest("received_at")
        return found


def given(meeting: StrategyMeeting, by: User, *, due_at: datetime, **said: Any) -> Action:
    usual = {"what": "See Anya at school", "owner": by, "agency": None, "name_there": ""}
    return workflow.add_action(Action(), by=by, meeting=meeting, due_at=due_at, **{**usual, **said})


def as_it_is(record: Any) -> Any:
    with acting(System("test")):
        return type(record).objects.get(pk=record.pk)

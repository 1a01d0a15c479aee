"""Something new is known of a case. Once a level has been set it is run again, whatever comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from online.models import OPEN, KiratAssessment, NewInformation, OnlineCase
from online.workflow.cases import FOLLOWS
from workflow.transitions import NotNow, must_say, transition

State = NewInformation.State
LONGEST_SOURCE = 200


@dataclass(frozen=True)
class NewsFacts:
    """What is known now, who or what says so, and since when the first of us knows it."""

    what: str
    source: str
    received_at: datetime


@transition(target=State.WAITING.value, may=Can.SEE_ONLINE)
def information_received(info: NewInformation, *, by: User | System, case: OnlineCase, facts: NewsFacts) -> None:
    """Something new is known of a case. The next run of KIRAT takes it up."""
    case = OnlineCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.state not in OPEN:
        raise NotNow(f"{case} is not open any more: a sergeant has to open it again first.")
    must_say(facts.what, "what is known now")
    must_say(facts.source, "who or what says so")
    if facts.received_at > now():
        raise NotNow("It cannot have become known in the future. Check the date and time.")
    info.online_case, info.reference = case, next_reference("INF")
    info.what, info.source = facts.what.strip(), facts.source.strip()[:LONGEST_SOURCE]
    info.received_at = facts.received_at
    info.recorded_at, info.recorded_by = now(), None if isinstance(by, System) else by


@transition(source=State.WAITING.value, target=State.TAKEN_UP.value, may=Can.RESEARCH_ONLINE)
def take_up(info: NewInformation, *, by: System, assessment: KiratAssessment) -> None:
    """KIRAT was run again with it."""
    info.taken_up_in = assessment


@transition(source=State.WAITING.value, target=State.CASE_OVER.value, may=Can.SEE_ONLINE)
def information_moot(info: NewInformation, *, by: System) -> None:
    """The case ended before KIRAT was run again: it is closed, another case's or another force's."""


def level_is_older(case: OnlineCase, what: str, source: str, *, since: datetime | None = None) -> NewInformation | None:
    """Called inside a transition: a fact changes what the level rests on. Before there is a level, nothing rests on it.
    `since`: when the first of us knew; None = now."""
    with acting(FOLLOWS, apart=True):
        case = OnlineCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if not case.kirat or case.state not in OPEN:
            return None
        facts = NewsFacts(what, source, since or now())
        return information_received(NewInformation(), by=FOLLOWS, case=case, facts=facts)


def waiting_in(case: OnlineCase) -> list[NewInformation]:
    """What KIRAT has not been run again with, the oldest first. Read as the system."""
    with acting(FOLLOWS, apart=True):
        return list(NewInformation.objects.filter(online_case=case, state=State.WAITING).order_by("received_at", "pk"))

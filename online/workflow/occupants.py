"""Who the people at an address are on record, what was said wrong of them, and that somebody does not live there."""

from __future__ import annotations

from dataclasses import dataclass

from access.roles import Can
from accounts.models import User
from cases.models import Person
from govuk.fields import YesNoNotKnown as Answer
from online.models import Occupant
from online.workflow.known_offenders import meet_offender
from online.workflow.news import level_is_older
from online.workflow.research import whoever_is
from workflow.transitions import NotNow, must_say, transition

State = Occupant.State


@transition(source=State.THERE.value, may=Can.RESEARCH_ONLINE)
def occupant_is(occupant: Occupant, *, by: User, person: Person, because: str) -> None:
    """The occupant is somebody who is on record. Where they are a managed offender, their manager is told today."""
    must_say(because, "how you know that it is them")
    there = whoever_is(person, occupant.at)
    if there:
        raise NotNow(f"{person} is an occupant there already: {there.reference}.")
    occupant.person = person
    met = meet_offender(occupant)
    if met:
        level_is_older(occupant.online_case, f"It is known who somebody at {occupant.at} is.{met}", occupant.reference)


@dataclass(frozen=True)
class Corrected:
    """What is right of an occupant."""

    name_said: str
    age: str
    relation: str
    is_suspect: str


@transition(source=State.THERE.value, may=Can.RESEARCH_ONLINE)
def correct_occupant(occupant: Occupant, *, by: User, facts: Corrected, because: str) -> None:
    """What was said of an occupant was wrong, or more is known."""
    must_say(because, "how we know")
    must_say(facts.name_said, "who it is; “not known” is an answer")
    if facts.age not in Occupant.Age.values:
        raise NotNow("Say whether they are an adult or a child; “not known” is an answer.")
    if facts.is_suspect not in Answer.values:
        raise NotNow("Say whether they are the suspect: yes, no or not known.")
    is_new = facts.is_suspect == Answer.YES and occupant.is_suspect != Answer.YES
    for name, fact in vars(facts).items():
        setattr(occupant, name, fact.strip())
    if is_new:
        level_is_older(occupant.online_case, f"Somebody else at {occupant.at} is the suspect", occupant.reference)


@transition(source=State.THERE.value, target=State.GONE.value, may=Can.RESEARCH_ONLINE)
def occupant_gone(occupant: Occupant, *, by: User, because: str) -> None:
    """They do not live there and are not there often."""
    must_say(because, "how you know that they do not live there")
    occupant.gone_because = because.strip()


@transition(source=State.GONE.value, target=State.THERE.value, may=Can.RESEARCH_ONLINE)
def occupant_back(occupant: Occupant, *, by: User, because: str) -> None:
    """They live there after all, or live there again."""
    must_say(because, "how you know that they live there")
    level_is_older(occupant.online_case, f"Somebody lives at {occupant.at} again", occupant.reference)

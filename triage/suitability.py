"""Whether an incident can be dealt with by phone: the questions, and what their answers rule out.

The inspection's recommendation (June 2021): only appropriate cases are dealt with over the phone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from triage.codes import Destination

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Suitability:
    """The answers, each yes, no or not known."""

    child_concerned: str
    child_to_be_seen: str
    abuse_or_images: str
    images_shared: str
    suspect_at_home: str
    repeat: str
    evidence_lost: str
    safe_to_talk: str
    interpreter: str


QUESTIONS = {
    "child_concerned": "Is a child a victim, a suspect or a witness?",
    "child_to_be_seen": "Would a child need to be seen?",
    "abuse_or_images": "Is it about domestic abuse, a sexual offence or exploitation?",
    "images_shared": "Have images of a child been shared?",
    "suspect_at_home": "Is the suspect in the household?",
    "repeat": "Has this person, or this address, called before?",
    "evidence_lost": "Would evidence be lost by waiting?",
    "safe_to_talk": "Can the caller talk safely by phone?",
    "interpreter": "Is an interpreter needed?",
}


@dataclass(frozen=True)
class Rule:
    """Answers that something follows from, and why."""

    when: Callable[[Suitability], bool]
    because: str


NOT_BY_PHONE = (
    Rule(lambda said: said.child_to_be_seen != NO, "a child has to be seen, or nobody knows whether one has"),
    Rule(lambda said: said.safe_to_talk != YES, "it is not known that the caller can talk safely by phone"),
    Rule(lambda said: said.evidence_lost == YES, "evidence would be lost by waiting"),
    Rule(
        lambda said: said.suspect_at_home != NO and said.child_concerned != NO,
        "a child is concerned and the suspect is, or may be, in the household",
    ),
)
"""Rule out the phone, whoever decides."""

ANOTHER_LOOK = (
    Rule(lambda said: said.child_concerned != NO, "a child is, or may be, concerned"),
    Rule(lambda said: said.abuse_or_images != NO, "it is, or may be, about abuse: going there is the default"),
    Rule(lambda said: said.suspect_at_home != NO, "the suspect is, or may be, in the household"),
)
"""A triage supervisor looks as well before it goes to the phone or to a neighbourhood team."""

LOOKED_AT_TWICE = (Destination.RESOLUTION, Destination.NEIGHBOURHOOD)


def not_by_phone(said: Suitability, *, specialist_note: bool) -> list[str]:
    """Why it cannot be dealt with by phone; nothing = it can."""
    reasons = [rule.because for rule in NOT_BY_PHONE if rule.when(said)]
    if said.images_shared != NO and not specialist_note:
        # The inspection: devices must be viewed, the child seen and a notice written; the phone only adds delay.
        reasons.append("images of a child were, or may have been, shared, and the specialist sergeant has not said how")
    return reasons


def second_look(said: Suitability, destination: str, *, counts_as_child: bool) -> list[str]:
    """Why a supervisor looks as well; nothing = nobody needs to."""
    if destination not in LOOKED_AT_TWICE:
        return []
    child = ["a child is, or may be, involved"] if counts_as_child and said.child_concerned == NO else []
    return [*child, *(rule.because for rule in ANOTHER_LOOK if rule.when(said))]

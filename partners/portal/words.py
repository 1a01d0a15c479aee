"""What is asked of an agency, in words for somebody who does not work for the police."""

from __future__ import annotations

from datetime import datetime

from govuk.times import exactly
from partners.models import Agency, Delivery, Disclosure, Expects, Informed, Kind, Outcome, Purpose

State = Delivery.State
NOT_READ = (State.WAITING, State.FAILED, State.DELIVERED)
ASKED = [
    (Expects.DECISION, "Tell us what you decided"),
    (Expects.OUTCOME, "Tell us what came of it"),
]
OUTCOMES = [
    (Outcome.ACTED.value, "We have done something: say what"),
    (Outcome.EARLY_HELP.value, "Early help"),
    (Outcome.ADVICE.value, "We gave advice"),
    (Outcome.ALREADY_OPEN.value, "The child has a social worker already"),
    (Outcome.NO_FURTHER_ACTION.value, "Nothing more is needed from us"),
]
"""For whoever is not the council: the words of the children in need census are not theirs."""
TOLD = {
    Informed.YES: "The family has been told that we share this with you.",
    Informed.NO_RISK: "The family has not been told: telling them would put somebody at risk. Do not tell them.",
    Informed.NO_OTHER: "The family has not been told that we share this with you. Ask us before you tell them.",
}


def what_is_asked(delivery: Delivery) -> str:
    """What we wait for; empty = nothing."""
    if not delivery.is_owed or delivery.asked_at:
        return ""
    if delivery.purpose == Purpose.WITHDRAWAL:
        return "Destroy what you have, and tell us"
    if delivery.state in NOT_READ:
        return "Tell us that you have it"
    return next((words for owed, words in ASKED if owed in delivery.expects), "")


def by_when(delivery: Delivery) -> datetime | None:
    """Until when we wait for it. None where the clock that runs is one of ours: to reach them, or to answer them."""
    return delivery.due_at if delivery.is_told and what_is_asked(delivery) else None


def outcomes_for(agency: Agency) -> list[tuple[str, str]]:
    """What somebody of this agency can say that they decided."""
    councils = (Kind.SOCIAL_CARE, Kind.ALLEGATIONS)
    return list(Outcome.choices) if agency.kind in councils else OUTCOMES


def what_the_family_knows(sent: Disclosure) -> str:
    """Whether the family was told that we share, so that nobody there tells them by mistake."""
    if sent.informed == Informed.NOT_YET:
        by_when = f" by {exactly(sent.tell_by)}" if sent.tell_by else ""
        whom = sent.who_will_tell or "Somebody here"
        return f"The family has not been told yet. {whom} tells them{by_when}: please leave it to them."
    return TOLD[Informed(sent.informed)]

"""What is asked of an agency, in words for somebody who does not work for the police."""

from __future__ import annotations

from partners.models import Agency, Delivery, Expects, Kind, Outcome, Purpose

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


def what_is_asked(delivery: Delivery) -> str:
    """What we wait for; empty = nothing."""
    if not delivery.is_owed:
        return ""
    if delivery.purpose == Purpose.WITHDRAWAL:
        return "Destroy what you have, and tell us"
    if delivery.state in NOT_READ:
        return "Tell us that you have it"
    return next((words for owed, words in ASKED if owed in delivery.expects), "")


def outcomes_for(agency: Agency) -> list[tuple[str, str]]:
    """What somebody of this agency can say that they decided."""
    councils = (Kind.SOCIAL_CARE, Kind.ALLEGATIONS)
    return list(Outcome.choices) if agency.kind in councils else OUTCOMES

"""Why this may be shared: the lawful basis, why the agency needs it, and whether the family was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.time import now
from partners.models import Basis, Informed
from workflow.transitions import NotNow, must_say


@dataclass(frozen=True)
class Grounds:
    """Why the law lets us share. Consent is not among the choices: people are told, not asked.

    `not_informed_because`: for each "no" the reason. `who_will_tell`, `tell_by`: for "not yet", who and by when.
    """

    basis: str
    why_needed: str
    informed: str
    not_informed_because: str = ""
    who_will_tell: str = ""
    tell_by: datetime | None = None


def must_stand(grounds: Grounds) -> None:
    """Nothing is sent on grounds that are half said.

    Raises NotNow with what is missing.
    """
    if grounds.basis not in Basis.values:
        raise NotNow("Choose the lawful basis. Consent is not one: people are told that we share, not asked.")
    must_say(grounds.why_needed, "why they need it")
    if grounds.informed not in Informed.values:
        raise NotNow("Say whether the family was told that we share.")
    if grounds.informed in (Informed.NO_RISK, Informed.NO_OTHER):
        must_say(grounds.not_informed_because, "why the family was not told")
    if grounds.informed == Informed.NOT_YET:
        _must_be_told_some_time(grounds)


def _must_be_told_some_time(grounds: Grounds) -> None:
    must_say(grounds.who_will_tell, "who will tell the family")
    if grounds.tell_by is None or grounds.tell_by <= now():
        raise NotNow("Say by when the family will be told: a moment that is still to come.")

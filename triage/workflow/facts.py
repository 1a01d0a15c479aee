"""What the verbs of initial contact are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Team
from cases.models import Person
from govuk.fields import YesNoNotKnown as Answer
from triage.codes import Category, Risk

NOT_KNOWN = Answer.NOT_KNOWN.value
NO_LEVEL = Risk.NOT_KNOWN.value


@dataclass(frozen=True)
class Contact:
    """What the caller told us, and how they can be reached safely."""

    channel: str
    location: str
    what_happened: str
    child: str
    caller: str = ""
    category: str = ""
    opening_category: str = Category.NOT_KNOWN.value
    area: Team | None = None
    caller_number: str = ""
    caller_is_child: str = NOT_KNOWN
    safe_number: str = ""
    safe_time: str = ""
    may_leave_message: str = NOT_KNOWN
    children: str = ""
    unborn_child: str = NOT_KNOWN
    domestic_abuse: str = NOT_KNOWN
    urgent_because: str = ""
    log_reference: str | None = None
    reported_at: datetime | None = None


@dataclass(frozen=True)
class Assessment:
    """THRIVE: threat, harm, risk, investigation, vulnerability, engagement, each in words and with a level; what could
    happen before we arrive; and the risk over all."""

    threat: str
    harm: str
    risk: str
    investigation: str
    vulnerability: str
    engagement: str
    before_we_arrive: str
    overall: str
    threat_level: str = NO_LEVEL
    harm_level: str = NO_LEVEL
    risk_level: str = NO_LEVEL
    investigation_level: str = NO_LEVEL
    vulnerability_level: str = NO_LEVEL
    engagement_level: str = NO_LEVEL


@dataclass(frozen=True)
class Abuse:
    """What was asked about domestic abuse."""

    relationship: str = ""
    abuse_before: str = NOT_KNOWN
    level_before: str = ""
    marac: str = NOT_KNOWN
    weapons: str = NOT_KNOWN
    drink_or_drugs: str = NOT_KNOWN
    orders_or_bail: str = NOT_KNOWN
    suspect_there: str = NOT_KNOWN
    codeword: str = ""
    first_words: str = ""
    demeanour: str = ""
    background: str = ""


@dataclass(frozen=True)
class Voice:
    """One child: what was seen and heard of them, or why nobody has, who will, and by when."""

    child: str
    seen: str
    spoken_to: str
    person: Person | None = None
    with_whom: str = ""
    own_words: str = ""
    demeanour: str = ""
    communicates: str = ""
    home: str = ""
    wants: str = ""
    why_not: str = ""
    who_will: str = ""
    see_by: datetime | None = None


def not_asked(why: str, overall: str = NO_LEVEL) -> Assessment:
    """A THRIVE that could not be asked: it says why on each line, and its levels are not known."""
    return Assessment(
        threat=why,
        harm=why,
        risk=why,
        investigation=why,
        vulnerability=why,
        engagement=why,
        before_we_arrive=why,
        overall=overall,
    )

"""Whether a child may be involved although nobody has said so: what was written, and who is known to be there.

The inspection found queues whose risk was unknown. Every incident is looked at when it comes in, whenever more is
written, and again each night (`manage.py look_for_children`), since more becomes known about who lives where.
"""

from __future__ import annotations

import re
from datetime import datetime

from access.actor import System, acting
from access.time import now, today
from cases.models import Involvement, Person, Residence
from govuk.fields import YesNoNotKnown as Answer
from triage.models import Incident

WORDS = (
    r"child(?:ren)?|kids?|bab(?:y|ies)|toddlers?|infants?|newborns?|daughters?|sons?|grandchild(?:ren)?|grandsons?"
    r"|granddaughters?|nieces?|nephews?|teenagers?|teens?|juveniles?|schoolgirls?|schoolboys?|pupils?|school|nursery"
    r"|playground|pram|pushchair|little (?:boy|girl)|young (?:boy|girl|person|people)|pregnant|unborn|foster"
)
_SAYS_CHILD = re.compile(rf"\b(?:{WORDS})\b", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?:aged?|age of)\s*(\d{1,2})\b|\b(\d{1,2})[- ]?(?:year[- ]?olds?|years? old|yrs? old|yo)\b", re.IGNORECASE
)
_MONTHS = re.compile(r"\b\d{1,2}[- ](?:months?|weeks?|days?)[- ]old\b", re.IGNORECASE)
ADULT_AT = 18
SPEAKS_OF_IMAGES = r"\m(nudes?|naked|indecent|images?|photos?|pictures?|sexting)\M"
"""For PostgreSQL. Where a child may be involved too, the specialist sergeant is asked for guidance at once."""


def words_for_a_child(text: str) -> list[str]:
    """What in a text speaks of a child: words, and ages below 18."""
    found = [match.group(0).lower() for match in _SAYS_CHILD.finditer(text)]
    ages = [match for match in _AGE.finditer(text) if int(match.group(1) or match.group(2)) < ADULT_AT]
    found += [match.group(0).lower() for match in [*ages, *_MONTHS.finditer(text)]]
    return list(dict.fromkeys(found))


def possible_child(incident: Incident, more: str = "") -> str:
    """Why a child may be involved, in words; "" = nothing speaks for it. `more`: what was said besides. Asked as the
    software: a restricted record counts, and is not named."""
    said = words_for_a_child(" ".join([incident.category, incident.what_happened, incident.children, more]))
    reasons = [f"the text says “{'”, “'.join(said[:3])}”"] if said else []
    with acting(System("may a child be involved?")):
        day = today()
        if incident.pk and any(person.child_on(day) == Answer.YES for person in _named(incident)):
            reasons.append("somebody named in it is a child")
        if incident.address_id and any(home.person.child_on(day) == Answer.YES for home in _homes(incident)):
            reasons.append("a child is known to live there")
    words = "; ".join(reasons)
    return words[:1].upper() + words[1:]


def look_at(incident: Incident, more: str = "") -> None:
    """The software's own look, in the moment something was written. Only a person says that there is no child."""
    if incident.child == Answer.YES or incident.possible_child:
        return
    because = possible_child(incident, more)
    if because and because != incident.no_child_although:
        incident.possible_child_because, incident.possible_child_at = because, now()


def child_is_known(incident: Incident, since: datetime | None = None) -> None:
    """A child is involved: from here on nobody asks whether."""
    incident.child = Answer.YES.value
    incident.possible_child_because = ""
    incident.child_known_at = incident.child_known_at or since or now()


def _named(incident: Incident) -> list[Person]:
    parts = Involvement.objects.filter(record=incident.pk, withdrawn_at=None).select_related("person")
    return [part.person for part in parts]


def _homes(incident: Incident) -> list[Residence]:
    homes = Residence.objects.filter(address=incident.address_id, withdrawn_at=None).select_related("person")
    return [home for home in homes if home.is_current(today())]

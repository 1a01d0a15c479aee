"""What is said when a child is reported missing, searched for and found, as the verbs take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from accounts.models import Team, User
from cases.models import Person
from cases.records import Details, Home
from govuk.fields import YesNoNotKnown as Answer
from missing.codes import Kind, MissingFrom
from partners.models import Agency


@dataclass(frozen=True)
class Child:
    """The child: somebody on record (`person`), or somebody new with what is known of them."""

    person: Person | None = None
    details: Details = field(default_factory=Details)
    home: Home | None = None


@dataclass(frozen=True)
class Report:
    """What a reporter says. `reported_at`: when police were first told, None = now. Empty texts = not known."""

    why_worried: str
    done_so_far: str
    reporter: str
    reporter_is: str
    next_review_at: datetime
    risk: str
    because: str
    missing_from: str = MissingFrom.HOME.value
    reporter_number: str = ""
    reported_at: datetime | None = None
    kind: str = Kind.MISSING.value
    last_seen_at: datetime | None = None
    last_seen_where: str = ""
    last_seen_by: str = ""
    clothing: str = ""
    circumstances: str = ""
    host: Agency | None = None
    responsible: Agency | None = None
    may_publish: str = Answer.NOT_KNOWN.value
    area: Team | None = None
    arises_from: UUID | None = None


@dataclass(frozen=True)
class Said:
    """One piece of risk information: who said what, and when it was obtained (None = now)."""

    question: str
    answer: str
    source: str
    said: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Looked:
    """A system that somebody looked in, or why they could not."""

    system: str
    result: str
    said: str = ""


@dataclass(frozen=True)
class Planned:
    """One action of the investigation plan."""

    what: str
    owner: User
    due_at: datetime


@dataclass(frozen=True)
class Heard:
    """A prevention interview: the child seen in person, in their own words, and how they were."""

    at: datetime
    place: str
    own_words: str
    demeanour: str
    why_left: str
    where_been: str
    with_whom: str
    harm: Sequence[str]
    exploitation: str
    wants_to_talk_to: str
    safe_now_because: str
    crime: str = ""

"""Reports and newsletters: written, checked by a second person, published to everybody, withdrawn for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from access.roles import Can, Role
from access.time import now, today
from accounts.duty import team_of
from accounts.models import User
from cases.models import next_reference
from quality.anonymity import leads_to_somebody
from quality.figures import drawn_up
from quality.models import Publication
from sla.calendar import local
from sla.owners import never_tell
from workflow.transitions import NotNow, must_say, transition

State, Kind = Publication.State, Publication.Kind


@dataclass(frozen=True)
class Written:
    """What somebody writes: a title, the period it is about, and what is to be learned."""

    title: str
    begins_on: date
    ends_on: date
    text: str


@transition(target=State.DRAFT.value, may=Can.SEE_QUALITY)
def write_publication(publication: Publication, *, by: User, kind: str, written: Written) -> None:
    """Somebody writes a report or a newsletter. The figures of its period stand in it with their definitions."""
    if kind not in Kind.values:
        raise NotNow("Choose what it is.")
    publication.kind, publication.reference = kind, next_reference("PUB")
    publication.team = team_of(Role.QUALITY_LEAD)
    _write(publication, by, written)


@transition(source=[State.DRAFT.value, State.CHECKED.value], target=State.DRAFT.value, may=Can.SEE_QUALITY)
def change_publication(publication: Publication, *, by: User, written: Written) -> None:
    """It is written anew, with the figures as they are now. A second person checks it after that."""
    _write(publication, by, written)
    publication.checked_at, publication.checked_by = None, None
    never_tell(publication.pk, [by.pk])


def _write(publication: Publication, by: User, written: Written) -> None:
    must_say(written.title, "what it is called")
    must_say(written.text, "what is to be learned")
    if written.ends_on < written.begins_on:
        raise NotNow("The period ends on its first day or later. Check the days.")
    if written.ends_on > today():
        raise NotNow("The period is over before it is reported on. Check the days.")
    publication.title, publication.text = written.title.strip(), written.text.strip()
    publication.begins_on, publication.ends_on = written.begins_on, written.ends_on
    publication.written_at, publication.written_by = now(), by
    ends = local(written.ends_on + timedelta(days=1))
    publication.figures = drawn_up(local(written.begins_on), ends, now())


@transition(source=State.DRAFT.value, target=State.CHECKED.value, may=Can.SEE_QUALITY)
def check_publication(publication: Publication, *, by: User) -> None:
    """A second person has read it: it leads to nobody."""
    if publication.written_by_id == by.pk:
        raise NotNow("You have written it: somebody else reads whether it leads to anybody.")
    _must_name_nobody(publication)
    publication.checked_at, publication.checked_by = now(), by


@transition(source=State.CHECKED.value, target=State.PUBLISHED.value, may=Can.LEAD_QUALITY)
def publish(publication: Publication, *, by: User) -> None:
    """Everybody who works here can read it. What it says is never changed again."""
    _must_name_nobody(publication)  # whoever came on record since it was checked
    publication.published_at, publication.published_by = now(), by


@transition(
    source=[State.DRAFT.value, State.CHECKED.value, State.PUBLISHED.value],
    target=State.WITHDRAWN.value,
    may=Can.LEAD_QUALITY,
)
def withdraw_publication(publication: Publication, *, by: User, because: str) -> None:
    """Nobody reads it any more but those whose work it is, and they read why."""
    must_say(because, "why it is withdrawn")
    publication.withdrawn_because, publication.withdrawn_at, publication.withdrawn_by = because.strip(), now(), by


def _must_name_nobody(publication: Publication) -> None:
    if found := leads_to_somebody(f"{publication.title}. {publication.text}"):
        raise NotNow(f"It leads to somebody. Take out {', '.join(found)}.")

"""A child of an incident, as its author knows the child; and which notice to a school is about it already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cases.models import Case, Person
from encompass.household import SAME_ADDRESS, LivesThere
from encompass.models import Answer, SchoolNotice
from encompass.models.notice import NOT_SENT
from matching.names import fold
from places.models import School

NOBODY_KNOWS = {"", "not known", "unknown", "not given", "not stated", "n k", "nk"}


@dataclass(frozen=True)
class ChildConcerned:
    """A child of an incident or a notice, as far as its author knows. Everything but the name may be left out.

    `school` or `home_educated`: where they are known. `school_as_written`: where somebody only wrote a name.
    `postcode`: of the home, for the authority where the child lives. `lives_elsewhere`: in the area of another force.
    """

    name: str
    born_on: date | None = None
    person: Person | None = None
    school: School | None = None
    school_as_written: str = ""
    home_educated: bool = False
    postcode: str = ""
    lives_elsewhere: bool | None = None
    home_force: str = ""
    present: str = Answer.NOT_KNOWN.value
    present_where: str = ""
    own_words: str = ""
    spoken_to: str = ""
    linked: str = "Named in it"
    relation_known: bool = True
    case: Case | None = None

    @property
    def has_a_name(self) -> bool:
        return is_a_name(self.name)

    @property
    def born(self) -> date | None:
        return self.born_on or (self.person.born_on if self.person else None)


@dataclass(frozen=True)
class Happened:
    """What the school may read of it. `text` is written for the school and never the narrative; without one a standard
    sentence is sent. `others`: names of other people, which are refused in the text. `grounds_at`: when reasonable
    grounds were recorded; now, if it is left out."""

    text: str = ""
    at: datetime | None = None
    where: str = ""
    others: Sequence[str] = ()
    grounds_at: datetime | None = None


def is_a_name(name: str) -> bool:
    return fold(name) not in NOBODY_KNOWS


def key_of(name: str, born_on: date | None, person: Person | None) -> str:
    """The same for the same child of one incident."""
    more = born_on or (person.same_as_id if person else "")
    return f"{fold(name)[:200]} {more}".strip()


def lives_there(each: LivesThere, example: ChildConcerned) -> ChildConcerned:
    """A child of the household who is not named: it lives where the others do, and was not present."""
    return ChildConcerned(
        name=each.person.name,
        born_on=each.person.born_on,
        person=each.person,
        present=Answer.NO.value,
        postcode=example.postcode,
        lives_elsewhere=example.lives_elsewhere,
        home_force=example.home_force,
        linked=each.words,
        relation_known=each.relation_known,
        case=each.case,
    )


def with_household(named: Sequence[ChildConcerned], others: Iterable[ChildConcerned]) -> list[ChildConcerned]:
    """Everybody once. A child of the household who is named without a record of its own is that child."""
    everybody = list(named)
    for other in others:
        at = next((n for n, child in enumerate(everybody) if _alike(child, other)), None)
        if at is None:
            everybody.append(other)
        else:
            everybody[at] = replace(everybody[at], person=everybody[at].person or other.person)
    return everybody


def _alike(child: ChildConcerned, other: ChildConcerned) -> bool:
    if child.person and other.person:
        return child.person.same_as_id == other.person.same_as_id or _same_name_and_birth(child, other)
    return child.has_a_name and fold(child.name) == fold(other.name) and child.born in (None, other.born)


def _same_name_and_birth(child: ChildConcerned, other: ChildConcerned) -> bool:
    return fold(child.name) == fold(other.name) and child.born is not None and child.born == other.born


def same(child: ChildConcerned, notices: Sequence[SchoolNotice]) -> SchoolNotice | None:
    """The notice about this child at this place, if there is one: by who it is, else by name and date of birth."""
    here = _at_its_place(child, notices)
    here.sort(key=lambda notice: notice.school_id is None)
    for is_it in (_same_person, _same_birth, _may_be):
        for notice in here:
            if is_it(child, notice):
                return notice
    return None


def _at_its_place(child: ChildConcerned, notices: Sequence[SchoolNotice]) -> list[SchoolNotice]:
    """Those about no other school than the one that is said."""
    return [notice for notice in notices if child.school is None or notice.school_id in (None, child.school.pk)]


def _same_person(child: ChildConcerned, notice: SchoolNotice) -> bool:
    return bool(child.person and notice.person and child.person.same_as_id == notice.person.same_as_id)


def _same_birth(child: ChildConcerned, notice: SchoolNotice) -> bool:
    return _same_name(child, notice) and child.born is not None and child.born == notice.born_on


def _may_be(child: ChildConcerned, notice: SchoolNotice) -> bool:
    two_people = child.person and notice.person
    return not two_people and _same_name(child, notice) and may_be_born(child, notice)


def _same_name(child: ChildConcerned, notice: SchoolNotice) -> bool:
    return child.has_a_name and fold(child.name) == fold(notice.child)


def may_be_born(child: ChildConcerned, notice: SchoolNotice) -> bool:
    return child.born is None or notice.born_on is None or child.born == notice.born_on


def nameless(child: ChildConcerned, notices: Sequence[SchoolNotice]) -> SchoolNotice | None:
    """A notice about a child whose name nobody knew, which may be this one."""
    here = _at_its_place(child, notices)
    unnamed = [notice for notice in here if not is_a_name(notice.child) and notice.state in NOT_SENT]
    return next((notice for notice in unnamed if may_be_born(child, notice)), None)


def named_in_it(notices: Iterable[SchoolNotice]) -> int:
    """How many children the incident named so far, without those who only live there."""
    return sum(not notice.linked.startswith(SAME_ADDRESS) for notice in notices)

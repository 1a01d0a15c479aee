"""Who the people of a notice are: somebody we know, or somebody new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from access.actor import System, acting
from access.time import now
from accounts.models import User
from cases import records
from cases.meet import Met, have_we_met, have_we_met_each
from cases.models import HowKnown, Involvement, Person, Relationship, Residence
from cases.records import Details, Home, Source
from cases.workflow.people import newly_known
from govuk.fields import YesNoNotKnown as Answer
from matching.described import Described, Written
from matching.described import Home as WrittenHome
from matching.names import fold
from places.models import School
from ppn.models import Ppn, Subject
from search import index as search_index

SUBJECT = "ppn.subject"
NOBODY_KNOWS = {"not known", "unknown", "not given", "not stated", "refused", "withheld", "n k", "nk", "none given"}
CHILD_BY_PART = {
    Subject.Part.CHILD.value: Answer.YES.value,
    Subject.Part.PARENT.value: Answer.NO.value,
    Subject.Part.ADULT.value: Answer.NO.value,
}
"""Where no date of birth says it. A person posing a risk may be a child too."""


def place_who_is_new(ppn: Ppn, subjects: Sequence[Subject], by: User | System) -> None:
    """At submission: whoever is like nobody on record is put on record at once. For the others somebody has to say who
    they are; until then a search finds them by this notice."""
    named = [subject for subject in subjects if _has_a_name(subject)]
    with acting(System("have we met?")):
        met = have_we_met_each([described(subject) for subject in named]) if named else []
    new = [subject for subject, candidates in zip(named, met, strict=True) if not candidates]
    _put_on_record(ppn, new, subjects, by)
    waiting = [subject for subject in named if subject.person is None]
    search_index.put([_entry(ppn, subject) for subject in waiting])


def candidates(subject: Subject) -> list[Met]:
    """Whom the person who looks may know them to be."""
    return have_we_met(described(subject)) if _has_a_name(subject) else []


def identify(ppn: Ppn, subject: Subject, person: Person | None, by: User | System) -> None:
    """This is that person, or with None somebody new. What the notice says of them goes on that record."""
    if subject.person:
        _take_back(ppn, subject, by)
    others = ppn.subjects.exclude(pk=subject.pk).select_related("person")
    everybody = [subject, *others]
    if person is None:
        _put_on_record(ppn, [subject], everybody, by)
    else:
        subject.person = person
        _learn(ppn, [subject], everybody, by)
        newly_known([person])
    Subject.objects.filter(pk=subject.pk).update(person=subject.person)
    search_index.take_out([subject.pk])


def not_yet_identified(ppn: Ppn) -> list[Subject]:
    """People of the notice with a name, of whom nobody has said yet who they are."""
    rows = Subject.objects.filter(ppn=ppn, person=None).order_by("name")
    return [subject for subject in rows if _has_a_name(subject)]


def school_named(said: str) -> School | None:
    """The one school of the register with that number, or exactly that name; otherwise somebody has to find it."""
    plain = said.strip()
    if not plain:
        return None
    found = list((School.objects.filter(urn=plain) | School.objects.filter(name__iexact=plain))[:2])
    return found[0] if len(found) == 1 else None


def described(subject: Subject) -> Described:
    given, family = records.split_name(subject.name)
    return Described(
        names=(Written(given, family),),
        born_on=subject.born_on,
        addresses=(WrittenHome(subject.address, subject.postcode),) if subject.address or subject.postcode else (),
    )


def _has_a_name(subject: Subject) -> bool:
    plain = fold(subject.name)
    return any(each.isalnum() for each in plain) and plain not in NOBODY_KNOWS


def _put_on_record(ppn: Ppn, subjects: Sequence[Subject], everybody: Sequence[Subject], by: User | System) -> None:
    """New records for these people of the notice, among everybody in it."""
    if not subjects:
        return
    people = records.new_people([_details(subject) for subject in subjects], learned_in=ppn.case)
    for subject, person in zip(subjects, people, strict=True):
        subject.person = person
    _learn(ppn, subjects, everybody, by)
    newly_known(people, are_new=True, unlike=known_people(everybody))


def _details(subject: Subject) -> Details:
    given, family = records.split_name(subject.name)
    return Details(
        given_names=given,
        family_name=family,
        born_on=subject.born_on,
        said_to_be_child=CHILD_BY_PART.get(subject.part, Answer.NOT_KNOWN.value),
        ethnicity=subject.ethnicity,
        language=subject.language,
        needs_interpreter=subject.needs_interpreter,
        nhs_number=subject.nhs_number,
        school=subject.school,
        gp_practice=subject.gp_practice,
    )


def _learn(ppn: Ppn, subjects: Sequence[Subject], everybody: Sequence[Subject], by: User | System) -> None:
    """That they are part of the notice, where they live, and what they are to the others in it."""
    source = _source(ppn, by)
    records.involve(
        [(subject.person, subject.get_part_display()) for subject in subjects if subject.person], ppn, source
    )
    housed = [subject for subject in subjects if subject.address or subject.postcode]
    records.live_at([(_known(each), Home(each.address, each.postcode)) for each in housed], source)
    links = [link for link in _families(everybody) if link[0] in subjects or link[2] in subjects]
    records.relate([(_known(adult), kind, _known(child)) for adult, kind, child in links], source)


def _families(subjects: Iterable[Subject]) -> Iterable[tuple[Subject, str, Subject]]:
    """What the parts people have in one notice say of them: the parent of the child, the person posing a risk."""
    kinds = {
        Subject.Part.PARENT.value: Relationship.Kind.PARENT.value,
        Subject.Part.POSES_RISK.value: Relationship.Kind.POSES_RISK.value,
    }
    known = [subject for subject in subjects if subject.person]
    for adult in known:
        for child in known:
            if adult.part in kinds and child.is_child and adult.person != child.person:
                yield adult, kinds[adult.part], child


def _known(subject: Subject) -> Person:
    assert subject.person  # noqa: S101 - `_families` yields no others
    return subject.person


def _source(ppn: Ppn, by: User | System) -> Source:
    author = by if isinstance(by, User) else None
    return Source(how=HowKnown.RECORD.value, says=ppn.reference, by=author, case=ppn.case)


def _take_back(ppn: Ppn, subject: Subject, by: User | System) -> None:
    """They were taken for somebody else: what this notice said of that person is withdrawn there."""
    mistaken = {
        "withdrawn_at": now(),
        "withdrawn_by": by,
        "withdrawn_because": f"{ppn.reference} is about somebody else",
    }
    person = _known(subject)
    for model in (Involvement, Residence):
        model.objects.filter(person=person, case=ppn.case, source=ppn.reference, withdrawn_at=None).update(**mistaken)
    about = Relationship.objects.filter(case=ppn.case, source=ppn.reference, withdrawn_at=None)
    about.filter(person=person).update(**mistaken)
    about.filter(other=person).update(**mistaken)
    newly_known([person])


def _entry(ppn: Ppn, subject: Subject) -> search_index.Entry:
    given, family = records.split_name(subject.name)
    return search_index.Entry(
        key=subject.pk,
        kind=SUBJECT,
        names=[(given, family)],
        born_from=subject.born_on,
        born_to=subject.born_on,
        homes=[(subject.address, subject.postcode)] if subject.address or subject.postcode else [],
        phones=[],
        references=[ppn.reference],
    )


def known_people(subjects: Iterable[Subject]) -> set[UUID]:
    """Keys of the people they are, as far as somebody has said."""
    return {subject.person_id for subject in subjects if subject.person_id}

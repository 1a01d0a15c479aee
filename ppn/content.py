"""Everything of a notice that may leave the force, in classes, the voice of the child first. What the officer wrote for
police is not in it: whoever shares writes what partners read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from documents.models import Attachment
from partners.content import NOTHING_REMOVED, Content, Parcel, Redactions, Section, Sheet, prepare
from partners.models import Agency, FieldClass
from ppn.models import Answer, Concern, Decision, Grade, Ppn, Subject

POLICE = {"Police", "Crime numbers"}
Lines = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Chosen:
    """What the co-ordinator has chosen on the page: classes and documents for an agency (by key), words to remove,
    and the digests of what they were shown."""

    classes: Mapping[int, frozenset[str]] = field(default_factory=dict)
    redactions: Redactions = NOTHING_REMOVED
    documents: Mapping[int, tuple[Attachment, ...]] = field(default_factory=dict)
    seen: Mapping[int, str] = field(default_factory=dict)

    def parcel(self, sheet: Sheet, agency: Agency, usual: Iterable[str]) -> Parcel:
        classes = self.classes.get(agency.pk, frozenset(usual))
        seen, documents = self.seen.get(agency.pk, ""), self.documents.get(agency.pk, ())
        return Parcel(sheet, classes, self.redactions, seen, documents)

    def content(self, sheet: Sheet, agency: Agency, usual: Iterable[str]) -> Content:
        return prepare(self.parcel(sheet, agency, usual), agency)


def sheet_of(ppn: Ppn, summary: str) -> Sheet:
    """The notice as partners may read it, with what was written for them."""
    subjects = list(Subject.objects.filter(ppn=ppn).select_related("school").order_by("name", "pk"))
    children = [each for each in subjects if each.is_child]
    concern = Concern.objects.filter(ppn=ppn).first()
    parts: list[tuple[FieldClass, Lines]] = [
        (FieldClass.VOICE, _voices(children)),
        (FieldClass.IDENTITY, ((child.name, _identity(child)) for child in children)),
        (FieldClass.HAPPENED, [("", summary), *_happened(concern)]),
        (FieldClass.RISK, _risk(ppn)),
        (FieldClass.ADDRESS, ((each.name, _address(each)) for each in children if each.address or each.postcode)),
        (FieldClass.CONTACT, ((each.name, _language(each)) for each in children)),
        (FieldClass.SCHOOLING, ((each.name, _schooling(each)) for each in children)),
        (FieldClass.HEALTH, (line for each in children for line in _health(each))),
        (FieldClass.FAMILY, _people(subjects, Subject.Part.PARENT)),
        (FieldClass.OFFENCES, [(label, said) for label, said in _answers(concern) if label in POLICE]),
        (FieldClass.RISK_PERSON, _people(subjects, Subject.Part.POSES_RISK)),
        (FieldClass.THIRD_PARTY, _people(subjects, Subject.Part.ADULT, Subject.Part.OTHER)),
        (FieldClass.RESEARCH, [("", ppn.assessment)] if ppn.assessment else []),
    ]
    sections = [Section(each.value, str(each.label), tuple(lines)) for each, lines in parts]
    about = f"{', '.join(ppn.types_in_words())}. {Grade(ppn.current_grade).label}"
    return Sheet(ppn.reference, about, tuple(section for section in sections if section.lines))


def _voices(children: Iterable[Subject]) -> Iterator[tuple[str, str]]:
    for child in children:
        yield f"{child.name}, in their own words", child.own_words or "not recorded"
        how = f", {child.with_whom}" if child.with_whom else ""
        yield f"{child.name} was seen", str(Answer(child.seen).label)
        yield f"{child.name} was spoken to", f"{Answer(child.spoken_to).label}{how}"
        if child.not_spoken_to_because:
            yield f"Why {child.name} was not spoken to", child.not_spoken_to_because
        yield from ((f"{child.name}: {words}", said) for words, said in child.headings() if said != "Not recorded")


def _identity(child: Subject) -> str:
    born = child.born_on.isoformat() if child.born_on else "not known"
    flags = [
        words
        for words, said in (
            ("looked after", child.looked_after),
            ("child protection plan", child.protection_plan),
            ("child in need plan", child.in_need),
        )
        if said == Answer.YES
    ]
    return "; ".join([f"born on {born}", *flags])


def _happened(concern: Concern | None) -> Lines:
    return [(label, said) for label, said in _answers(concern) if label not in POLICE]


def _answers(concern: Concern | None) -> list[tuple[str, str]]:
    return concern.answers() if concern else []


def _risk(ppn: Ppn) -> Iterator[tuple[str, str]]:
    yield "Grade", str(Grade(ppn.current_grade).label)
    if ppn.mash_decision:
        open_to = f": {ppn.open_to}" if ppn.open_to else ""
        yield "What the police propose", f"{Decision(ppn.mash_decision).label}{open_to}"


def _address(subject: Subject) -> str:
    return ", ".join(part for part in (subject.address, subject.postcode) if part)


def _language(subject: Subject) -> str:
    interpreter = f"interpreter needed: {Answer(subject.needs_interpreter).label.lower()}"
    return f"language: {subject.language or 'not known'}; {interpreter}"


def _schooling(subject: Subject) -> str:
    return str(subject.school) if subject.school else subject.school_said or str(subject.get_schooling_display())


def _health(subject: Subject) -> Iterator[tuple[str, str]]:
    yield f"{subject.name}: GP practice", subject.gp_practice or "not known"
    if subject.nhs_number:
        yield f"{subject.name}: NHS number", subject.nhs_number
    if subject.disability:
        yield f"{subject.name}: disability", subject.disability


def _people(subjects: Iterable[Subject], *parts: Subject.Part) -> list[tuple[str, str]]:
    return [(each.name, _who(each)) for each in subjects if each.part in parts]


def _who(subject: Subject) -> str:
    born = f"born on {subject.born_on.isoformat()}" if subject.born_on else "date of birth not known"
    home = "" if subject.same_household == Answer.NOT_KNOWN else f"same household: {subject.same_household}"
    return "; ".join(part for part in (subject.relationship, born, home) if part)

"""What a notice says: who it is about, what was seen, how the child was and what the child said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from demo.figures import DOMESTIC_ABUSE_RISKS, GRADES_WITH_A_CHILD, OTHER_GRADES
from demo.invented import Household, Person, household, school
from demo.writing import Writer, texts
from ppn.models import Answer, DomesticAbuseRisk, Subject, Type
from ppn.workflow import Notice, SubjectFacts

YES, NO, NOT_KNOWN = Answer.YES.value, Answer.NO.value, Answer.NOT_KNOWN.value
Part = Subject.Part
# Who else a notice is about, beside the children.
OTHERS: dict[str, Sequence[tuple[Part, str]]] = {
    "domestic_abuse": [(Part.PARENT, "parent"), (Part.POSES_RISK, "other")],
    "hurt": [(Part.PARENT, "parent"), (Part.POSES_RISK, "other")],
    "exploitation": [(Part.PARENT, "parent"), (Part.POSES_RISK, "other")],
    "person_posing_risk": [(Part.PARENT, "parent"), (Part.POSES_RISK, "other")],
    "adult_at_risk": [(Part.ADULT, "elder"), (Part.OTHER, "other")],
}
SCHOOL_KNOWN = 0.85
BY_DEFAULT = [(Part.PARENT, "parent")]


@dataclass(frozen=True)
class Draft:
    """A notice before it is known when it was submitted."""

    family: Household
    types: Sequence[str]
    child: str
    grade: str
    da_risk: str
    narrative: str
    subjects: Sequence[SubjectFacts]

    def notice(self, first_known_at: datetime, arises_from: Any = None) -> Notice:
        said = {name: getattr(self, name) for name in ("types", "child", "grade", "da_risk", "narrative")}
        return Notice(**said, first_known_at=first_known_at, arises_from=arises_from)


def draft(writer: Writer, today: date, kind: str = "", family: Household | None = None) -> Draft:
    """A notice of any kind, in the proportions of a year; about a family met before, it concerns their children."""
    kinds = texts("notices")
    kind = kind or writer.weighed({name: about["share"] for name, about in kinds.items()})
    about = kinds[kind]
    child = YES if family else writer.weighed(dict(zip((YES, NO, NOT_KNOWN), about["answers"], strict=True)))
    family = family or household(writer.rng, today, tuple(about["ages"]) if child == YES else None)
    types = list(about["types"])
    if child == YES and Type.CHILD_AT_RISK.value not in types and writer.chance(0.3):
        types.append(Type.CHILD_AT_RISK.value)
    is_domestic_abuse = Type.DOMESTIC_ABUSE.value in types
    return Draft(
        family=family,
        types=types,
        child=child,
        grade=writer.weighed(OTHER_GRADES if child == NO else GRADES_WITH_A_CHILD),
        da_risk=writer.weighed(DOMESTIC_ABUSE_RISKS) if is_domestic_abuse else DomesticAbuseRisk.NONE.value,
        narrative=_narrative(writer, about, family, child),
        subjects=[*_children(writer, about, family), *_others(writer, kind, family)],
    )


def _narrative(writer: Writer, about: dict[str, Any], family: Household, child: str) -> str:
    parts = [about["came"], about["happened"], _about_the_child(about, family, child), about["done"]]
    return " ".join(writer.line(lines, family.words()) for lines in parts)


def _about_the_child(about: dict[str, Any], family: Household, child: str) -> Sequence[str]:
    if child == YES:
        return [*about["child"], *(about["older"] if family.children[0].age >= 5 else [])]
    nobody: Sequence[str] = texts("mash")["no_child" if child == NO else "not_known"]
    return nobody


def _children(writer: Writer, about: dict[str, Any], family: Household) -> list[SubjectFacts]:
    return [_voice(writer, about, family, child) for child in family.children]


def _voice(writer: Writer, about: dict[str, Any], family: Household, child: Person) -> SubjectFacts:
    """What this child said and how this child was; or why nobody has spoken to the child, who will, and by when."""
    mash, words = texts("mash"), family.told_about(child).words()
    seen = writer.weighed({YES: 74, NO: 20, NOT_KNOWN: 6})
    spoken_to = seen == YES and child.age >= 3 and writer.chance(0.7)
    small = "demeanour_small" if child.age < 4 else "demeanour"
    return SubjectFacts(
        part=Part.CHILD.value,
        name=child.name,
        born_on=child.born_on if writer.chance(0.93) else None,
        address=family.address,
        postcode=family.postcode,
        schooling=_schooling(child),
        school_said=school(child.age, family.town) if child.age >= 4 and writer.chance(SCHOOL_KNOWN) else "",
        seen=seen,
        spoken_to=YES if spoken_to else NO,
        not_spoken_to_because="" if spoken_to else writer.line(_why_not(mash, child, seen), words),
        own_words=writer.line(_said(mash, about, family, child), words) if spoken_to else "",
        demeanour=writer.line(mash[small], words) if seen == YES else "",
        home=writer.line(mash["home"], words) if writer.chance(0.8) else "",
    )


def _schooling(child: Person) -> str:
    kinds = Subject.Schooling
    if child.age < 4:
        return kinds.NOT_KNOWN.value
    return (kinds.SCHOOL if child.age < 16 else kinds.COLLEGE).value


def _said(mash: dict[str, Any], about: dict[str, Any], family: Household, child: Person) -> Sequence[str]:
    lines: Sequence[str] = about["said_young" if child.age < 11 else "said_older"]
    return lines if child == family.children[0] else mash["said_sibling"]


def _why_not(mash: dict[str, Any], child: Person, seen: str) -> Sequence[str]:
    why = "unseen" if seen != YES else "baby" if child.age < 3 else "seen"
    lines: Sequence[str] = mash[f"not_spoken_{why}"]
    return lines


def _others(writer: Writer, kind: str, family: Household) -> list[SubjectFacts]:
    return [
        SubjectFacts(
            part=(Part.ADULT if part == Part.PARENT and not family.children else part).value,
            name=person.name,
            born_on=person.born_on if writer.chance(0.8) else None,
            address=family.address if person is family.parent else "",
            postcode=family.postcode if person is family.parent else "",
        )
        for part, who in OTHERS.get(kind, BY_DEFAULT)
        for person in [getattr(family, who)]
    ]

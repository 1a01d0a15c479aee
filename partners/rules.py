"""Who is proposed: rules held against what is known. No database in here, and nothing that is known takes anybody away.

A rule names a kind of agency. Which one of that kind is told by where the person lives whom it is about: the council of
their home and no other. Where nobody can be found the proposal says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from partners.models.agency import ONE_COUNCIL, Agency, Kind
from partners.models.rules import SharingRule

CHILD, ADULT, RISK = "child", "adult", "risk"
HOME_OF = {
    Kind.ADULT_CARE.value: ADULT,
    Kind.PROBATION.value: RISK,
    Kind.OFFENDERS.value: RISK,
}
"""Whose home says which agency of that kind it is; of the others the child's."""
NOT_KNOWN = ""


@dataclass(frozen=True)
class Whom:
    """Somebody a record is about. `authority`: number of the council where they live, empty = not known.

    `age`: None = not known. `school`: the agency of the school of a child; None = not known.
    """

    name: str
    part: str = CHILD
    age: int | None = None
    authority: str = NOT_KNOWN
    school: Agency | None = None


@dataclass(frozen=True)
class SharingFacts:
    """What of a record decides who is to hear of it."""

    types: frozenset[str] = frozenset()
    grade: str = ""
    facts: frozenset[str] = frozenset()
    people: tuple[Whom, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """One agency that is to hear, each reason in words, and what it needs. Without an agency: why none is known."""

    wants: str
    agency: Agency | None
    reasons: tuple[str, ...]
    field_classes: frozenset[str]
    rules: frozenset[int] = field(default=frozenset())
    whom: str = ""
    why_none: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The same for two proposals of one agency."""
        return ("", str(self.agency.pk)) if self.agency else (self.wants, self.whom)


def propose(facts: SharingFacts, rules: Iterable[SharingRule], agencies: Iterable[Agency]) -> list[Proposed]:
    """Everybody who is to hear of it, each once, with every reason."""
    there = [agency for agency in agencies if agency.closed_at is None]
    found: dict[tuple[str, str], Proposed] = {}
    for rule in rules:
        if applies(rule, facts):
            for each in _by_rule(rule, facts, there):
                known = found.get(each.key)
                found[each.key] = _together(known, each) if known else each
    return sorted(found.values(), key=_order)


def applies(rule: SharingRule, facts: SharingFacts) -> bool:
    """Whether a rule is for such a record. It asks only for what is there, so to know more never ends it."""
    return (
        (not rule.types or bool(facts.types & set(rule.types)))
        and (not rule.grades or facts.grade in rule.grades)
        and set(rule.facts) <= facts.facts
    )


def _by_rule(rule: SharingRule, facts: SharingFacts, agencies: Sequence[Agency]) -> Iterator[Proposed]:
    part = HOME_OF.get(rule.kind, CHILD)
    people = [each for each in facts.people if each.part == part and _of_that_age(rule, each)]
    if rule.agency is not None and (people or not _asks_an_age(rule)):
        yield from _named(rule, rule.agency, people)
        return
    for whom in people:
        yield from _for(rule, whom, agencies)
    if not any(each.part == part for each in facts.people):
        yield from _for(rule, Whom(NOT_KNOWN, part), agencies)


def _asks_an_age(rule: SharingRule) -> bool:
    return rule.from_age is not None or rule.to_age is not None


def _of_that_age(rule: SharingRule, whom: Whom) -> bool:
    """Where nobody knows how old they are, they are."""
    if whom.age is None or whom.part != CHILD:
        return True
    return (rule.from_age or 0) <= whom.age and (rule.to_age is None or whom.age <= rule.to_age)


def _named(rule: SharingRule, agency: Agency, people: Sequence[Whom]) -> Iterator[Proposed]:
    if agency.closed_at is not None:
        yield _nobody(rule, NOT_KNOWN, f"{agency} is closed: name the one that took its place.")
        return
    for name in [each.name for each in people] or [NOT_KNOWN]:
        yield _somebody(rule, agency, name)


def _for(rule: SharingRule, whom: Whom, agencies: Sequence[Agency]) -> Iterator[Proposed]:
    """The agencies of that kind where this person lives; a school is the child's own."""
    if rule.kind == Kind.EDUCATION:
        if whom.school and whom.school.closed_at is None:
            yield _somebody(rule, whom.school, whom.name)
        else:
            yield _nobody(rule, whom.name, f"Nobody knows which school {whom.name or 'the child'} goes to.")
        return
    there = agencies_for(rule.kind, whom.authority, agencies)
    for agency in there:
        yield _somebody(rule, agency, whom.name)
    if not there:
        yield _nobody(rule, whom.name, _why_none(rule.kind, whom))


def agencies_for(kind: str, authority: str, agencies: Iterable[Agency]) -> list[Agency]:
    """Those of this kind that work in the area of this council, those that work everywhere among them."""
    everywhere = kind not in ONE_COUNCIL
    return [
        agency
        for agency in agencies
        if agency.kind == kind
        and ((bool(authority) and authority in agency.authorities) or (everywhere and not agency.authorities))
    ]


def _why_none(kind: str, whom: Whom) -> str:
    label = Kind(kind).label
    if not whom.name:
        return f"{label}: nobody is named whose home would say which."
    if not whom.authority:
        return f"{label}: nobody knows in which council's area {whom.name} lives."
    return f"{label}: no agency is known for council {whom.authority}, where {whom.name} lives."


def _somebody(rule: SharingRule, agency: Agency, name: str) -> Proposed:
    return Proposed(agency.kind, agency, (_reason(rule, name),), _classes(rule), _key(rule))


def _nobody(rule: SharingRule, name: str, why_none: str) -> Proposed:
    return Proposed(rule.kind, None, (_reason(rule, name),), _classes(rule), _key(rule), name, why_none)


def _reason(rule: SharingRule, name: str) -> str:
    return f"{name}: {rule.why}" if name else rule.why


def _classes(rule: SharingRule) -> frozenset[str]:
    return frozenset(rule.field_classes)


def _key(rule: SharingRule) -> frozenset[int]:
    return frozenset([rule.pk]) if rule.pk else frozenset()


def _together(one: Proposed, other: Proposed) -> Proposed:
    """The same agency by two rules, or for two people."""
    return Proposed(
        one.wants,
        one.agency,
        tuple(sorted({*one.reasons, *other.reasons})),
        one.field_classes | other.field_classes,
        one.rules | other.rules,
        one.whom,
        max(one.why_none, other.why_none),
    )


def _order(each: Proposed) -> tuple[int, str, str]:
    return (list(Kind.values).index(each.wants), str(each.agency or ""), each.whom)

"""What may need a strategy meeting (a strategy discussion): sixteen triggers.

The test is law: reasonable cause to suspect that a child is suffering, or likely to suffer, significant harm (Children
Act 1989 s.47). The triggers are local: the inspection of June 2022 and the procedures of several partnerships, each
named beside its trigger in `docs/notices.md`. Longstop raises what it can read from structured answers and links; the
co-ordinator is asked about the others; any officer can raise one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from access.actor import System, acting
from access.time import now
from access.time import today as local_day
from cases.models import Finding, Flag, Person
from cases.models.person import age
from cases.records import years_before
from govuk.times import exactly
from ppn import household
from ppn.models import Answer, Concern, DomesticAbuse, DomesticAbuseRisk, Grade, PoliceDid, Ppn, Subject, Type
from ppn.repeats import Repeat, notices_about
from sla.lengths import Basis, Number

TRIGGERS = {
    "T1": "A person posing a risk has contact with a child, or moves to their home",
    "T2": "A bruise, mark or injury on a child who cannot move about alone, or an unexplained injury under 1",
    "T3": "Sexual activity of a child under 13",
    "T4": "Sexual activity at 13 to 15 with an age gap, power or trust; grooming or image coercion online",
    "T5": "Pregnancy under 18; a concealed or unbooked pregnancy with risk; concern for an unborn child",
    "T6": "Repeated notices about the same child or household",
    "T7": "New incident for a child who is looked after or on a child protection plan",
    "T8": "A child says that a parent or carer harms them, or fears a carer whose illness is not treated",
    "T9": "High-risk domestic abuse, strangulation, a weapon or a pregnancy, with a child in the household",
    "T10": "A child has died or was seriously hurt, and there are other children in the household",
    "T11": "Suspected exploitation or trafficking, FGM, forced marriage, radicalisation, fabricated illness, "
    "organised abuse, or harm by another child",
    "T12": "An online abuse investigation finds a child at the address",
    "T13": "Police protection was used, or one agency acted first",
    "T14": "An allegation about an adult who works with children",
    "T15": "A missing child at high risk, missing again, or with a sign of exploitation",
    "T16": "Brother or sister of a child on a child protection plan, or moved here with a plan",
}
BY_HAND = ("T2", "T4", "T5", "T8", "T11", "T14")
"""The co-ordinator is asked about these in every review: no answer of the form alone decides them."""

IN_THREE_MONTHS = Number(
    "Strategy trigger T6: notices about a child in 3 months", 3, Basis.LOCAL, "Devon and Cornwall: 3 in 3 months"
)
IN_A_YEAR = Number(
    "Strategy trigger T6: notices about a child in 12 months", 5, Basis.LOCAL, "No authority found", is_our_default=True
)


@dataclass(frozen=True)
class Raised:
    """One trigger and what raises it. The same evidence raises it once."""

    code: str
    why: str
    evidence: str


class Read:
    """A notice as the triggers read it: who is in it, what was answered, what is on record. As the software, because
    what may need a meeting does not depend on who looks."""

    def __init__(self, ppn: Ppn) -> None:
        self.ppn, self.today = ppn, local_day()
        self.subjects = list(Subject.objects.filter(ppn=ppn).select_related("person").order_by("name"))
        self.children = [each for each in self.subjects if each.is_child]
        self.concern = Concern.objects.filter(ppn=ppn).first() or Concern(ppn=ppn)
        self.abuse = DomesticAbuse.objects.filter(ppn=ppn).first() or DomesticAbuse(ppn=ppn)

    @cached_property
    def flags(self) -> list[Flag]:
        roots = [each.person.same_as_id for each in self.subjects if each.person]
        rows = Flag.objects.filter(person__same_as__in=roots, withdrawn_at=None).select_related("person", "case")
        return [flag for flag in rows.order_by("pk") if flag.holds_on(self.today)]

    def flagged(self, subject: Subject, *kinds: str) -> list[Flag]:
        root = subject.person.same_as_id if subject.person else None
        return [flag for flag in self.flags if flag.person.same_as_id == root and flag.kind in kinds]

    def years(self, child: Subject) -> int | None:
        born = child.born_on or (child.person.born_to if child.person else None)
        return age(born, self.today) if born else None

    def key(self, subject: Subject) -> UUID:
        return subject.person.same_as_id if subject.person else subject.pk

    @cached_property
    def others(self) -> list[Person]:
        """Other children of the household. Never by name: whoever reads the notice may not see them."""
        return household.other_children(self.ppn)

    def said_of(self, subject: Subject, flag: Flag) -> str:
        """What is on record; where only the people of another, restricted case may know it, that there is something."""
        if flag.case and flag.case.restricted and flag.case_id != self.ppn.case_id:
            return f"{subject.name}: something that only named people may see. Ask the MASH inspector"
        return f"{subject.name}: {flag}"

    @property
    def a_child_is_there(self) -> bool:
        return bool(self.children) or self.ppn.child != Answer.NO


Rule = Callable[[Read], Iterator[Raised]]
RULES: list[Rule] = []


def rule(each: Rule) -> Rule:
    RULES.append(each)
    return each


def fired(ppn: Ppn) -> list[Raised]:
    """Every trigger that the notice and our records raise now, in the order of their numbers."""
    with acting(System("strategy triggers")):
        read = Read(ppn)
        found = [raised for each in RULES for raised in each(read)]
    return sorted(found, key=lambda raised: (int(raised.code[1:]), raised.evidence))


@rule
def person_posing_a_risk(read: Read) -> Iterator[Raised]:
    if not read.a_child_is_there:
        return
    for subject in read.subjects:
        for flag in read.flagged(subject, Flag.Kind.RSO, Flag.Kind.POSES_RISK):
            yield Raised("T1", read.said_of(subject, flag), f"flag {flag.pk}")
    roots = [child.person.same_as_id for child in read.children if child.person]
    for finding in Finding.objects.filter(child__same_as__in=roots).order_by("reference"):
        yield Raised("T1", f"A child is linked with a person posing a risk: {finding.reference}", f"{finding.pk}")


@rule
def injury_of_the_smallest(read: Read) -> Iterator[Raised]:
    if read.concern.injured != Answer.YES:
        return
    if read.concern.not_mobile == Answer.YES:
        yield Raised("T2", "An injury to a child who cannot move about alone", "not mobile")
    if read.concern.injury_unexplained != Answer.NO:
        for child in read.children:
            if read.years(child) == 0:
                yield Raised("T2", f"{child.name} is under 1; nobody has explained the injury", f"{read.key(child)}")


@rule
def sexual_activity(read: Read) -> Iterator[Raised]:
    if read.concern.sexual_activity != Answer.YES:
        return
    for child in read.children:
        years = read.years(child)
        if years is None or years < 13:
            said = "whose age is not known" if years is None else f"who is {years}"
            yield Raised("T3", f"Sexual activity of {child.name}, {said}", f"{read.key(child)}")
        elif years < 16:
            yield Raised("T4", f"Sexual activity of {child.name}, who is {years}", f"{read.key(child)}")


@rule
def pregnancy(read: Read) -> Iterator[Raised]:
    if read.concern.pregnant_under_18 == Answer.YES:
        yield Raised("T5", "A child is pregnant", "pregnant under 18")
    if read.concern.unborn == Answer.YES:
        yield Raised("T5", "Concern for an unborn child", "unborn")


@rule
def repeated(read: Read) -> Iterator[Raised]:
    at = now()
    quarter, year = IN_THREE_MONTHS.in_force(at)[0], IN_A_YEAR.in_force(at)[0]
    for repeat in notices_about(read.ppn, Repeat.CHILD, Repeat.HOUSEHOLD):
        if repeat.in_three_months >= quarter:
            yield Raised("T6", f"{repeat.in_three_months} notices about {repeat.about} in 3 months", f"3 {repeat.key}")
        if repeat.in_a_year >= year:
            yield Raised("T6", f"{repeat.in_a_year} notices about {repeat.about} in 12 months", f"12 {repeat.key}")


@rule
def child_with_a_plan(read: Read) -> Iterator[Raised]:
    for child in read.children:
        for flag in read.flagged(child, Flag.Kind.LOOKED_AFTER, Flag.Kind.PROTECTION_PLAN):
            yield Raised("T7", read.said_of(child, flag), f"flag {flag.pk}")
        for answer, words in (
            (child.looked_after, "looked after"),
            (child.protection_plan, "on a child protection plan"),
        ):
            if answer == Answer.YES:
                yield Raised("T7", f"{child.name} is {words}, the officer was told", f"{words} {child.pk}")


@rule
def child_alleges_harm(read: Read) -> Iterator[Raised]:
    if read.concern.allegation_by_child == Answer.YES:
        yield Raised("T8", "A child says that a parent or carer harms them", "said")


@rule
def serious_abuse_at_home(read: Read) -> Iterator[Raised]:
    if Type.DOMESTIC_ABUSE not in read.ppn.types or not read.a_child_is_there:
        return
    reasons = [
        ("High risk", read.ppn.da_risk == DomesticAbuseRisk.HIGH),
        ("Strangulation", read.abuse.strangulation == Answer.YES),
        ("A weapon", read.abuse.weapon == Answer.YES),
        ("A pregnancy", read.abuse.pregnant == Answer.YES),
    ]
    for reason, is_so in reasons:
        if is_so:
            yield Raised("T9", f"{reason}, with a child in the household", reason)


@rule
def death_or_serious_injury(read: Read) -> Iterator[Raised]:
    others = len(read.children[1:]) + len(read.others)
    if read.concern.serious == Answer.YES and others:
        yield Raised("T10", f"Other children in the household: {others}", "serious")


@rule
def exploitation(read: Read) -> Iterator[Raised]:
    kinds = (Type.EXPLOITATION, Type.HARMFUL_PRACTICE, Type.RADICALISATION)
    for kind in kinds if read.a_child_is_there else ():
        if kind in read.ppn.types:
            yield Raised("T11", f"{kind.label}", kind.value)


@rule
def online(read: Read) -> Iterator[Raised]:
    if Type.ONLINE_ABUSE in read.ppn.types and read.children:
        yield Raised("T12", f"At the address: {', '.join(child.name for child in read.children)}", "online")


@rule
def police_protection(read: Read) -> Iterator[Raised]:
    if PoliceDid.PROTECTION in read.concern.police_did:
        yield Raised("T13", "Police protection was used (section 46)", "section 46")


@rule
def works_with_children(read: Read) -> Iterator[Raised]:
    if read.concern.position_of_trust == Answer.YES:
        yield Raised("T14", "An adult in a position of trust", "position of trust")
    for subject in read.subjects:
        if subject.part == Subject.Part.POSES_RISK and subject.works_with_children == Answer.YES:
            yield Raised("T14", f"{subject.name} works with children", f"{read.key(subject)}")


@rule
def missing(read: Read) -> Iterator[Raised]:
    if Type.MISSING not in read.ppn.types or not read.a_child_is_there:
        return
    if read.ppn.grade == Grade.RED:
        yield Raised("T15", "Missing, at high risk", "high risk")
    if Type.EXPLOITATION in read.ppn.types:
        yield Raised("T15", "Missing, with a sign of exploitation", "exploitation")
    for child in read.children:
        before = _missing_before(read, child)
        if before:
            yield Raised("T15", f"{child.name} was missing before, on {exactly(before.date())}", f"{read.key(child)}")


def _missing_before(read: Read, child: Subject) -> datetime | None:
    if child.person is None:
        return None
    since = years_before(read.today, 1)
    rows = Subject.objects.filter(
        person__same_as=child.person.same_as_id,
        ppn__types__contains=[Type.MISSING.value],
        ppn__submitted_at__date__gte=since,
        ppn__submitted_at__lt=read.ppn.submitted_at,
    )
    last = rows.exclude(ppn=read.ppn).select_related("ppn").order_by("-ppn__submitted_at").first()
    return last.ppn.submitted_at if last else None


@rule
def brother_or_sister(read: Read) -> Iterator[Raised]:
    flags = Flag.objects.filter(
        person__same_as__in=[child.same_as_id for child in read.others],
        kind=Flag.Kind.PROTECTION_PLAN,
        withdrawn_at=None,
    )
    for flag in flags.order_by("pk"):
        if flag.holds_on(read.today):
            yield Raised("T16", "Another child of the household has a child protection plan", f"flag {flag.pk}")

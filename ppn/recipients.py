"""Whom a notice is to go to: what of it the rules of sharing ask for, and where the people in it live."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from access.actor import System, acting, signed
from access.time import now
from access.time import today as local_day
from accounts.models import User
from cases.models import Flag
from cases.models.person import ADULT_AT, age
from encompass.models import Place, SchoolNotice
from encompass.schooling import addressee, at_school, authority_of, where_taught
from partners.models import Agency, Fact, Kind, Recipient, SharingRule
from partners.rules import ADULT, CHILD, RISK, SharingFacts, Whom, propose
from partners.vocabulary import GRADES, SHARE_PAGES, TYPES
from partners.workflow import cover, propose_recipients, recipients_of
from places.models import School
from ppn.models import Answer, Concern, DomesticAbuse, DomesticAbuseRisk, Grade, Ppn, Subject, Type

READS = System("whom a notice is to go to")
OF_THE_LAW = System("Operation Encompass tells the school")
PART = {Subject.Part.CHILD.value: CHILD, Subject.Part.ADULT.value: ADULT, Subject.Part.POSES_RISK.value: RISK}
TEN = 10
"""The age of criminal responsibility in England (Children and Young Persons Act 1933 s.50)."""


def propose_agencies(ppn: Ppn, *, by: User | System) -> list[Recipient]:
    """Put on record whom the rules propose for this notice as it is known now. Asked again it only adds."""
    with signed(by) as at:
        rules = SharingRule.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)
        found = propose(facts_of(ppn), rules.select_related("agency"), Agency.objects.all())
        propose_recipients(ppn, found, by=by)
        _leave_schools_to_encompass(ppn)
        return recipients_of(ppn)


def facts_of(ppn: Ppn) -> SharingFacts:
    """What of the notice decides who is to hear of it. Read as the software: that does not depend on who looks."""
    with acting(READS):
        subjects = list(Subject.objects.filter(ppn=ppn).select_related("person", "school").order_by("name"))
        people = tuple(_whom(each) for each in subjects if each.part in PART)
        return SharingFacts(frozenset(ppn.types), ppn.current_grade, frozenset(_facts(ppn, subjects)), people)


def _facts(ppn: Ppn, subjects: list[Subject]) -> Iterator[str]:
    concern = Concern.objects.filter(ppn=ppn).first() or Concern(ppn=ppn)
    abuse = DomesticAbuse.objects.filter(ppn=ppn).first() or DomesticAbuse(ppn=ppn)
    risks = [each for each in subjects if each.part == Subject.Part.POSES_RISK]
    holds = {
        Fact.CHILD: ppn.child != Answer.NO or any(each.is_child for each in subjects),
        Fact.DA_HIGH: ppn.da_risk in (DomesticAbuseRisk.HIGH, DomesticAbuseRisk.NOT_KNOWN),
        Fact.UNBORN: Answer.YES in (concern.unborn, concern.pregnant_under_18, abuse.pregnant),
        Fact.EXPLOITATION: Type.EXPLOITATION in ppn.types,
        Fact.POSITION_OF_TRUST: concern.position_of_trust == Answer.YES
        or any(each.works_with_children == Answer.YES for each in risks),
        Fact.YOUTH: any(TEN <= (_years(each) or 0) < ADULT_AT for each in risks),
        Fact.ON_LICENCE: any(each.on_licence == Answer.YES for each in risks),
        Fact.REGISTERED: _is_registered(ppn, risks),
    }
    yield from (fact.value for fact, so in holds.items() if so)


def _is_registered(ppn: Ppn, risks: list[Subject]) -> bool:
    """As far as everybody may know: what only the people of another, restricted case may know proposes nobody."""
    roots = [each.person.same_as_id for each in risks if each.person]
    known = Flag.objects.filter(kind=Flag.Kind.RSO, person__same_as__in=roots, withdrawn_at=None)
    known = known.filter(Q(case=None) | Q(case__restricted=False) | Q(case=ppn.case_id))
    return any(flag.holds_on(local_day()) for flag in known)


def _years(subject: Subject) -> int | None:
    born = subject.born_on or (subject.person.born_to if subject.person else None)
    return age(born, local_day()) if born else None


def _whom(subject: Subject) -> Whom:
    council = authority_of(subject.postcode, subject.person)
    school = _school(subject) if subject.is_child else None
    return Whom(
        name=subject.name,
        part=PART[subject.part],
        age=_years(subject),
        authority=council.code if council else "",
        school=addressee(school, None) if school else None,
    )


def _school(subject: Subject) -> School | None:
    where = at_school(subject.school) if subject.school else None
    if where is None and subject.person:
        where = where_taught(subject.person)
    return where.school if where and where.place != Place.NOT_KNOWN else None


def _leave_schools_to_encompass(ppn: Ppn) -> None:
    """Where the law has the school told of domestic abuse, its own notice does that, with its own clocks."""
    with acting(OF_THE_LAW):
        keys = [ppn.pk, ppn.arises_from or ppn.pk]
        told = SchoolNotice.objects.filter(Q(about__in=keys) | Q(arises_from__in=keys))
        if not told.exists():
            return
        names = ", ".join(sorted({str(each.where) for each in told}))
        for each in Recipient.objects.filter(kind=Ppn._meta.label_lower, record=ppn.pk, wants=Kind.EDUCATION):
            if each.state == Recipient.State.PROPOSED:
                cover(each, by=OF_THE_LAW, how=f"Operation Encompass tells the school: {names}")


def usual_classes(agency: Agency) -> frozenset[str]:
    """What agencies of that kind get by the rules, for one that no rule proposes here."""
    rules = SharingRule.objects.filter(kind=agency.kind, ends_at=None, starts_at__lte=now())
    return frozenset(each for rule in rules for each in rule.field_classes) or frozenset(
        ["identity", "voice", "happened", "risk"]
    )


TYPES.extend((code, str(label)) for code, label in Type.choices)
GRADES.extend((code, str(label)) for code, label in Grade.choices)
SHARE_PAGES["ppn.ppn"] = "ppn-share"

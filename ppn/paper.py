"""A notice on paper: the voice of each child before what others made of it."""

from __future__ import annotations

from access.time import now
from accounts.models import User
from cases.history import known_already
from documents.papers import ChildOnPaper, LineOnPaper, PersonOnPaper, PpnPaper, SharedOnPaper, ppn_as_pdf
from partners.models import Disclosure
from ppn.models import Concern, DomesticAbuse, Grade, Ppn, Subject, Trigger
from sla.work import timeline_of


def as_pdf(ppn: Ppn, *, for_whom: User) -> bytes:
    """Marked, and with the name of whoever prints it across every page."""
    return ppn_as_pdf(paper_of(ppn), for_whom=for_whom, at=now())


def paper_of(ppn: Ppn) -> PpnPaper:
    subjects = list(ppn.subjects.select_related("person", "school").order_by("name"))
    known = known_already((each.person for each in subjects if each.person), address=None, but_not=ppn.pk)
    concern = Concern.objects.filter(ppn=ppn).first()
    abuse = DomesticAbuse.objects.filter(ppn=ppn).first()
    return PpnPaper(
        reference=ppn.reference,
        types=ppn.types_in_words(),
        grade=str(Grade(ppn.current_grade).label),
        submitted_at=ppn.submitted_at,
        submitted_by=str(ppn.submitted_by),
        first_known_at=ppn.first_known_at,
        warnings=[f"{flag.person.name}: {flag}" for flag in known["flags"]],
        children=[_child(each) for each in subjects if each.is_child],
        people=[_person(each) for each in subjects if not each.is_child],
        narrative=ppn.narrative,
        assessment=ppn.assessment or "Not assessed yet.",
        assessment_facts=_assessment(ppn),
        sharing=[_shared(each) for each in _disclosures(ppn)],
        strategy=_strategy(ppn),
        timeline=[LineOnPaper(line["when"], line["title"], line["by"]) for line in timeline_of(ppn)],
        facts=[*(concern.answers() if concern else []), *(abuse.answers() if abuse else [])],
    )


def _child(subject: Subject) -> ChildOnPaper:
    headings = [(words, said) for words, said in subject.headings() if words not in ("How they were", "The home")]
    if missing := [*subject.not_recorded(), *subject.not_known()]:
        headings.append(("Not recorded or not known", "; ".join(missing)))
    return ChildOnPaper(
        name=subject.name,
        own_words=subject.own_words,
        demeanour=subject.demeanour,
        home=subject.home,
        not_spoken_to_because=subject.not_spoken_to_because,
        facts=[("Date of birth", _born(subject)), *headings],
    )


def _person(subject: Subject) -> PersonOnPaper:
    facts = [("Date of birth", _born(subject)), ("What they are to the child", subject.relationship or "Not known")]
    return PersonOnPaper(subject.name, str(subject.get_part_display()), facts)


def _born(subject: Subject) -> str:
    return f"{subject.born_on:%-d %B %Y}" if subject.born_on else "Not known"


def _assessment(ppn: Ppn) -> list[tuple[str, str]]:
    if not ppn.assessed_at:
        return []
    return [
        ("MASH grade", str(Grade(ppn.current_grade).label)),
        ("Why it differs", ppn.mash_grade_because or "It does not differ"),
        ("What becomes of it", str(ppn.get_mash_decision_display()) or "Not recorded"),
        ("Systems checked", ppn.systems_checked),
    ]


def _disclosures(ppn: Ppn) -> list[Disclosure]:
    return list(Disclosure.objects.filter(record=ppn.pk).select_related("agency").order_by("sent_at", "pk"))


def _shared(disclosure: Disclosure) -> SharedOnPaper:
    return SharedOnPaper(str(disclosure.agency), disclosure.why_needed, disclosure.sent_at)


def _strategy(ppn: Ppn) -> str:
    triggers = Trigger.objects.filter(ppn=ppn).select_related("decided_by").order_by("raised_at", "code", "pk")
    lines = [f"{each.code}, {each.why}: {_decided(each)}" for each in triggers]
    return "\n".join(lines) or "No trigger was raised."


def _decided(trigger: Trigger) -> str:
    if not trigger.decision:
        return "no decision yet"
    return f"{trigger.get_decision_display()}, {trigger.decided_by}: {trigger.because}"

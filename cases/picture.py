"""The picture of a person or a household: every record that concerns them, on one timeline, with how we know.

Apps above say what their records are (`PICTURE`); each reads its own through its guard, so what the reader may not see
is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from access.roles import Can
from cases.models import (
    Address,
    Alias,
    Finding,
    Flag,
    Involvement,
    Known,
    Person,
    Phone,
    PlaceMarker,
    Reference,
    Relationship,
    Residence,
    Sighting,
)
from sla.models import Clock
from sla.work import panel_of


@dataclass(frozen=True)
class Whom:
    """Whose picture it is: all records of these people, and these addresses."""

    people: frozenset[UUID] = frozenset()
    addresses: frozenset[UUID] = frozenset()
    records: frozenset[UUID] = frozenset()  # records these people are part of (`Involvement`)


@dataclass(frozen=True)
class Event:
    """One thing on the timeline."""

    when: datetime
    what: str  # the filter it belongs to: "Incidents", "Notices", "Links" ...
    title: str
    url: str = ""
    lines: Sequence[str] = ()
    by: str = ""
    kind: str = ""
    record: UUID | None = None


Source = Callable[[Whom], Iterable[Event]]


@dataclass(frozen=True)
class Offer:
    """What can be begun for a person from their page: the words, the address, and who may."""

    label: str
    url: str
    may: Can


@dataclass
class Picture:
    """Where apps say which of their records concern somebody, and what can be begun for them."""

    sources: list[Source] = field(default_factory=list)
    offers: list[Callable[[Person], Iterable[Offer]]] = field(default_factory=list)


PICTURE = Picture()


@dataclass(frozen=True)
class Link:
    """A relationship as it reads on somebody's page: "parent", or "has as parent", and who the other is."""

    fact: Relationship
    other: Person
    words: str


def _link(fact: Relationship, from_here: bool) -> Link:
    kind = Relationship.Kind(fact.kind)
    words = f"{kind.label} of" if from_here else REVERSED.get(kind, f"has as {kind.label}")
    return Link(fact, fact.other if from_here else fact.person, words[0].upper() + words[1:])


REVERSED = {
    Relationship.Kind.PARENT: "child of",
    Relationship.Kind.STEP_PARENT: "stepchild of",
    Relationship.Kind.CARER: "cared for by",
    Relationship.Kind.GRANDPARENT: "grandchild of",
    Relationship.Kind.SIBLING: "brother or sister of",
    Relationship.Kind.PARTNER: "partner of",
    Relationship.Kind.FORMER_PARTNER: "former partner of",
    Relationship.Kind.OTHER_FAMILY: "other family of",
    Relationship.Kind.FRIEND: "friend of",
    Relationship.Kind.PROFESSIONAL: "knows as a professional",
    Relationship.Kind.POSES_RISK: "at risk from",
}


@dataclass(frozen=True)
class Seen:
    """One person as the acting person may see them: every record of them, and every fact."""

    person: Person
    records: list[Person]
    residences: list[Residence]
    relationships: list[Relationship]
    sightings: list[Sighting]
    flags: list[Flag]
    aliases: list[Alias]
    phones: list[Phone]
    references: list[Reference]
    involvements: list[Involvement]

    @classmethod
    def of(cls, person: Person) -> Seen:
        """All records of this person together."""
        records = Person.objects.filter(same_as=person.same_as_id).select_related("school").order_by("recorded_at")
        return cls._of(person, list(records))

    @classmethod
    def of_record(cls, person: Person) -> Seen:
        """One record by itself, whatever it has been joined to."""
        return cls._of(person, [person])

    @classmethod
    def _of(cls, person: Person, records: list[Person]) -> Seen:
        keys = [record.pk for record in records]

        def facts(model: type[Known], *paths: str, **options: Any) -> list[Any]:
            rows = model.objects.filter(person__in=keys).select_related("recorded_by", "person", *paths)
            return list(rows.order_by("-recorded_at"))

        linked = Relationship.objects.filter(person__in=keys) | Relationship.objects.filter(other__in=keys)
        together = Sighting.objects.filter(person__in=keys) | Sighting.objects.filter(company__in=keys)
        return cls(
            person=person,
            records=records,
            residences=facts(Residence, "address"),
            relationships=list(linked.select_related("person", "other", "recorded_by").order_by("-recorded_at")),
            sightings=list(together.select_related("person", "company", "address", "recorded_by").order_by("-seen_at")),
            flags=facts(Flag),
            aliases=facts(Alias),
            phones=facts(Phone),
            references=facts(Reference),
            involvements=facts(Involvement),
        )

    def facts(self) -> list[Known]:
        """Everything that was learned, for the timeline."""
        return [
            *self.residences,
            *self.relationships,
            *self.sightings,
            *self.flags,
            *self.aliases,
            *self.phones,
            *self.references,
        ]

    def links(self) -> list[Link]:
        """Every relationship, read from this person's side, those that hold first."""
        keys = {record.pk for record in self.records}
        links = [_link(fact, fact.person_id in keys) for fact in self.relationships]
        links.sort(key=lambda link: (bool(link.fact.withdrawn_at), link.fact.ends is not None))
        said: dict[Any, Link] = {}  # by whoever said it last; the timeline has every source
        for link in links:
            once = link.fact.pk if link.fact.withdrawn_at else (link.words, link.other.same_as_id, link.fact.ends)
            said.setdefault(once, link)
        return list(said.values())

    def household(self, day: date) -> list[Residence]:
        """Who else lives now where this person lives now."""
        here = [home.address_id for home in self.residences if home.is_current(day)]
        others = Residence.objects.filter(address__in=here, withdrawn_at=None).select_related("person", "address")
        others = others.exclude(person__in=[record.pk for record in self.records])
        return once_each(home for home in others if home.is_current(day))

    def whom(self) -> Whom:
        now_at = (home for home in self.residences if not home.withdrawn_at and not home.ends)
        return Whom(
            people=frozenset(record.pk for record in self.records),
            records=frozenset(part.record for part in self.involvements if not part.withdrawn_at),
            addresses=frozenset(home.address_id for home in now_at),
        )


def timeline(whom: Whom, facts: Iterable[Known] = ()) -> list[Event]:
    """Everything that concerns them, newest first."""
    events = [event for source in PICTURE.sources for event in source(whom)]
    events += [_fact(fact) for fact in facts]
    return sorted(events, key=lambda event: event.when, reverse=True)


def open_clocks(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The running clocks of every record on the timeline, nearest first."""
    about = {event.record: event for event in events if event.record}
    running = Clock.running().filter(record__in=list(about)).order_by("due_at", "pk")
    return [{**panel_of(clock), "what_for": about[clock.record].title} for clock in running]


def _fact(fact: Known) -> Event:
    return Event(
        when=fact.recorded_at,
        what="What we learned",
        title=LEARNED[type(fact)](fact),
        lines=[fact.how_we_know(), *_withdrawn(fact)],
        by=f"by {fact.recorded_by}" if fact.recorded_by else "",
        kind="Withdrawn" if fact.withdrawn_at else "",
    )


def _withdrawn(fact: Known) -> list[str]:
    return [f"Withdrawn: {fact.withdrawn_because}"] if fact.withdrawn_at else []


LEARNED: dict[type[Known], Callable[[Any], str]] = {
    Residence: lambda fact: f"Lives at {fact.address}" if not fact.ends else f"Lived at {fact.address}",
    Relationship: lambda fact: f"{fact.person} is {fact.get_kind_display()} of {fact.other}",
    Sighting: lambda fact: seen_in_words(fact),
    Flag: lambda fact: fact.get_kind_display(),
    PlaceMarker: lambda fact: f"Marked: {fact.words}",
    Alias: lambda fact: f"{fact.get_kind_display()}: {fact}",
    Phone: lambda fact: f"Telephone {fact.number}",
    Reference: lambda fact: f"Called {fact.number} in {fact.system}",
}


def seen_in_words(sighting: Sighting) -> str:
    where = f" at {sighting.address}" if sighting.address else ""
    company = f" with {sighting.company}" if sighting.company else ""
    return f"{sighting.person} was seen{company}{where}"


def _findings(whom: Whom) -> Iterable[Event]:
    about = Finding.objects.filter(child__in=whom.people) | Finding.objects.filter(risk__in=whom.people)
    for finding in about.select_related("child", "risk", "decided_by"):
        decided = [f"{finding.get_decision_display()}: {finding.because}"] if finding.decision else []
        yield Event(
            when=finding.found_at,
            what="Risks",
            title=f"{finding.child} is linked with {finding.risk}, a person posing a risk",
            url=finding.get_absolute_url(),
            lines=decided or ["Waiting for a decision"],
            kind="" if decided else "Open",
            record=finding.pk,
        )


def _restrictions(whom: Whom) -> Iterable[Event]:
    """For those who may see the case at all."""
    parts = Involvement.objects.filter(record__in=whom.records, case__restricted=True).select_related("case")
    cases = {part.case for part in parts.prefetch_related("case__restrictions__person") if part.case}
    for case in sorted(cases, key=lambda case: case.reference):
        named = sorted(case.restrictions.all(), key=lambda each: each.since)
        if named:
            yield Event(
                when=named[0].since,
                what="Restrictions",
                title=f"{case} may be seen only by {', '.join(str(each.person) for each in named)}",
                lines=[named[0].because],
            )


PICTURE.sources += [_findings, _restrictions]


def people_at(address: Address) -> list[Residence]:
    """Who lives and lived there, those there now first, as far as the acting person may see."""
    rows = Residence.objects.filter(address=address, withdrawn_at=None).select_related("person")
    there = sorted(rows, key=lambda row: row.person.born_from or row.person.recorded_at.date())
    return once_each(sorted(there, key=lambda row: row.ends is not None))


def once_each(homes: Iterable[Residence]) -> list[Residence]:
    """One line for one person, however many records and sources say that they live there."""
    found: dict[UUID, Residence] = {}
    for home in homes:
        found.setdefault(home.person.same_as_id, home)
    return list(found.values())


def whom_of(people: Iterable[Person]) -> Whom:
    """Every record of these people, what they are part of, and where they live now. Three statements."""
    roots = {person.same_as_id for person in people}
    records = Person.objects.filter(same_as__in=roots).figures().values_list("pk", flat=True)
    parts = Involvement.objects.filter(person__same_as__in=roots, withdrawn_at=None).figures()
    homes = Residence.objects.filter(person__same_as__in=roots, withdrawn_at=None, ends=None).figures()
    return Whom(
        people=frozenset(records),
        records=frozenset(parts.values_list("record", flat=True)),
        addresses=frozenset(homes.values_list("address", flat=True)),
    )

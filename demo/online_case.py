"""One investigation into online abuse in the demo, and everything that is done in it until somebody is arrested."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, TypeVar

from django.utils import timezone

from access.actor import System, acting
from access.time import now
from accounts.models import User
from cases.models import Person
from demo.chronicle import Event
from demo.offenders import Managed
from demo.online_words import WORDS, Told, checks, level_facts
from demo.scene import Scene
from online.codes import EnforcementKind, Sender
from online.models import (
    CandidateAddress,
    ChildrenCheck,
    Enforcement,
    KiratAssessment,
    LinkedChild,
    NewInformation,
    Occupant,
    OnlineCase,
)
from online.workflow.allocating import allocate_case
from online.workflow.cases import ReferralFacts, Said, register, seen_elsewhere, triage
from online.workflow.checks import children_found, no_child_found
from online.workflow.children import ChildFacts
from online.workflow.enforcing import PlanFacts, carry_out, plan_enforcement
from online.workflow.kirat import assess, ratify
from online.workflow.news import NewsFacts, information_received
from online.workflow.research import (
    AddressFacts,
    OccupantFacts,
    ResearchFacts,
    add_candidate,
    add_occupant,
    attribute,
    check_in_several,
    record_research,
)

DEMO = System("demo")
NAMED = {Sender.PUBLIC.value, Sender.SCHOOL.value}
"""Who rings names whom they saw; what a platform reports is an address at a time."""
SENDERS = {"nca": "Referrals bureau", "peer_to_peer": "", "regional": "Southern regional unit", "public": "A caller"}
R = TypeVar("R")


def as_it_is(record: R) -> R:
    """The record as it stands in the database now."""
    with acting(DEMO):
        found: R = type(record).objects.get(pk=record.pk)  # type: ignore[attr-defined]
    return found


@dataclass
class Adult:
    """Somebody who lives there. `works`: their post and employer, where they work with children."""

    name: str
    is_suspect: bool
    works: Sequence[str] = ()
    managed: Managed | None = None
    occupant: Any = None
    asked: bool = True
    works_how: str = ""


def _person(adult: Adult) -> Person | None:
    """Who they are on record, where offender management knows them."""
    if adult.managed is None:
        return None
    with acting(DEMO):
        return Person.objects.get(pk=adult.managed.nominal.person_id)


@dataclass
class Investigated:
    """One investigation. Its steps are events, so many hours after the referral reached the force."""

    scene: Scene
    told: Told
    received_at: datetime
    researcher: User
    investigator: User
    sergeant: User
    sender: str = "nca"
    level: str = "medium"
    adults: list[Adult] = field(default_factory=list)
    case: OnlineCase = field(default_factory=OnlineCase)
    address: CandidateAddress = field(default_factory=CandidateAddress)
    enforcement: Enforcement = field(default_factory=Enforcement)

    def at(self, hours: float, does: Callable[..., Any], *records: Any, **facts: Any) -> Event:
        return Event(self.received_at + timedelta(hours=hours), partial(does, *records, **facts))

    def hours_until(self, moment: datetime) -> float:
        return (moment - self.received_at) / timedelta(hours=1)

    def by_the_clock(self, after: float, hour: float, days: int = 0) -> float:
        """Hours until that time of day, so many days after; never before `after`."""
        since = timezone.localtime(self.received_at + timedelta(hours=after))
        day = since.date() + timedelta(days=days)
        moment = timezone.make_aware(datetime.combine(day, time(int(hour), int(hour % 1 * 60))))
        return self.hours_until(moment if moment >= since else moment + timedelta(days=1))

    @property
    def suspect(self) -> Adult:
        return next(each for each in self.adults if each.is_suspect)

    # The referral

    def registered(self, after: float = 0.2, **said: Any) -> Event:
        return self.at(after, self._register, said)

    def _register(self, said: dict[str, Any]) -> None:
        facts: dict[str, Any] = {
            "sender": self.sender,
            "sender_named": SENDERS.get(self.sender, WORDS["forces"][self.told.count % len(WORDS["forces"])]),
            "sender_ref": f"{self.sender[:3].upper()}-{self.told.count}-{self.told.ip.rsplit('.', 1)[1]}",
            "received_at": self.received_at,
            "what": self.told.line("what", self.sender),
            "said": self._identifiers(),
            "uploaded_at": self.received_at - timedelta(days=3, hours=self.told.count % 40),
            **said,
        }
        register(self.case, by=self.researcher, facts=ReferralFacts(**facts))

    def _identifiers(self) -> list[Said]:
        seen = self.received_at - timedelta(days=3, hours=self.told.count % 40)
        found = [Said("username", self.told.user), Said("ip", self.told.ip, seen, seen + timedelta(minutes=17))]
        return [*found, Said("name", self.told.suspect)] if self.sender in NAMED else found

    def triaged(self, after: float, **said: Any) -> Event:
        facts = {
            "immediate_risk": "not_known",
            "immediate_because": self.told.line("triage", "risk"),
            "duplicates_looked_for": self.told.line("triage", "looked"),
            **said,
        }
        return self.at(after, triage, self.case, by=self.researcher, **facts)

    def on_niche(self, after: float) -> Event:
        """In the records system, where anybody finds it."""
        return self.at(after, self._on_niche)

    def _on_niche(self) -> None:
        ref = f"4426{self.told.count:04d}{self.told.ip.rsplit('.', 1)[1]:>03}"[:9]
        seen_elsewhere(self.case, by=self.researcher, system="Niche", ref=ref, at=now())

    def researched(self, after: float, *what: str, kind: str = "subscriber", result: str = "") -> Event:
        facts: dict[str, Any] = {"kind": kind, "what": self.told.line("research", *what), "result": result}
        return self.at(after, self._research, facts)

    def _research(self, facts: dict[str, Any]) -> None:
        record_research(self.case, by=self.researcher, facts=ResearchFacts(at=now(), **facts))

    def looked_into(self, until: float) -> Iterator[Event]:
        """Something is done every two days or so, until it leads to an address."""
        if until > 3:
            yield self.researched(min(2.4, until - 0.5), "asked")
        at, kinds = 20.0, ["open", "waiting", "answered"]
        while at < until - 1:
            what = kinds.pop(0)
            kinds.append("waiting" if what == "answered" else what)
            yield self.researched(at, what, kind="open_source" if what == "open" else "subscriber")
            at += self.scene.rng.uniform(24, 60)

    # Who lives there

    def attributed(self, after: float) -> Event:
        return self.at(after, self._attribute)

    def _attribute(self) -> None:
        told = self.told
        facts = AddressFacts(told.address, told.postcode, "likely", told.line("research", "found"))
        add_candidate(self.address, by=self.researcher, case=as_it_is(self.case), facts=facts)
        attribute(self.address, by=self.researcher, because=told.line("research", "because"))

    def lived_in(self, after: float) -> Iterator[Event]:
        """Each adult there, and what every system says of them."""
        for number, adult in enumerate(self.adults):
            yield self.at(after + number * 0.3, self._lives_there, adult)

    def _lives_there(self, adult: Adult) -> None:
        facts = OccupantFacts(
            name_said=adult.name,
            age="adult",
            relation="" if adult.is_suspect else "Lives with the suspect",
            is_suspect="yes" if adult.is_suspect else "no",
            person=_person(adult),
            **self._work_of(adult),
        )
        adult.occupant = add_occupant(Occupant(), by=self.researcher, at=as_it_is(self.address), facts=facts)
        check_in_several(adult.occupant, by=self.researcher, results=checks(self.told), at=now())

    def _work_of(self, adult: Adult) -> dict[str, str]:
        """What is known of it: that they work with children, that they do not, or how far somebody has asked."""
        if adult.works:
            post, employer = adult.works
            known = {"post": post, "employer": employer, "works_how": self.told.line("work", "how")}
            return {"works_with_children": "yes", **known}
        if adult.works_how or not adult.asked:
            return {"works_with_children": "not_known", "works_how": adult.works_how}
        return {"works_with_children": "no", "works_how": self.told.line("research", "employer")}

    def children_looked_for(self, after: float) -> Event:
        return self.at(after, self._look_for_children)

    def _look_for_children(self) -> None:
        with acting(DEMO):
            check = ChildrenCheck.objects.get(at=self.address)
        told, by = self.told, self.researcher
        sources = told.line("child", "looked")
        if not told.children:
            no_child_found(check, by=by, sources=sources, result=told.line("child", "none"))
            return
        facts = [self.child_facts(each.name, each.age) for each in told.children]
        children_found(check, by=by, sources=sources, result=told.line("child", "found"), children=facts)

    def child_facts(self, name: str, age: int, **said: Any) -> ChildFacts:
        usual = {
            "how": "lives_there",
            "what": self.told.line("child", "how"),
            "known_at": now(),
            "age_said": str(age) if age else "Under 1",
            "authority_said": str(self.told.council).removesuffix(" children's social care"),
        }
        return ChildFacts(name_said=name, **{**usual, **said})

    def children(self) -> list[LinkedChild]:
        with acting(DEMO):
            return list(LinkedChild.objects.filter(online_case=self.case.pk).order_by("known_at", "reference"))

    # The level, and what is planned

    def assessed(self, after: float, level: str = "", because: str = "First assessment") -> Event:
        return self.at(after, self._assess, level or self.level, because)

    def _assess(self, level: str, because: str) -> None:
        post = self.suspect.works[0] if self.suspect.works else ""
        facts = level_facts(self.told, level, because, post=post)
        assess(KiratAssessment(), by=self.researcher, case=as_it_is(self.case), facts=facts)

    def ratified(self, after: float) -> Event:
        return self.at(after, self._ratify)

    def _ratify(self) -> None:
        with acting(DEMO):
            waits = list(KiratAssessment.objects.filter(online_case=self.case, state=KiratAssessment.State.SET))
        for assessment in waits:
            ratify(assessment, by=self.sergeant, said=self.told.line("level", "agreed"))

    def allocated(self, after: float) -> Event:
        about = {"researcher": self.researcher, "investigator": self.investigator}
        because = "Has room for it, and knows the area"
        return self.at(after, allocate_case, self.case, by=self.sergeant, because=because, **about)

    def news(self, after: float, what: str, source: str) -> Event:
        return self.at(after, self._news, what, source)

    def _news(self, what: str, source: str) -> None:
        facts = NewsFacts(what, source, now())
        information_received(NewInformation(), by=self.researcher, case=as_it_is(self.case), facts=facts)

    def planned(self, after: float, for_: float, **said: Any) -> Event:
        return self.at(after, self._plan, self.received_at + timedelta(hours=for_), said)

    def _plan(self, planned_for: datetime, said: dict[str, Any]) -> None:
        told = self.told
        override = said.pop("override", None)
        facts = {
            "kind": EnforcementKind.WARRANT.value,
            "planned_for": planned_for,
            "briefing": told.line("search", "briefing"),
            "child_plan": told.line("search", "with_child" if told.children else "no_child"),
            "welfare_plan": told.line("search", "welfare"),
            "social_worker": told.who_there if told.children else "",
            **said,
        }
        about = {"case": as_it_is(self.case), "facts": PlanFacts(**facts), "override": override}
        plan_enforcement(self.enforcement, by=self.sergeant, **about)

    def carried_out(self, after: float, devices: int, **said: Any) -> Event:
        """Written down within the hour."""
        done_at = self.received_at + timedelta(hours=after)
        return self.at(after + 0.7, self._carry_out, done_at, devices, said)

    def _carry_out(self, done_at: datetime, devices: int, said: dict[str, Any]) -> None:
        facts = {
            "result": self.told.line("search", "result"),
            "children_seen": "yes" if self.told.children else "no",
            "devices": devices,
            **said,
        }
        carry_out(self.enforcement, by=self.investigator, done_at=done_at, **facts)

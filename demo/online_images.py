"""Children whose images were shared: most are seen in person, heard and left in peace, as most forces end it. And two
of whom nobody has taken care."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from access.actor import acting
from access.time import now
from accounts.models import Team, User
from cases.records import Home
from demo.calls import G4, YES, call
from demo.chronicle import Event, when
from demo.control_room import taken_call
from demo.figures import DIVERTED_EACH
from demo.filing import filed
from demo.invented import Household, household
from demo.known import assessed as reviewed
from demo.mash import CHECK_SAYS
from demo.online_case import DEMO, as_it_is
from demo.online_children import submit_from
from demo.online_words import WORDS
from demo.resolution import FIT, looked_at_again
from demo.scene import Scene
from online.codes import Handler
from online.image_origin import from_images
from online.models import SharedImage
from online.workflow.shared_images import (
    Guidance,
    ImageFacts,
    Risk,
    Seen,
    allocate_images,
    child_seen_in_person,
    give_guidance,
    report_shared_image,
    resolve_images,
    wider_risk_asked,
)
from ppn import workflow as notices
from ppn.models import Decision, Grade, Ppn, StrategyDecision
from triage import workflow as incidents
from triage.models import Destination, Incident

READ_WITHIN = timedelta(days=9)
"""Most of these notices are amber, and wait for longer than those of an investigation."""
BY_PHONE = 1
"""How many of these are in the resolution centre."""
STORIES = 2
NOBODY_ELSE = Risk("no", "no", "no", "no", "no")
ONE_AGE = "Two children of one age; an officer sees them in person, and there is no sign that anybody pressed"
SCHOOL_DAYS = (11, 15)


@dataclass
class Shared:
    """One report, and what is done for the child: so many hours after somebody was told."""

    scene: Scene
    reported_at: datetime
    family: Household
    images: SharedImage = field(default_factory=SharedImage)
    ppn: Ppn = field(default_factory=Ppn)
    noticed_at: datetime | None = None

    def at(self, hours: float, does: Any, *records: Any, **facts: Any) -> Event:
        return Event(self.reported_at + timedelta(hours=hours), partial(does, *records, **facts))

    def line(self, name: str) -> str:
        found, words = WORDS["image"][name], self.family.words()
        return found.format_map(words) if isinstance(found, str) else self.scene.writer.line(found, words)

    @property
    def is_read(self) -> bool:
        return self.noticed_at is not None and self.noticed_at < self.scene.now - READ_WITHIN

    @property
    def waits_to_be_read(self) -> bool:
        return self.noticed_at is not None and not self.is_read and self.noticed_at < self.scene.now

    def reported(self, by: User) -> Event:
        child = self.family.children[0]
        words = self.family.words()
        facts = ImageFacts(
            what=self.line("reports"),
            child_said=child.name,
            reported_at=self.reported_at,
            child_age=str(child.age),
            recipient_age=str(child.age + self.scene.rng.choice([0, 0, 1, 2])),
            school_said=str(words["school"]),
        )
        return self.at(0.2, report_shared_image, self.images, by=by, facts=facts)

    def asked(self, after: float, by: User, risk: Risk = NOBODY_ELSE, said: str = "") -> Event:
        facts = {"answers": risk, "said": said or self.line("asked")}
        return self.at(after, wider_risk_asked, self.images, by=by, **facts)

    def guided(self, after: float) -> Event:
        words = (self.line("how"), self.line("questions"), self.line("viewing"), self.line("devices"))
        return self.at(after, give_guidance, self.images, by=self.scene.people["dina"], guidance=Guidance(*words))

    def allocated(self, after: float, handler: str, officer: User) -> Event:
        return self.at(after, self._allocate, handler, officer)

    def _allocate(self, handler: str, officer: User) -> None:
        with acting(DEMO):
            team = Team.objects.get(postings__person=officer)
        about: dict[str, Any] = {"handler": handler, "to_team": team, "officer": officer}
        allocate_images(self.images, by=self.scene.people["dina"], **about)

    def noticed(self, after: float, by: User) -> Event:
        self.noticed_at = self.reported_at + timedelta(hours=after)
        return self.at(after, self._notice, by)

    def _notice(self, by: User) -> None:
        said = {"narrative": self.line("notice"), "why_not_spoken": self.line("not_spoken")}
        home = Home(self.family.address, self.family.postcode)
        submit_from(as_it_is(self.images), from_images, by=by, ppn=self.ppn, home=home, **said)

    def decided(self, after: float) -> Event:
        """Whether the agencies have to meet; a sergeant of the MASH says so the same hour or the next."""
        return self.at(after, self._decide)

    def _decide(self) -> None:
        decision, by = StrategyDecision.NOT_NEEDED.value, self.scene.sergeant_at(now())
        notices.decide_strategy(self.ppn, by=by, decision=decision, because=ONE_AGE)

    def read_by_the_mash(self, taken: float) -> Iterator[Event]:
        cora = self.scene.one_of("cora", "cole")
        said = self.scene.writer.line(CHECK_SAYS, {})
        yield self.at(taken, notices.check, self.ppn, by=self.scene.people["rashid"], said=said)
        yield self.at(taken + 0.1, notices.take, self.ppn, by=cora)
        yield self.at(taken + 0.9, self._review, cora)
        yield self.at(taken + 1.5, self._file, cora)

    def _review(self, by: User) -> None:
        facts = {
            "systems_checked": "RMS, school list",
            "assessment": "An officer sees the child in person; the school has a plan. Nobody pressed, nobody paid.",
            "grade": Grade.AMBER.value,
            "because": "Support is there already",
            "decision": Decision.INFORMATION.value,
        }
        reviewed(self.ppn, by=by, **facts)

    def _file(self, reviewer: User) -> None:
        by = self.scene.sergeant_at(now())
        filed(self.ppn, by=by, reviewer=reviewer, decision=StrategyDecision.NOT_NEEDED.value, because=ONE_AGE)

    def seen(self, after: float, by: User) -> Event:
        facts = Seen(
            seen_at=self.reported_at + timedelta(hours=after),
            where=self.scene.rng.choice([str(self.family.words()["school"]), "At home"]),
            with_whom=self.family.parent.name,
            own_words=self.line("words"),
            demeanour=self.line("was"),
            wants=self.line("wants"),
            devices=self.line("done"),
        )
        return self.at(after + 0.4, child_seen_in_person, self.images, by=by, seen=facts)

    def resolved(self, after: float, by: User, outcome: str) -> Event:
        said = self.line("diversion" if outcome == "22" else "no_further")
        return self.at(after, resolve_images, self.images, by=by, outcome=outcome, said=said)


def events(scene: Scene, shared: list[Shared]) -> Iterator[Event]:
    """As many as a month brings. `shared` is filled here."""
    number = max(scene.figures.shared_images - STORIES, 1)
    arrived = scene.arrivals(number, [1] * 23, timedelta(days=22))
    for place, reported_at in enumerate(arrived):
        about = Shared(scene, reported_at, household(scene.rng, scene.today, SCHOOL_DAYS))
        shared.append(about)
        outcome = "22" if place % DIVERTED_EACH == DIVERTED_EACH // 2 else "21"
        yield from (event for event in _life(about, outcome) if event.at < scene.now)
    yield from somebody_presses(scene)
    yield from waits_for_a_phone_call(scene)


def _life(about: Shared, outcome: str) -> Iterator[Event]:
    """Asked, guided, given to an officer by name, seen within three days, and ended."""
    scene, rng = about.scene, about.scene.rng
    response = rng.random() < 0.6
    officer = scene.anybody_like("olly") if response else scene.people["noor"]
    handler = Handler.RESPONSE if response else rng.choice([Handler.NEIGHBOURHOOD, Handler.SAFER_SCHOOLS])
    guided = rng.uniform(3, 14)
    seen = rng.uniform(22, 58)
    yield about.reported(scene.anybody_like("callie"))
    yield about.asked(rng.uniform(0.8, 2.5), scene.anybody_like("olly"))
    noticed = rng.uniform(3, 18)
    yield about.noticed(noticed, scene.anybody_like("olly"))
    yield about.decided(noticed + rng.uniform(0.3, 1.6))
    if about.is_read:
        yield from about.read_by_the_mash(noticed + rng.uniform(0.4, 2.4))
    yield about.guided(guided)
    yield about.allocated(guided + rng.uniform(0.2, 4), handler.value, officer)
    yield about.seen(seen, officer)
    yield about.resolved(seen + rng.uniform(20, 150), scene.people["rosa" if response else "dina"], outcome)


def somebody_presses(scene: Scene) -> Iterator[Event]:
    """Somebody who says that she is fifteen asks for money now. It is the specialists', nobody has seen the child, and
    no investigation has begun."""
    about = Shared(scene, scene.ago(days=1.9), household(scene.rng, scene.today, (14, 14)))
    olly, iris, words = scene.people["olly"], scene.people["iris"], about.family.words()
    what = (
        "{parent} rings: {child}, {age}, sent a picture to somebody who said she was fifteen, and is asked for money. "
        "It will go to everybody at {school} on Friday."
    ).format_map(words)
    child = about.family.children[0]
    facts = ImageFacts(what, child.name, about.reported_at, child_age=str(child.age), school_said=str(words["school"]))
    yield about.at(0.3, report_shared_image, about.images, by=scene.people["callie"], facts=facts)
    said = "{child} showed the messages: money, and more pictures. An adult, {parent} thinks.".format_map(words)
    yield about.asked(3, olly, Risk("yes", "yes", "yes", "not_known", "no"), said)
    yield about.at(7, allocate_images, about.images, by=scene.people["dina"], handler="specialist", officer=iris)


def waits_for_a_phone_call(scene: Scene) -> Iterator[Event]:
    """The finding itself: sent to those who telephone, and three days later nobody has seen the child or rung."""
    began, ravi = scene.ago(days=3.4), scene.people["ravi"]
    incident, about = Incident(), call(scene.writer, scene.today, G4, YES, scene.an_area(), "child")
    child = about.family.children[0]
    what = f"{about.family.parent.name}: a photo {child.forename}, {child.age}, sent to a friend is on a class chat."
    about = replace(about, contact=replace(about.contact, what_happened=what, caller=about.family.parent.name))
    yield taken_call(scene, incident, about, began)
    note = "No adult in it, as far as anybody knows. To be seen in person by whoever takes it: not by phone alone"
    at = began + timedelta(hours=5)
    yield when(at, incidents.add_specialist_note, incident, by=scene.people["dina"], note=note)
    fit = replace(FIT, child_concerned=YES, abuse_or_images=YES, images_shared=YES)
    facts = {
        "destination": Destination.RESOLUTION.value,
        "because": "Advice by phone",
        "suitability": fit,
    }
    yield when(at + timedelta(hours=1), incidents.allocate, incident, by=scene.people["tara"], **facts)
    yield when(at + timedelta(hours=2), looked_at_again, incident, scene.people["tess"])
    yield when(at + timedelta(hours=9), incidents.accept, incident, by=ravi, owner=ravi)

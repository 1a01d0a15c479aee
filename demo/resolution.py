"""The resolution centre: more was allocated to it than could be rung."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from access.actor import acting
from accounts.models import User
from demo.calls import G4, NO, YES, Call, call
from demo.chronicle import Event, when
from demo.control_room import said_if_child, taken_call
from demo.figures import CHILDREN_BY_PHONE, FIRST_CONTACT, OLDEST_BY_PHONE, SENT_BACK, WHO_IS_REACHED
from demo.scene import Scene
from demo.writing import texts
from triage import workflow
from triage.models import Destination, Incident, State
from triage.suitability import Suitability

PHONE_WORK = ("theft", "damage", "harassment", "fraud", "neighbours")
FIT = Suitability(
    child_concerned=NO,
    child_to_be_seen=NO,
    abuse_or_images=NO,
    images_shared=NO,
    suspect_at_home=NO,
    repeat=NO,
    evidence_lost=NO,
    safe_to_talk=YES,
    interpreter=NO,
)

WITH_THE_PHONE, WITH_THE_HUB = timedelta(hours=5), timedelta(hours=2)
"""How long one that is sent back was there, and then in the hub again."""
A_MOMENT = timedelta(minutes=15)
NUMBER = "The number they rang from"


@dataclass(frozen=True)
class Item:
    """One incident of the resolution centre, before it is known how far it got."""

    incident: Incident
    about: Call
    taken: datetime
    allocated: datetime
    with_somebody: bool
    sent_back: int = 0

    @property
    def settled(self) -> datetime:
        """When it was allocated for the last time."""
        return self.allocated + self.sent_back * (WITH_THE_PHONE + WITH_THE_HUB)


def in_the_resolution_centre(scene: Scene, how_many: int) -> Iterator[Event]:
    """Open, allocated, and most of them with nobody's name on them; the oldest of those for 23 days."""
    for number in range(how_many):
        item = _item(scene, oldest=number == 0, with_somebody=number >= scene.figures.by_phone_nobody)
        yield from _allocated(scene, item)
        if item.with_somebody:
            yield from _taken_on(scene, item)


def _item(scene: Scene, *, oldest: bool, with_somebody: bool) -> Item:
    days = 17 * scene.rng.random() ** 1.8 + 0.4 if with_somebody else 12 * scene.rng.random() ** 2.2 + 0.1
    taken = scene.ago(days=OLDEST_BY_PHONE.days if oldest else days)
    about = call(scene.writer, scene.today, G4, scene.writer.weighed(CHILDREN_BY_PHONE), scene.an_area(), *PHONE_WORK)
    # The sooner with a child, as the inspectors saw: "staff were routinely monitoring queues to prioritise" them.
    until = scene.hours(0.2, 1.8) if about.contact.child != NO else scene.hours(0.5, 20)
    sent_back = scene.writer.weighed(SENT_BACK) if taken < scene.ago(days=3) and not oldest else 0
    return Item(Incident(), about, taken, min(taken + until, scene.ago(minutes=30)), with_somebody, sent_back)


def _allocated(scene: Scene, item: Item) -> Iterator[Event]:
    """The hub sends it to the phone; a supervisor looks as well where there is a child, or nobody knows."""
    abuse = YES if item.about.kind == "harassment" else NO
    said = replace(FIT, child_concerned=item.about.contact.child, abuse_or_images=abuse)
    facts = {"destination": Destination.RESOLUTION.value, "because": "Statement and advice by phone"}
    yield taken_call(scene, item.incident, item.about, item.taken)
    if scene.writer.chance(0.6):
        yield from said_if_child(scene, item.incident, item.about, item.taken)
    for time in range(item.sent_back + 1):
        at, by = item.allocated + time * (WITH_THE_PHONE + WITH_THE_HUB), scene.anybody_like("tara")
        yield when(at, workflow.allocate, item.incident, by=by, suitability=said, **facts)
        yield when(at + timedelta(minutes=12), looked_at_again, item.incident, scene.people["tess"])
        if time < item.sent_back:
            because = scene.writer.line(texts("calls")["outcome"]["sent_back"], {})
            yield when(at + WITH_THE_PHONE, workflow.send_back, item.incident, by=scene.people["rina"], because=because)


def looked_at_again(incident: Incident, by: User) -> None:
    """Where it waits for a second look it gets one. What the software knows of the house decides that, too."""
    with acting(by):
        waits = Incident.objects.filter(pk=incident.pk, state=State.SECOND_LOOK).figures().exists()
    if waits:
        workflow.agree(incident, by=by, because="Can wait for a call")


def _taken_on(scene: Scene, item: Item) -> Iterator[Event]:
    """Somebody takes it on by name and rings, after days; sooner for a child."""
    officer = scene.anybody_like("ravi")
    waits = timedelta(days=1) if item.about.contact.child == YES else FIRST_CONTACT
    rings = item.taken + waits * scene.rng.uniform(0.8, 1.2)
    accepted = item.settled + max((min(rings, scene.now) - item.settled) * scene.rng.uniform(0.4, 0.9), A_MOMENT)
    yield when(accepted, workflow.accept, item.incident, by=officer, owner=officer)
    failed, is_reached = scene.writer.weighed(WHO_IS_REACHED)
    rings = max(rings, accepted)
    for result in ["no_answer"] * failed + ["reached"] * is_reached:
        rings += scene.hours(0.5, 4)
        if rings < scene.now:
            said = scene.writer.line(texts("calls")["outcome"]["phoned"], {}) if result == "reached" else ""
            facts = {"route": NUMBER, "result": result, "said": said}
            yield when(rings, workflow.contact_caller, item.incident, by=officer, **facts)

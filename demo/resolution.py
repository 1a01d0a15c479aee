"""The resolution centre: more was allocated to it than could be rung."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from access.actor import acting
from accounts.models import User
from demo.calls import G4, NO, YES, Call, call
from demo.chronicle import Event, when
from demo.control_room import taken_call
from demo.figures import CHILDREN_BY_PHONE, FIRST_CONTACT, OLDEST_BY_PHONE
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


@dataclass(frozen=True)
class Item:
    """One incident of the resolution centre, before it is known how far it got."""

    incident: Incident
    about: Call
    taken: datetime
    allocated: datetime
    with_somebody: bool


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
    return Item(Incident(), about, taken, min(taken + until, scene.ago(minutes=30)), with_somebody)


def _allocated(scene: Scene, item: Item) -> Iterator[Event]:
    """The hub sends it to the phone; a supervisor looks as well where there is a child, or nobody knows."""
    child = item.about.contact.child
    by = scene.anybody_like("tara")
    abuse = YES if item.about.kind == "harassment" else NO
    said = replace(FIT, child_concerned=child, abuse_or_images=abuse)
    facts = {"destination": Destination.RESOLUTION.value, "because": "Statement and advice by phone"}
    yield taken_call(scene, item.incident, item.about, item.taken)
    yield when(item.allocated, workflow.allocate, item.incident, by=by, suitability=said, **facts)
    yield when(item.allocated + timedelta(minutes=12), _looked_at_again, item.incident, scene.people["tess"])


def _looked_at_again(incident: Incident, by: User) -> None:
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
    accepted = item.allocated + (min(rings, scene.now) - item.allocated) * scene.rng.uniform(0.4, 0.9)
    if accepted <= item.allocated + timedelta(minutes=15):
        accepted = item.allocated + timedelta(minutes=15)
    yield when(accepted, workflow.accept, item.incident, by=officer, owner=officer)
    route = "The number they rang from"
    for _ in range(scene.writer.weighed({0: 80, 1: 14, 2: 6})):
        rings = max(rings, accepted) + scene.hours(0.5, 4)
        if rings < scene.now:
            yield when(
                rings, workflow.contact_caller, item.incident, by=officer, route=route, result="no_answer", said=""
            )
    rings = max(rings, accepted) + scene.hours(0.1, 0.5)
    if rings < scene.now:
        said = scene.writer.line(texts("calls")["outcome"]["phoned"], {})
        yield when(rings, workflow.contact_caller, item.incident, by=officer, route=route, result="reached", said=said)

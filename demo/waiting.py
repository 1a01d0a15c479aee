"""One of each thing that people of the control room, the hub and the resolution centre will want to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from access.actor import System, signed
from access.time import now
from accounts.models import User
from cases.models import HowKnown, PlaceMarker
from cases.places import address_of
from cases.records import Source
from cases.workflow.markers import mark_address, mark_number
from demo.calls import G2, G3, G4, NO, NOT_KNOWN, YES, Call, call
from demo.chronicle import Event, when
from demo.control_room import taken_call
from demo.resolution import FIT, looked_at_again
from demo.scene import Scene
from demo.writing import texts
from triage import workflow
from triage.models import Channel, Destination, Incident
from triage.units import on_duty
from triage.workflow import Voice, not_asked

IN_HUB, BY_PHONE = 9, 2  # how many of these are in the triage hub, and in the resolution centre
MARKED = "07700 900455"
MARKED_HOUSE = "152 Fiddlers Rise, Vellowcombe"  # a number that no family is given
RINGS_TWICE = "07700 900456"


def events(scene: Scene) -> Iterator[Event]:
    yield from a_silent_call_from_a_marked_number(scene)
    yield from somebody_who_rings_again(scene)
    yield from what_the_force_incident_manager_has(scene)
    yield from what_is_handed_over(scene)
    yield from what_waits_for_a_second_look(scene)
    yield from what_other_teams_have(scene)
    yield from images_shared(scene)
    yield from callers_not_reached(scene)
    yield from seen_and_no_notice(scene)
    yield from sent_to_and_fro(scene)
    yield from two_logs_of_one_incident(scene)
    yield from opened_again(scene)
    yield when(scene.now - timedelta(minutes=1), _units_on_duty, scene)


def _taken(
    scene: Scene, grade: str, child: str, kind: str, minutes: float, **said: Any
) -> tuple[Incident, Call, Event]:
    """A call of that kind so many minutes ago."""
    incident, about = Incident(), call(scene.writer, scene.today, grade, child, scene.an_area(), kind)
    about = replace(about, contact=replace(about.contact, **said))
    return incident, about, taken_call(scene, incident, about, scene.ago(minutes=minutes))


def a_silent_call_from_a_marked_number(scene: Scene) -> Iterator[Event]:
    """It was typed in as one for the hub, and is Immediate all the same."""
    warns = {"kind": PlaceMarker.Kind.HIGH_RISK_DA.value, "starts": None, "ends": None}
    note = "He checks her phone. Do not ring back; do not say who is calling"
    source = Source(HowKnown.PARTNER.value, "Domestic abuse adviser")
    marks = {"number": MARKED, "note": note, "source": source, **warns}
    yield when(scene.ago(days=9), mark_number, PlaceMarker(), by=scene.people["cora"], **marks)
    yield when(scene.ago(days=8), _weapons_at_the_house, scene.people["cora"])
    incident, about, _ = _taken(scene, G4, NOT_KNOWN, "neighbours", 24)
    silent = replace(
        about.contact,
        channel=Channel.SILENT.value,
        caller_number=MARKED,
        caller="",
        category="Silent 999",
        what_happened="Nobody speaks. A door, then somebody small crying; line lost after 40 seconds.",
    )
    facts = {"contact": silent, "abuse": None, "assessment": not_asked("Not asked: nobody spoke"), "grade": G4}
    yield when(scene.ago(minutes=24), workflow.take_call, incident, by=scene.people["callie"], **facts)


def _weapons_at_the_house(by: User) -> None:
    """Whoever goes there has to know of them first."""
    with signed(by):
        house = address_of(MARKED_HOUSE)
    assert house  # noqa: S101 - the text is not empty
    said = Source(HowKnown.RECORD.value, "RMS, a warrant two years ago")
    warns: dict[str, Any] = {"kind": PlaceMarker.Kind.WEAPONS.value, "starts": None, "ends": None, "source": said}
    mark_address(PlaceMarker(), by=by, address=house, note="Crossbow in the hall cupboard", **warns)


def somebody_who_rings_again(scene: Scene) -> Iterator[Event]:
    """Twice in three hours: the first has to be looked at again."""
    _, about, event = _taken(scene, G3, YES, "neighbours", 175, caller_number=RINGS_TWICE)
    yield event
    again = replace(
        about, contact=replace(about.contact, what_happened="The same caller: louder now, and nobody came.")
    )
    yield taken_call(scene, Incident(), again, scene.ago(minutes=9))


def what_the_force_incident_manager_has(scene: Scene) -> Iterator[Event]:
    """One that waits for a decision, one whose decision stands, and one whose decision has run out: a child in each,
    late, and nobody has assessed the risk again."""
    connie, fin = scene.people["connie"], scene.people["fin"]
    asks = "All units of the area are on the fight in town. Please look at another area"
    for minutes, decided, stands, said in (
        (95, None, 0, {"location": MARKED_HOUSE}),
        (140, 40, 70, {}),
        (200, 100, 80, {}),
    ):
        incident, _, event = _taken(scene, G2, YES, "domestic", minutes, **said)
        yield event
        yield when(scene.ago(minutes=minutes - 72), workflow.ask_fim, incident, by=connie, because=asks)
        if decided:
            facts = {"decision": "hold", "because": "Neighbour is with them and will ring 999 if he comes back"}
            until = scene.ago(minutes=decided - stands)
            yield when(scene.ago(minutes=decided), workflow.decide_resources, incident, by=fin, until=until, **facts)
    yield from _rung_in_vain(scene, incident, (64, 41, 22))


def _rung_in_vain(scene: Scene, incident: Incident, minutes: tuple[int, ...]) -> Iterator[Event]:
    """Three times: that nobody answers is a risk of its own."""
    for ago in minutes:
        tried = {"route": "The number she rang from", "result": "no_answer", "said": "Rings out"}
        yield when(scene.ago(minutes=ago), workflow.contact_caller, incident, by=scene.people["callie"], **tried)


def what_is_handed_over(scene: Scene) -> Iterator[Event]:
    """Tara goes off duty. Of what she offers one was accepted, one waits too long, two have just been offered."""
    tara, tess, connie = scene.people["tara"], scene.people["tess"], scene.people["connie"]
    for minutes, accepted in ((50, True), (26, False), (6, False), (5, False)):
        incident, _, event = _taken(scene, G3, NO, "damage", 300)
        yield event
        yield when(scene.ago(minutes=200), workflow.give, incident, by=connie, to=tara)
        offer = {"to": tess, "note": "Rang twice; a neighbour has the film. Nothing booked yet"}
        yield when(scene.ago(minutes=minutes), workflow.hand_over, incident, by=tara, **offer)
        if accepted:
            yield when(scene.ago(minutes=minutes - 4), workflow.accept_handover, incident, by=tess)


def what_waits_for_a_second_look(scene: Scene) -> Iterator[Event]:
    for minutes in (55, 34, 12):
        incident, _, event = _taken(scene, G4, YES, "theft", minutes + 40)
        yield event
        facts = {"destination": Destination.RESOLUTION.value, "because": "He rang with his mother; both at home"}
        said = replace(FIT, child_concerned=YES)
        yield when(
            scene.ago(minutes=minutes), workflow.allocate, incident, by=scene.people["tara"], suitability=said, **facts
        )


def what_other_teams_have(scene: Scene) -> Iterator[Event]:
    """Allocated to the neighbourhood team and to the specialists, whose sergeants have to take it on by name."""
    for destination, kind, child, hours in (
        (Destination.NEIGHBOURHOOD, "neighbours", NO, 40),
        (Destination.NEIGHBOURHOOD, "neighbours", YES, 11),
        (Destination.SPECIALIST, "child", YES, 7),
    ):
        incident, _, event = _taken(scene, G3, child, kind, hours * 60)
        yield event
        facts = {"destination": destination.value, "because": "Known to them; needs somebody who stays with it"}
        said = replace(FIT, child_concerned=child)
        at = scene.ago(hours=hours - 1.2)
        yield when(at, workflow.allocate, incident, by=scene.people["tara"], suitability=said, **facts)
        yield when(at + timedelta(minutes=20), looked_at_again, incident, scene.people["tess"])


def images_shared(scene: Scene) -> Iterator[Event]:
    """It cannot go to the phone before the specialist sergeant has said how."""
    said: dict[str, Any] = {
        "what_happened": "{0} says that a picture of her is being passed round on the bus. She sent it to one person.",
        "category": "Obscene publications: image of a child",
    }
    incident, about, _ = _taken(scene, G4, YES, "child", 130)
    name = about.family.children[0].name
    contact = replace(about.contact, **{**said, "what_happened": said["what_happened"].format(name)})
    yield taken_call(scene, incident, replace(about, contact=contact), scene.ago(minutes=130))


def seen_and_no_notice(scene: Scene) -> Iterator[Event]:
    """One child seen and heard, a brother not seen, and after a whole tour of duty no notice."""
    incident, about, _ = _taken(scene, G3, YES, "child", 20 * 60)
    child, olly = about.family.children[0], scene.people["olly"]
    what = f"{about.family.elder.name}: {child.forename}, aged {child.age}, has a bruise and a story that changed."
    about = replace(about, contact=replace(about.contact, what_happened=what, caller=about.family.elder.name))
    yield taken_call(scene, incident, about, scene.ago(hours=20))
    yield when(scene.ago(hours=15), workflow.assign, incident, by=scene.people["dev"], unit="WV12")
    yield when(scene.ago(hours=14.5), workflow.attend, incident, by=olly)
    yield when(scene.ago(hours=14.2), workflow.hear_child, incident, by=olly, voice=Voice(child=child.name, **SEEN))
    brother = Voice(child="A younger brother, name not known", see_by=scene.now + timedelta(hours=4), **AWAY)
    yield when(scene.ago(hours=14.1), workflow.hear_child, incident, by=olly, voice=brother)


SEEN: dict[str, Any] = {
    "seen": YES,
    "spoken_to": YES,
    "with_whom": "Alone, in the front room; a door between",
    "own_words": "“I fell on the step. Mum says I fell on the step.”",
    "demeanour": "Looked at the door before each answer",
    "communicates": "Speaks; short sentences, and nods",
    "home": "Cold; food in the kitchen; one bed for two",
    "wants": "To stay at Gran's till Sunday",
}
AWAY: dict[str, Any] = {
    "seen": NO,
    "spoken_to": NO,
    "why_not": "At his grandmother's in Merrowgate until tomorrow",
    "who_will": "The early turn, with a social worker",
}


def _with_ravi(scene: Scene, days: float) -> tuple[Incident, Iterator[Event]]:
    """By phone, and Ravi has it."""
    incident, _, event = _taken(scene, G4, NO, "fraud", days * 24 * 60)
    began, ravi = scene.ago(days=days), scene.people["ravi"]
    facts = {"destination": Destination.RESOLUTION.value, "because": "Statement by phone", "suitability": FIT}

    def happens() -> Iterator[Event]:
        yield event
        yield when(began + timedelta(hours=2), workflow.allocate, incident, by=scene.people["tara"], **facts)
        yield when(began + timedelta(hours=5), workflow.accept, incident, by=ravi, owner=ravi)

    return incident, happens()


def callers_not_reached(scene: Scene) -> Iterator[Event]:
    """Three attempts each, and nobody has answered: a supervisor decides."""
    for days in (2.1, 3.4):
        incident, happened = _with_ravi(scene, days)
        yield from happened
        for hours in (20, 9, 3):
            tried = {"route": "The number they rang from", "result": "no_answer", "said": ""}
            at = scene.ago(hours=hours)
            yield when(at, workflow.contact_caller, incident, by=scene.people["ravi"], **tried)


def sent_to_and_fro(scene: Scene) -> Iterator[Event]:
    """Sent back by the resolution centre, allocated to it again, and sent back again."""
    incident, happened = _with_ravi(scene, 4)
    yield from happened
    back = {"because": "Needs somebody to see the account on her screen"}
    again = {"destination": Destination.RESOLUTION.value, "because": "Nobody is free to go", "suitability": FIT}
    yield when(scene.ago(days=3), workflow.send_back, incident, by=scene.people["ravi"], **back)
    yield when(scene.ago(days=2.8), workflow.allocate, incident, by=scene.people["tara"], **again)
    yield when(scene.ago(days=1), workflow.send_back, incident, by=scene.people["rina"], **back)


def two_logs_of_one_incident(scene: Scene) -> Iterator[Event]:
    """A neighbour rang about what a passer-by had rung about. Both were looked at before one was linked."""
    first, about, event = _taken(scene, G2, NO, "violence", 48)
    second, connie = Incident(), scene.people["connie"]
    yield event
    yield taken_call(scene, second, replace(about, contact=replace(about.contact, caller="")), scene.ago(minutes=45))
    for incident, minutes in ((first, 40), (second, 39)):
        looked = {
            "assessment": not_asked("One fight, two callers; ambulance there", "medium"),
            "trigger": "new_information",
        }
        yield when(scene.ago(minutes=minutes), workflow.reassess, incident, by=connie, **looked)
    linked = {"to": first, "because": "The same car park, the same two men", "caller_told": "yes"}
    yield when(scene.ago(minutes=38), workflow.link_duplicate, second, by=connie, **linked)


def opened_again(scene: Scene) -> Iterator[Event]:
    """Ended as a matter for the council; the caller rang her councillor, who rang us."""
    incident, _, event = _taken(scene, G3, NO, "neighbours", 60 * 40)
    yield event
    nobody = "Nobody under 18 lives there, the caller says"
    ended = {"because": "For the council's noise team", "child_safe_because": nobody, "no_ppn_because": nobody}
    tess = scene.people["tess"]
    yield when(scene.ago(hours=30), workflow.end_without_attendance, incident, by=tess, caller_told="yes", **ended)
    again = {
        "because": "She was pushed on the stairs last night",
        "grade": G3,
        "assessment": not_asked("See below", "medium"),
    }
    yield when(scene.ago(hours=3), workflow.reopen, incident, by=tess, **again)


def _units_on_duty(scene: Scene) -> None:
    """What the command-and-control system says of who is on duty."""
    with signed(System("demo")):
        for number, call_sign in enumerate(texts("calls")["units_on_duty"]):
            team = scene.areas[number % len(scene.areas)]
            on_duty(call_sign, team=team, until=now() + timedelta(hours=4), crew=2)

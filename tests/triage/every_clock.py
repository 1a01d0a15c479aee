"""Every clock of initial contact, told as a story: how it starts, how long it is, who hears of it and when, and what
fulfils it. Written by hand from what the force has promised, and not read from the code that it is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from access.roles import Role
from accounts.models import User
from tests.conftest import MovableClock, hours, minutes
from tests.stories import called_in, outcome_of
from tests.triage.scenes import allocated, contacted, not_reached, with_the_phone
from triage import workflow
from triage.models import Incident

LONDON = ZoneInfo("Europe/London")
NOW = timedelta(0)
POSTS = {
    "dev": Role.DISPATCHER,
    "connie": Role.CONTACT_SUPERVISOR,
    "fin": Role.FIM,
    "carl": Role.CONTACT_CHIEF_INSPECTOR,
    "tara": Role.TRIAGE_OFFICER,
    "tess": Role.TRIAGE_SUPERVISOR,
    "rina": Role.RESOLUTION_SUPERVISOR,
    "rosa": Role.RESPONSE_SERGEANT,
    "rashid": Role.RESPONSE_INSPECTOR,
    "sam": Role.MASH_SERGEANT,
    "dmitri": Role.DMM_CHAIR,
    "sue": Role.SUPERINTENDENT,
}


@dataclass
class Scene:
    """The cast, and the moment of the call. The caller says it in local time, as people do."""

    clock: MovableClock
    cast: dict[str, User]

    def __post_init__(self) -> None:
        self.began: datetime = self.clock.at

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]

    def call(self, grade: str = "G2", child: str = "yes", **said: Any) -> Incident:
        return called_in(self.callie, grade=grade, child=child, reported_at=self.local(), **said)

    def local(self) -> datetime:
        return self.began.astimezone(LONDON)

    def by_phone(self, grade: str = "G4", child: str = "yes") -> Incident:
        facts = {"grade": grade, "child": child, "reported_at": self.local()}
        return with_the_phone(self.callie, self.tara, self.tess, **facts)

    def after(self, time: timedelta) -> None:
        self.clock.set(self.began + time)


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story. Times are after the call; `done_by` and `again_by` name acts of `tests.triage.acts`."""

    code: str
    when: str
    story: Callable[[Scene], Incident]
    length: timedelta
    tells: list[tuple[timedelta, str]]
    begins: timedelta = NOW
    done_by: set[str] = field(default_factory=set)
    again_by: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


def _at(unit: Callable[[float], timedelta], *levels: tuple[float, str]) -> list[tuple[timedelta, str]]:
    return [(unit(after), who) for after, who in levels]


def mins(*levels: tuple[float, str]) -> list[tuple[timedelta, str]]:
    return _at(minutes, *levels)


def hrs(*levels: tuple[float, str]) -> list[tuple[timedelta, str]]:
    return _at(hours, *levels)


ENDS = {"police arrive", "a supervisor ends it", "it is linked to another"}
LOOKED_AT = ENDS | {"it is looked at again", "the grade goes up", "the grade goes down"}
GOES_ELSEWHERE = {"the grade goes up", "a unit is sent", "a unit is sent and stood down"}
IN_THE_HUB = ENDS | GOES_ELSEWHERE | {"allocated"}
WITH_THE_TEAM = ENDS | GOES_ELSEWHERE | {"accepted", "sent back", "returned"}


def immediate(scene: Scene) -> Incident:
    return scene.call("G1")


def priority(scene: Scene) -> Incident:
    return scene.call("G2")


def scheduled(scene: Scene) -> Incident:
    return scene.call("G3")


def speaks_of_a_child(scene: Scene) -> Incident:
    return scene.call(child="not_known", what_happened="Shouting. Two kids at the window.")


def phone_and_child(scene: Scene) -> Incident:
    return scene.by_phone()


def phone_and_no_child(scene: Scene) -> Incident:
    return scene.by_phone(child="no")


def rung_again(scene: Scene, child: str = "yes") -> Incident:
    incident = scene.call(child=child)
    return workflow.rang_again(incident, by=scene.callie, what_they_say="He is back", child=child)


def returned(scene: Scene) -> Incident:
    return workflow.return_for_deployment(scene.by_phone(), by=scene.ravi, reason="risk_higher")


def told_once(scene: Scene) -> Incident:
    """Late, and an hour after the call the caller was reached."""
    incident = scene.call()
    scene.after(minutes(61))
    return contacted(incident, scene.connie)


def asked(scene: Scene) -> Incident:
    return workflow.ask_fim(scene.call(), by=scene.connie, because="Nobody is free")


def decided(scene: Scene, stands: timedelta) -> Incident:
    facts = {"decision": "hold", "because": "Nobody is free", "until": scene.began + stands}
    return workflow.decide_resources(scene.call(), by=scene.fin, **facts)


def offered(scene: Scene) -> Incident:
    return workflow.hand_over(scene.call(), by=scene.dev, to=scene.tara, note="He rang twice")


def attended(scene: Scene, child: str = "yes") -> Incident:
    return workflow.attend(scene.call(child=child), by=scene.olly)


def found(scene: Scene, **said: str) -> Incident:
    return outcome_of(attended(scene), scene.olly, **said)


def unseen(scene: Scene) -> Incident:
    return found(scene, child_seen="no", child_not_seen_because="Out; late turn goes back at nine")


def accepted(scene: Scene) -> Incident:
    incident = contacted(scene.by_phone(grade="G3", child="no"), scene.ravi)
    return workflow.accept(incident, by=scene.ravi, owner=scene.ravi)


TABLE = [
    Row("K1", "the call is graded Immediate", immediate, minutes(15),
        mins((15, "connie"), (22.5, "fin")), done_by=ENDS),
    Row("K2", "the call is graded Priority", priority, minutes(60),
        mins((30, "dev"), (45, "connie"), (60, "connie"), (90, "fin")), done_by=ENDS),
    Row("K3", "the call is graded Scheduled, a child", scheduled, hours(48),
        hrs((36, "connie"), (48, "fin")), done_by=ENDS),
    Row("K3", "the call is graded Scheduled, no child", lambda s: s.call("G3", "no"), hours(48),
        hrs((36, "connie"), (48, "connie")), done_by=ENDS | {"another agency"}),
    Row("K4", "an Immediate one is late", immediate, NOW,
        mins((15, "connie"), (45, "fin"), (75, "dmitri"), (105, "dmitri")), begins=minutes(15),
        done_by=ENDS, again_by={"it is looked at again", "the grade goes down"}),
    Row("K4", "a Priority one is late", priority, NOW,
        mins((60, "connie"), (120, "fin"), (180, "dmitri"), (240, "dmitri")), begins=minutes(60),
        done_by=ENDS, again_by={"it is looked at again", "the grade goes up", "the grade goes down"}),
    Row("K4", "a Scheduled one is late", scheduled, NOW,
        hrs((48, "connie"), (52, "fin"), (56, "dmitri"), (60, "dmitri")), begins=hours(48),
        done_by=ENDS, again_by={"it is looked at again", "the grade goes up", "the grade goes down"}),
    Row("K5", "an Immediate one is late", immediate, minutes(60),
        mins((75, "connie"), (135, "fin")), begins=minutes(15),
        done_by=ENDS | {"nobody to call"}, again_by={"reached"}),
    Row("K5", "a Priority one is late", priority, minutes(60),
        mins((120, "connie"), (180, "fin")), begins=minutes(60),
        done_by=ENDS | {"nobody to call"}, again_by={"reached"}),
    Row("K5", "a Scheduled one is late", scheduled, minutes(60),
        hrs((49, "connie"), (50, "fin")), begins=hours(48),
        done_by=ENDS | {"nobody to call"}, again_by={"reached"}),
    Row("K5", "late, and they were told an hour ago", told_once, hours(2),
        mins((181, "connie"), (301, "fin")), begins=minutes(61),
        done_by=ENDS | {"nobody to call"}, again_by={"reached"}),
    Row("K6", "they call again", rung_again, minutes(15),
        mins((15, "connie"), (30, "fin")), done_by=LOOKED_AT),
    Row("K5R", "the third attempt fails", lambda s: not_reached(s.call(), s.connie), minutes(15),
        mins((15, "connie"), (30, "fin")), done_by=LOOKED_AT),
    Row("RET", "the phone gives it back", returned, minutes(15),
        mins((15, "connie"), (30, "fin")), done_by=LOOKED_AT),
    Row("FIM", "a supervisor asks", asked, minutes(30),
        mins((0, "fin"), (30, "dmitri"), (60, "sue")), done_by=ENDS | {"decided"}),
    Row("FIM", "an Immediate one is late by half", immediate, minutes(30),
        mins((22.5, "fin"), (52.5, "dmitri"), (82.5, "sue")), begins=minutes(22.5), done_by=ENDS | {"decided"}),
    Row("FIM", "a Priority one is late by half", lambda s: s.call("G2", "no"), minutes(30),
        mins((90, "fin"), (120, "dmitri"), (150, "sue")), begins=minutes(90), done_by=ENDS | {"decided"}),
    Row("FIMX", "the decision stands for two hours", lambda s: decided(s, hours(2)), hours(2),
        hrs((2, "fin"), (3, "dmitri")), done_by=ENDS, again_by={"decided"}),
    Row("FIMX", "no decision stands for more than four", lambda s: decided(s, hours(9)), hours(4),
        hrs((4, "fin"), (6, "dmitri")), done_by=ENDS, again_by={"decided"}),
    Row("HO", "it is offered to a colleague", offered, minutes(15),
        mins((15, "connie"), (30, "fin")),
        done_by=ENDS | {"given", "taken over", "declined", "the grade goes down", "a unit is sent and stood down"}),
    Row("K7", "a child is involved", priority, hours(24),
        hrs((12, "rosa"), (24, "rashid"), (48, "sue"), (48, "dmitri")),
        done_by={"a supervisor ends it", "it is linked to another", "the child is seen"}),
    Row("K7", "the text speaks of a child", speaks_of_a_child, hours(24),
        hrs((12, "rosa"), (24, "rashid"), (48, "sue"), (48, "dmitri")),
        done_by={"a supervisor ends it", "it is linked to another", "the child is seen", "there is no child"}),
    Row("K7", "police were there and the child was not", unseen, hours(24),
        hrs((12, "rosa"), (24, "rashid"), (48, "sue"), (48, "dmitri")),
        done_by={"the child is seen", "police need not see the child"}),
    Row("K8", "a child is involved", priority, hours(12),
        hrs((12, "rosa"), (24, "rashid"), (24, "sam")),
        done_by={"a supervisor ends it", "it is linked to another", "a notice is submitted"}),
    Row("K8", "police have the outcome and no notice", found, hours(12),
        hrs((12, "rosa"), (24, "rashid"), (24, "sam")), done_by={"closed", "a notice is submitted"}),
    Row("K11", "in the hub with a child", scheduled, hours(2),
        hrs((1.5, "tess"), (2, "fin")), done_by=IN_THE_HUB),
    Row("K11", "in the hub, nobody knows of a child", lambda s: s.call("G3", "not_known"), hours(2),
        hrs((1.5, "tess"), (2, "fin")), done_by=IN_THE_HUB),
    Row("K11", "in the hub without a child", lambda s: s.call("G4", "no"), hours(24),
        hrs((18, "tess"), (24, "tess")), done_by=IN_THE_HUB | {"another agency"}),
    Row("K11", "waiting for a second look", lambda s: allocated(s.call("G4"), s.tara), hours(2),
        hrs((1.5, "tess"), (2, "fin")), done_by=ENDS | GOES_ELSEWHERE | {"agreed"}),
    Row("K12", "with the phone, a child", phone_and_child, hours(4),
        hrs((4, "rina"), (4, "tess"), (8, "carl")), done_by=WITH_THE_TEAM),
    Row("K12", "with the phone, no child", phone_and_no_child, hours(72),
        hrs((72, "rina"), (72, "tess"), (144, "carl")), done_by=WITH_THE_TEAM),
    Row("K12W", "with the phone", phone_and_no_child, hours(168),
        hrs((168, "sue")), done_by=WITH_THE_TEAM),
    Row("K13", "to be dealt with by phone, a child", lambda s: s.call("G4"), hours(24),
        hrs((18, "rina"), (24, "rina"), (36, "dmitri")), done_by=ENDS | {"reached"}),
    Row("K13", "to be dealt with by phone, no child", phone_and_no_child, hours(48),
        hrs((36, "rina"), (48, "rina"), (72, "carl")), done_by=ENDS | {"reached"}),
    Row("K14", "three attempts failed, a child", lambda s: not_reached(s.by_phone(), s.ravi), hours(8),
        hrs((0, "tess"), (8, "fin")),
        done_by=ENDS | GOES_ELSEWHERE | {"reached", "we go on trying", "returned"}),
    Row("K14", "three attempts failed, no child", lambda s: not_reached(s.by_phone(child="no"), s.ravi), hours(8),
        hrs((0, "tess"), (8, "carl")),
        done_by=ENDS | GOES_ELSEWHERE | {"reached", "we go on trying", "returned"}),
    Row("K15", "the text speaks of a child", speaks_of_a_child, minutes(15),
        mins((15, "tara"), (60, "tess"), (120, "fin")),
        done_by={"a supervisor ends it", "it is linked to another", "there is a child", "there is no child",
                 "they call again: a child", "the child is seen", "the child is not seen"}),
    Row("OUT", "police have arrived", attended, hours(12), hrs((12, "rosa"), (24, "rashid")), done_by={"outcome"}),
    Row("CLO", "the outcome is recorded", found, hours(72), hrs((72, "rosa"), (144, "rashid")), done_by={"closed"}),
    Row("RES", "the caller was reached by phone", accepted, hours(72), hrs((72, "rina"), (144, "carl")),
        done_by=ENDS | {"the grade goes up", "returned", "dealt with by phone"}),
]  # fmt: skip

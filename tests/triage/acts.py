"""What people do to an incident, each in a few words: some of it fulfils a clock, and none of it sets one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from access.time import now
from tests.conftest import hours
from tests.stories import CALM, called_in, ended, outcome_of, regraded, submitted
from tests.triage.every_clock import Scene
from tests.triage.scenes import A_CHILD, NOTHING_AGAINST, allocated, contacted, heard, not_seen, resolved
from triage import workflow
from triage.models import Incident
from workflow.transitions import NotNow

Act = Callable[[Scene, Incident], Any]
SAFE = {"child_safe_because": "Seen by her nurse", "no_ppn_because": "Notice of this morning"}


def _grade(scene: Scene, incident: Incident, by: int) -> Incident:
    grade = f"G{int(incident.grade[1]) + by}"
    if grade not in ("G1", "G2", "G3", "G4"):
        raise NotNow("There is no such grade.")
    return regraded(incident, scene.connie, "G1" if by < 0 else grade)


def _linked(scene: Scene, incident: Incident) -> Incident:
    other = called_in(scene.callie, child="no")
    return workflow.link_duplicate(incident, by=scene.connie, to=other, because="One house", caller_told="yes")


def _sent_and_stood_down(scene: Scene, incident: Incident) -> Incident:
    incident = workflow.assign(incident, by=scene.dev, unit="AB12")
    return workflow.stand_down(incident, by=scene.dev, because="Needed elsewhere")


def _taken_over(scene: Scene, incident: Incident) -> Incident:
    if incident.offered_to is None:
        incident = workflow.hand_over(incident, by=incident.owner, to=scene.rosa, note="As it is")
    return workflow.accept_handover(incident, by=incident.offered_to)


def _allocated(scene: Scene, incident: Incident) -> Incident:
    incident = allocated(incident, scene.tara, said=A_CHILD if incident.concerns_a_child else NOTHING_AGAINST)
    return incident if incident.state == "allocated" else workflow.agree(incident, by=scene.tess, because="Right")


def _decided(scene: Scene, incident: Incident) -> Incident:
    facts = {"decision": "free_unit", "because": "AB12 is called off", "until": now() + hours(1)}
    return workflow.decide_resources(incident, by=scene.fin, **facts)


def _again(child: str) -> Act:
    return lambda s, it: workflow.rang_again(it, by=s.callie, what_they_say="He is back", child=child)


ACTS: dict[str, Act] = {
    "police arrive": lambda s, it: workflow.attend(it, by=s.olly),
    "a supervisor ends it": lambda s, it: ended(it, s.connie),
    "it is linked to another": _linked,
    "the grade goes up": lambda s, it: _grade(s, it, -1),
    "the grade goes down": lambda s, it: _grade(s, it, +1),
    "it is looked at again": lambda s, it: workflow.reassess(it, by=s.connie, assessment=CALM, trigger="interval"),
    "they call again": _again("not_known"),
    "they call again: a child": _again("yes"),
    "it is urgent": lambda s, it: workflow.treat_as_urgent(it, by=s.connie, because="He has a knife"),
    "there is a child": lambda s, it: workflow.child_found(it, by=s.callie, how_we_know="She rang herself"),
    "there is no child": lambda s, it: workflow.no_child(it, by=s.callie, how_we_know="Asked the caller"),
    "reached": lambda s, it: contacted(it, s.connie),
    "no answer": lambda s, it: contacted(it, s.connie, "no_answer"),
    "nobody to call": lambda s, it: contacted(it, s.connie, "nobody", "From a box that is gone"),
    "the force incident manager is asked": lambda s, it: workflow.ask_fim(it, by=s.connie, because="Nobody is free"),
    "decided": _decided,
    "given": lambda s, it: workflow.give(it, by=s.connie, to=s.olly),
    "offered": lambda s, it: workflow.hand_over(it, by=it.owner, to=s.rosa, note="As it is"),
    "taken over": _taken_over,
    "declined": lambda s, it: workflow.decline_handover(it, by=it.offered_to or s.rosa, because="Going off duty"),
    "a unit is sent": lambda s, it: workflow.assign(it, by=s.dev, unit="AB12"),
    "a unit is sent and stood down": _sent_and_stood_down,
    "allocated": _allocated,
    "another agency": lambda s, it: allocated(it, s.tess, "other_agency"),
    "agreed": lambda s, it: workflow.agree(it, by=s.tess, because="Right"),
    "disagreed": lambda s, it: workflow.disagree(it, by=s.tess, because="Somebody has to go"),
    "accepted": lambda s, it: workflow.accept(it, by=s.ravi, owner=s.ravi),
    "sent back": lambda s, it: workflow.send_back(it, by=s.ravi, because="Not for us"),
    "returned": lambda s, it: workflow.return_for_deployment(it, by=s.ravi, reason="evidence"),
    "we go on trying": lambda s, it: workflow.keep_trying(it, by=s.tess, because="Ring her sister"),
    "dealt with by phone": lambda s, it: resolved(it, s.rina, **SAFE),
    "the child is seen": lambda s, it: workflow.hear_child(it, by=s.olly, voice=heard()),
    "the child is not seen": lambda s, it: workflow.hear_child(it, by=s.olly, voice=not_seen()),
    "police need not see the child": lambda s, it: workflow.accept_not_seen(it, by=s.rosa, because="At school"),
    "a notice is submitted": lambda s, it: submitted(s.olly, arises_from=it.pk),
    "outcome": lambda s, it: outcome_of(it, s.olly),
    "closed": lambda s, it: workflow.close(it, by=s.rosa, no_ppn_because="Notice of this morning"),
}

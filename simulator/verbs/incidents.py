"""A call is taken, the hub decides on it, somebody rings back or goes there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from access.actor import acting
from accounts.models import User
from demo.calls import NO, YES, Call, call, outcome, thrive, voices
from demo.chronicle import Event, when
from demo.control_room import AGAIN, ALWAYS, TARGETS, taken_call
from demo.resolution import FIT, NUMBER, PHONE_WORK, looked_at_again
from demo.writing import texts
from simulator.arriving import MINUTES, Item
from simulator.engine import Happening, What
from simulator.stage import Stage
from triage import workflow
from triage.models import Destination, Incident, Thrive

SOURCES = ("immediate", "priority", "less_urgent")
BY_PHONE = ("phone_first", "phone_enquiries", "phone_ends")
SAFE = "The family's social worker has seen every child today and says so"
NO_NOTICE = "Every child seen or accounted for; nothing that calls for a notice"
IN_THE_HUB = 0.3  # of the time a call had waited when the simulation began, at most ten hours: with the hub


def events(stage: Stage) -> Iterator[Event]:
    for item, happened in stage.lives(*SOURCES):
        yield from _life(stage, item, happened)


def _life(stage: Stage, item: Item, happened: Sequence[Happening]) -> Iterator[Event]:
    scene, incident = stage.scene, Incident()
    kinds = PHONE_WORK if set(BY_PHONE) & set(item.passed) else ()
    about = call(scene.writer, scene.today, item.kind, item.child, scene.an_area(), *kinds)
    taken = stage.at(item.since)
    yield replace(taken_call(scene, incident, about, taken), at=taken)
    if item.passed[0] in BY_PHONE:
        yield from _was_with_the_phone(stage, incident, about, item)
    for number, each in enumerate(happened):
        yield from _step(stage, incident, about, each, happened[number + 1 :])
    if "response" in item.passed:
        yield from _reassessed(stage, incident, about, taken, happened)


def _was_with_the_phone(stage: Stage, incident: Incident, about: Call, item: Item) -> Iterator[Event]:
    """What had gone to the resolution centre before the simulation began."""
    minutes = min(-item.since * IN_THE_HUB, 10 * MINUTES)
    yield _allocated(stage, incident, about, stage.at(item.since + minutes), stage.anybody("hub"), BY_PHONE[0])
    if item.passed[0] != BY_PHONE[0]:
        officer, took = stage.anybody("phone"), stage.at(item.since * 0.5)
        yield when(took, workflow.accept, incident, by=officer, owner=officer)
        yield _reached(stage, incident, took + timedelta(minutes=30), officer)


def _step(
    stage: Stage, incident: Incident, about: Call, each: Happening, later: Sequence[Happening]
) -> Iterator[Event]:
    at = stage.at(each.at)
    if each.queue == "triage" and each.what == What.DONE:
        to = later[0].queue if later else ""
        by = stage.who("hub", each.post)
        yield _allocated(stage, incident, about, at, by, to) if to else _ended(stage, incident, at)
    elif each.queue == "response":
        yield from _gone_to(stage, incident, about, each)
    elif each.queue in BY_PHONE:
        yield from _by_phone(stage, incident, each)


def _allocated(stage: Stage, incident: Incident, about: Call, at: datetime, by: User, to: str) -> Event:
    by_phone = to in BY_PHONE
    said = replace(FIT, child_concerned=about.contact.child, abuse_or_images=YES if about.kind == "harassment" else NO)
    facts = {
        "destination": (Destination.RESOLUTION if by_phone else Destination.APPOINTMENT).value,
        "because": "Statement and advice by phone" if by_phone else "Somebody has to see it",
        "suitability": said,
    }
    return Event(at, partial(_allocate, stage, incident, by, facts))


def _allocate(stage: Stage, incident: Incident, by: User, facts: Mapping[str, Any]) -> None:
    """A supervisor looks as well, at once, where that is asked for."""
    workflow.allocate(incident, by=by, **facts)
    looked_at_again(incident, stage.scene.people["tess"])


def _ended(stage: Stage, incident: Incident, at: datetime) -> Event:
    said = {"because": "Advice given; nothing for police to do", "caller_told": "yes"}
    child = {"child_safe_because": SAFE, "no_ppn_because": NO_NOTICE}
    return when(at, workflow.end_without_attendance, incident, by=stage.scene.people["tess"], **said, **child)


def _gone_to(stage: Stage, incident: Incident, about: Call, each: Happening) -> Iterator[Event]:
    at, crew, dev = stage.at(each.at), stage.who("crews", each.post), stage.scene.people["dev"]
    if each.what == What.BEGAN and each.item.source and not _was_there(each):
        yield when(at, workflow.assign, incident, by=dev, unit=f"Unit {each.post + 1}")
    elif each.what == What.PUT_DOWN and not _was_there(each):
        yield when(at, workflow.stand_down, incident, by=dev, because="The end of their turn: the next crew goes")
    elif each.what == What.REACHED:
        yield when(at, workflow.attend, incident, by=crew)
    elif each.what == What.DONE:
        for voice in voices(stage.scene.writer, about.family):
            yield when(at, workflow.hear_child, incident, by=crew, voice=voice)
        yield when(at, workflow.record_outcome, incident, by=crew, **outcome(stage.scene.writer, about))
        closed = at + stage.scene.hours(0.5, 20)
        if closed < stage.ends:
            rosa = stage.scene.people["rosa"]
            yield when(closed, workflow.close, incident, by=rosa, no_ppn_because=NO_NOTICE)


def _was_there(each: Happening) -> bool:
    """Whether a crew had got there before this."""
    return each.item.reached is not None and each.item.reached < each.at


def _by_phone(stage: Stage, incident: Incident, each: Happening) -> Iterator[Event]:
    at, officer = stage.at(each.at), stage.who("phone", each.post)
    if each.queue == "phone_first" and each.what == What.BEGAN:
        yield Event(at, partial(_accept, incident, officer))
    elif each.queue == "phone_first" and each.what == What.DONE:
        yield _reached(stage, incident, at, officer)
    elif each.queue == "phone_ends" and each.what == What.DONE:
        yield Event(at, partial(_resolved, incident, officer, stage.scene.people["rina"]))


def _accept(incident: Incident, by: User) -> None:
    """Once: whoever goes on for somebody who was lent for an hour works in their name."""
    with acting(by):
        waits = Incident.objects.filter(pk=incident.pk, accepted_at=None).figures().exists()
    if waits:
        workflow.accept(incident, by=by, owner=by)


def _reached(stage: Stage, incident: Incident, at: datetime, by: User) -> Event:
    said = stage.scene.writer.line(texts("calls")["outcome"]["phoned"], {})
    return when(at, workflow.contact_caller, incident, by=by, route=NUMBER, result="reached", said=said)


def _resolved(incident: Incident, by: User, supervisor: User) -> None:
    """With a child it is a supervisor's."""
    with acting(by):
        now = Incident.objects.get(pk=incident.pk)
    workflow.resolve_by_phone(
        incident,
        by=supervisor if now.concerns_a_child else by,
        outcome="Statement taken, crime number given, advice about keeping safe",
        closing_category=now.opening_category,
        child_safe_because=SAFE if now.concerns_a_child else "",
        no_ppn_because=NO_NOTICE if now.concerns_a_child else "",
    )


def _reassessed(
    stage: Stage, incident: Incident, about: Call, taken: datetime, happened: Sequence[Happening]
) -> Iterator[Event]:
    """While they are late some are assessed again each time that is due, some once, and some never."""
    scene, always, once = stage.scene, stage.conduct("reassessed_always"), stage.conduct("reassessed_once")
    times = scene.writer.weighed({ALWAYS: always, 1: once, 0: max(1 - always - once, 0)})
    if about.grade not in TARGETS:
        return
    there = next((stage.at(each.at) for each in happened if each.what == What.REACHED), stage.ends)
    every, trigger = AGAIN[about.grade], Thrive.Trigger.TARGET_MISSED
    at = taken + TARGETS[about.grade] + every * scene.rng.uniform(0.1, 0.9)
    while times and at < there:
        said = {"assessment": thrive(scene.writer, about), "trigger": trigger.value}
        yield when(at, workflow.reassess, incident, by=scene.people["connie"], **said)
        at, trigger, times = at + every * scene.rng.uniform(0.7, 0.99), Thrive.Trigger.INTERVAL, times - 1

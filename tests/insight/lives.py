"""Steps of a queue's past, and a random life of a control room and a MASH."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from access.actor import acting, signed
from ppn import workflow as mash
from ppn.models import Ppn
from tests.stories import called_in, ended, submitted
from triage import workflow as control_room
from triage.models import Incident
from workflow.models import Step
from workflow.transitions import NotNow


def steps(by: Any, queue: Any, *, came: int = 0, done: int = 0) -> None:
    """So many came into a queue at this moment, and so many were finished. Only the steps are there, no records."""
    state, after = queue.states[0], "a state outside"
    with signed(by) as at:
        for number in range(came + done):
            before, then = ("", state) if number < came else (state, after)
            Step.objects.create(
                kind=queue.kind, record=uuid4(), transition="test.step", from_state=before, to_state=then, by=by, at=at
            )


def days_of_steps(clock: Any, by: Any, queue: Any, *, days: int, came: int, done: int) -> None:
    """So many days that are alike: work comes at nine and is finished at ten. Ends a day later, at eight."""
    for _ in range(days):
        steps(by, queue, came=came)
        clock.shift(timedelta(hours=1))
        steps(by, queue, done=done)
        clock.shift(timedelta(hours=23))
    clock.shift(timedelta(hours=-1))


def something_happens(chance: Random, who: dict[str, Any]) -> None:
    """One thing that people do, if it can be done now."""
    with acting(who["sue"]):
        # By reference: keys differ each time, and the same seed has to live the same life.
        notices, incidents = list(Ppn.objects.order_by("reference")), list(Incident.objects.order_by("reference"))
    done = chance.choice(["call", "notice", "take", "assess", "assign", "attend", "end"])
    ppn, incident = (chance.choice(each) if each else None for each in (notices, incidents))
    try:
        if done == "call" or incident is None:
            called_in(who["callie"], grade=chance.choice(["G2", "G3"]), child=chance.choice(["yes", "no", "unknown"]))
        elif done == "notice" or ppn is None:
            submitted(who["olly"], grade=chance.choice(["red", "amber", "green"]))
        elif done == "take":
            mash.take(ppn, by=who["cora"])
        elif done == "assess":
            assessed(ppn, who["cora"])
        elif done == "assign":
            control_room.assign(incident, by=who["dev"], unit="VP21")
        elif done == "attend":
            control_room.attend(incident, by=who["olly"])
        else:
            ended(incident, who["connie"])
    except NotNow:
        return


def assessed(ppn: Any, by: Any) -> Any:
    return mash.assess(ppn, by=by, systems_checked="RMS", assessment="Seen", grade="red", because="More is known")

"""Seized devices: exhibit numbers, and whether what was found went to the national database so that the children on it
can be found. No image is kept here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from online.models import OPEN, Device, OnlineCase
from online.workflow.safety_plans import held
from workflow.transitions import NotNow, must_say, transition

State = Device.State
WAITS = [State.SEIZED.value, State.EXAMINED.value]


@dataclass(frozen=True)
class DeviceFacts:
    """An exhibit number, what it is, and since when we have it."""

    exhibit: str
    what: str
    seized_at: datetime


@transition(target=State.SEIZED.value, may=Can.INVESTIGATE_ONLINE)
def device_seized(device: Device, *, by: User, case: OnlineCase, facts: DeviceFacts) -> None:
    """A device is in our hands."""
    case = held(case)
    if case.state not in OPEN:
        raise NotNow(f"{case} is not open any more.")
    must_say(facts.exhibit, "its exhibit number")
    must_say(facts.what, "what it is")
    _not_to_come(facts.seized_at)
    exhibit = facts.exhibit.strip()
    if Device.objects.filter(online_case=case, exhibit__iexact=exhibit).figures().exists():
        raise NotNow(f"Exhibit {exhibit} is on record already in this case.")
    device.reference, device.online_case, device.recorded_by = next_reference("DEV"), case, by
    device.exhibit, device.what, device.seized_at = exhibit, facts.what.strip(), facts.seized_at


@transition(source=State.SEIZED.value, target=State.EXAMINED.value, may=Can.INVESTIGATE_ONLINE)
def device_examined(device: Device, *, by: User, at: datetime, said: str) -> None:
    """It was examined. From now on the children on it wait to be found."""
    must_say(said, "what was found, in words and numbers; “nothing” is an answer")
    _not_to_come(at)
    if at < device.seized_at:
        raise NotNow("It cannot have been examined before it was seized. Check the date and time.")
    device.examined_at, device.examined_said = at, said.strip()


@transition(source=State.EXAMINED.value, target=State.UPLOADED.value, may=Can.INVESTIGATE_ONLINE)
def device_uploaded(device: Device, *, by: User, at: datetime, caid_ref: str) -> None:
    """What was found is in the Child Abuse Image Database, where victims are identified."""
    must_say(caid_ref, "its reference in the Child Abuse Image Database")
    _not_to_come(at)
    if device.examined_at and at < device.examined_at:
        raise NotNow("It cannot have been uploaded before it was examined. Check the date and time.")
    device.uploaded_at, device.caid_ref = at, caid_ref.strip()


@transition(source=State.EXAMINED.value, target=State.NOTHING.value, may=Can.INVESTIGATE_ONLINE)
def nothing_to_upload(device: Device, *, by: User, because: str) -> None:
    """Nothing on it shows a child."""
    must_say(because, "why nothing is uploaded")
    device.ended_because = because.strip()


@transition(source=State.SEIZED.value, target=State.RETURNED.value, may=Can.SUPERVISE_ONLINE)
def device_returned(device: Device, *, by: User, because: str) -> None:
    """A sergeant lets it go without examination, and says why."""
    must_say(because, "why it is returned without examination")
    device.ended_because = because.strip()


def _not_to_come(at: datetime) -> None:
    if at > now():
        raise NotNow("It cannot have happened in the future. Check the date and time.")

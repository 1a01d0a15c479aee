"""A force's command-and-control system in tests: what it sends, and what became of it."""

from __future__ import annotations

import json
from typing import Any

from access.actor import System as Software
from access.actor import acting
from access.roles import Can
from tests.access.an_api import System
from triage.models import Incident, Thrive
from triage.models.assessments import SIX

INCIDENTS = "/api/v1/incidents/"
ACTS = [Can.TAKE_CALL, Can.SEE_INCIDENTS, Can.REGRADE, Can.REASSESS, Can.DISPATCH, Can.ATTEND, Can.CONTACT_CALLER]
NUMBER = "CAD-20260302-0117"
NEEDED = {
    "number": NUMBER,
    "reported_at": "2026-03-02T08:53:00Z",
    "location": "12 Example Street, ZV1 1AA",
    "what_happened": "Shouting next door",
    "child": "not_known",
    "grade": "G2",
}
THRIVE = {
    **dict.fromkeys(SIX, "Said"),
    **{f"{line}_level": "low" for line in SIX},
    "before_we_arrive": "He may come back",
    "overall": "medium",
}
EVERYTHING = {
    **NEEDED,
    "channel": "999",
    "children": "One, about seven",
    "unborn_child": "no",
    "domestic_abuse": "yes",
    "category": "Domestic",
    "opening_category": "welfare",
    "area": "Response team A",
    "urgent_because": "A knife was seen",
    "caller": {
        "name": "A neighbour",
        "number": "07700 900461",
        "is_child": "no",
        "safe_number": "07700 900462",
        "safe_time": "After four",
        "may_leave_message": "no",
    },
    "thrive": THRIVE,
}
FAR_TOO_LONG = "A" * 1_000_000
UNIT = {"area": "Response team A", "on_duty_until": "2026-03-02T19:00:00Z"}


def the_incident(number: str = NUMBER) -> Any:
    with acting(Software("test")):
        return Incident.objects.filter(log_reference=number).first()


def update(system: System, kind: str, number: str = NUMBER, **said: Any) -> Any:
    return system.post(f"{INCIDENTS}{number}/{kind}/", said)


def put_unit(system: System, call_sign: str = "AB12", key: str = "a-unit-0001", **said: Any) -> Any:
    sent = json.dumps({**UNIT, **said}).encode()
    headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
    return system.send("PUT", f"/api/v1/units/{call_sign}/", sent, **headers)


def thrives(incident: Incident) -> list[Thrive]:
    with acting(Software("test")):
        return list(Thrive.objects.filter(incident=incident).order_by("at", "pk"))

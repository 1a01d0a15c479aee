"""The feed's endpoints: a new incident, what becomes of it, how it stands, and the units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from access.actor import System, acting
from access.api import GuardedApi
from access.body import Body
from access.problems import Problem
from access.roles import Can
from access.time import holding, now
from accounts.once import once
from triage import units, workflow
from triage.api import bodies
from triage.models import Incident
from triage.workflow import Assessment, Contact, not_asked

LONGEST_CALL_SIGN = 20
NOT_SENT = "Not sent by the command-and-control system"


def shown(incident: Incident) -> dict[str, Any]:
    """How an incident stands, for the system that sent it."""
    return {
        "number": incident.log_reference,
        "reference": incident.reference,
        "state": incident.state,
        "grade": incident.grade,
        "risk": incident.risk,
        "child": incident.child,
        "possible_child": incident.possible_child,
        "reported_at": incident.reported_at,
        "attend_by": incident.attend_by,
        "attended_at": incident.attended_at,
        "repeat_of": incident.repeat_of.reference if incident.repeat_of else None,
    }


class Incidents(GuardedApi):
    """A call that another system has taken."""

    may = workflow.take_call.may

    @once
    def post(self, request: Request) -> Response:
        sent = self.read(bodies.IncidentBody)
        number, grade, thrive = sent.pop("number"), sent.pop("grade"), sent.pop("thrive", None)
        _is_new(number)
        contact = Contact(**sent | _caller(sent.pop("caller", {})), log_reference=number)
        facts = {"contact": contact, "abuse": None, "assessment": _assessment(thrive), "grade": grade}
        return Response(shown(workflow.take_call(Incident(), by=self.actor, **facts)), status=201)


def _is_new(number: str) -> None:
    """Asked as the software: one that the feed may not see is there all the same. Of two at once one waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"incident {number}"])
    with acting(System("has this incident been sent?")):
        if Incident.objects.filter(log_reference=number).exists():
            raise Problem(409, f"Incident {number} has been sent before.", field="number", code="used")


def _caller(caller: dict[str, Any]) -> dict[str, Any]:
    names = {"name": "caller", "number": "caller_number", "is_child": "caller_is_child"}
    return {names.get(name, name): value for name, value in caller.items()}


def _assessment(thrive: dict[str, Any] | None) -> Assessment:
    return Assessment(**thrive) if thrive else not_asked(NOT_SENT)


class OneIncident(GuardedApi):
    may = Can.SEE_INCIDENTS

    def get(self, request: Request, number: str) -> Response:
        return Response(shown(_incident(number)))


def _incident(number: str) -> Incident:
    found: Incident = get_object_or_404(Incident.objects.select_related("repeat_of"), log_reference=number)
    return found


@dataclass(frozen=True)
class Kind:
    """One kind of update: what is sent, and the verb it is."""

    body: type[Body]
    verb: Callable[..., Incident]

    def facts(self, sent: dict[str, Any]) -> dict[str, Any]:
        thrive = sent.pop("thrive", None)
        return {**sent, "assessment": Assessment(**thrive)} if thrive else sent


KINDS = {
    "assigned": Kind(bodies.Assigned, workflow.assign),
    "stood-down": Kind(bodies.StoodDown, workflow.stand_down),
    "arrived": Kind(bodies.UpdateBody, workflow.attend),
    "called-again": Kind(bodies.CalledAgain, workflow.rang_again),
    "regraded": Kind(bodies.Regraded, workflow.regrade),
    "reassessed": Kind(bodies.Reassessed, workflow.reassess),
    "caller-contacted": Kind(bodies.CallerContacted, workflow.contact_caller),
    "child-found": Kind(bodies.ChildFound, workflow.child_found),
    "ended": Kind(bodies.Ended, workflow.end_without_attendance),
}


class Updates(GuardedApi):
    """Something happened to an incident that was sent. It counts from when it happened."""

    may = Can.SEE_INCIDENTS  # and whatever the verb asks for

    @once
    def post(self, request: Request, number: str, kind: str) -> Response:
        if kind not in KINDS:
            raise Problem(404, f"There is no update {kind}. There are: {', '.join(KINDS)}.")
        incident, sent = _incident(number), self.read(KINDS[kind].body)
        at = _when(incident, sent.pop("at", None))
        with holding(at):
            done = KINDS[kind].verb(incident, by=self.actor, **KINDS[kind].facts(sent))
        return Response(shown(done))


def _when(incident: Incident, at: datetime | None) -> datetime:
    if at and at < incident.reported_at:
        raise Problem(422, "This is before the incident was reported.", field="at", code="too_early")
    return at or now()


class OneUnit(GuardedApi):
    """A unit is on duty until then, or its tour has changed."""

    may = Can.DISPATCH

    @once
    def put(self, request: Request, call_sign: str) -> Response:
        sent = self.read(bodies.UnitBody)
        if len(call_sign) > LONGEST_CALL_SIGN:
            raise Problem(
                422, f"A call sign has at most {LONGEST_CALL_SIGN} letters.", field="call_sign", code="max_length"
            )
        unit = units.on_duty(call_sign, team=sent["area"], until=sent["on_duty_until"], crew=sent["crew"])
        return Response({"call_sign": unit.call_sign, "area": unit.team.name, "on_duty_until": unit.on_duty_until})

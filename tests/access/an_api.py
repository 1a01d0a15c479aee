"""A small API that exists only for tests: reads notices, makes teams. Use it with `pytest.mark.urls`."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.test import Client
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from access.actor import signed
from access.api import GuardedApi
from access.body import Body
from access.roles import Can
from accounts.models import Team
from accounts.once import once
from accounts.workflow import issue_account
from ppn.models import Ppn
from workflow.transitions import NotNow


class Notices(GuardedApi):
    """Which notices there are."""

    may = Can.SEE_PPNS

    def get(self, request: Request) -> Response:
        return Response({"notices": [[ppn.reference, ppn.narrative] for ppn in Ppn.objects.order_by("reference")]})


class Notice(GuardedApi):
    """One notice."""

    may = Can.SEE_PPNS

    def get(self, request: Request, pk: Any) -> Response:
        return Response({"reference": get_object_or_404(Ppn.objects.all(), pk=pk).reference})

    @once
    def post(self, request: Request, pk: Any) -> Response:
        return Response({"said": get_object_or_404(Ppn.objects.all(), pk=pk).narrative}, status=201)


class CallerBody(Body):
    name = serializers.CharField(required=False)
    safe_number = serializers.CharField(max_length=20)


class SubjectBody(Body):
    name = serializers.CharField()
    age = serializers.IntegerField(required=False, min_value=0)


class TeamBody(Body):
    name = serializers.CharField(max_length=40)
    caller = CallerBody(required=False)
    subjects = SubjectBody(many=True, required=False)
    areas = serializers.ListField(child=serializers.CharField(), required=False)
    more = serializers.JSONField(required=False)

    def validate_name(self, name: str) -> str:
        if name == "Nobody":
            raise serializers.ValidationError("A team is somebody.", "nobody")
        return name

    def validate(self, facts: dict[str, Any]) -> dict[str, Any]:
        if "areas" in facts and "caller" in facts:
            raise serializers.ValidationError("Say the areas or the caller, not both.", "both")
        return facts


class Teams(GuardedApi):
    """Make a team. Where there is no team called Ready, it is not the time to."""

    may = Can.TAKE_CALL

    @once
    def post(self, request: Request) -> Response:
        facts = self.read(TeamBody)
        with signed(self.actor):
            team = Team.objects.create(name=f"{facts['name']} {Team.objects.count()}")
        if facts["name"] == "Late" and not Team.objects.filter(name="Ready").exists():
            raise NotNow("Nobody is ready yet.")
        if facts["name"] == "Refused":
            return Response({"detail": "no"}, status=400)
        return Response({"z": team.name, "a": team.pk}, status=201)


class Broken(GuardedApi):
    may = Can.SEE_PPNS

    def get(self, request: Request) -> Response:
        raise RuntimeError("canary-in-the-engine")


class NotOurAnswer(GuardedApi):
    may = Can.SEE_PPNS

    def get(self, request: Request) -> Any:
        return HttpResponse("canary", content_type="text/html")


urlpatterns = [
    path("api/notices/", Notices.as_view(), name="api-notices"),
    path("api/notices/<uuid:pk>/", Notice.as_view(), name="api-notice"),
    path("api/teams/", Teams.as_view(), name="api-teams"),
    path("api/broken/", Broken.as_view(), name="api-broken"),
    path("api/not-ours/", NotOurAnswer.as_view(), name="api-not-ours"),
]

A_YEAR = timedelta(days=365)
TAKES_AND_SEES = [Can.TAKE_CALL, Can.SEE_PPNS]


def let_in(by: Any, acts: Any = TAKES_AND_SEES, name: str = "Command and control") -> System:
    """A system with an account, which can be told to send things."""
    account, token = issue_account(name, by=by, acts=acts, lasts=A_YEAR)
    return System(account, token)


class System:
    """What stands at the other end: it has a token, and a new key for each thing it wants done."""

    def __init__(self, account: Any, token: str) -> None:
        self.account, self.token = account, token
        self.client = Client()
        self._keys = (f"key-{number:06d}" for number in itertools.count())

    def get(self, where: str, **headers: str) -> Any:
        return self.send("GET", where, **headers)

    def post(self, where: str, body: Any, *, key: str | None = None, **headers: str) -> Any:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key or next(self._keys), **headers}
        return self.send("POST", where, sent, **headers)

    def send(self, method: str, where: str, body: bytes = b"", **headers: str) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", **headers}
        kind = headers.pop("Content-Type", "")
        return self.client.generic(method, where, body, kind, headers=headers)


def errors_of(answer: Any) -> list[tuple[str, str]]:
    """(field, code) of a problem, once it has the shape of one."""
    said = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert list(said) == ["type", "title", "status", "detail", "errors"]
    assert (said["type"], said["status"]) == ("about:blank", answer.status_code)
    assert said["title"]
    assert said["detail"].endswith((".", "..."))
    assert all(list(error) == ["field", "code", "message"] and error["message"] for error in said["errors"])
    return [(error["field"], error["code"]) for error in said["errors"]]

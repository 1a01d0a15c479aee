"""Thousands of requests made from the description of the partner API, and every check of what comes back."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from unittest.mock import patch
from uuid import UUID

import schemathesis
import schemathesis.transport
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.engine import Status, events, from_schema
from schemathesis.openapi.checks import RejectedPositiveData
from schemathesis.transport.wsgi import WSGI_TRANSPORT, WSGITransport

from config.wsgi import application
from partners.api.schema import description

CANNOT_BE_SAID = {
    ("cursor", "invalid"): "a cursor is signed",
    ("after", "invalid"): "a cursor is signed",
    ("minutes.content_base64", "invalid"): "what a file is stands in its bytes",
    ("Idempotency-Key", "used"): "a key that came before was of the right form then as well",
    ("sent_after", "no_moment"): "a moment may lie before the first of our calendar, or after its last",
    ("sent_before", "no_moment"): "the same",
    ("at", "future"): "what is later than now differs from moment to moment",
    ("held_at", "future"): "what is later than now differs from moment to moment",
}
"""What is refused although it is of the form that the description asks for, and why no description can say so."""
ACCEPTED = ["2xx", "3xx", "401", "403", "404", "409", "429"]
"""What may be answered to what is of the right form: it may still not be theirs, or not be possible as things stand."""
PATHS = "/partners/v1/"


class Counted:
    """The application, and how often it was asked for what with which outcome."""

    def __init__(self, app: Callable[..., Iterable[bytes]] = application) -> None:
        self.app, self.answers = app, Counter[tuple[str, str, int]]()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def started(status: str, *rest: Any) -> Any:
            resource, *rest_of_it = environ["PATH_INFO"].removeprefix(PATHS).split("/")
            resource = "documents" if "documents" in rest_of_it else resource
            self.answers[environ["REQUEST_METHOD"], resource, int(status.split()[0])] += 1
            return start_response(status, *rest)

        return self.app(environ, started)

    def outcomes(self, asked: str) -> set[int]:
        """Each status that was answered to a method and a resource, as in "GET me"."""
        return {status for method, resource, status in self.answers if f"{method} {resource}" == asked}

    @property
    def cases(self) -> int:
        return self.answers.total()


def closed(form: Any) -> Any:
    """The description without the room it leaves for what may be added later: an answer with anything else is wrong."""
    if isinstance(form, list):
        return [closed(each) for each in form]
    if not isinstance(form, dict):
        return form
    form = {name: closed(each) for name, each in form.items() if name not in ("example", "examples")}
    if known := form.pop("x-extensible-enum", None):
        form["enum"] = [*known, *([None] if "null" in form["type"] else [])]
    if form.get("type") == "object" and form.get("properties"):
        form.setdefault("additionalProperties", False)
    return form


def contract() -> dict[str, Any]:
    """The description as it is tested: closed, with its examples, and with a token that the tool knows how to send."""
    whole = copy.deepcopy(description())
    whole["components"] = closed(whole["components"])
    whole["components"]["securitySchemes"]["oauth"] = {"type": "http", "scheme": "bearer"}
    return whole


@schemathesis.check
def every_field_is_there(ctx: Any, response: Any, case: Any) -> None:
    """A disclosure has each of its fields, unless fewer were asked for."""
    if response.status_code != 200 or not case.path.endswith("{key}/") or (case.query or {}).get("fields"):
        return
    missing = set(case.operation.schema.raw_schema["components"]["schemas"]["Disclosure"]["properties"])
    missing -= set(json.loads(response.content))
    assert not missing, f"without {sorted(missing)}"


class InProcess(WSGITransport):
    """The tool hands what is meant for sockets on to an application that it calls without one (seen with 4.32)."""

    def send(self, case: Any, **settings: Any) -> Any:
        for name in ("max_redirects", "verify", "cert", "proxies", "timeout"):
            settings.pop(name, None)
        return super().send(case, **settings)


IN_PROCESS = InProcess()
IN_PROCESS._copy_serializers_from(WSGI_TRANSPORT)


class Contract:
    """The description, asked of an application by one system. `keys`: of disclosures that are there; `papers`: which
    document is there of which."""

    def __init__(
        self, *, keys: Collection[UUID], papers: Mapping[UUID, UUID], token: str, name: str, secret: str
    ) -> None:
        self.app, self.keys = Counted(), sorted(map(str, keys))
        self.papers = {str(disclosure): str(document) for disclosure, document in papers.items()}
        self.auth = {"oauth": {"bearer": token}, "secret": {"username": name, "password": secret}}

    def broken(self, examples: int, *, edges: bool = True, only: str = "") -> list[str]:
        """Sends so many generated requests to each endpoint, and perhaps every edge case. Gives what was wrong.

        `only`: a pattern of paths.
        """
        schema = schemathesis.openapi.from_dict(contract(), config=self._settings(examples, edges))
        schema.app = self.app
        schema.hook("map_path_parameters")(lambda context, path_parameters: self._in_address(path_parameters))
        schema.hook("map_body")(lambda context, body: self._in_body(body))
        schema.hook("map_headers")(lambda context, headers: _with_what_any_answer_matches(headers))
        schema.hook(filter_failure)
        wrong: list[str] = []
        with patch.object(schemathesis.transport, "get", lambda app: IN_PROCESS):
            wrong += self._of_each_that_is_there(schema)
            asked = schema.include(path_regex=only) if only else schema
            for event in from_schema(asked).execute():
                if isinstance(event, events.NonFatalError):
                    wrong.append(f"{event.label}: {event.info.format()}")
                if isinstance(event, events.ScenarioFinished):
                    wrong += _failures(event.recorder)
        return list(dict.fromkeys(wrong))

    def _of_each_that_is_there(self, schema: Any) -> Iterable[str]:
        """Each disclosure is asked for, asked for again and acknowledged; and each document is asked for."""
        one, replies = schema[f"{PATHS}disclosures/{{key}}/"]["GET"], schema[f"{PATHS}replies/"]["POST"]
        paper = schema[f"{PATHS}disclosures/{{key}}/documents/{{document}}/"]["GET"]
        asked = [paper.Case(path_parameters={"key": key, "document": each}) for key, each in self.papers.items()]
        for key in self.keys:
            said = {"disclosure": key, "what": "acknowledged", "who": "Kim Sample, duty social worker"}
            asked += [
                one.Case(path_parameters={"key": key}),
                one.Case(path_parameters={"key": key}, headers={"If-None-Match": "*"}),
                replies.Case(body=said, headers={"Idempotency-Key": f"seen-{key}"}, media_type="application/json"),
            ]
        for case in asked:
            try:
                case.call_and_validate(headers={"Authorization": f"Bearer {self.auth['oauth']['bearer']}"})
            except FailureGroup as found:
                yield from (f"{case.operation.label} : {each}" for each in found.exceptions)

    def _settings(self, examples: int, edges: bool) -> SchemathesisConfig:
        return SchemathesisConfig.from_dict(
            {
                "seed": 694,
                "base-url": "http://localhost",
                "cache": {"enabled": False},
                "generation": {
                    "max-examples": examples,
                    "deterministic": True,
                    "no-shrink": True,
                    "allow-extra-parameters": False,  # a parameter that nobody reads is refused
                },
                "phases": {"coverage": {"enabled": edges}},
                "checks": {"positive_data_acceptance": {"expected-statuses": [*ACCEPTED, "410"]}},
                "continue-on-failure": True,
                "warnings": False,
                "auth": {"openapi": self.auth},
            }
        )

    def _in_address(self, path_parameters: Any) -> Any:
        """Every second key of the right form becomes one that is there."""
        asked = path_parameters or {}
        key = self._one_that_is_there(asked.get("key"), self.papers if "document" in asked else self.keys)
        if not key:
            return path_parameters
        return {**asked, "key": key, **({"document": self.papers[key]} if "document" in asked else {})}

    def _in_body(self, body: Any) -> Any:
        if isinstance(body, dict) and (key := self._one_that_is_there(body.get("disclosure"), self.keys)):
            body = {**body, "disclosure": key}
        return body

    def _one_that_is_there(self, key: Any, keys: Iterable[str]) -> str:
        known = sorted(keys)
        try:
            number = UUID(key).int
        except (ValueError, AttributeError, TypeError):
            return ""
        return known[number // 2 % len(known)] if known and number % 2 else ""


def _with_what_any_answer_matches(headers: Any) -> Any:
    """Every third system has the answer already, whatever it is."""
    sent = (headers or {}).get("If-None-Match")
    return {**headers, "If-None-Match": "*"} if isinstance(sent, str) and len(sent) % 3 == 1 else headers


def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    """False where it is no failure."""
    if not isinstance(failure, RejectedPositiveData) or response.status_code != 422:
        return True
    wrong = {(each["field"], each["code"]) for each in json.loads(response.content)["errors"]}
    return not wrong <= set(CANNOT_BE_SAID)


def _failures(recorder: Any) -> Iterable[str]:
    for key, checks in recorder.checks.items():
        for check in checks:
            if check.status == Status.FAILURE:
                request, answer = recorder.interactions[key].request, recorder.interactions[key].response
                found = check.failure_info.failure
                asked = f"{request.method} {request.uri} {request.headers} {request.body}"
                said = f"{answer.status_code} {answer.content[:300]}" if answer else "nothing"
                yield f"{recorder.label} {check.name}: {found.title}. {found.message}\n  {asked}\n  -> {said}"

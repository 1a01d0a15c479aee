"""The description of the partner API in OpenAPI 3.1, for whoever connects a system: written from the code, served at
`schema/` and kept in docs/openapi.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from threading import Lock
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.settings import patched_settings
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiRequest, OpenApiResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from access.api import AlwaysJson
from access.problems import PROBLEM_JSON
from partners.api import answers, described, versions
from partners.api.bodies import MAY_HAVE, NEEDS, ReplyBody, What
from partners.api.oauth import SCOPES

WHERE = "partners/v1/"
OAUTH = "oauth"
SERVED_AS = "application/vnd.oai.openapi+json;version=3.1"
SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Longstop: the API for partner agencies",
    "VERSION": "1",
    "DESCRIPTION": described.WHOLE,
    "SCHEMA_PATH_PREFIX": f"/{WHERE}",
    "SORT_OPERATION_PARAMETERS": False,
}
DO_NOT_EDIT = "# Written by `make docs` from the code; do not edit. A test fails when it is out of date.\n"
_one_at_a_time = Lock()  # the generator keeps what it is looking at in the views


@dataclass(frozen=True)
class Operation:
    """One method of an endpoint: what it is for, what it is asked with and what it answers."""

    summary: str
    said: str
    answer: Any
    example: Any
    parameters: tuple[OpenApiParameter, ...] = ()
    status: int = 200
    media_types: tuple[str, ...] = ("application/json",)
    body: OpenApiRequest | None = None
    refusals: Collection[int] = ()


class Described(AutoSchema):
    """What an endpoint says of itself: `schema = Described(get=Operation(...))`."""

    def __init__(self, **operations: Operation) -> None:
        super().__init__()
        self.operations = operations

    @property
    def operation(self) -> Operation:
        return self.operations[self.method.lower()]

    def get_operation_id(self) -> str:
        parts = ["one" if part.startswith("{") else part for part in self.path.removeprefix(f"/{WHERE}").split("/")]
        return "_".join([self.method.lower(), *filter(None, parts)]).replace("-", "_")

    def get_summary(self) -> str:
        return self.operation.summary

    def get_description(self) -> str:  # type: ignore[override] # as AutoSchema has it
        return self.operation.said

    def get_tags(self) -> list[str]:
        return []

    def is_deprecated(self) -> bool:
        return versions.V1.deprecated_at is not None

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False

    def get_request_serializer(self) -> Any:
        return self.operation.body

    def _get_request_body(self, direction: str = "request") -> Any:
        body = super()._get_request_body(direction)
        return {**body, "required": True} if body else body

    def get_override_parameters(self) -> list[Any]:
        keys = [key for key in (described.KEY, described.DOCUMENT_KEY) if f"{{{key.name}}}" in self.path]
        every = described.OF_GET if self.method == "GET" else described.OF_POST
        return [*keys, *self.operation.parameters, *every, *described.HEADERS]

    def get_response_serializers(self) -> Any:
        """The answer, and each refusal that there can be."""
        told = self.operation
        shown = [OpenApiExample("Like this", told.example)] if told.example else []
        answer = OpenApiResponse(told.answer, told.summary, shown)
        found: dict[Any, Any] = {(told.status, media_type): answer for media_type in told.media_types}
        if self.method == "GET":
            found[304] = OpenApiResponse(description="Nothing has changed since the answer with this ETag")
        for status in sorted({*described.ALWAYS, *told.refusals}):
            form = answers.Gone if status == 410 else answers.Problem
            like = [OpenApiExample("Like this", described.refusal(status))]
            found[status, PROBLEM_JSON] = OpenApiResponse(form, described.REFUSALS[status], like)
        return found


class ShortToken(OpenApiAuthenticationExtension):
    """OAuth 2 client credentials, and which scope an endpoint asks for."""

    target_class = "partners.api.auth.AgencyBearer"
    name = OAUTH

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[Any]]:
        may = getattr(auto_schema.view, "may", None)
        return {OAUTH: [scope for scope, act in SCOPES.items() if act == may]}

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        scopes = {scope: act.label for scope, act in SCOPES.items()}
        flow = {"tokenUrl": f"/{WHERE}oauth/token/", "scopes": scopes}
        return {"type": "oauth2", "description": described.WITH_OAUTH, "flows": {"clientCredentials": flow}}


class OfReply(ReplyBody):
    """The body without the file, whose form is written by hand."""

    minutes = None  # type: ignore[assignment] # how a field is left out


class ByWhat(OpenApiSerializerExtension):
    """A reply, in one form for each `what`: which fields come with it is decided in `partners.api.bodies`."""

    target_class = ReplyBody

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        fields = auto_schema._map_basic_serializer(OfReply, direction)["properties"] | {"minutes": described.MINUTES}
        for field in fields.values():
            if field.get("type") == "string" and not {"format", "enum"} & {*field}:
                field["pattern"] = described.NOT_BLANK
        return {"oneOf": [self._with(What(what), label, fields) for what, label in What.choices]}

    def _with(self, what: What, label: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        needed, needed_with_some = NEEDS.get(what, set()), set().union(*NEEDS.values(), *MAY_HAVE.values())
        read = {*fields} - needed_with_some | needed | MAY_HAVE.get(what, set())
        must = {name for name, field in ReplyBody().fields.items() if field.required} | needed
        named = {name: field for name, field in fields.items() if name in read}
        return {
            "type": "object",
            "title": str(label),
            "properties": named | {"what": {"type": "string", "const": what.value}},
            "required": [name for name in named if name in must],
            "additionalProperties": False,
        }


@cache
def description() -> dict[str, Any]:
    """The whole of it, as it is served. Public: it is the same for everybody."""
    with _one_at_a_time, patched_settings(SETTINGS):
        whole: dict[str, Any] = SchemaGenerator(patterns=[path(WHERE, include("partners.api.urls"))]).get_schema(
            public=True
        )
    whole["components"]["responses"] = _refusals_once(whole["paths"])
    whole["paths"] |= {f"/{WHERE}oauth/token/": described.TOKEN, f"/{WHERE}schema/": described.SCHEMA}
    whole["components"]["securitySchemes"] |= described.BY_SECRET
    whole["webhooks"] = described.CALLS
    return whole


def _refusals_once(paths: dict[str, Any]) -> dict[str, Any]:
    """Takes out of the paths what they all answer alike, and leaves a reference to it. Gives what was taken out."""
    shared: dict[str, Any] = {}
    for each in paths.values():
        for operation in each.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 300:
                    name = "".join(word.title() for word in HTTPStatus(int(status)).phrase.split())
                    shared[name] = answer
                    operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
    return dict(sorted(shared.items()))


class Description(APIView):
    """GET: the description, as JSON."""

    public_because = "whoever connects a system reads it before there is a token; it is for everybody and holds no data"
    authentication_classes = []
    permission_classes = []
    throttle_classes = []
    content_negotiation_class = AlwaysJson
    renderer_classes = [JSONRenderer]
    http_method_names = ["get", "head"]
    schema = None

    def get(self, request: Request) -> Response:
        return Response(description(), content_type=SERVED_AS)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return versions.V1.told_in(super().dispatch(request, *args, **kwargs))


def page() -> str:
    """The same as YAML, for docs/openapi.yaml."""
    written: bytes = OpenApiYamlRenderer().render(description(), renderer_context={})
    return f"{DO_NOT_EDIT}{written.decode()}"

"""The words of the description that belong to no single endpoint: parameters, headers, refusals, tokens and calls."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from access.problems import INVALID, NOT_LET_IN, NOT_THERE, OUR_FAULT
from documents.kinds import TAKEN
from partners.api.answers import Disclosure
from partners.api.oauth import GRANT, SCOPES
from partners.api.paging import MOST, USUAL
from partners.models import Purpose, delivery

WHOLE = """\
What a partner agency was sent by the police about children, and what the agency says it does.

Ask for a short token with the name and the secret that the police gave you, send it with each request, and ask for
what has changed every few minutes. Which agency you are belongs to the token.

Every GET may be asked as HEAD. Within version 1 fields and values are added, and an answer may hold some that are not
named here: pass over them. What you send is read strictly: a field or parameter that nobody reads is refused.

All examples are invented."""
WITH_OAUTH = "A short token (`la_...`), got for a name and a secret. It works for `expires_in` seconds."
SOMEBODY, CHILD = "Kim Sample, duty social worker", "Anya Example"
ONE, OTHER, RECORD = (f"{first}b6c4f2e-5b0e-4c7a-9d6f-2a1c3e5d7f90" for first in ("0", "1", "5"))
SOME = "|".join(scope.replace(".", "\\.") for scope in SCOPES)
NOT_BLANK = "^[^\\x00]*[^\\x00\\s][^\\x00]*$"


def asked(name: str, said: str, kind: Any = OpenApiTypes.STR, **options: Any) -> OpenApiParameter:
    shape = {"type": "string", "pattern": "^[^\\x00]+$"} if kind is OpenApiTypes.STR else kind
    return OpenApiParameter(name, shape, OpenApiParameter.QUERY, description=said, **options)


def header(name: str, said: str, *, on: list[int], required: bool = True, kind: Any = str) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, description=said, response=on, required=required)


KEY = OpenApiParameter("key", OpenApiTypes.UUID, OpenApiParameter.PATH, description="The `id` of a disclosure")
DOCUMENT_KEY = OpenApiParameter(
    "document", OpenApiTypes.UUID, OpenApiParameter.PATH, description="The `id` of one of its documents"
)
CURSOR = asked("cursor", "Where a page begins, from `next` or `previous` of another; left out = the newest")
SIZE = asked(
    "page_size", "Rows of a page", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
)  # fmt: skip
ONLY_FIELDS = asked(
    "fields",
    "Which fields are wanted, with commas between them; left out = all",
    {"type": "array", "items": {"type": "string", "enum": list(Disclosure().fields)}, "minItems": 1},
    style="form",
    explode=False,
)
NARROWED = (
    asked("kind", "Only of this kind of record, such as `ppn.ppn`"),
    asked("purpose", "Only what was sent for this", {"type": "string", "enum": list(Purpose.values)}),
    asked("state", "Only what has become this", {"type": "string", "enum": list(delivery.Delivery.State.values)}),
    asked("reference", "Only of this record, as the police call it"),
    asked("sent_after", "Only what was sent after this moment, with its offset from UTC", OpenApiTypes.DATETIME),
    asked("sent_before", "Only what was sent before this moment, with its offset from UTC", OpenApiTypes.DATETIME),
)
AFTER = asked(
    "after",
    "The `cursor` of the last answer; left out or empty = from the beginning",
    {"type": "string", "pattern": "^[^\\x00]*$"},
)
OF_GET = (
    OpenApiParameter(
        "If-None-Match",
        str,
        OpenApiParameter.HEADER,
        description="The ETag of an answer you have: where nothing has changed the answer is 304, without a body",
    ),
)
OF_POST = (
    OpenApiParameter(
        "Idempotency-Key",
        {"type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]([ -~]*[!-~])?$"},
        OpenApiParameter.HEADER,
        required=True,
        description="A new one for each thing that you want done. Where you got no answer, send the same request with "
        "the same key: it is done once",
    ),
)
HEADERS = (
    header("ETag", "Names this state of the answer; see `If-None-Match`", on=[200, 304]),
    header("WWW-Authenticate", "How to say who you are", on=[401]),
    header("Retry-After", "In how many seconds to ask again", on=[429], kind=OpenApiTypes.INT),
    header("Cache-Control", "Always `no-store`: keep no copy on the way", on=[200, 201, 304]),
    header("Idempotent-Replayed", "`true`: it had been done before and was not done again", on=[201], required=False),
)

ALWAYS = (401, 403, 422, 429, 500, 503)
REFUSALS = {
    400: "Not JSON, or no `Idempotency-Key`. Put it right",
    401: "No token that works: it ended, or the account, its network or certificate is not let in. Get a new token; "
    "after a second 401, ask the police",
    403: "The token is not for that. Ask for the scope",
    404: "There is no such thing for your agency: it ran out, was never there, or is another agency's. The three look "
    "alike",
    409: "Not as things stand; `detail` says why. Let a person read it",
    410: "Corrected or taken back. `replaced_by` is the disclosure that says so: replace or destroy your copy",
    413: "The body is too large; one with minutes may be larger than others. Send less",
    415: "The body is not `application/json`",
    422: "Something is missing or wrong; `errors` names each field. Put it right, and send it with a new key",
    429: "Too many requests. Wait for `Retry-After` seconds",
    500: "Our fault. Send the same again later, with the same key; tell us",
    503: "What was read could not be entered in the ledger, so it is not shown. The same again, with the same key",
}
DETAILS = {
    400: "The body is not JSON in UTF-8. See line 1, column 1.",
    401: NOT_LET_IN,
    403: "You may not say what the agency does with what it was sent.",
    404: NOT_THERE,
    409: "This has been taken back.",
    410: "This was corrected. What is right is under replaced_by.",
    413: "The body is larger than 256 KiB.",
    415: 'Unsupported media type "text/plain" in request.',
    422: INVALID,
    429: "Request was throttled. Expected available in 12 seconds.",
    500: OUR_FAULT,
    503: "What was read could not be entered in the ledger, so it is not shown.",
}


def refusal(status: int) -> dict[str, Any]:
    """An example of it."""
    wrong = [{"field": "who", "code": "required", "message": "This field is required."}] if status == 422 else []
    named = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": DETAILS[status]}
    return {**named, "errors": wrong, **({"what": "corrected", "replaced_by": OTHER} if status == 410 else {})}


def _json(said: str, form: dict[str, Any], example: Any = None, kind: str = "application/json") -> dict[str, Any]:
    shown = {"schema": form, **({"examples": {"LikeThis": {"value": example}}} if example else {})}
    return {"description": said, "content": {kind: shown}}


TEXT = {"type": "string"}
MINUTES = {
    "type": "object",
    "description": "A file with the minutes of the strategy meeting. A person here reads it first",
    "properties": {
        "name": {**TEXT, "maxLength": 200, "pattern": NOT_BLANK, "description": "Such as `minutes.pdf`"},
        "content_base64": {
            **TEXT,
            "contentEncoding": "base64",
            "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$",
            "description": f"The file, without line breaks: {TAKEN}",
        },
    },
    "required": ["name", "content_base64"],
    "additionalProperties": False,
}
_REFUSED = {
    "type": "object",
    "properties": {
        "error": {
            "type": "string",
            "x-extensible-enum": [
                *("invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type", "slow_down"),
            ],
        },
        "error_description": {**TEXT, "description": "For whoever puts it right; may be missing"},
    },
    "required": ["error"],
}
_TOKEN = {
    "type": "object",
    "properties": {
        "access_token": {"type": "string", "pattern": "^la_"},
        "expires_in": {"type": "integer", "minimum": 1, "description": "For how many seconds it works"},
        "token_type": {"type": "string", "const": "Bearer"},
        "scope": {**TEXT, "description": "What it is for, with a space between"},
    },
    "required": ["access_token", "expires_in", "token_type", "scope"],
}
_ASKED = {
    "type": "object",
    "properties": {
        "grant_type": {"type": "string", "const": GRANT},
        "scope": {
            "type": "string",
            "pattern": f"^(({SOME})( ({SOME}))*)?$",
            "description": "What it shall be for, with a space between; left out = all that the account may",
        },
        "client_id": {**TEXT, "description": "Where it is not sent as HTTP Basic: the name"},
        "client_secret": {**TEXT, "description": "Where it is not sent as HTTP Basic: the secret"},
    },
    "required": ["grant_type"],
}
_ONCE = {"headers": {"Cache-Control": {"schema": TEXT, "required": True, "description": "Always `no-store`"}}}
TOKEN = {
    "post": {
        "operationId": "post_oauth_token",
        "summary": "Get a short token",
        "description": "OAuth 2.0 client credentials (RFC 6749, section 4.4). The secret goes as HTTP Basic or in the "
        "body, and never in an address. There is no refresh token: ask again before it ends.",
        "security": [{"secret": []}, {}],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": _ASKED}}},
        "responses": {
            "200": {
                **_json(
                    "A token",
                    _TOKEN,
                    {"access_token": "la_...", "expires_in": 900, "token_type": "Bearer", "scope": "shared.read"},
                ),
                **_ONCE,
            },
            "400": _json("Not asked as OAuth has it", _REFUSED, {"error": "invalid_scope"}),
            "401": {
                **_json("No such name and secret, or not from there", _REFUSED, {"error": "invalid_client"}),
                "headers": {"WWW-Authenticate": {"schema": TEXT, "required": True}},
            },
            "429": {
                **_json("Too many tries", _REFUSED, {"error": "slow_down"}),
                "headers": {"Retry-After": {"schema": {"type": "integer"}, "required": True}},
            },
        },
    }
}
SCHEMA = {
    "get": {
        "operationId": "get_schema",
        "summary": "This description",
        "description": "The same for everybody, without a token.",
        "responses": {
            "200": _json("In OpenAPI 3.1", {"type": "object"}, kind="application/vnd.oai.openapi+json;version=3.1")
        },
    }
}
BY_SECRET = {"secret": {"type": "http", "scheme": "basic", "description": "The name and the secret you were given"}}
_SIGNED = {
    "webhook-id": "The same for each time that the same call is tried",
    "webhook-timestamp": "When it was tried, in seconds since 1970: refuse what is older than 5 minutes",
    "webhook-signature": "`v1,` and a signature; there may be two, with a space between: one that is right is enough",
}
CALLS = {
    "disclosuresChanged": {
        "post": {
            "operationId": "call_disclosures_changed",
            "summary": "Something has changed",
            "description": "Made to the address that you gave the police, signed as standardwebhooks.com has it. "
            "It says nothing but that: answer, then ask for the changes.",
            "parameters": [
                {"name": name, "in": "header", "required": True, "schema": TEXT, "description": said}
                for name, said in _SIGNED.items()
            ],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "properties": {
                                "type": {"type": "string", "const": "disclosures.changed"},
                                "at": {"type": "string", "format": "date-time"},
                                "id": {**TEXT, "description": "As `webhook-id`"},
                            },
                            "required": ["type", "at", "id"],
                        }
                    }
                },
            },
            "responses": {"2XX": {"description": "Answer so within 5 seconds. What you write is not read"}},
        }
    }
}

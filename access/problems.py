"""A refusal in words a program can read: application/problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.exceptions import APIException, AuthenticationFailed, ErrorDetail, NotAuthenticated, ValidationError
from rest_framework.response import Response
from rest_framework.settings import api_settings

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
NOT_LET_IN = "Send a token that is in force: Authorization: Bearer ..."
INVALID = "Some of what was sent is missing or not right. Nothing was done."
NOT_YOURS = "You may not do that."
NOT_THERE = "There is no such record."
OUR_FAULT = "Something went wrong here. Nothing was done, and it can be sent again."


class Problem(APIException):
    """The request is refused with this status. `field` is what is wrong: a key of the body, or a header."""

    def __init__(self, status: int, detail: str, *, field: str = "", code: str = "") -> None:
        super().__init__(detail)
        self.status_code = status
        self.errors = [{"field": field, "code": code, "message": detail}] if field else []


def problem(status: int, detail: str, *, errors: list[dict[str, str]] | None = None, **headers: str) -> Response:
    """The answer itself. `type` is about:blank, as the standard has it where the status says what kind it is."""
    about = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": errors or [],
    }
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(about, status=status, headers=named, content_type=PROBLEM_JSON)


def explained(error: Exception, context: Mapping[str, Any]) -> Response:
    """Whatever stopped the request, as a problem. What nobody foresaw says nothing of what is inside."""
    if isinstance(error, NotAuthenticated | AuthenticationFailed):
        return problem(401, NOT_LET_IN, WWW_Authenticate=getattr(error, "auth_header", "Bearer"))
    if isinstance(error, ValidationError):
        return problem(422, INVALID, errors=list(flattened(error.detail)))
    if isinstance(error, Http404):
        return problem(404, NOT_THERE)
    if isinstance(error, PermissionDenied):
        return problem(403, str(error) or NOT_YOURS)
    if isinstance(error, APIException):
        wait = getattr(error, "wait", None)
        more = {"Retry_After": str(ceil(wait))} if wait else {}
        return problem(error.status_code, str(error.detail), errors=getattr(error, "errors", None), **more)
    log.error("Not foreseen", exc_info=error)
    return problem(500, OUR_FAULT)


def flattened(found: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Each error with the field it is about, in dotted form: caller.safe_number, subjects.0.name."""
    if isinstance(found, ErrorDetail):
        yield {"field": field, "code": str(found.code), "message": str(found)}
    elif isinstance(found, Mapping):
        for name, inside in found.items():
            yield from flattened(inside, _below(field, name))
    else:
        for number, inside in enumerate(found):
            yield from flattened(inside, field if isinstance(inside, ErrorDetail) else _below(field, number))


def _below(field: str, name: Any) -> str:
    if name == api_settings.NON_FIELD_ERRORS_KEY:
        return field
    return f"{field}.{name}" if field else str(name)

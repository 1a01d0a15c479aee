"""How an agency's system gets a short token: OAuth 2.0 client credentials (RFC 6749, section 4.4).

oauthlib knows the protocol; here stands who is let in, and what is kept. The secret goes in the body or as HTTP Basic,
and never in an address.
"""

from __future__ import annotations

import base64
import binascii
from datetime import timedelta
from typing import Any
from urllib.parse import unquote_plus, urlencode

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator
from rest_framework.throttling import SimpleRateThrottle

from access.actor import signed
from access.origin import address_of
from access.roles import Can
from access.time import now
from access.views import public
from accounts.models import AccessToken, ServiceAccount
from accounts.service import ServiceActor
from accounts.tokens import PREFIX, account_with, hash_of, new_short_token
from partners.api import versions
from partners.api.auth import letting_in
from partners.workflow.access import SHORT

SCOPES = {"shared.read": Can.PULL_SHARED, "replies.write": Can.SEND_REPLIES}
"""What a token may be for, as the agency's system asks for it."""
GRANT = "client_credentials"


class PerAddress(SimpleRateThrottle):
    """So many tries of one address: a secret of 256 bits is not guessed, but nobody shall keep us busy trying."""

    scope = "token"

    def get_rate(self) -> str:
        return str(settings.TOKEN_RATE)

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"token {address_of(request)}".replace(" ", "-")


class Clients(RequestValidator):
    """Who may have a token, for what, and what is kept of it. Called by oauthlib, under the names it gives."""

    def __init__(self, asked: HttpRequest) -> None:
        self.asked = asked

    def client_authentication_required(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        return True

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """The account with this secret, in force, of an agency that is, from where it may ask."""
        name, secret = credentials(self.asked)
        account = account_with(f"{name}_{secret}") if name.startswith(PREFIX) else None
        if account is None or not account.short_tokens or letting_in(account, self.asked) is None:
            return False
        request.client, request.client_id = account, name
        account.client_id = name  # type: ignore[attr-defined] # oauthlib looks for it there
        return True

    def validate_grant_type(self, client_id: str, grant_type: str, client: Any, *args: Any, **kwargs: Any) -> bool:
        return grant_type == GRANT

    def get_default_scopes(self, client_id: str, request: Any, *args: Any, **kwargs: Any) -> list[str]:
        return [scope for scope, act in SCOPES.items() if act in request.client.acts]

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        return bool(scopes) and all(scope in SCOPES and SCOPES[scope] in client.acts for scope in scopes)

    def save_bearer_token(self, token: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        account: ServiceAccount = request.client
        with signed(ServiceActor.of(account)) as at:
            AccessToken.objects.filter(account=account, expires_at__lt=at - timedelta(days=1)).delete()
            AccessToken.objects.create(
                account=account,
                token_hash=hash_of(token["access_token"]),
                acts=sorted(SCOPES[scope].value for scope in request.scopes),
                issued_at=at,
                expires_at=at + timedelta(seconds=token["expires_in"]),
            )


def credentials(request: HttpRequest) -> tuple[str, str]:
    """Name and secret as sent: HTTP Basic, or in the body. Empty where neither can be read."""
    kind, _, sent = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    try:
        name, _, secret = base64.b64decode(sent, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(name), unquote_plus(secret)


@csrf_exempt
@public("a system has no session before it has a token; it shows its secret here")
def token(request: HttpRequest) -> HttpResponse:
    """POST: grant_type=client_credentials, perhaps scope. Answers as RFC 6749 has it, an error included."""
    answer = _answered(request)
    answer.headers.setdefault("Cache-Control", "no-store")
    versions.V1.told_in(answer)
    return answer


def _answered(request: HttpRequest) -> HttpResponse:
    throttle = PerAddress()
    if not throttle.allow_request(request, None):  # type: ignore[arg-type] # it reads nothing of REST framework's
        return _refused(429, "slow_down", Retry_After=str(round(throttle.wait() or 1)))
    if request.method != "POST":
        return _refused(405, "invalid_request", Allow="POST")
    if not _is_form(request):
        return _refused(400, "invalid_request")
    if "\0" in request.POST.get("client_id", "") + request.POST.get("client_secret", ""):
        return _refused(401, "invalid_client")
    server = BackendApplicationServer(
        Clients(request), token_generator=lambda _: new_short_token(), token_expires_in=lambda _: _seconds()
    )
    headers, body, status = server.create_token_response(
        request.build_absolute_uri(request.path), "POST", _said(request), dict(request.headers)
    )
    if status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Longstop"'
    return HttpResponse(body, status=status, headers={"Content-Type": "application/json", **headers})


def _said(request: HttpRequest) -> str:
    """The form without what was left empty: that counts as left out (RFC 6749, section 3.2)."""
    return urlencode([(name, value) for name, values in request.POST.lists() for value in values if value])


def _is_form(request: HttpRequest) -> bool:
    """What was sent can be read as a form, and is no larger than a form."""
    try:
        len(request.POST)
    except (BadRequest, MultiPartParserError, SuspiciousOperation):
        return False
    return True


def _seconds() -> int:
    return int(SHORT.in_force(now())[0].total_seconds())


def _refused(status: int, error: str, **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(f'{{"error": "{error}"}}', status=status, headers=named, content_type="application/json")

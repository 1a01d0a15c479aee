"""One request and its answer; the short token, kept while it works; and what is sent again by itself."""

from __future__ import annotations

import json
import random
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from longstop_partner.errors import Unreachable, problem

BEFORE_IT_ENDS = 30.0  # seconds: a token is renewed that much early
LONGEST_WAIT = 60.0  # seconds between two tries
AGAIN = frozenset({429, 502, 503, 504})
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
VERSION = "1.0.0"


class _NoRedirects(HTTPRedirectHandler):
    """A token goes to Longstop and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise Unreachable(f"What answered {self.status} is not Longstop: it sent no JSON.") from error


class Wire:
    """Speaks HTTP with Longstop for one account. Safe to use from several threads."""

    def __init__(
        self,
        url: str,
        client_id: str,
        client_secret: str,
        *,
        scopes: tuple[str, ...] = (),
        timeout: float = 15.0,
        tries: int = 5,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
            raise ValueError("The address has to begin with https://.")
        self.root = f"{url.rstrip('/')}/partners/v1/"
        self.scopes, self.timeout, self.tries = scopes, timeout, tries
        self._who = b64encode(f"{quote(client_id, safe='')}:{quote(client_secret, safe='')}".encode()).decode()
        self._sleep, self._clock = sleep, clock
        self._opener = build_opener(_NoRedirects)
        self._lock = threading.Lock()
        self._token, self._works_until = "", 0.0

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Raises Problem, Unreachable. Sent again by itself where that does no harm: a GET, or with its own key."""
        data = None if body is None else json.dumps(body).encode()
        kind = {} if data is None else {"Content-Type": "application/json"}
        where = self.root + path + (f"?{urlencode(query)}" if query else "")
        answer = self._patiently(method, where, data, {**kind, **(headers or {})})
        if answer.status == 401:  # the token may have ended early: asked once, with a new one
            self._forget()
            answer = self._patiently(method, where, data, {**kind, **(headers or {})})
        if answer.status >= 400:
            raise problem(answer.status, _as_problem(answer))
        return answer

    def _patiently(self, method: str, where: str, data: bytes | None, headers: Mapping[str, str]) -> Answer:
        for tried in range(1, self.tries + 1):
            try:
                answer = self._once(method, where, data, {**headers, "Authorization": f"Bearer {self._bearer()}"})
            except Unreachable:
                if tried == self.tries:
                    raise
                self._sleep(_growing(tried))
                continue
            if answer.status not in AGAIN or tried == self.tries:
                return answer
            self._sleep(_asked_to_wait(answer) or _growing(tried))
        raise AssertionError("unreachable")

    def _bearer(self) -> str:
        with self._lock:
            if self._clock() >= self._works_until:
                self._renew()
            return self._token

    def _renew(self) -> None:
        asked = {"grant_type": "client_credentials"} | ({"scope": " ".join(self.scopes)} if self.scopes else {})
        headers = {"Authorization": f"Basic {self._who}", "Content-Type": "application/x-www-form-urlencoded"}
        began = self._clock()
        answer = self._once("POST", f"{self.root}oauth/token/", urlencode(asked).encode(), headers)
        if answer.status in AGAIN:
            raise Unreachable(f"No token: {answer.status}.")
        if answer.status != 200:
            raise problem(answer.status, {"title": "No token", "detail": answer.json().get("error", "")})
        said = answer.json()
        self._token = said["access_token"]
        self._works_until = began + max(said["expires_in"] - BEFORE_IT_ENDS, said["expires_in"] / 2)

    def _forget(self) -> None:
        with self._lock:
            self._works_until = 0.0

    def _once(self, method: str, where: str, data: bytes | None, headers: Mapping[str, str]) -> Answer:
        named = {"Accept": "application/json", "User-Agent": f"longstop-partner/{VERSION}", **headers}
        try:
            asked = Request(where, data, named, method=method)  # noqa: S310 - http or https, see __init__
            with self._opener.open(asked, timeout=self.timeout) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())
        except (URLError, OSError, HTTPException) as error:
            raise Unreachable(f"{method} {urlsplit(where).path}: {error}") from error


def _growing(tried: int) -> float:
    """Longer each time, and never the same for everybody who waits."""
    return random.uniform(0.5, 1.0) * min(2.0**tried, LONGEST_WAIT)  # noqa: S311 - no secret


def _asked_to_wait(answer: Answer) -> float:
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else 0.0


def _as_problem(answer: Answer) -> Mapping[str, Any]:
    try:
        said = json.loads(answer.body)
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {"title": "Not explained", "detail": ""}

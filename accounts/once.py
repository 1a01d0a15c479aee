"""Sent twice, done once: a system that got no answer sends the same again, and gets the answer it missed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from access.actor import current, signed
from access.api import GuardedApi
from access.problems import Problem
from accounts.models import IdempotentAnswer, ServiceAccount

KEY_IS_MISSING = "Send a key of 8 to 128 printable characters, a new one for each thing that you want done."
KEY_IS_USED = "This key came with a different request before. Nothing was done: send a new key for a new request."


def once(work: Callable[..., Response]) -> Callable[..., Response]:
    """For every method of an endpoint that writes. The work and its answer are committed together, or neither is.

    Of the answer its status and its data are kept, and no other headers. Of two at once one waits for the other.
    """

    @wraps(work)
    def answered_once(view: GuardedApi, request: Request, *args: Any, **kwargs: Any) -> Response:
        account: ServiceAccount = request.auth  # type: ignore[assignment] # see accounts.api
        key, sent = _key(request), _fingerprint(request)
        with transaction.atomic():
            _wait_for_whoever_has(account, key)
            before = IdempotentAnswer.objects.filter(account=account, key=key).first()
            if before:
                return _again(before, sent)
            with signed(view.actor) as moment:
                answer = work(view, request, *args, **kwargs)
                if answer.status_code < 400:
                    _keep(answer, account=account, key=key, fingerprint=sent, at=moment)
            if answer.status_code >= 400:
                transaction.set_rollback(True)
            return answer

    answered_once.once = True  # type: ignore[attr-defined] # a start-up check asks for it
    return answered_once


def _key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if not (8 <= len(key) <= 128 and key.isascii() and key.isprintable()):
        raise Problem(400, KEY_IS_MISSING, field="Idempotency-Key", code="required")
    return key


def _fingerprint(request: Request) -> str:
    head = f"{request.method} {request.get_full_path()}\n"
    return hashlib.sha256(head.encode() + request.body).hexdigest()


def _wait_for_whoever_has(account: ServiceAccount, key: str) -> None:
    """Held until the transaction ends; the constraint on account and key is the proof, this only keeps it polite."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"once {account.pk} {key}"])


def _keep(answer: Response, **about: Any) -> None:
    stretch = current()
    handed_over = {kind: sorted(keys) for kind, keys in stretch.handed_over.items()} if stretch else {}
    body = JSONRenderer().render(answer.data).decode()
    IdempotentAnswer.objects.create(status=answer.status_code, body=body, handed_over=handed_over, **about)


def _again(before: IdempotentAnswer, sent: str) -> Response:
    """The same answer. It shows the same records, which is a consultation of its own."""
    if before.fingerprint != sent:
        raise Problem(422, KEY_IS_USED, field="Idempotency-Key", code="used")
    if stretch := current():
        for kind, keys in before.handed_over.items():
            stretch.handed_over.setdefault(kind, set()).update(UUID(key) for key in keys)
    data = json.loads(before.body) if before.body else None
    return Response(data, status=before.status, headers={"Idempotent-Replayed": "true"})

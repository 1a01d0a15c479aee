"""Whether a call is Longstop's: Standard Webhooks, HMAC-SHA256 (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

TOLERANCE = 300.0  # seconds between their clock and ours
PREFIX = "whsec_"


class NotOurs(Exception):
    """The call was not made by Longstop, was changed on its way, or is an old one that somebody sends again."""


def checked(
    secret: str, headers: Mapping[str, str], body: bytes, *, now: float | None = None, tolerance: float = TOLERANCE
) -> dict[str, Any]:
    """What a call says, once it is certain whose it is. `body`: the bytes as they came. Raises NotOurs.

    Remember `id` for as long as `tolerance`: the same call may come twice, and is then one call.
    """
    named = {name.lower(): value for name, value in headers.items()}
    identifier, moment = named.get("webhook-id", ""), named.get("webhook-timestamp", "")
    if not (identifier and moment.isascii() and moment.isdigit() and len(moment) < 16):
        raise NotOurs("The call has no webhook-id or no webhook-timestamp.")
    if abs((time.time() if now is None else now) - int(moment)) > tolerance:
        raise NotOurs("The call is not of now.")
    said = f"{identifier}.{moment}.".encode() + body
    ours = base64.b64encode(hmac.digest(_key(secret), said, "sha256")).decode()
    sent = [each.partition(",") for each in named.get("webhook-signature", "").split(" ")]
    if not any(version == "v1" and hmac.compare_digest(each.encode(), ours.encode()) for version, _, each in sent):
        raise NotOurs("The signature is not that of this body with this secret.")
    found: dict[str, Any] = json.loads(body)
    return found


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("That is no secret of a webhook: it begins with whsec_.") from error
    if not key:
        raise ValueError("The secret of the webhook is empty.")
    return key

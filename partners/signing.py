"""How an agency's system knows that a call is ours: Standard Webhooks 1.0.0 (standardwebhooks.com), HMAC-SHA256.

The secret of an address is made from the key of this site and the row's own key, so a copy of the database holds none.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.utils.encoding import force_bytes

from partners.models import Webhook

PREFIX = "whsec_"


def secret_of(webhook: Webhook) -> str:
    """What their system checks our calls with. It is another one once SECRET_KEY is."""
    return PREFIX + base64.b64encode(_key(webhook, settings.SECRET_KEY)).decode()


def signed_headers(webhook: Webhook, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers. Signed with the keys of before as well (SECRET_KEY_FALLBACKS), so that a key can be changed
    while each system is still being given its new secret."""
    moment = str(int(at.timestamp()))
    said = b".".join([message_id.encode(), moment.encode(), body])
    keys = [_key(webhook, each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    signatures = [base64.b64encode(hmac.digest(key, said, "sha256")).decode() for key in keys]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{each}" for each in signatures),
    }


def _key(webhook: Webhook, site: str | bytes) -> bytes:
    return hmac.digest(force_bytes(site), b"partners.webhook " + webhook.pk.bytes, hashlib.sha256)

"""The token of a service account: `ls_<account>_<secret>`. It is made, shown once and compared; it is never kept."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from access.time import now
from accounts.models import ServiceAccount

PREFIX = "ls"
SECRET_BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def token_for(account: ServiceAccount, secret: str) -> str:
    return f"{PREFIX}_{account.pk}_{secret}"


def hash_of(secret: str) -> str:
    """Plain SHA-256: a slow hash is for passwords that people think of, not for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def account_of(token: str) -> ServiceAccount | None:
    """Whose token it is, if it opens anything at this moment."""
    prefix, _, rest = token.partition("_")
    number, _, secret = rest.partition("_")
    if prefix != PREFIX or not re.fullmatch(r"[0-9]{1,18}", number):  # no more digits than a key can have
        return None
    account = ServiceAccount.objects.filter(pk=int(number)).first()
    if account is None or not hmac.compare_digest(account.token_hash, hash_of(secret)):
        return None
    return account if account.works_at(now()) else None

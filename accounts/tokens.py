"""Secrets of service accounts: `ls_<account>_<secret>`, and the short tokens they are exchanged for, `la_<secret>`.

They are made, shown once and compared; they are never kept.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from access.time import now
from accounts.models import AccessToken, ServiceAccount

PREFIX = "ls"
SHORT_PREFIX = "la"
SECRET_BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def new_short_token() -> str:
    return f"{SHORT_PREFIX}_{new_secret()}"


def client_id_of(account: ServiceAccount) -> str:
    """How an account is named where it asks for a short token."""
    return f"{PREFIX}_{account.pk}"


def token_for(account: ServiceAccount, secret: str) -> str:
    return f"{client_id_of(account)}_{secret}"


def hash_of(secret: str) -> str:
    """Plain SHA-256: a slow hash is for passwords that people think of, not for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def account_of(token: str) -> ServiceAccount | None:
    """Whose token it is, if it opens anything at this moment. An account with short tokens has none of this kind."""
    account = account_with(token)
    return account if account and not account.short_tokens else None


def account_with(token: str) -> ServiceAccount | None:
    """Whose secret it is, if the account works at this moment."""
    prefix, _, rest = token.partition("_")
    number, _, secret = rest.partition("_")
    if prefix != PREFIX or not re.fullmatch(r"[0-9]{1,18}", number):  # no more digits than a key can have
        return None
    account = ServiceAccount.objects.filter(pk=int(number)).first()
    if account is None or not hmac.compare_digest(account.token_hash, hash_of(secret)):
        return None
    return account if account.works_at(now()) else None


def short_token(token: str, *with_it: str) -> AccessToken | None:
    """The short token, if it and its account are in force at this moment. `with_it`: what is read in the same query."""
    if not token.startswith(f"{SHORT_PREFIX}_"):
        return None
    found = AccessToken.objects.filter(token_hash=hash_of(token)).select_related("account", *with_it).first()
    if found is None:
        return None
    at = now()
    return found if at < found.expires_at and found.account.works_at(at) and found.account.short_tokens else None

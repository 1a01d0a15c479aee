"""How another system says which account it has. Django REST framework reads this file when it starts, so it must not
import anything that stands on its views; see `accounts.once` for what endpoints use."""

from __future__ import annotations

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.models import ServiceAccount
from accounts.service import ServiceActor
from accounts.tokens import account_of


class Bearer(BaseAuthentication):
    """`Authorization: Bearer ...`. No token, a wrong one, an old one and one cut off are told the same."""

    def authenticate(self, request: Request) -> tuple[ServiceActor, ServiceAccount]:
        kind, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        account = account_of(token.strip()) if kind.lower() == "bearer" else None
        if account is None:
            raise NotAuthenticated
        return ServiceActor.of(account), account

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Longstop"'

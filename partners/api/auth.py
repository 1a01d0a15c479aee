"""Whose system asks: a short token in force, from where its agency asks, with the certificate it has to show."""

from __future__ import annotations

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from access.origin import address_of, certificate_of, is_within
from accounts.models import ServiceAccount
from accounts.tokens import short_token
from partners.actor import AgencySystem
from partners.models import AgencyAccount


class AgencyBearer(BaseAuthentication):
    """`Authorization: Bearer la_...`. Whatever is wrong with it, the answer is the same 401.

    Everything is asked anew with each request: an account, an agency or a network that was cut off is refused at once.
    """

    def authenticate(self, request: Request) -> tuple[AgencySystem, ServiceAccount]:
        kind, _, sent = get_authorization_header(request).decode("latin-1").partition(" ")
        token = short_token(sent.strip(), "account__of_agency__agency") if kind.lower() == "bearer" else None
        account = letting_in(token.account, request._request) if token else None
        if token is None or account is None:
            raise NotAuthenticated
        return AgencySystem.holding(token, account), token.account

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Longstop"'


def letting_in(account: ServiceAccount, request: HttpRequest) -> AgencyAccount | None:
    """The agency's account, if it may ask from there and its agency is not closed."""
    of_agency: AgencyAccount | None = getattr(account, "of_agency", None)
    if of_agency is None or of_agency.agency.closed_at:
        return None
    if of_agency.networks and not is_within(address_of(request), of_agency.networks):
        return None
    if of_agency.certificate and of_agency.certificate != certificate_of(request):
        return None
    return of_agency

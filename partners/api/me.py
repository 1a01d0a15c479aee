"""Who asks: so that whoever connects a system sees at once whether it is the right one."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from access.roles import Can
from accounts.models import ServiceAccount
from partners.api.asked import must_be_known
from partners.api.base import AgencyApi
from partners.api.oauth import SCOPES
from partners.api.operations import WHO_ASKS
from partners.models import Agency


class Me(AgencyApi):
    """The agency and the account of the token, and what the token is for."""

    may = Can.PULL_SHARED
    schema = WHO_ASKS

    def get(self, request: Request) -> Response:
        must_be_known(request, set())
        account: ServiceAccount = request.auth  # type: ignore[assignment] # see partners.api.auth
        agency = Agency.objects.get(pk=self.agency)
        scopes = [scope for scope, act in SCOPES.items() if self.actor.can(act)]
        named = {"name": agency.name, "kind": agency.kind}
        return Response(
            {"agency": named, "account": account.name, "scopes": scopes, "account_ends_at": account.expires_at}
        )

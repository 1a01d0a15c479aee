"""Every endpoint for partner agencies stands on `AgencyApi`."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from access.api import GuardedApi
from partners.actor import AgencySystem
from partners.api import versions
from partners.api.auth import AgencyBearer
from partners.api.written import WrittenJson


class PerAgency(SimpleRateThrottle):
    """So many requests of one agency in a time (`AGENCY_RATE`), counted by each web process for itself."""

    scope = "agency"

    def get_rate(self) -> str:
        return str(settings.AGENCY_RATE)

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return f"agency {cast(AgencySystem, request.user).agency}".replace(" ", "-")


class AgencyApi(GuardedApi):
    """An endpoint for systems of partner agencies. Which agency it is belongs to the token and is never asked."""

    authentication_classes = [AgencyBearer]
    throttle_classes = [PerAgency]
    renderer_classes = [WrittenJson]

    @property
    def agency(self) -> int:
        system: AgencySystem = self.actor
        return system.agency

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What has not changed since they last asked is not sent again (304). It was read all the same."""
        answer = versions.V1.told_in(super().dispatch(request, *args, **kwargs))
        if request.method not in ("GET", "HEAD") or answer.status_code != 200:
            return answer
        etag = answer.get("ETag") or quote_etag(hashlib.sha256(cast(Any, answer).content).hexdigest()[:32])
        answer["ETag"] = etag
        same = get_conditional_response(request, etag=etag, response=cast(Any, answer))
        return versions.V1.told_in(same) if same is not None else answer

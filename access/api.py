"""Every endpoint for other systems stands on `GuardedApi`, as every page stands on `GuardedPage`."""

from __future__ import annotations

import logging
import re
from contextlib import ExitStack
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from access.actor import Acting, Actor, NotYours, acting
from access.body import Body, JsonBody
from access.ledger import CannotRecord, consulted, page_of
from access.problems import Problem, problem
from access.roles import Can
from access.time import holding, now

log = logging.getLogger(__name__)

WITHHELD = (
    "What was read could not be entered in the ledger, so it is not shown. Send the same request again later, with the "
    "same Idempotency-Key if it has one."
)


class AlwaysJson(DefaultContentNegotiation):
    """There is one kind of answer, whatever a system says it would rather have."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class PerAccount(SimpleRateThrottle):
    """So many requests of one account in a time (`API_RATE`), counted by each process of the web server for itself."""

    scope = "api"

    def get_rate(self) -> str:
        return str(settings.API_RATE)

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return f"api {request.user.signature()}".replace(" ", "-")  # type: ignore[union-attr] # the actor, see accounts.api


class GuardedApi(APIView):
    """An endpoint for accounts that may do `may`. JSON in, JSON out; every refusal is a problem (`access.problems`).

    It is left through one door: the answer is written out while the account is still acting, what it was handed is
    entered in the ledger, and only then it goes.
    """

    may: ClassVar[Can]
    parser_classes = [JsonBody]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = AlwaysJson
    throttle_classes = [PerAccount]
    permission_classes = []
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]  # OPTIONS describes nothing

    def largest_body(self) -> int:
        """In bytes; more than that is never read."""
        return int(settings.API_LARGEST_BODY)

    @property
    def actor(self) -> Any:
        """The account that asks, as the one who is acting: `by=self.actor`."""
        return self.request.user

    def read(self, body: type[Body]) -> dict[str, Any]:
        """What was sent, checked. Whatever is missing, wrong or unknown is a 422 that names each field."""
        sent = body(data=self.request.data)
        sent.is_valid(raise_exception=True)
        facts: dict[str, Any] = sent.validated_data
        return facts

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with ExitStack() as self._inside:
            self._stretch: Acting | None = None
            return self._entered(super().dispatch(request, *args, **kwargs))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method in ("GET", "HEAD"):
            self._inside.enter_context(holding(now()))
        super().initial(request, *args, **kwargs)
        _is_not_too_large(request, self.largest_body())
        self._stretch = self._inside.enter_context(acting(self.actor))

    def check_permissions(self, request: Request) -> None:
        asking: Actor = self.actor
        if not asking.can(self.may):
            raise NotYours(f"You may not {self.may.label}.")

    def _entered(self, answer: HttpResponseBase) -> Response:
        if not isinstance(answer, Response):
            raise TypeError(f"{type(self).__name__} answered with {type(answer).__name__}, which could still read")
        answer.render()
        try:
            if self._stretch:
                consulted(self._stretch.who, page_of(self.request), self._stretch.handed_over)
        except CannotRecord:
            log.exception("Answer withheld")
            answer = self.finalize_response(self.request, problem(503, WITHHELD))
            answer.render()
        answer["Cache-Control"] = "no-store"
        return answer


def _is_not_too_large(request: Request, largest: int) -> None:
    """By what the server was told of the length: more than that is never read."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not re.fullmatch("[0-9]{1,18}", length) or int(length) > largest:
        raise Problem(413, f"The body is larger than {largest // 1024} KiB.")

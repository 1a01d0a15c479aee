"""Every signed-in request is somebody acting, and everything it was handed is entered before it is answered."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from access.actor import Acting, acting
from access.ledger import CannotRecord, consulted, page_of
from access.time import holding, now

log = logging.getLogger(__name__)


class ActorMiddleware:
    """Stands directly around the views: templates are rendered inside it, so no read comes after the entry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        with acting(request.user) as stretch, self._moment(request):
            return self._entered(request, stretch, self.get_response(request))

    def _moment(self, request: HttpRequest) -> AbstractContextManager[None]:
        """A page that only reads shows everything as at one moment; a transition takes its own when it has its lock."""
        return holding(now()) if request.method in ("GET", "HEAD") else nullcontext()

    def _entered(self, request: HttpRequest, stretch: Acting, response: HttpResponse) -> HttpResponse:
        try:
            if getattr(response, "streaming", False) and stretch.handed_over:
                raise CannotRecord("A streamed answer could still read after the entry")
            consulted(stretch.who, page_of(request), stretch.handed_over)
        except CannotRecord:
            log.exception("Answer withheld")
            return render(request, "503.html", status=503)
        response.headers.setdefault("Cache-Control", "no-store")  # no copy in the browser of a shared machine
        return response

"""Is it alive? For whatever watches the servers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from access.time import now
from access.views import public
from sla.models import Heartbeat


@public("whatever watches the servers does not sign in; it learns only whether they work")
def live(request: HttpRequest) -> HttpResponse:
    """The web process answers."""
    return HttpResponse("live\n", content_type="text/plain")


@public("as above")
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and the clocks are being watched; else 503, with the reason."""
    late, _ = Heartbeat.last(now())
    said = "late: the clocks are not being watched\n" if late else "ready\n"
    return HttpResponse(said, status=503 if late else 200, content_type="text/plain")

"""What every page shows: the force, the time, whether the clocks are being watched, where one can go."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    return {}

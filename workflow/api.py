"""What an endpoint answers when a verb refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.response import Response

from access import problems
from workflow.transitions import NotNow


def explained(error: Exception, context: Mapping[str, Any]) -> Response:
    """`NotNow` is a conflict with how things stand, in the words of the verb. `NotYours` and the rest: see below."""
    return problems.problem(409, str(error)) if isinstance(error, NotNow) else problems.explained(error, context)

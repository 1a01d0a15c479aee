"""What can go wrong, as exceptions. Whatever Longstop refuses it explains (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Unreachable(Exception):
    """Nobody answered, or what answered is not Longstop. What was sent may have been done: send the same key again."""


class WrongDocument(Exception):
    """The document that came is not the one that was listed: its SHA-256 is another."""


class Problem(Exception):
    """Longstop refused. `errors` names each field: [{"field", "code", "message"}]."""

    def __init__(self, status: int, said: Mapping[str, Any]) -> None:
        self.status = status
        self.title: str = str(said.get("title", ""))
        self.detail: str = str(said.get("detail", ""))
        self.errors: list[dict[str, str]] = list(said.get("errors") or [])
        self.said = dict(said)
        fields = "".join(f" [{each.get('field')}: {each.get('message')}]" for each in self.errors)
        super().__init__(f"{status} {self.title}: {self.detail}{fields}")


class NotLetIn(Problem):
    """401: the account, its secret, its network or its certificate is not let in."""


class NotYours(Problem):
    """403: the token is not for that."""


class NotFound(Problem):
    """404: there is no such record for this agency. It has run out, or never was."""


class NotNow(Problem):
    """409: it cannot be done as things are. `detail` says why."""


class Gone(Problem):
    """410: it was corrected or taken back. What was kept of it is to be destroyed."""

    @property
    def replaced_by(self) -> str | None:
        """The disclosure that says what is right, or why it was taken back."""
        found = self.said.get("replaced_by")
        return str(found) if found else None


class Invalid(Problem):
    """422: some of what was sent is missing or not right. `errors` names each field."""


BY_STATUS: dict[int, type[Problem]] = {
    401: NotLetIn,
    403: NotYours,
    404: NotFound,
    409: NotNow,
    410: Gone,
    422: Invalid,
}


def problem(status: int, said: Mapping[str, Any]) -> Problem:
    return BY_STATUS.get(status, Problem)(status, said)

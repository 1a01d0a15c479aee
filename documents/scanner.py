"""The malware scanner of the force (ClamAV's clamd), where one runs. No answer is never taken for a clean one."""

from __future__ import annotations

import io
import socket
from typing import Any

import clamd
from django.conf import settings

NONE_THERE = "No malware scanner is connected."
NO_ANSWER = "The malware scanner did not answer."


class CannotScan(RuntimeError):
    """There is no scanner, or it has not said whether the file is clean. Plain English, for the person."""


class _Whole(socket.socket):
    """`clamd` calls `send`, which may send a part: the scanner would then look at other bytes than ours."""

    def send(self, data: Any, flags: int = 0) -> int:
        self.sendall(data, flags)
        return len(data)


class _Clamd(clamd.ClamdNetworkSocket):
    """Gives up after `seconds`, while connecting too."""

    def __init__(self, where: str, seconds: float) -> None:
        self.where, self.seconds = where, seconds

    def _init_socket(self) -> None:
        host, _, port = self.where.rpartition(":")
        by_path = self.where.startswith("/")
        address: Any = self.where if by_path else (host, int(port))
        self.clamd_socket = _Whole(socket.AF_UNIX if by_path else socket.AF_INET, socket.SOCK_STREAM)
        self.clamd_socket.settimeout(self.seconds)
        try:
            self.clamd_socket.connect(address)
        except OSError:
            self.clamd_socket.close()
            raise

    def _close_socket(self) -> None:
        """Called even where there is none."""
        if hasattr(self, "clamd_socket"):
            self.clamd_socket.close()


def scan(content: bytes) -> str:
    """What the scanner calls the malware in it; empty = it has found none. Raises CannotScan."""
    if not settings.CLAMD:
        raise CannotScan(NONE_THERE)
    try:
        answer = _scanner().instream(io.BytesIO(content))
    except (clamd.ClamdError, OSError, ValueError) as problem:
        # Too long for it shows as a broken pipe, one that has stopped as a refused connection: neither has looked.
        raise CannotScan(NO_ANSWER) from problem
    status, name = (answer or {}).get("stream", ("", None))
    if status == "FOUND":
        return str(name or "not named")
    if status == "OK":
        return ""
    raise CannotScan(NO_ANSWER)


def answers() -> bool:
    """Whether a scanner is there at all."""
    try:
        return bool(settings.CLAMD) and _scanner().ping() == "PONG"
    except (clamd.ClamdError, OSError, ValueError):
        return False


def _scanner() -> _Clamd:
    return _Clamd(settings.CLAMD.removeprefix("unix:"), settings.CLAMD_SECONDS)
